"""Memory across runs: one SQLite file that holds articles, their features, events, stories and runs.

`updating` brings articles in, `library` reads stories back; the other modules serve these two or one command.
"""
