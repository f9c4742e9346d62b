from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import HOSTILE
from rich.cells import cell_len
from rich.console import Console

from newsclust.articles import Article
from newsclust.explaining.results import Estimate, Link, Matrix, PairExplanation, Part, Passages, SharedTerm
from newsclust.languages.names import language_name
from newsclust.rendering.explanations import matrix_to_json, pair_to_json, print_matrix, print_pair
from newsclust.settings import DEFAULTS
from newsclust.testing import make_article

GOLDEN = Path(__file__).parent / "golden"

TALKS_ID = make_article(
    id="kedutaan.txt", title="AS dan Rusia bahas kedutaan di Istanbul", published="2025-02-27T10:00:00Z"
)
TALKS_TR = make_article(
    id="büyükelçilik.txt", title="ABD ve Rusya İstanbul'da görüştü", language="tr", path="gazete/büyükelçilik.txt"
)
TALKS_RU = make_article(id="посольства.txt", title="Россия и США обсудили посольства", language="ru", source=None)


def pair() -> PairExplanation:
    parts = (
        Part("dates", None, None, None, 0.0, 0.0),
        Part("dense", 0.41234, 14.09, 17.5, 5.80987, 7.21595),
        Part("constant", 1.0, -2.9861, -3.602, -2.9861, -3.602),
        Part("names", 0.33333, 2.2391, 1.7391, 0.74637, 0.57969),
        Part("nothing", 0.0, -1.3, -1.0, 0.0, 0.0),
    )
    return PairExplanation(
        first=TALKS_ID,
        second=TALKS_TR,
        across=True,
        relation=None,
        parts=parts,
        story=Estimate(3.57014, 0.97261),
        event=Estimate(4.19364, 0.98514),
        shared=(
            SharedTerm("name", "Istanbul", "İstanbul", 0.03),
            SharedTerm("name", "Lavrov", "Lavrov", 0.02),
            SharedTerm("sound", "Moskow", "Moskova", 0.01),
            SharedTerm("number", "27", "27", 0.004),
        ),
        passages=(
            Passages(
                "Delegasi Amerika Serikat dan Rusia bertemu di Istanbul selama enam jam.",
                "ABD ve Rusya heyetleri İstanbul'da altı saat görüştü.",
                0.6123,
            ),
        ),
        settings=DEFAULTS,
        model_id="hand",
    )


def matrix(size: int = 3) -> Matrix:
    articles = tuple(
        replace(article, id=f"{number:03d}-{article.id}")
        for number, article in zip(range(size), (TALKS_ID, TALKS_TR, TALKS_RU) * size, strict=False)
    )
    probabilities = [[1.0 if i == j else [0.996, 0.734, 0.049][(i + j) % 3] for j in range(size)] for i in range(size)]
    return Matrix(
        articles=articles,
        story=tuple(map(tuple, probabilities)),
        event=tuple(map(tuple, probabilities)),
        strongest=tuple(Link((place + 1) % size, 0.996) for place in range(size)),
        weakest=tuple(Link((place + 2) % size, 0.049) for place in range(size)),
        settings=DEFAULTS,
        model_id="hand",
        id="s-1234",
        title="AS dan Rusia bahas kedutaan di Istanbul",
        events=tuple("e-1" if place < 2 else "e-2" for place in range(size)),
    )


def hostile_pair() -> PairExplanation:
    text = " ".join(HOSTILE)
    articles = [Article(id=text, title=title, text=text, path=text, source=text) for title in HOSTILE[:2]]
    terms = tuple(SharedTerm("name", one, one + "!", 0.1) for one in HOSTILE)
    return replace(pair(), first=articles[0], second=articles[1], shared=terms, passages=(Passages(text, text, 0.5),))


def hostile_matrix() -> Matrix:
    articles = tuple(
        Article(id=f"{number}-{one}", title=one, text="…", path=one, language="de")
        for number, one in enumerate(HOSTILE)
    )
    size = len(articles)
    return replace(matrix(size), articles=articles, title=" ".join(HOSTILE))


def shown(draw: Callable[[Console], None], width: int, *, colour: bool = False) -> str:
    file = io.StringIO()
    system = "truecolor" if colour else None
    draw(Console(width=width, file=file, color_system=system, force_terminal=colour, _environ={}))  # type: ignore[arg-type]
    return re.sub(" +$", "", file.getvalue(), flags=re.MULTILINE)


