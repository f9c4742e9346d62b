"""`newsclust group --store`: grouping with what earlier runs knew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from newsclust.articles import ReadResult
from newsclust.commands.stderr import progress_on_stderr, say
from newsclust.commands.store_options import store_path
from newsclust.errors import UsageError
from newsclust.execution.executor import IN_PROCESS, Work
from newsclust.settings import Settings
from newsclust.text.display import count_of

if TYPE_CHECKING:
    from newsclust.store.update import Update


class Request(Protocol):
    """What of a request is about the store."""

    @property
    def store(self) -> str | None:
        """The store's file."""
        ...

    @property
    def window(self) -> float | None:
        """Days within which articles are compared."""
        ...

    @property
    def wait(self) -> int:
        """Seconds to wait for another run."""
        ...

    @property
    def changes(self) -> bool:
        """Whether only changes are asked for."""
        ...

    @property
    def quiet(self) -> bool:
        """Whether to keep silent."""
        ...


def check_request(request: Request) -> None:
    """Raise UsageError for options that make sense with a store alone."""
    if request.store is None and (request.changes or request.window is not None):
        flag = "--changes" if request.changes else "--window"
        raise UsageError(f"{flag} needs --store FILE: without a store a run remembers nothing")


def remember(request: Request, read: ReadResult, settings: Settings, work: Work = IN_PROCESS) -> Update:
    """Bring what was read into the store, batch by batch; of the work on a batch only embedding may be elsewhere."""
    from newsclust.pipeline import encoder_for
    from newsclust.store.update import Options, update

    options = Options(window=request.window, wait=float(request.wait), changes_only=request.changes)
    with progress_on_stderr(quiet=request.quiet) as progress:
        encoder = encoder_for(settings, progress, say, work) if work.remote else None
        done = update(
            store_path(request.store or ""), read, settings, options, encoder=encoder, progress=progress, say=say
        )
    if not request.quiet:
        changed = count_of(len(done.changes), "story", "stories")
        say(f"{request.store}: {done.added} added, {done.changed} read again, {done.known} known; {changed} changed")
    return done
