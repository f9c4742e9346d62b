"""From texts to vectors: the built-in model, any model by name, and a cache."""
