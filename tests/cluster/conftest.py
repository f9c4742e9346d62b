"""Clusters that the tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster_processes import Cluster


@pytest.fixture(scope="session")
def scheduler(built_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler; tests say how many workers they need."""
    cluster = Cluster(tmp_path_factory.mktemp("cluster"), {"NEWSCLUST_CACHE": str(built_cache)})
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.close()


@pytest.fixture
def one_worker(scheduler: Cluster) -> Cluster:
    """A cluster with one worker."""
    scheduler.ensure(1)
    return scheduler


@pytest.fixture
def two_workers(scheduler: Cluster) -> Cluster:
    """A cluster with two workers, or with two once both have started."""
    scheduler.ensure(2)
    return scheduler
