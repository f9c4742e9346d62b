"""Rows of fields: where they are in an input, what their values say, what they are known by, what is told of them."""
