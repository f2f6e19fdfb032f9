"""What makes an e-mail address and a password acceptable."""

import unicodedata
from datetime import timedelta
from functools import cache
from importlib.resources import files

from email_validator import EmailNotValidError, validate_email
from pydantic_core import PydanticCustomError

PASSWORD_MIN = 12
PASSWORD_MAX = 128
CONFIRMATION_LIFETIME = timedelta(hours=24)

# Enough for somebody who mistypes; too few to flood a stranger's mailbox through our registration form.
MAILS_PER_ADDRESS = 5
MAILS_PERIOD = timedelta(hours=1)

REGISTRATION_ASKED, RESET_ASKED = "registration_asked", "reset_asked"
"""What letters go by until it is known what they say."""


def normalised_email(address: str) -> str:
    """The address in its normal form, or a field error. Whether it receives mail is proven by the mail itself."""
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise PydanticCustomError("email", "This is not an e-mail address that can receive mail.") from error


def email_key(address: str) -> str:
    """What decides whether two addresses are the same account."""
    return address.casefold()


def normalised_password(password: str) -> str:
    """The password as hashed: the same whichever way a keyboard composes its characters (NIST SP 800-63B)."""
    return unicodedata.normalize("NFKC", password)


def acceptable_password(password: str, email: str | None) -> str:
    """The normalised password, or a field error. There are no rules of composition: length and rarity decide."""
    normal = normalised_password(password)
    if len(normal) < PASSWORD_MIN:
        raise PydanticCustomError("password-too-short", f"Use at least {PASSWORD_MIN} characters.")
    if len(normal) > PASSWORD_MAX:
        raise PydanticCustomError("password-too-long", f"Use at most {PASSWORD_MAX} characters.")
    folded = normal.casefold()
    if folded in denied_passwords() or (email and email_key(email) in folded):
        raise PydanticCustomError("password-too-common", "This password is easily guessed. Choose another.")
    return normal


@cache
def denied_passwords() -> frozenset[str]:
    """Passwords that are guessed first, casefolded. `reference/README.md` says where they come from."""
    text = files("identity").joinpath("reference/denied_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split("\n"))
