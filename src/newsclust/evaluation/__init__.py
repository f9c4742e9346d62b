"""How well a grouping agrees with labels."""
