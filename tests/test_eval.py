from __future__ import annotations

import csv
import gzip
import json
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from handmade import embassy_result
from jsonschema import Draft202012Validator
from numpy.typing import NDArray

from newsclust.articles import Article, ReadResult
from newsclust.cli import run
from newsclust.errors import InputError, UsageError
from newsclust.evaluation.gold import Level, grouping_of, read_gold, read_grouping, read_pairs
from newsclust.rendering.contract import to_json
from newsclust.settings import Settings
from newsclust.stories import ClusterResult, Event, Member, Story, Unclustered

ROWS: list[dict[str, str | None]] = [
    {"id": "a", "lang": "id", "title": "Gempa di Istanbul", "text": "Lima orang tewas.", "date": "2025-02-27"},
    {"id": "b", "lang": "de-DE", "title": "Erdbeben in Istanbul", "text": "Fünf Tote.", "date": None},
    {"id": "ç", "lang": "tr", "title": None, "text": "Seçim sonuçları açıklandı.", "date": None},
    {"id": "d", "lang": "en", "title": "[red]Unjudged[/close]", "text": "Nobody knows.", "date": None},
]
LABELS = {"a": ("s1", "e1"), "b": ("s1", "e2"), "ç": ("s2", "e3"), "d": (None, None)}

MEASURE: dict[str, Any] = {
    "type": "object",
    "required": ["precision", "recall", "f1"],
    "additionalProperties": False,
    "properties": {name: {"type": "number", "minimum": 0, "maximum": 1} for name in ("precision", "recall", "f1")},
}
REQUIRED = """schema gold result model settings missing levels""".split()
PAIRS = {
    **MEASURE,
    "required": [*MEASURE["required"], "gold", "found"],
    "properties": {**MEASURE["properties"], "gold": {"type": "integer"}, "found": {"type": "integer"}},
}
LEVEL_REQUIRED = """unjudged scores pairs by_languages mistakes""".split()
SCHEMA = {
    "type": "object",
    "required": REQUIRED,
    "additionalProperties": False,
    "properties": {
        **{name: {} for name in REQUIRED},
        "levels": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": LEVEL_REQUIRED,
                "additionalProperties": False,
                "properties": {
                    **{name: {} for name in LEVEL_REQUIRED},
                    "pairs": {
                        "required": ["within", "across"],
                        "additionalProperties": PAIRS,
                    },
                    "scores": {
                        "type": "object",
                        "required": ["everything", "without_singletons", "merge_nothing", "merge_all"],
                        "additionalProperties": {
                            "type": "object",
                            "required": [
                                "articles",
                                "stories",
                                "clusters",
                                "bcubed",
                                "pairwise",
                                "ceaf_e",
                                "ari",
                                "nmi",
                            ],
                            "properties": {"bcubed": MEASURE, "pairwise": MEASURE, "ceaf_e": MEASURE},
                        },
                    },
                },
            },
        },
    },
}


class Pipeline:
    """Groups what it is told to: `stories` maps a story to its events, and those to article ids."""

    def __init__(self) -> None:
        self.stories: dict[str, dict[str, list[str]]] = {}
        self.read = ReadResult(())
        self.settings = Settings()
        self.pairs: list[tuple[int, int]] = []
        self.probabilities: list[float] = []

    def find_stories(self, read: ReadResult, settings: Settings, **_: Any) -> ClusterResult:
        self.read, self.settings = read, settings
        by_id = {article.id: article for article in read.articles}
        used = {i for events in self.stories.values() for ids in events.values() for i in ids}
        stories = [
            Story(
                id=name,
                title=name,
                headlines={},
                keywords=(),
                events=tuple(Event(event, event, tuple(ids)) for event, ids in events.items()),
                members=tuple(Member(by_id[i], event, 1.0) for event, ids in events.items() for i in ids),
                cohesion=1.0,
            )
            for name, events in self.stories.items()
        ]
        rest = tuple(Unclustered(article, None) for article in read.articles if article.id not in used)
        return ClusterResult(tuple(stories), rest, read.skipped, settings, "von Hand")

    def pair_probabilities(
        self, articles: Sequence[Article], pairs: Sequence[tuple[int, int]], settings: Settings, **_: Any
    ) -> NDArray[np.float64]:
        self.pairs, self.settings = list(pairs), settings
        return np.asarray(self.probabilities)


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    stand_in = Pipeline()
    module = ModuleType("newsclust.pipeline")
    module.__dict__.update(find_stories=stand_in.find_stories, pair_probabilities=stand_in.pair_probabilities)
    monkeypatch.setitem(sys.modules, "newsclust.pipeline", module)
    return stand_in


