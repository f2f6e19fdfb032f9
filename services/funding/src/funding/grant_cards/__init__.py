"""Grant cards: what a project pays, as data, and the calculator that reads them."""
