from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from quality.gate import (
    EPSILON,
    SETS,
    Measured,
    Pin,
    Refused,
    changes,
    checksum,
    files_of,
    gold_folder,
    hashed,
    main,
    packed,
    problems,
    read_floors,
    unpacked,
    updated,
    write_pins,
)

DATA = "d" * 64


def measured(value: float, sha256: str = DATA, partition: Mapping[str, str | None] | None = None) -> Measured:
    return Measured({"event_f1": value}, sha256, {"event": partition} if partition else {})


Gate = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Run the gate in a folder of its own with figures given by hand, the same for every set."""
    gold = tmp_path / "gold"
    gold.mkdir()
    for name in SETS:
        for path in files_of(name, gold):
            path.write_bytes(gzip.compress(b"{}", mtime=0))
    monkeypatch.setenv("NEWSCLUST_GOLD", str(gold))

    def call(found: Measured, *arguments: str) -> tuple[int, list[str]]:
        said: list[str] = []
        return main(arguments, run=lambda name, folder: found, folder=tmp_path, say=said.append), said

    return call


def test_a_figure_at_its_floor_passes_and_one_below_fails() -> None:
    pin = Pin({"event_f1": 0.95}, DATA)
    assert problems("é", measured(0.95), pin) == []
    assert problems("é", measured(0.95 - EPSILON / 2), pin) == []
    assert problems("é", measured(0.95 - EPSILON * 1.5), pin) == ["é: event_f1 is 0.9470, its floor 0.9500"]


def test_a_figure_that_is_no_longer_measured_fails() -> None:
    assert problems("é", Measured({}, DATA), Pin({"story_f1": 0.9}, DATA))


def test_other_data_than_was_pinned_fails() -> None:
    assert "the data is not" in problems("é", measured(0.99, "e" * 64), Pin({"event_f1": 0.9}, DATA))[0]


def test_a_set_without_a_floor_fails_and_says_what_to_do() -> None:
    assert "--update" in problems("é", measured(0.99), None)[0]


def test_an_update_raises_floors() -> None:
    after = updated({"é": Pin({"event_f1": 0.9}, DATA), "ü": Pin({"x": 0.1}, DATA)}, {"é": measured(0.91239)})
    assert after == {"é": Pin({"event_f1": 0.9124}, DATA), "ü": Pin({"x": 0.1}, DATA)}


def test_a_negative_correlation_is_pinned_as_it_is() -> None:
    assert updated({}, {"é": measured(-0.25)})["é"].floors == {"event_f1": -0.25}


def test_an_update_never_lowers_a_floor_by_small_steps() -> None:
    pins = {"é": Pin({"event_f1": 0.9}, DATA)}
    for _ in range(5):
        pins = updated(pins, {"é": measured(0.9 - EPSILON / 2)})
    assert pins["é"].floors == {"event_f1": 0.9}


def test_an_update_refuses_to_lower_a_floor_without_leave() -> None:
    pins = {"é": Pin({"event_f1": 0.9}, DATA)}
    with pytest.raises(Refused, match="--allow-regression"):
        updated(pins, {"é": measured(0.85)})
    assert updated(pins, {"é": measured(0.85)}, allow_regression=True)["é"].floors == {"event_f1": 0.85}


def test_an_update_refuses_other_data_without_leave() -> None:
    pins = {"é": Pin({"event_f1": 0.9}, DATA)}
    with pytest.raises(Refused, match="data"):
        updated(pins, {"é": measured(0.99, "e" * 64)})
    after = updated(pins, {"é": measured(0.5, "e" * 64)}, allow_regression=True)
    assert after == {"é": Pin({"event_f1": 0.5}, "e" * 64)}


def test_pins_come_back_as_they_were_written(tmp_path: Path) -> None:
    pins = {"é": Pin({"event_f1": 0.9124}, DATA)}
    write_pins(pins, {"é": measured(0.9124, partition={"ä": "1"})}, tmp_path)
    assert read_floors(tmp_path) == pins
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["floors.json", "é.csv.gz"]


def test_a_write_that_fails_leaves_the_old_floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pins({"é": Pin({"event_f1": 0.9}, DATA)}, {}, tmp_path)

    def broken(source: object, target: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", broken)
    with pytest.raises(OSError, match="disk full"):
        write_pins({"é": Pin({"event_f1": 0.1}, DATA)}, {}, tmp_path)
    assert read_floors(tmp_path)["é"].floors == {"event_f1": 0.9}
    assert [path.name for path in tmp_path.iterdir()] == ["floors.json"]


def test_partitions_hold_no_id_and_give_the_same_bytes_in_any_order() -> None:
    partition: dict[str, str | None] = {"bbc.1:idn": "x", "bbc.1:deu": "x", "bbc.2:deu": None, "bbc.3:deu": "y"}
    renamed = {article: label and f"other {label}" for article, label in reversed(partition.items())}
    data = packed({"event": partition, "story": partition})
    assert data == packed({"story": renamed, "event": renamed})
    assert b"bbc" not in gzip.decompress(data)
    back = unpacked(data)["event"]
    assert back[hashed("bbc.1:idn")] == back[hashed("bbc.1:deu")] != back[hashed("bbc.3:deu")]
    assert back[hashed("bbc.2:deu")] is None


def test_what_split_and_what_joined_since_the_pin_is_told(tmp_path: Path) -> None:
    before = {"a": "1", "b": "1", "c": "1", "d": "2", "ё": "3", "f": None}
    write_pins({}, {"é": measured(1, partition=before)}, tmp_path)
    now = measured(1, partition={"a": "1", "b": "1", "c": None, "d": "9", "ё": "9", "f": None})
    lines = changes("é", now, tmp_path)
    assert len(lines) == 2
    assert lines[0].startswith("é, event: 3 articles split into 2 + 1 (")
    assert lines[1].startswith("é, event: 2 articles joined from 1 + 1 (")
    assert {"d", "ё"} <= set(lines[1].split("(")[1].rstrip(")").split(", "))
    assert changes("é", measured(1, partition=before), tmp_path) == []


def test_a_set_never_pinned_has_no_changes(tmp_path: Path) -> None:
    assert changes("é", measured(1, partition={"a": "1"}), tmp_path) == []


def test_the_gate_fails_until_floors_are_pinned_then_holds_them(gate: Gate, tmp_path: Path) -> None:
    code, said = gate(measured(0.9))
    assert code == 1
    assert any("--update" in line for line in said)
    assert gate(measured(0.9), "--update")[0] == 0
    assert set(read_floors(tmp_path)) == set(SETS)
    assert gate(measured(0.9))[0] == 0
    code, said = gate(measured(0.8))
    assert code == 1
    assert f"FAILED {SETS[0]}: event_f1 is 0.8000, its floor 0.9000" in said


def test_a_refused_update_writes_nothing(gate: Gate, tmp_path: Path) -> None:
    gate(measured(0.9, partition={"ä": "1", "ö": "1"}), "--update")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, said = gate(measured(0.8, partition={"ä": "1", "ö": "2"}), "--update")
    assert code == 1
    assert said[-1].startswith("REFUSED")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert gate(measured(0.8, partition={"ä": "1", "ö": "2"}), "--update", "--allow-regression")[0] == 0
    assert json.loads((tmp_path / "floors.json").read_text())[SETS[0]]["floors"] == {"event_f1": 0.8}


def test_some_sets_can_be_run_alone(gate: Gate, tmp_path: Path) -> None:
    assert gate(measured(0.9), "--update", "ecbplus")[0] == 0
    assert list(read_floors(tmp_path)) == ["ecbplus"]
    with pytest.raises(SystemExit):
        gate(measured(0.9), "nichts")


def test_without_gold_sets_the_gate_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCLUST_GOLD", str(tmp_path))
    said: list[str] = []
    assert gold_folder() is None
    assert main([], say=said.append) == 1
    assert "NEWSCLUST_GOLD" in said[0]


def test_the_checksum_covers_every_file_of_a_set(tmp_path: Path) -> None:
    for path in files_of("news_pairs", tmp_path):
        path.write_bytes(b"a")
    before = checksum(files_of("news_pairs", tmp_path))
    (tmp_path / "news_pairs_docs.jsonl.gz").write_bytes(b"b")
    assert checksum(files_of("news_pairs", tmp_path)) != before
