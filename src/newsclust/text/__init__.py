"""Texts as characters and words: forms, scripts' particularities, and how they are shown."""
