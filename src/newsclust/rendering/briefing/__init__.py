"""What is read in the morning: a briefing in Markdown, a feed, and a few lines for a notebook."""
