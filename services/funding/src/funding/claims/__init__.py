"""Claims for earned bursaries."""
