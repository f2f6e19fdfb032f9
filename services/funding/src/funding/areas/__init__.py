"""Lists of areas (achieving excellence categories and others), each with vintage and completeness."""