Newsclust = Callable[..., SimpleNamespace]


@pytest.fixture
def newsclust(pipeline: Pipeline, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Newsclust:
    monkeypatch.setenv("COLUMNS", "120")

    def call(*arguments: object) -> SimpleNamespace:
        code = run(["eval", *map(str, arguments)])
        out, err = capsys.readouterr()
        return SimpleNamespace(code=code, out=out, err=err, json=lambda: json.loads(out))

    return call


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl.gz"
    rows = [row | dict(zip(("story", "event"), LABELS[str(row["id"])], strict=True)) for row in ROWS]
    path.write_bytes(gzip.compress("\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()))
    return path


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_gold_articles_are_read_with_their_declared_language_and_date(gold: Path) -> None:
    found = read_gold(str(gold))
    assert [(a.id, a.title, a.language) for a in found.articles] == [
        ("a", "Gempa di Istanbul", "id"),
        ("b", "Erdbeben in Istanbul", "de"),
        ("d", "[red]Unjudged[/close]", "en"),
        ("ç", None, "tr"),
    ]
    assert str(found.articles[0].published) == "2025-02-27 00:00:00+00:00"
    assert found.stories == {"a": "s1", "b": "s1", "ç": "s2", "d": None}


def test_a_gold_file_may_be_packed_and_its_ids_are_those_of_its_articles(tmp_path: Path) -> None:
    rows = [
        {"id": " ä 1 ", "text": "İzmir'de deprem oldu, beş kişi öldü.", "story": "s "},
        {"id": 2, "text": "Gempa di Izmir, lima orang tewas.", "story": None},
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    with zipfile.ZipFile(tmp_path / "altın.zip", "w") as packed:
        packed.writestr("gold.jsonl", lines)
    found = read_gold(str(tmp_path / "altın.zip"))
    assert found.stories == {"ä 1": "s", "2": None}
    assert {article.id for article in found.articles} == found.stories.keys()


def test_the_label_never_becomes_the_text_of_an_article(tmp_path: Path) -> None:
    path = write(tmp_path / "g.jsonl", '{"id": "ä", "title": "Nur ein Titel", "text": "", "story": "verräterisch"}\n')
    (article,) = read_gold(str(path)).articles
    assert "verräterisch" not in article.body


def test_events_are_used_at_event_level_where_there_are_any(tmp_path: Path, gold: Path) -> None:
    with_events = read_gold(str(gold))
    assert with_events.labels(Level.EVENT)["b"] == "e2"
    assert with_events.labels(Level.STORY)["b"] == "s1"
    without = read_gold(str(write(tmp_path / "g.csv", "id,story\né,1\n")))
    assert without.labels(Level.EVENT) == without.labels(Level.STORY) == {"é": "1"}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("g.jsonl", '{"id": "a", "story": "1"}\n{"id": ', "g.jsonl:2: invalid JSON"),
        ("g.jsonl", '["a"]\n', "g.jsonl:1: a JSON object is wanted, this is a list"),
        ("g.jsonl", '{"story": "1"}\n', "g.jsonl:1: no 'id'"),
        ("g.jsonl", '{"id": "a", "label": "1"}\n', "no column 'story'"),
        ("g.jsonl", '{"id": "a", "story": 1}\n{"id": "a", "story": 2}\n', "g.jsonl:2: the id 'a' appears twice"),
        ("g.csv", "id,story\na,1,2\n", "g.csv:2: more cells"),
        ("g.jsonl", '{"id": ' + "9" * 5000 + "}", "g.jsonl:1: invalid JSON"),
        ("g.jsonl", "[" * 100_000, "g.jsonl: invalid JSON at line 1: nested too deeply"),
    ],
)
def test_a_damaged_gold_file_is_named_with_its_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_gold(str(write(tmp_path / name, text)))
    assert message in str(caught.value)


def test_files_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "g.jsonl.gz").write_bytes(gzip.compress(b'{"id": 1, "story": 2}\n')[:-9])
    with pytest.raises(InputError, match="truncated"):
        read_gold(str(tmp_path / "g.jsonl.gz"))
    (tmp_path / "g.jsonl.gz").write_bytes(gzip.compress(b"")[:10] + b"\xff\xff kein gzip")
    with pytest.raises(InputError, match=r"g\.jsonl\.gz: "):
        read_gold(str(tmp_path / "g.jsonl.gz"))
    with pytest.raises(UsageError, match="does not exist"):
        read_gold(str(tmp_path / "fehlt.csv"))


def test_pairs_need_a_number(tmp_path: Path) -> None:
    good = write(tmp_path / "p.csv", "id1,id2,overall\nä,b,1.5\n")
    assert [(p.first, p.second, p.overall) for p in read_pairs(str(good))] == [("ä", "b", 1.5)]
    with pytest.raises(InputError, match="'overall' is 'gleich', not a number"):
        read_pairs(str(write(tmp_path / "q.csv", "id1,id2,overall\nä,b,gleich\n")))
    with pytest.raises(InputError, match="'overall' is 'nan', not a number"):
        read_pairs(str(write(tmp_path / "q.csv", "id1,id2,overall\nä,b,nan\n")))


@pytest.mark.parametrize("level", Level)
def test_a_result_and_its_json_have_the_same_labels(tmp_path: Path, level: Level) -> None:
    result = embassy_result()
    path = write(tmp_path / "r.json", to_json(result))
    direct, read = grouping_of(result, level), read_grouping(str(path), level)
    assert read.labels == direct.labels
    assert read.languages == direct.languages
    assert len(set(direct.labels.values()) - {None}) == (3 if level is Level.EVENT else 2)


DAMAGED = '{"schema": "newsclust/1", "stories": [{}], "unclustered": []}'


@pytest.mark.parametrize("text", ["[]", '{"schema": "other/1"}', '{"schema": "newsclust/1"}', "{", DAMAGED])
def test_a_file_that_is_no_result_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        read_grouping(str(write(tmp_path / "r.json", text)), Level.STORY)


def test_a_gold_file_is_grouped_and_scored(newsclust: Newsclust, pipeline: Pipeline, gold: Path) -> None:
    pipeline.stories = {"A": {"1": ["a", "b"]}, "B": {"2": ["ç", "d"]}}
    called = newsclust(gold, "--granularity", "1")
    assert called.code == 0
    found = called.json()
    Draft202012Validator(SCHEMA).validate(found)
    story = found["levels"]["story"]
    assert story["scores"]["everything"]["bcubed"]["f1"] == 1
    assert (found["gold"], found["model"], story["unjudged"]) == ("gold.jsonl.gz", "von Hand", 1)
    assert pipeline.settings.granularity == found["settings"]["granularity"] == 1
    assert [entry["languages"] for entry in story["by_languages"]] == [["de", "id"]]


def test_articles_without_a_label_take_part_and_are_read_as_any_input_is(
    newsclust: Newsclust, pipeline: Pipeline, tmp_path: Path
) -> None:
    rows = [
        {"id": "ž", "title": "Poplava", "text": "<p>Voda je <b>dosegla</b> most.</p>", "story": "s"},
        {"id": "đ", "title": "Poplava", "text": "Nivo reke raste.", "story": None},
    ]
    newsclust(write(tmp_path / "g.jsonl", "\n".join(json.dumps(row) for row in rows)))
    assert [(article.id, article.text) for article in pipeline.read.articles] == [
        ("đ", "Nivo reke raste."),
        ("ž", "Voda je dosegla most."),
    ]


def test_reading_gold_leaves_the_limit_of_csv_as_it_was(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    folder = tmp_path / "x.tsv.d"  # an ending of the folder's, not of the file's
    folder.mkdir()
    assert read_gold(str(write(folder / "g.csv", "id,story\né,1\n"))).stories == {"é": "1"}
    assert csv.field_size_limit() == before


def test_levels_differ_where_events_do(newsclust: Newsclust, pipeline: Pipeline, gold: Path) -> None:
    pipeline.stories = {"A": {"1": ["a", "b"]}}
    levels = newsclust(gold).json()["levels"]
    assert list(levels) == ["event", "story"]
    assert levels["story"]["scores"]["everything"]["bcubed"]["f1"] == 1
    assert levels["event"]["scores"]["everything"]["bcubed"]["precision"] == pytest.approx(2 / 3, abs=1e-4)
    assert levels["event"]["mistakes"][0]["kind"] == "mixed"
    assert list(newsclust(gold, "--level", "event").json()["levels"]) == ["event"]


def test_pairs_count_within_and_across_the_languages_that_gold_declares(
    newsclust: Newsclust, pipeline: Pipeline, tmp_path: Path
) -> None:
    languages = {"a": "sr", "b": "sr", "c": "hr", "d": "hr"}
    rows = [{"id": i, "lang": code, "text": f"Vest {i}.", "story": "s"} for i, code in languages.items()]
    pipeline.stories = {"A": {"1": ["a", "b", "c"]}}
    pairs = newsclust(write(tmp_path / "g.jsonl", "\n".join(map(json.dumps, rows)))).json()["levels"]["event"]["pairs"]
    assert pairs["within"] == {
        "gold": 2,
        "found": 1,
        "precision": 1,
        "recall": 0.5,
        "f1": pytest.approx(2 / 3, abs=1e-4),
    }
    assert pairs["across"] == {
        "gold": 4,
        "found": 2,
        "precision": 1,
        "recall": 0.5,
        "f1": pytest.approx(2 / 3, abs=1e-4),
    }


def test_mistakes_carry_the_headlines_and_first_words_of_their_parts(newsclust: Newsclust, gold: Path) -> None:
    (mistake,) = newsclust(gold).json()["levels"]["story"]["mistakes"]
    assert (mistake["kind"], mistake["label"], mistake["parts"]) == ("split", "s1", 2)
    assert [(part["title"], part["opening"]) for part in mistake["largest"]] == [
        ("Gempa di Istanbul", "Lima orang tewas."),
        ("Erdbeben in Istanbul", "Fünf Tote."),
    ]


def test_the_table_shows_both_levels_floors_and_mistakes(newsclust: Newsclust, pipeline: Pipeline, gold: Path) -> None:
    pipeline.stories = {"A": {"1": ["b", "ç"]}}
    out = newsclust(gold, "--format", "table").out
    assert "gold.jsonl.gz: 3 judged articles, 1 not judged" in out
    rows = {line.rsplit(maxsplit=6)[0].strip(): line.split()[-6:] for line in out.splitlines() if len(line.split()) > 6}
    # One wrong pair of three articles; all three are events of their own, and "ç" is the only story of one.
    assert rows["B-cubed F1"] == ["0.800", "1.000", "1.000", "0.667", "0.600", "0.800"]
    assert rows["pairs R"] == ["1.000", "1.000", "1.000", "0.000", "0.000", "0.000"]
    assert "split into 2: s1" in out
    assert "mixed from 2: A" in out
    assert "Gempa di Istanbul [unclustered]" in out
    assert "Lima orang tewas." in out


def test_a_hostile_title_does_nothing_in_the_table(newsclust: Newsclust, tmp_path: Path, pipeline: Pipeline) -> None:
    rows = [{"id": i, "title": "\x1b[31m[red]böse[/close]", "text": "x", "story": "\x1b[2Js"} for i in "ab"]
    path = write(tmp_path / "g.jsonl", "\n".join(map(json.dumps, rows)))
    out = newsclust(path, "--format", "table").out
    assert "\x1b" not in out
    assert "[red]böse[/close]" in out


def test_the_table_fits_a_terminal_of_eighty_columns(
    newsclust: Newsclust, gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = newsclust(gold, "--format", "table").out
    assert max(map(len, out.splitlines())) <= 80
    assert "…" not in out


def test_a_given_result_is_scored_without_grouping(newsclust: Newsclust, pipeline: Pipeline, tmp_path: Path) -> None:
    result = write(tmp_path / "r.json", to_json(embassy_result()))
    labels = {**grouping_of(embassy_result(), Level.STORY).labels, "fehlt.txt": "neu"}
    gold = write(tmp_path / "g.csv", "id,story\n" + "".join(f"{i},{s or i}\n" for i, s in labels.items()))
    called = newsclust(gold, "--result", result)
    assert called.json()["levels"]["story"]["scores"]["everything"]["bcubed"]["f1"] == 1
    assert called.json()["missing"] == 1
    assert called.json()["result"] == "r.json"
    assert "fehlt.txt" in called.err
    assert pipeline.read == ReadResult(()), "nothing was grouped"


def test_a_result_of_other_articles_is_refused(newsclust: Newsclust, tmp_path: Path) -> None:
    result = write(tmp_path / "r.json", to_json(embassy_result()))
    called = newsclust(write(tmp_path / "g.csv", "id,story\nganz-anders,1\n"), "--result", result)
    assert called.code == 1
    assert "no gold article is in the result" in called.err


def test_labels_alone_are_matched_to_the_folder_beside_them(
    newsclust: Newsclust, pipeline: Pipeline, tmp_path: Path
) -> None:
    (tmp_path / "articles").mkdir()
    write(tmp_path / "articles" / "gempa.txt", "Gempa di Istanbul\n\nLima orang tewas di kota itu pada hari Rabu.\n")
    write(tmp_path / "articles" / "beben.txt", "Erdbeben in Istanbul\n\nFünf Menschen starben am Mittwoch.\n")
    gold = write(tmp_path / "gold.csv", "id,story\ngempa.txt,1\nbeben.txt,1\n")
    pipeline.stories = {"A": {"1": ["gempa.txt", "beben.txt"]}}
    assert newsclust(gold).json()["levels"]["story"]["scores"]["everything"]["bcubed"]["f1"] == 1
    (tmp_path / "articles").rename(tmp_path / "anderswo")
    assert newsclust(gold, "--articles", tmp_path / "anderswo").code == 0
    called = newsclust(gold)
    assert called.code == 2
    assert "--articles" in called.err


@pytest.mark.parametrize("arguments", [[], ["g.csv", "--pairs", "p.csv"]])
def test_exactly_one_of_gold_and_pairs_is_wanted(newsclust: Newsclust, arguments: list[str]) -> None:
    called = newsclust(*arguments)
    assert called.code == 2
    assert "either a GOLD file or --pairs" in called.err


def test_judged_pairs_are_scored_overall_and_by_language(
    newsclust: Newsclust, pipeline: Pipeline, gold: Path, tmp_path: Path
) -> None:
    pairs = write(tmp_path / "p.csv", "id1,id2,overall\na,b,1\nb,a,2\nç,a,4\nç,b,3.5\nd,fehlt,1\n")
    pipeline.probabilities = [0.9, 0.7, 0.1, 0.2]
    called = newsclust("--pairs", pairs, "--articles", gold)
    found = called.json()
    assert called.code == 0
    assert len(pipeline.pairs) == 4, "the pair with a missing article is left out"
    assert found["missing"] == 1
    assert "'fehlt'" in called.err
    assert found["everything"]["pairs"] == 4
    assert found["everything"]["spearman"] == 1
    assert found["everything"]["pearson"] > 0.98
    assert [entry["languages"] for entry in found["by_languages"]] == [["de", "id"], ["de", "tr"], ["id", "tr"]]
    table = newsclust("--pairs", pairs, "--articles", gold, "--format", "table").out
    assert "p.csv: 4 pairs, 1 article missing" in table
    assert "de–id" in table


def test_pairs_without_articles_are_misuse(newsclust: Newsclust, tmp_path: Path) -> None:
    called = newsclust("--pairs", write(tmp_path / "p.csv", "id1,id2,overall\na,b,1\n"))
    assert called.code == 2
    assert "--articles" in called.err


def test_the_report_is_written_whole_to_a_file(newsclust: Newsclust, gold: Path, tmp_path: Path) -> None:
    called = newsclust(gold, "-o", tmp_path / "bericht.json")
    assert called.out == ""
    assert json.loads((tmp_path / "bericht.json").read_text(encoding="utf-8"))["schema"] == "newsclust-eval/2"
