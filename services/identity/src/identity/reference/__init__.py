"""Reference data of identity; README.md says where each file comes from."""
