"""What press databases export: many articles in one file, each below head lines that say what it is."""
