"""What a story's articles name: countries, places and people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from newsclust.articles import Article
from newsclust.building.people import people_in
from newsclust.languages.one_script import in_its_script, where_mixed
from newsclust.stories import Mentions
from newsclust.text.naming.cldr import city_name
from newsclust.text.naming.dateline import without_dateline
from newsclust.text.naming.mentioned_places import places_named

READ_MEMBERS = 40
"""How many articles of a story are read, most central first."""

SHARE = 0.25
"""What a country, a place or a person of a story is named by: a quarter of the articles read, and two where there are
three and more. One article in many mentions in passing whatever it likes."""


def mentions_of(members: Sequence[Article], *, language: str | None = None) -> Mentions:
    """Find what the articles of a story name; they come most central first.

    Countries and some 400 large cities are known by CLDR's names in each article's language, people by given names
    and capitals. Names of people are spelled as in `language`, or else as in that of the first member, where an article
    in it names them.
    """
    read = members[:READ_MEMBERS]
    languages = [article.language for article in read]
    language = language if language in languages else next(iter(languages), None)
    named: Counter[str] = Counter()
    for article in map(in_its_script, read):  # the lists know names in both scripts
        text = without_dateline(article.text, article.language)
        named.update(places_named(f"{article.title or ''}\n{text}", article.language))
    least = max(SHARE * len(read), min(len(read) - 1, 2))
    cities: Counter[str] = Counter()
    for zone, count in named.items():
        if "/" in zone:
            cities[city_name(zone, "en")] += count
    return Mentions(
        countries=_frequent({code: count for code, count in named.items() if "/" not in code}, least),
        places=_frequent(cities, least),
        people=_frequent(people_in(where_mixed(read), language=language), least),
    )


def _frequent(counts: Mapping[str, int], least: float) -> dict[str, int]:
    """Those named often enough, most often named first, then by name."""
    kept = ((name, count) for name, count in counts.items() if count >= least)
    return dict(sorted(kept, key=lambda entry: (-entry[1], entry[0])))
