"""Keeps what a run decided, so that the same articles with the same settings are grouped once.

`keys` says what decides a result, `encoding` makes plain values of it, `files` holds them, `results` does all three.
"""
