"""Every error newsclust raises on purpose.

    NewsclustError          exit 1
    ├── UsageError          exit 2   what was asked makes no sense: a missing path, an unknown setting
    ├── InputError          exit 1   what was given cannot be read at all
    ├── ModelError          exit 1   a model is missing, damaged or cannot be loaded
    ├── CacheError          exit 1   the cache folder cannot be written
    ├── ClusterError        exit 1   the Dask cluster cannot be reached, or cannot do the work
    └── StoreError          exit 1   a store is missing, damaged or from another version
        └── StoreLocked     exit 75  another run holds the store

A message says what happened, where, the value met, and the way out. `cli.py` is the one place that turns these into
exit codes; anything else that escapes is a bug and shows its traceback.
"""


class NewsclustError(Exception):
    """Base of every error that newsclust raises on purpose."""

    exit_code = 1


class UsageError(NewsclustError):
    """What was asked for makes no sense: a missing path, an unknown setting or value."""

    exit_code = 2


class InputError(NewsclustError):
    """The input as a whole cannot be read. One bad file among others is a `Skipped` entry instead."""


class ModelError(NewsclustError):
    """A model is missing, damaged, or cannot be loaded or built."""


class CacheError(NewsclustError):
    """The cache folder cannot be created or written."""


class ClusterError(NewsclustError):
    """The Dask cluster cannot be reached, a worker does not fit, or a piece of work failed there."""


class StoreError(NewsclustError):
    """A store is missing, damaged, or was written by another version."""


class StoreLocked(StoreError):  # noqa: N818 - it is a state of the store, named as the message names it
    """Another run holds the store's lock."""

    exit_code = 75
