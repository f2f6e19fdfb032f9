"""Verification codes: what is printed on a certificate and typed by whoever checks it.

Nineteen random characters of Crockford's base 32 (95 bits; no I, L, O, U) and a check character, in groups of five:
`7K3QX-…`. The check character finds every single wrong character and every two characters that changed places: it is a
weighted sum in the field of 32 elements, where no two of the first 31 weights are equal and none is zero.
"""

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS = 19
LENGTH = RANDOM_CHARACTERS + 1
GROUP = 5
EXAMPLE = "7K3QX-D0RZM-4HWT9-VB2CR"
"""What a code looks like."""

_FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1: primitive, so that x has order 31
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})


def new_code() -> str:
    """A fresh code, grouped for reading."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return grouped(body + check_character(body))


def grouped(code: str) -> str:
    """A code in groups, as it is printed."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def check_character(body: str) -> str:
    """The last character of the code that starts with this body."""
    total = 0
    for character in body:
        total = _times_x(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD_POLYNOMIAL if doubled > len(ALPHABET) - 1 else doubled


def normalised(typed: str) -> str:
    """A code as somebody typed it, in its one form: capitals, no separators, look-alikes read as what was printed."""
    return typed.upper().translate(_MISREAD)


def is_well_formed(code: str) -> bool:
    """Whether a normalised code can be one of ours: length, alphabet and check character fit."""
    fits = len(code) == LENGTH and set(code) <= set(ALPHABET)
    return fits and check_character(code[:-1]) == code[-1]


def digest(typed: str) -> bytes:
    """What a certificate is looked up by.

    A hash leaves nothing to learn from how long a look-up takes: near misses have hashes that have nothing in common.
    """
    return hashlib.sha256(normalised(typed).encode()).digest()
