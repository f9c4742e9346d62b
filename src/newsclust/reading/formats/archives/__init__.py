"""Formats of files that hold other files: each of these is read as it would be by itself. Nothing is written."""
