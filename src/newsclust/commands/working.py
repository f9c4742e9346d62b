"""Where the work of a command is done: on the cores of this machine, or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import click

from newsclust.commands.options import option
from newsclust.commands.stderr import say
from newsclust.execution.executor import Work

SHIPPED = ("value", "path")
"""How input files get to the workers. Value first: it needs no file system that all share, and the bytes of an article
are fewer than what its other stages send."""
DASK_VARIABLE = "DASK_SCHEDULER_ADDRESS"
"""Where Dask itself looks for its scheduler."""

_F = TypeVar("_F", bound=Callable[..., Any])


class Request(Protocol):
    """What of a request is about the cluster."""

    @property
    def scheduler(self) -> str | None:
        """The scheduler's address."""
        ...

    @property
    def ship(self) -> str:
        """How input files get to the workers."""
        ...


def cluster_options(command: _F) -> _F:
    """Add where the work is done."""
    command = option(
        "--ship",
        type=click.Choice(SHIPPED),
        default=SHIPPED[0],
        show_default=True,
        help="With --scheduler: send input files, or let workers that share the file system open their paths.",
    )(command)
    return click.option(
        "--scheduler",
        metavar="ADDRESS",
        envvar=["NEWSCLUST_SCHEDULER", DASK_VARIABLE],
        help=f"Work on the Dask cluster at tcp://host:8786. Also {DASK_VARIABLE}. [default: this machine]",
    )(command)


@contextmanager
def working(request: Request) -> Iterator[Work]:
    """Give who does the work: the cluster asked for, else this machine."""
    if not request.scheduler:
        from newsclust.execution.local import local_work
        from newsclust.execution.threads import thread_count

        with local_work(thread_count()) as here:
            yield here
        return
    from newsclust.execution.dask import connected
    from newsclust.similarity.fingerprint import fingerprint

    by_value = request.ship == SHIPPED[0]
    with connected(request.scheduler, by_value=by_value, fingerprint=fingerprint, say=say) as work:
        yield work
