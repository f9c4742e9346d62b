"""Who does the work: this process, other processes, a Dask cluster; on how many threads, and who is told."""
