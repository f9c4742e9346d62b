"""Chunks of work on a Dask cluster: the same answers in order, whoever does them, and whatever goes wrong there."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cluster_chunks as chunks
import pytest
from cluster_processes import Cluster

from newsclust.errors import ClusterError, InputError, UsageError
from newsclust.execution import dask as dask_executor
from newsclust.execution.dask import DaskExecutor, connected
from newsclust.execution.dask_worker import difference, named
from newsclust.execution.executor import IN_PROCESS, in_chunks
from newsclust.similarity.fingerprint import fingerprint

pytestmark = pytest.mark.usefixtures("builtin_model")


def dask(executor: DaskExecutor) -> Any:
    return executor._client


def tasks_of(executor: DaskExecutor) -> int:
    return int(dask(executor).run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)))


def test_answers_come_in_order_however_long_each_takes(two_workers: Cluster) -> None:
    given = [(0.4, 1), (0.0, 2), (0.2, 3), (0.0, 4), (0.1, 5), (0.0, 6), (0.0, 7)]
    with connected(two_workers.address) as executor:
        assert list(executor.map(chunks.doubled_after, given)) == [2, 4, 6, 8, 10, 12, 14]


def test_no_chunks_give_no_answers(one_worker: Cluster) -> None:
    with connected(one_worker.address) as executor:
        assert list(executor.map(chunks.doubled_after, [])) == []


def test_chunks_are_read_as_the_work_goes_on(one_worker: Cluster) -> None:
    asked = []

    def endless() -> Any:
        for number in range(10_000):
            asked.append(number)
            yield 0.0, number

    with connected(one_worker.address) as executor:
        answers = executor.map(chunks.doubled_after, endless())
        assert [next(answers) for _ in range(5)] == [0, 2, 4, 6, 8]
        assert len(asked) < 40


def test_what_is_left_is_called_back_when_nobody_wants_it(one_worker: Cluster) -> None:
    with connected(one_worker.address) as executor, connected(one_worker.address) as watching:
        answers = executor.map(chunks.doubled_after, [(0.1, number) for number in range(100)])
        assert next(answers) == 0
        assert tasks_of(watching) > 0
        answers.close()  # type: ignore[attr-defined]
        end = time.monotonic() + 10
        while tasks_of(watching) and time.monotonic() < end:
            time.sleep(0.05)
        assert tasks_of(watching) == 0


def test_what_chunks_share_is_sent_once(one_worker: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = bytes(range(20))
    with connected(one_worker.address) as executor:
        sent: list[Any] = []
        scatter = dask(executor).scatter

        def counted(data: Any, **more: Any) -> Any:
            sent.append(data)
            return scatter(data, **more)

        monkeypatch.setattr(dask(executor), "scatter", counted)
        for _ in range(2):
            assert b"".join(executor.map(chunks.slow_part, range(6), shared)) == shared[:6]
    assert sent == [[shared]]


def test_a_worker_that_dies_with_what_chunks_share_costs_time_only(two_workers: Cluster) -> None:
    shared = "Erdbeben in İzmir: 地震".encode() * 2
    with connected(two_workers.address) as executor:
        dask(executor).wait_for_workers(2, timeout=60)
        answers = executor.map(chunks.slow_part, range(len(shared)), shared)
        got = [next(answers) for _ in range(4)]
        (future,) = [future for _, future in executor._shared.values()]
        holders = dask(executor).who_has(future)[future.key]
        names = dask(executor).scheduler_info()["workers"]
        for address in holders if len(holders) == 1 else holders[:1]:
            two_workers.kill(names[address]["name"])
        assert b"".join([*got, *answers]) == shared


def test_sharing_with_a_worker_that_just_died_is_tried_again(
    one_worker: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_executor, "_POLL_SECONDS", 0.1)
    with connected(one_worker.address) as executor:
        scatter = dask(executor).scatter
        tries: list[int] = []

        def failing_once(data: Any, **more: Any) -> Any:
            tries.append(1)
            if len(tries) == 1:
                raise OSError("der Arbeiter ist fort")
            return scatter(data, **more)

        monkeypatch.setattr(dask(executor), "scatter", failing_once)
        assert b"".join(executor.map(chunks.slow_part, [1], b"ab")) == b"b"
    assert len(tries) == 2


def test_every_worker_gone_is_an_error_when_none_comes(scheduler: Cluster) -> None:
    scheduler.ensure(1)
    with connected(scheduler.address, patience=0.5) as executor:
        dask(executor).wait_for_workers(1, timeout=60)
        answers = executor.map(chunks.doubled_after, [(0.0, 1), (30.0, 2)])
        assert next(answers) == 2
        scheduler.ensure(0)
        with pytest.raises(ClusterError, match=r"no worker for \d+ s; start some with: dask worker tcp://"):
            next(answers)


def test_a_worker_that_comes_later_does_the_work(scheduler: Cluster) -> None:
    scheduler.ensure(0)
    said: list[str] = []
    with connected(scheduler.address, say=said.append) as executor:
        answers = executor.map(chunks.doubled_after, [(0.0, 21)])
        threading.Timer(0.5, lambda: scheduler.ensure(1)).start()
        assert list(answers) == [42]
    assert said in ([], [f"waiting for a worker at {scheduler.address}"])


def test_an_error_of_ours_stays_what_it_is_and_names_the_worker(one_worker: Cluster) -> None:
    with connected(one_worker.address) as executor, pytest.raises(InputError) as caught:
        list(executor.map(chunks.refusing, [1]))
    assert "worker arbeiter-" in str(caught.value)
    assert "Stück 1 ist keine Nachricht" in str(caught.value)


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (chunks.failing, "ValueError: Stück 1 geht nicht"),
        (chunks.failing_oddly, "_OddError: seltsam"),
        (chunks.answering_with_a_lock, "could not do a chunk: .*pickle"),
    ],
)
def test_what_fails_there_is_an_error_of_ours(one_worker: Cluster, function: Callable[[int], Any], told: str) -> None:
    with connected(one_worker.address) as executor, pytest.raises(ClusterError, match=told):
        list(executor.map(function, [1]))


def test_a_chunk_that_cannot_be_sent_is_an_error_of_ours(one_worker: Cluster) -> None:
    with connected(one_worker.address) as executor, pytest.raises(ClusterError, match="could not do a chunk"):
        list(executor.map(chunks.doubled_after, [threading.Lock()]))


def test_a_chunk_that_kills_its_workers_is_an_error_of_ours(one_worker: Cluster) -> None:
    with connected(one_worker.address) as executor:
        dask(executor).wait_for_workers(1, timeout=60)
        dask(executor).run_on_scheduler(lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", 0))
        try:
            with pytest.raises(ClusterError, match="all those workers died while running it"):
                list(executor.map(chunks.dying, [1]))
        finally:
            dask(executor).run_on_scheduler(lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", 3))


def test_a_worker_with_another_newsclust_is_refused_by_name(scheduler: Cluster, tmp_path: Path) -> None:
    metadata = tmp_path / "newsclust-0.0.9.dist-info" / "METADATA"
    metadata.parent.mkdir()
    metadata.write_text("Metadata-Version: 2.1\nName: newsclust\nVersion: 0.0.9\n", "utf-8")
    scheduler.ensure(1)
    scheduler.add("gestrig", str(tmp_path))
    try:
        with connected(scheduler.address) as executor:
            ours = executor._stamp["newsclust"]
            dask(executor).wait_for_workers(2, timeout=60)
            with pytest.raises(ClusterError) as caught:
                executor.check_workers()
    finally:
        scheduler.kill("gestrig")
    assert "worker gestrig at tcp://127.0.0.1" in str(caught.value)
    assert f"newsclust 0.0.9, ours is {ours}" in str(caught.value)


def test_a_worker_with_another_model_is_refused_by_name_when_a_chunk_reaches_it(one_worker: Cluster) -> None:
    with connected(one_worker.address, fingerprint=fingerprint) as executor:
        theirs = executor._stamp
        executor._stamp = {**theirs, "the model": "multilingual-e5-small/1+0badc0de"}
        with pytest.raises(ClusterError) as caught:
            list(executor.map(chunks.doubled_after, [(0.0, 1)]))
        with pytest.raises(ClusterError, match="worker arbeiter-"):
            executor.check_workers()
    assert "worker arbeiter-" in str(caught.value)
    assert f"the model {theirs['the model']}, ours is multilingual-e5-small/1+0badc0de" in str(caught.value)


def test_a_scheduler_that_is_not_there_is_told_soon() -> None:
    start = time.monotonic()
    with pytest.raises(ClusterError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        connected("tcp://127.0.0.1:9").__enter__()
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("address", ["", "nirgends", "tcp://host", "tcp://host:port", "http//x:1 2", "tcp://a/b:1"])
def test_what_is_no_address_is_told_at_once(address: str) -> None:
    with pytest.raises(UsageError, match="is no address of a scheduler"):
        connected(address).__enter__()


def test_without_dask_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'newsclust\[cluster\]'"):
        connected("tcp://127.0.0.1:8786").__enter__()


def test_a_scheduler_that_goes_away_is_an_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_executor, "CONNECT_SECONDS", 2.0)
    monkeypatch.setattr(dask_executor, "CLOSE_SECONDS", 1.0)
    short_lived = Cluster(tmp_path)
    try:
        short_lived.start()
        with connected(short_lived.address, patience=30.0) as executor:
            answers = executor.map(chunks.doubled_after, [(0.0, 1)])
            threading.Timer(0.5, short_lived.close).start()
            with pytest.raises(ClusterError, match=r"the scheduler at .* went away"):
                next(answers)
    finally:
        short_lived.close()


def test_stamps_that_differ_say_in_what() -> None:
    ours = {"newsclust": "0.1.0", "the model": "e5/1", "statistics with checksum": "aa"}
    assert difference(ours, ours) == ""
    assert difference({**ours, "newsclust": "0.0.9", "statistics with checksum": "bb"}, ours) == (
        "newsclust 0.0.9, ours is 0.1.0; statistics with checksum bb, ours is aa"
    )


def test_a_worker_is_called_by_its_name_where_it_has_one() -> None:
    assert named("w1", "tcp://10.0.0.7:4321") == "w1 at tcp://10.0.0.7:4321"
    assert named("tcp://10.0.0.7:4321", "tcp://10.0.0.7:4321") == "tcp://10.0.0.7:4321"


def test_in_this_process_chunks_run_here_one_by_one() -> None:
    answers = IN_PROCESS.map(chunks.process_of, iter([1, 2]))
    assert list(answers) == [(1, os.getpid()), (2, os.getpid())]


def test_chunks_keep_the_order_and_lose_nothing() -> None:
    assert in_chunks(range(7), 3) == [range(0, 3), range(3, 6), range(6, 7)]
    assert in_chunks([], 3) == []
