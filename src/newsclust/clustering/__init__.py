"""From scored pairs to events and stories."""
