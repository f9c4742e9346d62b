"""Group raw news articles in any language into stories: offline, deterministic, with reasons."""
