"""Why articles are, or are not, one story."""
