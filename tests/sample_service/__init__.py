"""The smallest service that uses all that the chassis offers: the chassis's tests run it, as app and as process."""
