"""What of an article's text is its own."""
