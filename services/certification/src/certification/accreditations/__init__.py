"""Accreditations that people earn in projects of networks of hubs, beside the certificates of our own schemes."""
