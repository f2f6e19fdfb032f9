"""The professional development log: what teachers record themselves and moderators decide on."""
