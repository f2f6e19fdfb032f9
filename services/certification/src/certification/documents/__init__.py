"""Certificates as tagged PDF documents."""
