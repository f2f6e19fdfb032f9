"""What courses may be charged for: immutable versions with effective dates, and the price they give."""
