"""A briefing in Markdown: the stories by weight, each with its headline, lead, facts and sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from newsclust.articles import Article
from newsclust.languages.names import language_name
from newsclust.rendering.briefing.leads import story_lead
from newsclust.rendering.briefing.weights import by_weight
from newsclust.rendering.html_data import span_text, web_link, whole_span
from newsclust.store.read import Change
from newsclust.stories import ClusterResult, Story
from newsclust.text.display import count_of, encodable, printable
from newsclust.text.naming.cldr import country_name

SHOWN = 8
"""Countries, places, people and languages of a story that are named at most."""
LINKS = 20
"""Sources of a story that are named at most."""

# As few as can be: the briefing is also read as it is. An underscore inside a word, and a lone tilde, mean nothing.
_SPECIAL = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|~(?=~)|#$|^[#>+=|-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def to_markdown(result: ClusterResult, changes: Sequence[Change] | None = None) -> str:
    """Return the briefing: a heading, what changed, a section a story, and what is in none as a count.

    Headlines, leads and names are in the settings' `label_language` where a story has it. Every text from outside is
    escaped: it is never markup.
    """
    changed = {change.story: change for change in changes or ()}
    blocks = [f"# {_heading(result)}", _summary(result)]
    if changes is not None:
        blocks.append(_news(result, changes))
    for number, story in enumerate(by_weight(result), start=1):
        blocks += _section(number, story, result.settings.label_language, changed.get(story.id))
    blocks += _rest(result)
    return encodable("\n\n".join(filter(None, blocks)) + "\n")


def _heading(result: ClusterResult) -> str:
    span = whole_span(result)
    return f"News briefing, {span}" if span else "News briefing"


def _summary(result: ClusterResult) -> str:
    stories = len(result.stories) + len(result.left_out)
    parts = [
        count_of(stories, "story", "stories"),
        f"from {count_of(len(result.articles), 'article', 'articles')}",
        f"in {count_of(len(result.languages), 'language', 'languages')}",
    ]
    shown = f"; {len(result.stories)} shown" if result.left_out else ""
    return f"{' '.join(parts)}{shown}."


def _news(result: ClusterResult, changes: Sequence[Change]) -> str:
    """What changed since the last run, in one sentence."""
    if not changes:
        return "Nothing changed since the last run."
    titles = {story.id: story.title for story in result.stories}
    counts = {kind: sum(kind in change.kinds for change in changes) for kind in ("new", "grown", "merged", "split")}
    gone = [change.story for change in changes if "dissolved" in change.kinds and change.story not in titles]
    parts = [f"{count} {kind}" for kind, count in counts.items() if count]
    parts += [f"{len(gone)} dissolved"] if gone else []
    return f"Since the last run: {', '.join(parts)}."


def _section(number: int, story: Story, language: str | None, change: Change | None) -> Iterator[str]:
    yield f"## {number}. {escaped(story.title)}"
    yield _facts(story, change)
    if lead := story_lead(story, language):
        yield escaped(lead)
    yield from filter(None, [_names(story, language or "en"), _sources(story, set(change.added) if change else set())])


def _facts(story: Story, change: Change | None) -> str:
    facts = [count_of(len(story.members), "article", "articles")]
    if story.sources:
        facts.append(count_of(len(story.sources), "source", "sources"))
    languages = [f"{language_name(code)} {count}" for code, count in story.languages.items()]
    more = [f"{len(languages) - SHOWN} more"] if len(languages) > SHOWN else []
    facts += [", ".join(languages[:SHOWN] + more), span_text(story.first_seen, story.last_seen)]
    if len(story.events) > 1:
        facts.append(count_of(len(story.events), "event", "events"))
    news = f"**{_what(change)}** · " if change else ""
    return f"{news}{' · '.join(filter(None, facts))}"


def _what(change: Change) -> str:
    if "new" in change.kinds:
        return "New"
    if change.added:
        return f"{count_of(len(change.added), 'new article', 'new articles')}"
    return ", ".join(change.kinds).capitalize()


def _names(story: Story, language: str) -> str:
    """Countries, places and people, a line each."""
    countries = {country_name(code, language): count for code, count in story.countries.items()}
    kinds = (("Countries", countries), ("Places", story.places), ("People", story.people))
    return "  \n".join(f"{kind}: {_counted(names)}" for kind, names in kinds if names)


def _counted(names: Mapping[str, int]) -> str:
    return ", ".join(f"{escaped(name)} {count}" for name, count in list(names.items())[:SHOWN])


def _sources(story: Story, added: set[str]) -> str:
    """A link for each source to its most central article, those that are new in bold; files of no outlet come last."""
    first: dict[str, Article] = {}
    for member in sorted(story.members, key=lambda member: (member.article.id not in added, not member.article.outlet)):
        first.setdefault(member.article.outlet or member.article.path or member.article.id, member.article)
    links = [_link(name, article, bold=article.id in added) for name, article in first.items()]
    more = [f"{len(links) - LINKS} more"] if len(links) > LINKS else []
    return f"Sources: {', '.join(links[:LINKS] + more)}"


def _link(name: str, article: Article, *, bold: bool) -> str:
    url = web_link(article.url)
    text = f"[{escaped(name)}]({quote(url, safe=_URL_MARKS)})" if url else escaped(name)
    return f"**{text}**" if bold else text


_URL_MARKS = ":/?#@!$&'*+,;=%~-._"
"""What stays in the address of a link as it is: all that addresses hold, save brackets, which would end the link."""


def _rest(result: ClusterResult) -> Iterable[str]:
    if result.left_out:
        yield f"{count_of(len(result.left_out), 'story is', 'stories are')} not shown."
    if result.unclustered:
        yield f"{count_of(len(result.unclustered), 'article', 'articles')} joined no story."
    if result.skipped:
        yield f"{count_of(len(result.skipped), 'input', 'inputs')} could not be used."


def escaped(text: str) -> str:
    """Return text from outside as Markdown that shows it as it is, on one line."""
    return _SPECIAL.sub(r"\\\g<0>", printable(text))
