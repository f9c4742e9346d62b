"""Chunks of work as tasks of an existing Dask cluster; the only importer of distributed.

A chunk goes out with the function's name; what chunks share goes out once and is passed on between workers. A bounded
number of chunks is under way, answers are taken in order, and what is lost with a worker is sent again. Nothing here
decides what is computed, so the answers are those of `IN_PROCESS`.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import re
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from newsclust.errors import ClusterError, UsageError
from newsclust.execution.dask_worker import Failure, Fingerprint, difference, named, run_chunk, stamp, version_alone

CONNECT_SECONDS = 5.0
"""How long a scheduler is waited for; loading Dask takes a second or two besides."""
CLOSE_SECONDS = 5.0
NO_WORKER_SECONDS = 120.0
"""How long a cluster may have no worker before the run gives up: one that grows on demand needs a minute or so."""
AHEAD = 3
"""Chunks under way for each thread: one that runs, and two whose way there and back is hidden behind it."""
MOST_TRIES = 5
"""Times a chunk is sent whose shared data got lost with a worker. Dask itself repeats one whose worker died."""
SHARED_KEPT = 4
"""Values that stay with the workers, so that stages which share them send them once."""

_POLL_SECONDS = 1.0
_COUNT_SECONDS = 2.0
_SAY_AFTER = 5.0
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+]*://)?[^\s/]+:\d{1,5}")

# Dask's own types are partial, and loading them takes a second.
Client = Any
Future = Any

R = TypeVar("R")
Say = Callable[[str], None]


@contextmanager
def connected(
    address: str,
    *,
    by_value: bool = True,
    fingerprint: Fingerprint = version_alone,
    say: Say | None = None,
    patience: float = NO_WORKER_SECONDS,
) -> Iterator[DaskExecutor]:
    """Connect to the scheduler at `address` ("tcp://host:8786"), and leave it with nothing of ours under way.

    `by_value` sends the bytes of input files; otherwise workers open the paths. A worker whose `fingerprint` is not
    ours is refused. `patience` is how many seconds the cluster may be without a worker.

    Raises:
        UsageError: this is no address.
        ClusterError: Dask is not installed, no scheduler answers, or a worker there has another newsclust or
            fingerprint.
    """
    if not _ADDRESS.fullmatch(address):
        raise UsageError(f"{address!r} is no address of a scheduler: give one such as tcp://host:8786")
    client = _client(address)
    work = DaskExecutor(client, address, by_value=by_value, fingerprint=fingerprint, say=say, patience=patience)
    try:
        work.check_workers()
        yield work
    finally:
        with suppress(Exception):  # whatever it is, the run is over
            client.close(timeout=CLOSE_SECONDS)


def _client(address: str) -> Client:
    try:
        from distributed import Client as DaskClient
    except ImportError as error:
        raise ClusterError(
            f"--scheduler needs Dask ({error}); install it with: pip install 'newsclust[cluster]', or leave "
            "--scheduler out to work in this process"
        ) from error
    # Its log would stand between our own lines; what matters of it comes back as an error.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that other libraries differ in version
        connect: Any = DaskClient
        try:
            return connect(address, timeout=CONNECT_SECONDS, name="newsclust", set_as_default=False)
        # Not OSError alone: what a wrong certificate or scheme raises is not documented.
        except Exception as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise ClusterError(
                f"no Dask scheduler answers at {address}: {reason}; start one with: dask scheduler, or leave "
                "--scheduler (DASK_SCHEDULER_ADDRESS) out to work in this process"
            ) from error


@dataclass(slots=True)
class _Sent:
    """A chunk under way, and its answer, which is fetched as soon as it is there."""

    chunk: Any
    future: Future
    answer: concurrent.futures.Future[Any]
    tries: int = 1


class DaskExecutor:
    """An `Executor` on a cluster."""

    remote = True

    def __init__(
        self,
        client: Client,
        address: str,
        *,
        by_value: bool,
        fingerprint: Fingerprint,
        say: Say | None,
        patience: float,
    ) -> None:
        self.by_value = by_value
        self._client = client
        self._address = address
        self._say = say
        self._patience = patience
        self._fingerprint = fingerprint
        self._stamp = stamp(fingerprint)
        self._shared: dict[int, tuple[Any, Future]] = {}
        self._counted_at, self._count = float("-inf"), 0

    @property
    def threads(self) -> int:
        """Threads of all workers, at least one; asked for now and then, as workers come and go."""
        now = time.monotonic()
        if now > self._counted_at + _COUNT_SECONDS:
            self._counted_at, self._count = now, sum(self._threads_by_worker().values())
        return max(1, self._count)

    def check_workers(self) -> None:
        """Raise ClusterError where a worker that is there now has another stamp than ours. Others are met later."""
        workers = self._client.scheduler_info()["workers"]
        installed = self._client.get_versions(packages=["newsclust"])["workers"]
        for address, answer in installed.items():
            theirs = answer["packages"].get("newsclust")
            ours = self._stamp["newsclust"]
            if theirs != ours:
                other = f"it has newsclust {theirs}, ours is {ours}"
                raise self._refused(_name(workers, address), other if theirs else "it has no newsclust")
        for address, answer in self._client.run(stamp, self._fingerprint, on_error="return").items():
            if isinstance(answer, OSError):
                continue  # it died since
            if isinstance(answer, BaseException):
                raise self._refused(_name(workers, address), f"it cannot run ours ({answer})")
            if other := difference(answer, self._stamp):
                raise self._refused(_name(workers, address), f"it has {other}")

    def map(self, function: Callable[..., R], chunks: Iterable[Any], *shared: Any) -> Iterator[R]:
        """As `Executor.map`; raises what a chunk raised, as far as it is ours, and else ClusterError."""
        rest = iter(chunks)
        under_way: deque[_Sent] = deque()
        try:
            while True:
                for chunk in islice(rest, max(0, AHEAD * self.threads - len(under_way))):
                    under_way.append(_Sent(chunk, *self._submit(function, chunk, shared)))
                if not under_way:
                    return
                answer = self._answer(function, under_way[0], shared)
                under_way.popleft()
                yield answer
        finally:
            if under_way:
                with suppress(Exception):
                    self._client.cancel([sent.future for sent in under_way], force=True)

    def _submit(self, function: Callable[..., Any], chunk: Any, shared: tuple[Any, ...]) -> tuple[Future, Any]:
        try:
            sent = [self._share(value) for value in shared]
            future = self._client.submit(run_chunk, function, self._fingerprint, self._stamp, chunk, *sent, pure=False)
            # Not future.result(timeout=...): when Dask 2026.8 runs out of time while the loop is busy, it raises
            # UnboundLocalError now and then.
            waiting = self._client.gather(future, asynchronous=True)
            return future, asyncio.run_coroutine_threadsafe(waiting, self._client.loop.asyncio_loop)
        except Exception as error:
            raise self._lost(error) from error

    def _share(self, value: Any) -> Future:
        """The value with the workers; sent once, as long as it is among the last ones."""
        if id(value) not in self._shared:
            while len(self._shared) >= SHARED_KEPT:
                del self._shared[next(iter(self._shared))]
            self._shared[id(value)] = (value, self._scattered(value))
        return self._shared[id(value)][1]

    def _scattered(self, value: Any) -> Future:
        for tried in range(1, MOST_TRIES + 1):
            self._wait_for_worker()
            try:
                # In a list: a list or a dictionary by itself would be taken apart.
                return self._client.scatter([value], hash=False)[0]
            except OSError:  # the worker that was to have it died
                if tried == MOST_TRIES or self._client.status != "running":
                    raise
                time.sleep(_POLL_SECONDS)
        raise AssertionError("the last try returns or raises")

    def _answer(self, function: Callable[..., Any], sent: _Sent, shared: tuple[Any, ...]) -> Any:
        """What the chunk gives; waits as long as somebody works on it."""
        while True:
            while not concurrent.futures.wait([sent.answer], _POLL_SECONDS).done:
                self._wait_for_worker()
            try:
                answer = sent.answer.result()
            except concurrent.futures.CancelledError as error:
                # What the chunk shared was lost with the worker that held it.
                if sent.tries >= MOST_TRIES or self._client.status != "running":
                    raise self._lost(error) from error
                self._shared.clear()
                sent.future, sent.answer = self._submit(function, sent.chunk, shared)
                sent.tries += 1
            except Exception as error:
                raise self._lost(error) from error
            else:
                if isinstance(answer, Failure):
                    raise self._failed(answer)
                return answer

    def _wait_for_worker(self) -> None:
        start = time.monotonic()
        told = False
        while not self._threads_by_worker():
            waited = time.monotonic() - start
            if waited > self._patience:
                raise ClusterError(
                    f"the cluster at {self._address} has had no worker for {waited:.0f} s; start some with: "
                    f"dask worker {self._address}"
                )
            if self._say and not told and waited > _SAY_AFTER:
                self._say(f"waiting for a worker at {self._address}")
                told = True
            time.sleep(min(_POLL_SECONDS, self._patience))

    def _threads_by_worker(self) -> dict[str, int]:
        try:
            return dict(self._client.nthreads())
        except Exception as error:
            raise self._lost(error) from error

    def _failed(self, failure: Failure) -> Exception:
        if failure.refused:
            return self._refused(failure.worker, failure.message)
        return failure.kind(f"worker {failure.worker}: {failure.message}")

    def _refused(self, worker: str, why: str) -> ClusterError:
        return ClusterError(
            f"worker {worker} is refused: {why}; install the same newsclust and model there, or stop that worker"
        )

    def _lost(self, error: BaseException) -> ClusterError:
        if isinstance(error, ClusterError):
            return error
        reason = " ".join(str(error).split()) or type(error).__name__
        if self._client.status != "running" or isinstance(error, OSError):
            return ClusterError(f"the scheduler at {self._address} went away: {reason}; nothing was written")
        return ClusterError(f"the cluster at {self._address} could not do a chunk: {reason}")


def _name(workers: Mapping[str, Any], address: str) -> str:
    return named(str(workers.get(address, {}).get("name", "")), address)
