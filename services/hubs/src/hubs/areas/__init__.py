"""Districts, postcode sectors and outcodes: where a place is, and in whose district."""
