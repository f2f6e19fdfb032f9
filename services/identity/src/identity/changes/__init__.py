"""The change feed: how things stand that a partner may read, in the order in which they came to stand so."""
