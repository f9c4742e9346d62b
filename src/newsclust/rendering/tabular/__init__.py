"""A row an article: as CSV, as records, as a data frame."""
