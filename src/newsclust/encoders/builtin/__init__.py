"""The built-in model: its weights file, its tokenizer, its graph."""
