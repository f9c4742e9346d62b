"""ClusterResult to text, one module a format. Nothing here reads, groups or writes files."""
