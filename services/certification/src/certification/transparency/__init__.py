"""The public log of what was certified: a Merkle tree that only grows, its signed heads, and proofs from it."""
