"""How long identity keeps what it holds about people."""
