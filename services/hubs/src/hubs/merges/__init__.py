"""What becomes of this service's rows when two people are merged."""
