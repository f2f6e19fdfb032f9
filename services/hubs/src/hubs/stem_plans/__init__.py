"""The plan for a national network of STEM skills hubs and centres: assumptions as data, and what follows from them."""
