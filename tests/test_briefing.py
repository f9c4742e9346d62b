"""The briefing and the feed: stories by weight, nothing invented, nothing from outside taken for markup."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from handmade import embassy_result, empty_result, hostile_result

from newsclust.articles import Article
from newsclust.rendering.briefing.atom import NAMESPACE, to_atom
from newsclust.rendering.briefing.markdown import escaped, to_markdown
from newsclust.rendering.briefing.weights import by_weight
from newsclust.rendering.formats import View, rendered, renderer_named
from newsclust.settings import Settings
from newsclust.store.read import Change
from newsclust.stories import ClusterResult, Event, Member, Mentions, Relation, Story, Unclustered, Version

MONDAY = datetime(2025, 3, 3, 8, tzinfo=UTC)
NOTHING = Mentions()
LEAD = "Die Brücke von Wittenau ist seit Montag gesperrt, wie die Stadt mitteilt. Prüfer fanden einen breiten Riss."


def view(**values: object) -> View:
    return View(draw=lambda draw: "", **values)  # type: ignore[arg-type]


def written(id_: str, language: str = "de", days: float = 0, **values: object) -> Article:
    fields: dict[str, object] = {
        "title": f"Brücke von Wittenau gesperrt, Meldung {id_}",
        "text": LEAD,
        "url": f"https://{id_}.example/brücke_(1)",
        "published": MONDAY + timedelta(days=days),
    }
    return Article(id=id_, language=language, **{**fields, **values})  # type: ignore[arg-type]


def story(id_: str, *articles: Article, copies: int = 0, mentions: Mentions = NOTHING) -> Story:
    same = Version(articles[0].id, Relation.COPY)
    members = tuple(
        Member(article, "e-1", 0.9, same if number > len(articles) - copies else None)
        for number, article in enumerate(articles, start=1)
    )
    event = Event("e-1", "Brücke", tuple(article.id for article in articles))
    headlines = {article.language: article.headline for article in reversed(articles)}
    return Story(id_, articles[0].headline, headlines, ("brücke",), (event,), members, 0.9, mentions)


def result(*stories: Story, alone: int = 0, language: str | None = None) -> ClusterResult:
    rest = tuple(Unclustered(written(f"allein-{number}"), None) for number in range(alone))
    ordered = tuple(sorted(stories, key=lambda one: (-len(one.members), one.id)))
    return ClusterResult(ordered, rest, (), Settings(label_language=language), "test")


def test_a_section_holds_headline_facts_lead_names_and_sources() -> None:
    mentions = Mentions({"DE": 2, "CZ": 1}, {"Berlin": 2}, {"Anna Kowalska": 2})
    told = result(story("s-1", written("a"), written("b", "cs", 1), mentions=mentions), alone=3)
    assert to_markdown(told) == (
        "# News briefing, 3–4 Mar 2025\n\n"
        "1 story from 5 articles in 2 languages.\n\n"
        "## 1. Brücke von Wittenau gesperrt, Meldung a\n\n"
        "2 articles · 2 sources · Czech 1, German 1 · 3–4 Mar 2025\n\n"
        f"{LEAD}\n\n"
        "Countries: Germany 2, Czechia 1  \nPlaces: Berlin 2  \nPeople: Anna Kowalska 2\n\n"
        "Sources: [a.example](https://a.example/br%C3%BCcke_%281%29), "
        "[b.example](https://b.example/br%C3%BCcke_%281%29)\n\n"
        "3 articles joined no story.\n"
    )


def test_countries_are_named_in_the_language_of_the_labels() -> None:
    told = result(story("s-1", written("a"), written("b"), mentions=Mentions({"CZ": 2})), language="de")
    assert "Countries: Tschechien 2" in to_markdown(told)


def test_sources_and_languages_weigh_as_articles_do_and_copies_do_not() -> None:
    copied = story("s-copied", *(written(f"k{n}", source="dpa") for n in range(5)), copies=4)
    spread = story("s-spread", *(written(f"w{n}", language) for n, language in enumerate(("de", "cs", "pl"))))
    assert [one.id for one in by_weight(result(copied, spread))] == ["s-spread", "s-copied"]


def test_an_old_story_weighs_less_than_a_new_one() -> None:
    old = story("s-old", *(written(f"a{n}", days=0) for n in range(3)))
    new = story("s-new", *(written(f"n{n}", days=6) for n in range(3)))
    assert [one.id for one in by_weight(result(old, new))] == ["s-new", "s-old"]


def test_what_many_report_stays_above_what_is_merely_later() -> None:
    large = story("s-large", *(written(f"a{n}", days=0) for n in range(6)))
    late = story("s-late", *(written(f"n{n}", days=60) for n in range(3)))
    undated = story("s-undated", *(written(f"u{n}", published=None) for n in range(3)))
    assert [one.id for one in by_weight(result(large, late, undated))] == ["s-large", "s-late", "s-undated"]


def test_the_top_of_a_briefing_is_the_heaviest_and_the_rest_is_counted() -> None:
    old = story("s-old", *(written(f"a{n}", days=0) for n in range(3)))
    new = story("s-new", *(written(f"n{n}", days=6) for n in range(3)))
    told = rendered(renderer_named("md"), result(old, new), view(top=1))
    assert "## 1. Brücke von Wittenau gesperrt, Meldung n0" in str(told)
    assert "2 stories from 6 articles in 1 language; 1 shown." in str(told)
    assert "1 story is not shown." in str(told)


def test_changes_say_what_is_new_and_mark_the_new_sources() -> None:
    grown = story("s-grown", written("a"), written("b"), written("c"))
    changes = [Change("s-grown", ("grown",), added=("c",)), Change("s-gone", ("dissolved",), left=("x",))]
    told = to_markdown(result(grown), changes)
    assert "Since the last run: 1 grown, 1 dissolved." in told
    assert "**1 new article** · 3 articles" in told
    assert told.index("**[c.example]") < told.index("[a.example]")
    assert to_markdown(result(), []).endswith("Nothing changed since the last run.\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[b](http://x) *a* _c_ `d` <i>", r"\[b\](http://x) \*a\* \_c\_ \`d\` \<i>"),
        ("# Kein Titel #", r"\# Kein Titel \#"),
        ("1. Mai: snake_case & AT&T, &amp; ~~x~~", r"1\. Mai: snake_case & AT&T, \&amp; \~~x\~~"),
        ("> kein Zitat\n- keine Liste", r"\> kein Zitat - keine Liste"),
        ("\x1b[31mrot\u202e", "\ufffd\\[31mrot"),
    ],
)
def test_text_from_outside_is_never_markup(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_a_link_of_another_scheme_is_text() -> None:
    told = to_markdown(result(story("s-1", written("a", url="javascript:alert(1)", source="Böse [x]"), written("b"))))
    assert "javascript" not in told
    assert r"Böse \[x\]" in told


def test_a_link_cannot_break_out_of_its_brackets() -> None:
    told = to_markdown(result(story("s-1", written("a", url="https://a.example/)[x](https://b.example"), written("b"))))
    assert len(re.findall(r"(?<!\\)\]\(", told)) == 2


@pytest.mark.parametrize(
    "some", [embassy_result(), empty_result(), hostile_result()], ids=["embassies", "empty", "hostile"]
)
def test_every_result_is_a_briefing_and_a_feed_that_can_be_read(some: ClusterResult) -> None:
    assert to_markdown(some).startswith("# News briefing")
    feed = ElementTree.fromstring(to_atom(some).encode())  # noqa: S314 - our own
    assert len(feed.findall(f"{{{NAMESPACE}}}entry")) == len(some.stories)


def test_a_feed_is_valid_and_its_ids_last() -> None:
    feedparser = pytest.importorskip("feedparser")
    early = result(story("s-1", written("a"), written("b")), story("s-2", written("c"), written("d")))
    later = result(story("s-1", written("a"), written("b"), written("e", days=2)))
    first, second = (feedparser.parse(to_atom(one)) for one in (early, later))
    assert not first.bozo
    assert [entry.id for entry in second.entries] == [first.entries[0].id]
    entry = second.entries[0]
    assert entry.title == "Brücke von Wittenau gesperrt, Meldung a"
    assert (entry.published, entry.updated) == ("2025-03-03T08:00:00+00:00", "2025-03-05T08:00:00+00:00")
    assert entry.summary == LEAD
    assert second.feed.updated == entry.updated
    assert entry.content[0].value.count("<li>") == 3


def test_every_element_that_atom_asks_for_is_there_even_without_dates() -> None:
    undated = result(
        story("s-1", written("a", published=None, url=None, text=""), written("b", published=None, url=None))
    )
    feed = ElementTree.fromstring(to_atom(undated).encode())  # noqa: S314
    wanted = ("title", "id", "updated")
    for element in (feed, *feed.findall(f"{{{NAMESPACE}}}entry")):
        assert all((element.findtext(f"{{{NAMESPACE}}}{name}") or "").strip() for name in wanted)
    assert feed.findtext(f"{{{NAMESPACE}}}author/{{{NAMESPACE}}}name")


def test_a_feed_of_changes_holds_new_and_grown_stories_only() -> None:
    some = result(*(story(f"s-{kind}", written(f"{kind}1"), written(f"{kind}2")) for kind in ("new", "grown", "split")))
    changes = [Change(f"s-{kind}", (kind,), added=(f"{kind}1",)) for kind in ("new", "grown", "split")]
    feed = to_atom(some, changes)
    assert feed.count("<entry>") == 2
    assert "split1" not in feed
