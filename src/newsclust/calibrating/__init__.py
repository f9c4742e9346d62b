"""Fits what belongs to an encoder's space on labelled news: means, whitening, topics and coefficients."""
