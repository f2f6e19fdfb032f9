"""The catalogue of courses and community activities that can earn credits."""
