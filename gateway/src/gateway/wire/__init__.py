"""The data plane: bytes in, bytes out, over `asyncio.Protocol`s on both sides. No policy is decided here."""
