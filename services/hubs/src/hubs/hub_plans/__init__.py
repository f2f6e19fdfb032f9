"""Plans of hubs for a year of a network: what they mean to run, held against the documents, handed in and agreed."""