DRAWN = {
    "pair": lambda console: print_pair(pair(), console),
    "matrix": lambda console: print_matrix(matrix(), console),
    "large": lambda console: print_matrix(replace(matrix(40), left_out=2), console),
    "hostile-pair": lambda console: print_pair(hostile_pair(), console),
    "hostile-matrix": lambda console: print_matrix(hostile_matrix(), console),
}


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", ["pair", "matrix"])
def test_an_explanation_looks_as_it_should(name: str, width: int) -> None:
    """Look at the files in tests/golden; UPDATE_GOLDEN=1 writes them anew."""
    text = shown(DRAWN[name], width)
    file = GOLDEN / f"explain-{name}-{width}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [30, 40, 60, 72, 80, 100, 160])
@pytest.mark.parametrize("name", DRAWN)
def test_no_line_of_an_explanation_is_wider_than_the_terminal(name: str, width: int) -> None:
    assert max(cell_len(line) for line in shown(DRAWN[name], width).splitlines()) <= width


@pytest.mark.parametrize("name", ["hostile-pair", "hostile-matrix"])
def test_hostile_strings_are_shown_and_do_nothing(name: str) -> None:
    text = shown(DRAWN[name], 200)
    assert "[red]Merah[/red] [/close] :smile:" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u200e\u200f\u2066-\u2069]", text)


def test_the_heat_map_is_coloured_and_reads_the_same_without() -> None:
    coloured = shown(DRAWN["matrix"], 80, colour=True)
    assert "48;2;253;231;37" in coloured
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert re.sub(" +$", "", plain, flags=re.MULTILINE) == shown(DRAWN["matrix"], 80)


def test_twelve_members_fit_eighty_columns_and_what_does_not_fit_is_said() -> None:
    twelve = shown(lambda console: print_matrix(matrix(12), console), 80)
    assert "more than fit" not in twelve
    assert re.search(r"^L  ru .*·$", twelve, flags=re.MULTILINE)
    forty = shown(DRAWN["large"], 80)
    assert "26 articles more than fit here" in forty
    assert "2 more members are left out" in forty


def test_members_of_one_event_stand_together() -> None:
    rows = shown(DRAWN["matrix"], 80).splitlines()
    assert [row[1:2] for row in rows[-5:-1]] == ["A", "B", "", "C"]


def test_what_adds_nothing_is_left_out_save_the_dates() -> None:
    text = shown(DRAWN["pair"], 80)
    assert "no name, number or word" not in text
    assert re.search(r"days between them +unknown", text)


@pytest.mark.parametrize(
    ("probability", "verdict"),
    [(0.8, "One story:"), (0.79, "One story if other reports confirm it:"), (0.49, "Not one story:")],
)
def test_the_verdict_says_what_two_reports_alone_would_be(probability: float, verdict: str) -> None:
    one = replace(pair(), story=Estimate(0.0, probability))
    assert f"{verdict} probability {probability:.3f}" in shown(lambda console: print_pair(one, console), 120)


def test_the_json_of_a_pair_states_each_part() -> None:
    document = json.loads(pair_to_json(pair()))
    assert list(document) == [
        *("schema", "kind", "model", "settings", "articles", "across_languages", "copy", "relation"),
        *("story", "event", "parts"),
        *("shared", "passages"),
    ]
    assert [part["name"] for part in document["parts"]] == ["constant", "dense", "names", "nothing", "dates"]
    assert document["parts"][1] == {
        "name": "dense",
        "what": "meaning, title and lead (transformer)",
        "value": 0.4123,
        "story_weight": 14.09,
        "story": pytest.approx(5.8099, abs=1.1e-4),
        "event_weight": 17.5,
        "event": pytest.approx(7.216, abs=1.1e-4),
    }
    assert document["shared"][0] == {"kind": "name", "first": "Istanbul", "second": "İstanbul", "share": 0.03}


def test_the_json_of_a_matrix_names_links_by_article() -> None:
    document = json.loads(matrix_to_json(matrix()))
    assert document["articles"][0]["strongest"] == {"article": "001-büyükelçilik.txt", "probability": 0.996}
    assert [article["event"] for article in document["articles"]] == ["e-1", "e-1", "e-2"]
    assert document["story"][0] == [1.0, 0.734, 0.049]


def test_hostile_strings_are_valid_json_of_one_meaning() -> None:
    for text in (pair_to_json(hostile_pair()), matrix_to_json(hostile_matrix())):
        text.encode()
        assert "\u2028" not in text
        assert json.loads(text)["schema"] == "newsclust-explain/1"


@pytest.mark.parametrize(
    ("code", "name"), [("id", "Indonesian"), ("zh", "Chinese"), ("und", "unknown"), ("qqq", "qqq"), ("ban", "Balinese")]
)
def test_languages_are_named(code: str, name: str) -> None:
    assert language_name(code) == name
