"""Removing the lost second factors of somebody: one administrator asks, another decides."""
