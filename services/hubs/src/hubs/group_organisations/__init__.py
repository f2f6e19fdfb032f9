"""Organisations in groups of projects whose unit they are, such as providers of teacher training."""
