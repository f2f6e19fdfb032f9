"""Claims for days and travel on an award, at rates and against caps that are data."""
