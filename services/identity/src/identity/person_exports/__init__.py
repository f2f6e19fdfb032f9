"""Everything held about somebody, asked for once and gathered from every service."""
