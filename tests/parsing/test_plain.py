from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust.reading.formats.markup import text_of_html, text_of_markdown
from newsclust.reading.formats.plain import parse_markdown, split_title
from newsclust.reading.records import Record

LEAD = "Sechs Stunden lang sprachen die Diplomaten über ihre Botschaften."


def markdown(text: str) -> dict[str, Any]:
    (record,) = parse_markdown(text)
    assert isinstance(record, Record)
    return dict(record.values)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Gespräche in Istanbul\n\n{LEAD}", "Gespräche in Istanbul"),
        (f"Gespräche in Istanbul\n{LEAD}", "Gespräche in Istanbul"),
        (f"Was folgt auf Istanbul?\n{LEAD}", "Was folgt auf Istanbul?"),
        (
            "中美日内瓦会谈发表联合声明\n中美两国十二日发表声明，宣布下调关税水平，双方同意继续磋商。",
            "中美日内瓦会谈发表联合声明",
        ),
        ("हिन्दी समाचार का शीर्षक\nयह पहला वाक्य है जो समाचार बताता है।", "हिन्दी समाचार का शीर्षक"),
    ],
)
def test_a_short_first_line_before_text_is_the_title(text: str, title: str) -> None:
    labels, found, rest = split_title(text)

    assert (labels, found) == ((), title)
    assert title not in rest


@pytest.mark.parametrize("label", ["Politik", "Top Story", "Berita", "Мир", "رياضة"])
def test_a_section_label_in_front_of_the_title_is_boilerplate(label: str) -> None:
    assert split_title(f"{label}\n\nGespräche in Istanbul gehen weiter\n\n{LEAD}") == (
        (label,),
        "Gespräche in Istanbul gehen weiter",
        LEAD,
    )


def test_an_ideographic_label_is_boilerplate() -> None:
    assert split_title(
        "国际\n中美日内瓦会谈发表联合声明\n中美两国十二日发表联合声明，宣布下调关税水平，双方同意继续磋商。"
    )[:2] == (
        ("国际",),
        "中美日内瓦会谈发表联合声明",
    )


@pytest.mark.parametrize(
    "text",
    [
        LEAD,
        f"{LEAD}\n{LEAD}",
        "Nur eine Zeile ohne Punkt",
        "Zwei Zeilen\nohne Text",
        "Präsident Selenskyj traf sich am Donnerstag in der Stadt mit\nseinem Kollegen, um über die Lage zu sprechen.",
        f"https://blatt.example/1\n{LEAD}",
        "a" * 250 + f"\n{LEAD}",
    ],
)
def test_a_sentence_a_lone_line_or_a_wrapped_line_is_no_title(text: str) -> None:
    assert split_title(text) == ((), None, text)


@given(st.text(alphabet="aÄ. \n北", max_size=60))
def test_splitting_loses_no_word(text: str) -> None:
    labels, title, rest = split_title(text)

    assert " ".join([*labels, title or "", rest]).split() == text.split()


def test_a_markdown_heading_is_the_title_and_marks_go() -> None:
    found = markdown(
        f"# Über **Zürich**\n\nEin [Verweis](https://x.example/a_b) und *Nachdruck*.\n\n## Danach\n> {LEAD}\n- Punkt"
    )

    assert found["title"] == "Über Zürich"
    assert found["text"].strip() == f"Ein Verweis und Nachdruck.\n\nDanach\n{LEAD}\nPunkt"


def test_front_matter_gives_fields() -> None:
    found = markdown(f'---\ntitle: "Größe"\ndate: 2025-02-27\n---\n\n{LEAD}\n')

    assert found == {"title": "Größe", "date": "2025-02-27", "text": f"\n{LEAD}\n"}


def test_front_matter_may_be_folded_yaml_or_toml() -> None:
    folded = markdown(f"---\ntitle: >-\n  Fähre läuft\n  auf Grund\ntags: [a, b]\ndate: 2025-02-27\n---\n{LEAD}")
    toml = markdown(f'+++\ntitle = "Fähre läuft auf Grund"\ndate = 2025-02-27T18:22:00Z\n+++\n{LEAD}')

    assert (folded["title"], folded["date"], folded["tags"]) == ("Fähre läuft auf Grund", "2025-02-27", ["a", "b"])
    assert (toml["title"], toml["date"], toml["text"]) == ("Fähre läuft auf Grund", "2025-02-27T18:22:00+00:00", LEAD)


def test_front_matter_that_is_no_yaml_is_read_line_by_line() -> None:
    found = markdown(f"---\ntitle: Fähre: alle gerettet\nauthor: @zoë\n---\n{LEAD}")

    assert (found["title"], found["author"]) == ("Fähre: alle gerettet", "@zoë")


def test_aliases_in_front_matter_are_not_multiplied() -> None:
    bomb = "\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))])

    assert len(str(markdown(f"---\ntitle: Fähre\n{bomb}\n---\n{LEAD}"))) < 2000


def test_an_underlined_heading_is_the_title() -> None:
    assert markdown(f"Größe\n=====\n\n{LEAD}")["title"] == "Größe"


def test_underscores_inside_words_stay() -> None:
    assert text_of_markdown("snake_case_name und 2*3*4") == "snake_case_name und 2*3*4"


def test_html_becomes_a_line_for_each_block() -> None:
    assert (
        text_of_html("<p>Über <b>Zürich</b></p>x<br>y<script>no</script><ul><li>&eacute;ins</ul>")
        == "Über Zürich\nx\ny\néins"
    )


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "![" * 100_000, "[a](" * 50_000, "*_" * 100_000, "# " + " " * 200_000 + "x"]
)
def test_markdown_made_to_be_slow_is_read_in_linear_time(text: str) -> None:
    text_of_markdown(text)
