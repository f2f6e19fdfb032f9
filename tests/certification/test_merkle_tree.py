"""Merkle trees: what is proven is so, and nothing else can be proven."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.transparency import tree

LARGEST = 70
LEAVES = [tree.leaf_hash(str(number).encode()) for number in range(LARGEST)]
sizes = st.integers(1, LARGEST)


def recursive_root(leaves: list[bytes]) -> bytes:
    """MTH(D[n]) as RFC 6962 writes it: another way to the same number."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return tree.node_hash(recursive_root(leaves[:split]), recursive_root(leaves[split:]))


def all_nodes() -> dict[tree.Node, bytes]:
    """What the service keeps, grown one leaf after the other."""
    nodes: dict[tree.Node, bytes] = {}
    for position, leaf in enumerate(LEAVES):
        nodes[0, position] = leaf
        for level, index in tree.completed_by(position):
            nodes[level, index] = tree.node_hash(nodes[level - 1, 2 * index], nodes[level - 1, 2 * index + 1])
    return nodes


NODES = all_nodes()
ROOTS = {size: recursive_root(LEAVES[:size]) for size in range(1, LARGEST + 1)}


def inclusion(position: int, size: int) -> list[bytes]:
    return [tree.hash_of(one, NODES) for one in tree.inclusion_ranges(position, size)]


def consistency(older: int, newer: int) -> list[bytes]:
    return [tree.hash_of(one, NODES) for one in tree.consistency_ranges(older, newer)]


def test_the_hashes_are_those_of_the_rfc() -> None:
    """Values that every implementation of RFC 6962 has: of nothing, of the empty leaf, of an inner node."""
    assert tree.EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert tree.leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    joined = tree.node_hash(b"N123", b"N456")
    assert joined.hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


def test_three_ways_to_the_root_agree() -> None:
    for size, root in ROOTS.items():
        assert tree.root_of(LEAVES[:size]) == root == tree.hash_of((0, size), NODES)


def test_every_entry_of_every_size_is_shown_to_be_there() -> None:
    for size, root in ROOTS.items():
        for position in range(size):
            assert tree.is_included(LEAVES[position], position, size, inclusion(position, size), root)


def test_every_pair_of_sizes_is_consistent() -> None:
    for newer in ROOTS:
        for older in range(1, newer + 1):
            path = consistency(older, newer)
            assert tree.is_consistent(older, ROOTS[older], newer, ROOTS[newer], path), (older, newer)


@given(sizes, st.data())
def test_another_leaf_place_size_or_path_shows_nothing(size: int, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda place: place != position)) if size > 1 else size
    path, root = inclusion(position, size), ROOTS[size]
    assert not tree.is_included(LEAVES[other % LARGEST], position, size, path, root) or other % LARGEST == position
    assert not tree.is_included(LEAVES[position], other, size, path, root)
    assert not tree.is_included(LEAVES[position], position, size, [*path, LEAVES[0]], root)
    assert not tree.is_included(LEAVES[position], position, size, path, tree.EMPTY_ROOT)
    if path:
        assert not tree.is_included(LEAVES[position], position, size, path[:-1], root)


@given(sizes, sizes, st.data())
def test_a_log_that_was_changed_has_no_consistency_proof(one: int, other: int, data: st.DataObject) -> None:
    """The strongest forger: it makes the best proof it can over the tree that it tampered with."""
    older, newer = sorted((one, other))
    changed = data.draw(st.integers(0, older - 1))
    leaves = [*LEAVES]
    leaves[changed] = tree.leaf_hash(b"another")
    forged = [tree.root_of(leaves[start:end]) for start, end in tree.consistency_ranges(older, newer)]
    assert not tree.is_consistent(older, ROOTS[older], newer, tree.root_of(leaves[:newer]), forged)


def mutations(count: int) -> int:
    """How many of so many random changes of true proofs still prove something: there must be none."""
    dice, accepted = random.Random(20261122), 0
    for _ in range(count):
        size = dice.randint(2, LARGEST)
        position = dice.randrange(size)
        path, leaf, root = inclusion(position, size), bytearray(LEAVES[position]), bytearray(ROOTS[size])
        parts = [leaf, root, *(bytearray(one) for one in path)]
        struck = dice.randrange(len(parts))
        parts[struck][dice.randrange(32)] ^= 1 << dice.randrange(8)
        accepted += tree.is_included(
            bytes(parts[0]), position, size, [bytes(one) for one in parts[2:]], bytes(parts[1])
        )
    return accepted


def test_no_proof_of_which_a_bit_was_changed_proves_anything() -> None:
    assert mutations(5_000) == 0


@pytest.mark.campaign
def test_no_proof_of_100_000_of_which_a_bit_was_changed_proves_anything() -> None:
    assert mutations(100_000) == 0
