"""The vector cache: the same bytes with and without it, never trusted, never in the way."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from newsclust.encoders.vector_cache import VECTORS, cached_encode
from newsclust.errors import ModelError
from newsclust.execution.progress import Advance
from newsclust.testing import WordHashEncoder

TEXTS = ["Gempa di Izmir", "Erdbeben in Izmir", "İzmir'de deprem", "", "地震 \ud800", "Gempa di Izmir"]


class _Counting(WordHashEncoder):
    def __init__(self, dimensions: int = 64) -> None:
        super().__init__(dimensions)
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
        self.seen += texts
        return super().encode(texts, progress=progress)


def test_a_warm_cache_gives_the_same_bytes_and_encodes_nothing(tmp_path: Path) -> None:
    plain = WordHashEncoder(64).encode(TEXTS)
    cold, warm = _Counting(), _Counting()

    first = cached_encode(cold, TEXTS, folder=tmp_path)
    second = cached_encode(warm, TEXTS[::-1], folder=tmp_path)

    assert first.vectors.tobytes() == plain.tobytes()
    assert second.vectors[::-1].tobytes() == plain.tobytes()
    assert len(cold.seen) == 5  # the repeated text once
    assert warm.seen == []


def test_another_model_or_setting_has_vectors_of_its_own(tmp_path: Path) -> None:
    class Other(_Counting):
        cache_key = "word-hash/64 tokens=12"

    cached_encode(_Counting(), TEXTS, folder=tmp_path)
    other, longer = Other(), _Counting(128)
    cached_encode(other, TEXTS, folder=tmp_path)

    assert len(other.seen) == 5
    assert cached_encode(longer, TEXTS, folder=tmp_path).vectors.shape == (6, 128)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE vectors SET vector = zeroblob(256)",
        "UPDATE vectors SET vector = x'00'",
        "UPDATE vectors SET vector = 'text', checksum = 7",
        "UPDATE vectors SET checksum = (SELECT checksum FROM vectors ORDER BY written DESC LIMIT 1), "
        "vector = (SELECT vector FROM vectors ORDER BY written DESC LIMIT 1)",
    ],
)
def test_a_changed_entry_is_encoded_again(tmp_path: Path, change: str) -> None:
    expected = cached_encode(_Counting(), TEXTS, folder=tmp_path).vectors
    database = sqlite3.connect(tmp_path / VECTORS.file)
    with database:
        database.execute(change)
    database.close()
    again, after = _Counting(), _Counting()

    assert cached_encode(again, TEXTS, folder=tmp_path).vectors.tobytes() == expected.tobytes()
    assert len(again.seen) >= 4
    cached_encode(after, TEXTS, folder=tmp_path)
    assert after.seen == []


@pytest.mark.parametrize(
    "content", [b"no database at all, and long enough to be looked at" * 20, b"SQLite format 3\0" * 99]
)
def test_a_file_that_is_no_database_is_started_anew_and_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / VECTORS.file).write_bytes(content)
    said: list[str] = []
    expected = WordHashEncoder(64).encode(TEXTS)

    assert cached_encode(_Counting(), TEXTS, folder=tmp_path, say=said.append).vectors.tobytes() == expected.tobytes()
    assert len(said) == 1
    assert "damaged" in said[0]
    again = _Counting()
    cached_encode(again, TEXTS, folder=tmp_path)
    assert again.seen == []


def test_a_damaged_page_inside_the_file_costs_only_time(tmp_path: Path) -> None:
    texts = [f"berita {n}" for n in range(400)]
    expected = cached_encode(_Counting(), texts, folder=tmp_path).vectors
    path = tmp_path / VECTORS.file
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 4096 * 3):
        data[at : at + 64] = b"\xaa" * 64
    path.write_bytes(data)

    assert cached_encode(_Counting(), texts, folder=tmp_path).vectors.tobytes() == expected.tobytes()
    assert cached_encode(_Counting(), texts, folder=tmp_path).vectors.tobytes() == expected.tobytes()


def test_a_table_of_another_shape_is_started_anew(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / VECTORS.file)
    database.execute("CREATE TABLE vectors (other TEXT)")
    database.close()
    said: list[str] = []
    cached_encode(_Counting(), TEXTS, folder=tmp_path, say=said.append)
    again = _Counting()
    cached_encode(again, TEXTS, folder=tmp_path)

    assert "started anew" in said[0]
    assert again.seen == []


def test_a_cache_folder_that_cannot_be_made_is_told_once_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "dosya").touch()
    said: list[str] = []

    found = cached_encode(_Counting(), TEXTS, folder=tmp_path / "dosya" / "x", say=said.append)

    assert len(found) == len(TEXTS)
    assert len(said) == 1
    assert "is not used" in said[0]


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
def test_only_the_owner_can_read_the_cache(tmp_path: Path) -> None:
    cached_encode(_Counting(), TEXTS, folder=tmp_path / "c")

    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "c").iterdir()} == {0o600}


def test_a_full_cache_drops_what_was_written_first(tmp_path: Path) -> None:
    texts = [f"berita {n}" for n in range(40)]
    for text in texts:
        cached_encode(_Counting(), [text], folder=tmp_path, max_bytes=20 * 256)
    last, first = _Counting(), _Counting()
    cached_encode(last, texts[-10:], folder=tmp_path, max_bytes=20 * 256)
    cached_encode(first, texts[:10], folder=tmp_path, max_bytes=20 * 256)

    assert last.seen == []
    assert first.seen == texts[:10]


def test_a_cache_smaller_than_one_run_still_gives_every_vector(tmp_path: Path) -> None:
    texts = [f"berita {n}" for n in range(700)]

    found = cached_encode(_Counting(), texts, folder=tmp_path, max_bytes=1).vectors

    assert found.tobytes() == WordHashEncoder(64).encode(texts).tobytes()


def test_several_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    texts = [f"berita {n}" for n in range(300)]
    said: list[str] = []
    threads = [
        threading.Thread(
            target=cached_encode, args=(_Counting(), texts[n:]), kwargs={"folder": tmp_path, "say": said.append}
        )
        for n in (0, 50, 100, 150)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = _Counting()
    cached_encode(after, texts, folder=tmp_path)

    assert said == []
    assert after.seen == []


def test_a_cache_that_another_sets_up_at_this_moment_is_waited_for(tmp_path: Path) -> None:
    said: list[str] = []
    with closing(sqlite3.connect(tmp_path / VECTORS.file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE other (one)")
        other.execute("BEGIN IMMEDIATE")  # what changing the mode of a new file begins with
        release = threading.Timer(0.3, other.execute, ["COMMIT"])
        release.start()
        cached_encode(_Counting(), TEXTS, folder=tmp_path, say=said.append)
        release.join()

    assert said == []


def test_progress_counts_every_text_once_at_least(tmp_path: Path) -> None:
    steps: list[int] = []
    cached_encode(_Counting(), TEXTS[:3], folder=tmp_path, progress=steps.append)
    cached_encode(_Counting(), TEXTS[:5], folder=tmp_path, progress=steps.append)

    assert sum(steps) == 3 + 5


def test_vectors_of_the_wrong_shape_or_length_are_refused_and_not_kept(tmp_path: Path) -> None:
    class Wrong(_Counting):
        def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
            return super().encode(texts) * np.float32(2)

    class Short(_Counting):
        def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
            return super().encode(texts)[1:]

    for wrong in (Wrong(), Short()):
        with pytest.raises(ModelError, match="word-hash/64 gave"):
            cached_encode(wrong, TEXTS, folder=tmp_path)
    right = _Counting()
    cached_encode(right, TEXTS, folder=tmp_path)
    assert len(right.seen) == 5


def test_what_lacks_a_part_of_an_encoder_is_refused_with_the_part_named(tmp_path: Path) -> None:
    class Half:
        model_id, dimensions = "halb/64", 64

        def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
            raise AssertionError("it is no encoder")

    with pytest.raises(ModelError, match="Half is no encoder: it has no cache_key, texts_at_once;"):
        cached_encode(Half(), TEXTS, folder=tmp_path)  # type: ignore[arg-type]


def test_no_texts_need_no_cache(tmp_path: Path) -> None:
    assert cached_encode(_Counting(), [], folder=tmp_path / "none").vectors.shape == (0, 64)
    assert not (tmp_path / "none").exists()
