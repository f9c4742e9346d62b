"""From files, folders and streams to articles."""
