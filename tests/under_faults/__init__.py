"""A whole platform under mixed load while parts of it are killed, stopped or lose what they hold; then judged."""
