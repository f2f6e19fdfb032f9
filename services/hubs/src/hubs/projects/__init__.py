"""Projects of a network, as data: their documents, and what the documents ask of schools and people."""
