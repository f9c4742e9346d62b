"""A result as a notebook shows it: a short list of its largest stories."""

from __future__ import annotations

from xml.etree import ElementTree

from newsclust.rendering.html_data import span_text, web_link
from newsclust.stories import ClusterResult, Story
from newsclust.text.display import count_of, encodable, printable

SHOWN = 10


def in_short(result: ClusterResult) -> str:
    """Say in one line what a result holds: "9 stories from 52 articles in 8 languages, 11 unclustered"."""
    parts = [
        f"{count_of(len(result.stories) + len(result.left_out), 'story', 'stories')} from "
        f"{count_of(len(result.articles), 'article', 'articles')} in "
        f"{count_of(len(result.languages), 'language', 'languages')}",
        f"{len(result.unclustered)} unclustered",
    ]
    parts += [f"{len(result.skipped)} skipped"] if result.skipped else []
    return ", ".join(parts)


def to_fragment(result: ClusterResult, shown: int = SHOWN) -> str:
    """Return a table of the largest stories as HTML that needs no style and runs nothing."""
    block = ElementTree.Element("div")
    ElementTree.SubElement(block, "p").text = in_short(result)
    table = ElementTree.SubElement(block, "table")
    heading = ElementTree.SubElement(table, "tr")
    for name in ("story", "articles", "languages", "when"):
        ElementTree.SubElement(heading, "th").text = name
    for story in result.stories[:shown]:
        _row(ElementTree.SubElement(table, "tr"), story)
    if len(result.stories) > shown:
        ElementTree.SubElement(block, "p").text = f"and {count_of(len(result.stories) - shown, 'more', 'more')}"
    return encodable(ElementTree.tostring(block, encoding="unicode", method="html"))


def _row(row: ElementTree.Element, story: Story) -> None:
    title = ElementTree.SubElement(row, "td", style="text-align: start")
    link = next(filter(None, (web_link(member.article.url) for member in story.members)), None)
    holder = ElementTree.SubElement(title, "a", href=link, dir="auto") if link else title
    holder.text = printable(story.title)
    languages = ", ".join(f"{code} {count}" for code, count in story.languages.items())
    for value in (str(len(story.members)), languages, span_text(story.first_seen, story.last_seen)):
        ElementTree.SubElement(row, "td").text = value
