"""Which language and script a text is in, and what languages are called."""
