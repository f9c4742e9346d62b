"""Formats of office programs, databases and spreadsheets, through libraries of the optional part `documents`."""
