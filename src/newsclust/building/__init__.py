"""From clusters to stories: members, confidence, titles and keywords."""
