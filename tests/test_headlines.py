"""What stands for the title of an article that has none."""

from __future__ import annotations

import pytest

from newsclust.articles import Article

SAVED = "Neun Menschen von der Fähre gerettet"
MORE = "\nTausende säumten am Sonntag den Kai."


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (f"Zum 33. Geburtstag der Werft: Was blieb{MORE}", "Zum 33. Geburtstag der Werft: Was blieb"),
        (f"Irak. Fähre über den Schatt fährt wieder{MORE}", "Irak. Fähre über den Schatt fährt wieder"),
        (f"Die Fähre lief am Donnerstag auf Grund. Alle leben.{MORE}", "Die Fähre lief am Donnerstag auf Grund."),
        ("Zum 33. Mal feiert die Werft. Alle kamen.", "Zum 33. Mal feiert die Werft."),
        ("Das geschah im Jahr 2025. Danach kam nichts.", "Das geschah im Jahr 2025."),
        ("Dr. J. R. Weiß siegt. Er dankte.", "Dr. J. R. Weiß siegt."),
        ("Сегодня в г. Москве шёл дождь. Завтра снег.", "Сегодня в г. Москве шёл дождь."),
        ("Papst besucht St. Markus. Tausende kamen.", "Papst besucht St. Markus."),
        ("U.S. troops leave. They go home.", "U.S. troops leave."),
        ("北京下了大雨。多人受伤。", "北京下了大雨。"),
        ("प्रधानमंत्री ने कहा। वे आए।", "प्रधानमंत्री ने कहा।"),
        (f"{SAVED}  VALDERRA, 1. Jan (Agentur): Mindestens neun", SAVED),
        (f"{SAVED} VALDERRA (Agentur) – Mindestens neun", SAVED),
        ("Die Fähre lief am  Donnerstag auf Grund. Alle leben.", "Die Fähre lief am Donnerstag auf Grund."),
        ("Die Fähre mit 212 Menschen lief am\nDonnerstag auf Grund.", "Die Fähre mit 212 Menschen lief am"),
    ],
)  # fmt: skip
def test_a_headline_ends_where_a_reader_would_end_it(text: str, headline: str) -> None:
    assert Article(id="1", text=text).headline == headline


def test_a_line_broken_at_a_width_is_no_headline() -> None:
    text = "Die Fähre lief auf Grund. An Bord waren 212\nmenschen aus vielen Ländern."
    assert Article(id="1", text=text).headline == "Die Fähre lief auf Grund."


def test_neither_title_nor_text_gives_the_id() -> None:
    assert Article(id="a.txt", text=" \n").headline == "a.txt"
