"""One module a format: bytes to records, a record an article to be."""
