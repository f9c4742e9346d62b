"""The HTML report as text: what it allows, what it escapes, how large it is. tests/browser opens it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from handmade import embassy_result, empty_result
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from report_samples import MARKUP, hostile_report, made_up_evidence, many_articles

from newsclust.articles import Article
from newsclust.cli import run
from newsclust.explaining.evidence import Evidence
from newsclust.rendering import html_data
from newsclust.rendering.html import FOLDER, to_html
from newsclust.rendering.html_data import (
    as_script,
    moment_text,
    packed_texts,
    page_data,
    shown_articles,
    span_text,
    web_link,
)
from newsclust.rendering.html_story import Source, chips_of, sources_of, told_in
from newsclust.store.read import Change
from newsclust.stories import ClusterResult, Mentions, Nearest, Unclustered
from newsclust.text.display import harmless, printable

PUBLISHED = {  # as on npm: see rendering/report/vendor/README.md
    "d3.min.js": "912111098ea99503a6f4967361d2bbdc9dbf58cf9c678c8e27e5b02d1a07f0c1",
}


def page(result: ClusterResult, evidence: Evidence | None = None) -> Any:
    return html.fromstring(to_html(result, evidence))


def embassies() -> tuple[ClusterResult, Evidence]:
    result = embassy_result()
    return result, made_up_evidence(result)


def data_of(document: Any) -> Any:
    return json.loads(document.xpath("//script[@type='application/json']")[0].text)


def texts_of(document: Any) -> list[str]:
    packed = document.xpath("//script[@id='texts']")[0].text
    texts: list[str] = json.loads(gzip.decompress(base64.b64decode(packed)))
    return texts


def policy_of(document: Any) -> dict[str, list[str]]:
    content = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    return {name: values for name, *values in (part.split() for part in content.split(";"))}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_charting_library_is_the_published_file(name: str) -> None:
    content = files("newsclust").joinpath(FOLDER, "vendor", name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == PUBLISHED[name]


def test_the_policy_allows_no_outside_source_and_nothing_unsafe() -> None:
    policy = policy_of(page(*embassies()))
    assert policy["default-src"] == ["'none'"]
    assert policy["base-uri"] == policy["form-action"] == ["'none'"]
    for name in ("script-src", "style-src"):
        assert all(re.fullmatch(r"'sha256-[\w+/]{43}='", value) for value in policy[name])
    assert {value for values in policy.values() for value in values if "sha256" not in value} == {"'none'", "data:"}


def test_every_script_and_style_of_the_page_is_one_the_policy_names() -> None:
    document = page(*hostile_report())
    policy = policy_of(document)
    scripts = document.xpath("//script[not(@type)]")
    assert len(scripts) == len(policy["script-src"]) == 2
    for tag, name in ((scripts, "script-src"), (document.xpath("//style"), "style-src")):
        for element in tag:
            digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy[name]
    assert not document.xpath(
        "//*[@style] | //script[@src] | //link[not(starts-with(@href, 'data:'))] | //iframe | //img"
    )


def test_hostile_texts_add_no_element_attribute_or_address() -> None:
    document = page(*hostile_report())
    own = page(*embassies())
    assert {e.tag for e in document.iter()} <= {e.tag for e in own.iter()} | {"code"}
    attributes = {name for element in document.iter() for name in element.attrib}
    assert attributes <= {name for element in own.iter() for name in element.attrib}
    addresses = [address for address in document.xpath("//@href") if not address.startswith(("#", "data:,"))]
    assert all(address.startswith(("http://", "https://")) for address in addresses)


@pytest.mark.parametrize("text", MARKUP)
def test_a_hostile_title_is_shown_as_text_and_kept_in_the_data(text: str) -> None:
    document = page(*hostile_report())
    assert printable(text) in {headline.text_content() for headline in document.xpath("//a[@data-open]")}
    assert harmless(f"Kabar. {text}") in texts_of(document)


@given(st.lists(st.text()))
def test_the_data_survives_inside_a_script_element_whatever_it_holds(texts: list[str]) -> None:
    written = as_script({"texts": texts})
    assert json.loads(written) == {"texts": texts}
    assert not re.search("[<>&\u2028\u2029]", written)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://kabar.example/a?b=1&c=ü#d", "https://kabar.example/a?b=1&c=ü#d"),
        (" HTTP://kabar.example ", "HTTP://kabar.example"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//kabar.example/a", None),
        ("https:///a", None),
        ("https://kabar.example/a b", None),
        ("https://kabar.example/\u202egpj.exe", None),
        ("file:///etc/passwd", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_web_address_becomes_a_link(url: str | None, link: str | None) -> None:
    assert web_link(url) == link


def test_a_page_is_the_same_bytes_each_time() -> None:
    assert to_html(*embassies()) == to_html(*embassies())


def test_a_page_names_every_story_article_and_skipped_input() -> None:
    result, evidence = embassies()
    text = page(result, evidence).text_content()
    for story in result.stories:
        assert all(headline in text for headline in story.headlines.values())
    assert all(article.headline in text for article in result.articles)
    assert all(entry.where in text and entry.reason in text for entry in result.skipped)
    assert result.model_id in text
    assert "balanced" in text


def test_a_copy_is_folded_under_the_article_it_repeats() -> None:
    result, evidence = embassies()
    folded = page(result, evidence).xpath("//details[@class='copies']//a[@data-open]")
    copies = [m.article.headline for story in result.stories for m in story.members if m.duplicate_of]
    assert [link.text_content() for link in folded] == copies


def test_without_evidence_a_page_has_no_heat_map_and_no_near_stories() -> None:
    document = page(embassy_result())
    assert not document.xpath("//*[@class='near' or @class='heat']")
    assert len(document.xpath("//article")) == 2


def test_a_result_without_articles_is_a_page_too() -> None:
    text = page(empty_result(), made_up_evidence(empty_result())).text_content()
    assert "0 stories" in text
    assert "No two articles tell one story." in text


def test_the_matrix_comes_back_from_its_digits_in_the_order_of_the_rows() -> None:
    result, evidence = embassies()
    story = data_of(page(result, evidence))["stories"][0]
    size = len(story["rows"])
    assert len(story["matrix"]) == size * (size - 1)
    assert set(re.findall("..", story["matrix"])) == {"75"}


def test_a_story_is_told_in_each_of_its_languages_that_of_its_title_first() -> None:
    story = embassy_result().stories[0]
    told = told_in(story)
    assert [(entry.language, entry.headline) for entry in told] == [
        ("id", story.headlines["id"]),
        ("de", story.headlines["de"]),
        ("ru", story.headlines["ru"]),
    ]


def test_names_come_before_keywords_and_no_word_is_shown_twice() -> None:
    mentions = Mentions({"TR": 3, "RU": 1}, {"Istanbul": 2}, {"Владимир Путин": 4})
    story = replace(embassy_result().stories[0], mentions=mentions, keywords=("istanbul", "Russland", "kedutaan"))
    assert [(chip.facet, chip.name, chip.shown) for chip in chips_of(story)] == [
        ("person", "Владимир Путин", True),
        ("country", "Türkiye", True),
        ("place", "Istanbul", True),
        ("country", "Russia", True),
        ("keyword", "istanbul", False),
        ("keyword", "Russland", False),
        ("keyword", "kedutaan", True),
    ]


def test_stories_that_are_left_out_are_not_in_the_page() -> None:
    result = embassy_result().only(top=1)
    document = page(result, made_up_evidence(result))
    data = data_of(document)
    assert len(document.xpath("//article")) == len(data["stories"]) == 1
    assert [row[2] for row in data["articles"]] == [0, 0, 0, 0, -1, -1]
    assert "1 of 2 stories" in document.xpath("//h1")[0].text_content()
    for number, article in enumerate(shown_articles(result)):
        assert article.headline in document.xpath(f"//li[@id='a{number}']")[0].text_content()


def test_a_title_that_is_no_headline_of_a_language_is_kept() -> None:
    story = replace(embassy_result().stories[0], title="Kedutaan", headlines={})
    assert [(entry.language, entry.headline) for entry in told_in(story)] == [("und", "Kedutaan")]


def test_sources_come_with_the_most_articles_first_and_by_host_where_none_is_named() -> None:
    story = embassy_result().stories[0]
    first, *others = story.members
    second, third = (
        replace(m, article=replace(m.article, source=None, url=f"https://www.elbe.example/ü{n}"))
        for n, m in enumerate(others[:2])
    )
    found = sources_of(replace(story, members=(first, second, third)))
    assert found == (
        Source("elbe.example", 2, "https://www.elbe.example/ü0"),
        Source("Kabar Nusantara", 1, first.article.url),
    )


def test_unclustered_articles_come_nearest_first() -> None:
    result = embassy_result()
    near = [replace(result.unclustered[0], nearest=nearest) for nearest in (None, Nearest("x", 0.1), Nearest("x", 0.4))]
    entries = tuple(replace(entry, article=replace(entry.article, id=f"ü{n}")) for n, entry in enumerate(near))
    document = page(replace(result, unclustered=entries))
    assert [part.text for part in document.xpath("//li[@class='alone']/span")] == ["0.40", "0.10", "–"]


def test_whole_texts_are_in_the_page_as_far_as_they_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    result = embassy_result()
    article = replace(
        result.unclustered[0].article, title="Gempa", text="Gempa\nGuncangan é\ud800 terasa. " + "ж" * 9000
    )
    packed = packed_texts([article, *result.articles])
    assert packed.length is None
    texts = json.loads(gzip.decompress(base64.b64decode(packed.content)))
    assert texts[0] == "Guncangan é\ufffd terasa. " + "ж" * 9000
    monkeypatch.setattr(html_data, "TEXT_BYTES", 9000)
    assert packed_texts([article, *result.articles]).length == 4000


def test_a_title_of_ones_own_is_the_page_s() -> None:
    document = html.fromstring(to_html(embassy_result(), title="Lage <am> Morgen"))
    assert document.xpath("//h1")[0].text == "Lage <am> Morgen"
    assert document.xpath("//title")[0].text.startswith("Lage <am> Morgen")


def test_what_a_run_changed_in_a_store_is_marked() -> None:
    result = embassy_result()
    story = result.stories[0]
    added = story.members[1].article
    document = html.fromstring(to_html(result, changes=[Change(story.id, ("grown",), added=(added.id,))]))
    assert [badge.text for badge in document.xpath("//*[@data-facet='change']")] == ["grown by 1"]
    (line,) = document.xpath("//li[@class='added']")
    assert added.headline in line.text_content()


def test_a_run_that_changed_nothing_says_so() -> None:
    document = html.fromstring(to_html(empty_result(), changes=()))
    assert "No story is new, and none has changed." in document.text_content()


def test_changes_say_nothing_of_articles_in_no_story() -> None:
    result = replace(embassy_result(), unclustered=())
    for changes, told in (((), []), (None, ["Unclustered"])):
        document = html.fromstring(to_html(result, changes=changes))
        assert document.xpath("//a[@href='#unclustered']/text()") == told
        assert len(document.xpath("//section[@id='unclustered']")) == len(told)


def test_times_are_those_of_utc() -> None:
    moment = datetime(2025, 2, 28, 3, 30, tzinfo=timezone(timedelta(hours=7)))
    assert moment_text(moment) == "27 Feb 2025, 20:30"
    assert moment_text(datetime(2025, 2, 28)) == "28 Feb 2025"
    data = page_data(replace(embassy_result(), unclustered=(Unclustered(article_at(moment), None),)), None)
    assert data["articles"][-1][1] * 60 == moment.timestamp()


def article_at(moment: datetime) -> Article:
    return Article(id="gempa", text="Gempa.", language="id", published=moment)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ((2025, 2, 27), (2025, 2, 27), "27 Feb 2025"),
        ((2025, 4, 23), (2025, 4, 24), "23–24 Apr 2025"),
        ((2025, 2, 27), (2025, 3, 3), "27 Feb – 3 Mar 2025"),
        ((2024, 12, 30), (2025, 1, 2), "30 Dec 2024 – 2 Jan 2025"),
    ],
)
def test_a_span_of_days_names_nothing_twice(first: tuple[int, int, int], last: tuple[int, int, int], text: str) -> None:
    assert span_text(datetime(*first, tzinfo=UTC), datetime(*last, tzinfo=UTC)) == text


@pytest.mark.parametrize("arguments", [["-o", "bericht.html"], ["--format", "html", "-o", "bericht"]])
def test_the_command_writes_a_report_with_heat_maps(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("satu", "dua", "tiga"):
        (tmp_path / f"{name}.txt").write_text(f"Gempa {name}\n\nGempa mengguncang İstanbul, laporan {name}.", "utf-8")
    names = [f"{name}.txt" for name in ("satu", "dua", "tiga")]
    assert run(["group", *names, "--effort", "fast", "--title", "Gempa hari ini", *arguments]) == 0
    document = html.fromstring((tmp_path / arguments[-1]).read_text("utf-8"))
    assert document.xpath("//h1")[0].text == "Gempa hari ini"
    assert document.xpath("//*[@class='heat']")
    assert len(data_of(document)["articles"]) == 3


def test_two_thousand_articles_take_less_than_six_megabytes_and_few_seconds() -> None:
    result, evidence = many_articles()
    start = time.process_time()
    size = len(to_html(result, evidence).encode())
    assert size < 6_000_000
    assert time.process_time() - start < 10  # 0.6 s when measured


def test_a_lead_stands_in_the_language_of_its_headline() -> None:
    sentence = "Sechs Stunden lang sprachen die Delegationen beider Länder über ihre Botschaften in Moskau."
    story = embassy_result().stories[0]
    members = tuple(
        replace(m, article=replace(m.article, text=sentence)) if m.article.language == "de" else m
        for m in story.members
    )
    told = {entry.language: entry.lead for entry in told_in(replace(story, members=members))}
    assert told["de"] == sentence
    assert told["ru"] == ""
