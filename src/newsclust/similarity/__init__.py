"""How likely two articles report the same: features, candidate pairs, and their score."""
