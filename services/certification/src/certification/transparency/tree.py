"""Merkle trees by RFC 6962, section 2.1: hashes, audit paths and consistency proofs, made and checked.

Pure arithmetic, shared by the service, which has the nodes, and by the offline verifier, which has nothing but entries
and proofs. A node is named by (level, index) and stands for 2^level entries from number index·2^level on; only nodes
whose entries all exist are kept, and they never change.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

Node = tuple[int, int]
Range = tuple[int, int]
"""Entries from the first up to and without the second."""

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry; the prefix keeps an entry from ever being taken for a node."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below `size`, which is at least two."""
    return 1 << ((size - 1).bit_length() - 1)


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, from nothing but them."""
    level = list(leaves)
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        pairs = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def nodes_of(entries: Range) -> Iterator[Node]:
    """The complete nodes that make up a range which begins where a subtree does, from left to right."""
    start, end = entries
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def hash_of(entries: Range, nodes: Mapping[Node, bytes]) -> bytes:
    """The hash of such a range out of its nodes."""
    hashes = [nodes[node] for node in nodes_of(entries)]
    if not hashes:
        return EMPTY_ROOT
    total = hashes.pop()
    while hashes:
        total = node_hash(hashes.pop(), total)
    return total


def completed_by(position: int) -> Iterator[Node]:
    """The nodes, above the leaf, that the entry at this position completes, from the lowest."""
    level = 1
    while (position + 1) % (1 << level) == 0:
        yield level, position >> level
        level += 1


def inclusion_ranges(position: int, size: int) -> list[Range]:
    """What an audit path of one entry hashes, from the leaf upwards: PATH(m, D[n])."""
    start, end = 0, size
    path: list[Range] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if position < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return path[::-1]


def consistency_ranges(older: int, newer: int) -> list[Range]:
    """What a proof hashes that one tree is the beginning of another: PROOF(m, D[n]), for 0 < m <= n."""
    start, end, is_whole = 0, newer, True
    path: list[Range] = []
    while older != end:
        middle = start + _split(end - start)
        if older <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start, is_whole = middle, False
    if not is_whole:
        path.append((start, end))
    return path[::-1]


def is_included(leaf: bytes, position: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether an audit path leads from a leaf to the root of a tree of this size."""
    if not 0 <= position < size:
        return False
    ranges = inclusion_ranges(position, size)
    if len(ranges) != len(path):
        return False
    total = leaf
    for (start, _), other in zip(ranges, path, strict=True):
        total = node_hash(total, other) if start > position else node_hash(other, total)
    return total == root


def is_consistent(older: int, older_root: bytes, newer: int, newer_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether a proof shows that nothing of the older tree was changed, removed or reordered in the newer."""
    if not 0 <= older <= newer:
        return False
    if older in (0, newer):
        return not path and (older_root == newer_root if older else older_root == EMPTY_ROOT)
    ranges = consistency_ranges(older, newer)
    if len(ranges) != len(path):
        return False
    known = list(zip(ranges, path, strict=True))
    # Where the older tree is one complete subtree of the newer, its own root stands for it and is not in the proof.
    begins = known.pop(0)[1] if older & (older - 1) else older_root
    before = after = begins
    for (start, _), other in known:
        if start >= older:
            after = node_hash(after, other)
        else:
            before, after = node_hash(other, before), node_hash(other, after)
    return before == older_root and after == newer_root
