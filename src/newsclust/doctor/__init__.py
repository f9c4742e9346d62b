"""What a bug report needs to know: what is installed, found and set, and how that is told."""
