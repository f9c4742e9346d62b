"""Results that try an HTML report: hostile texts, and many articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
from handmade import HOSTILE, hostile_result

from newsclust.articles import Article, Skipped
from newsclust.explaining.evidence import Evidence, PairMatrix
from newsclust.settings import DEFAULTS
from newsclust.stories import ClusterResult, Event, Member, Nearest, Story, Unclustered

MARKUP = (
    "<script>window.ran = 1</script>",
    "</script><script>window.ran = 2</script>",
    "<!-- <script> ünd",
    "<img src=x onerror='window.ran = 3'>",
    "javascript:window.ran=4",
    "JaVaScRiPt:window.ran=5//https://böse.example/",
    "data:text/html,<script>window.ran=6</script>",
    "{{ 7 * 7 }} {% for x in y %} {# ü #}",
    "\" onmouseover=\"window.ran=7\" x=\"' onfocus='window.ran=8' autofocus x='",
    "&lt;b&gt; &amp; &#x27;",
    "a\u2028b\u2029c",
    "漢字とEmoji 👩‍👩‍👧 🇮🇩 e\u0301",
    'https://böse.example/"onclick=window.ran=9 <x>',
    "W" * 5000,
)
"""Texts that would run, end an element, or break out of an attribute where they are not escaped."""


def hostile_report() -> tuple[ClusterResult, Evidence]:
    """Every hostile text as title, text, language, source, address, keyword, event, reason and model."""
    texts = (*HOSTILE, *MARKUP)
    articles = tuple(
        Article(id=f"{n} {t}", path=f"pfad/{t}", title=t, text=f"Kabar. {t}", language="de", source=t, url=t)
        for n, t in enumerate(texts)
    )
    members = articles[2:]
    story = Story(
        id='s-böse" onclick="window.ran=10',
        title=MARKUP[0],
        headlines={"de": MARKUP[1], "</dt>": MARKUP[3]},
        keywords=texts,
        events=tuple(Event(f"e-{n}", a.title or "", (a.id,)) for n, a in enumerate(members)),
        members=tuple(Member(a, f"e-{n}", 0.5) for n, a in enumerate(members)),
        cohesion=0.5,
    )
    result = ClusterResult(
        stories=(story, *hostile_result().stories),
        unclustered=tuple(Unclustered(a, Nearest(members[0].id, 0.2)) for a in articles[:2]),
        skipped=tuple(Skipped(t, t) for t in texts),
        settings=replace(DEFAULTS, model=MARKUP[1]),
        model_id=MARKUP[3],
    )
    return result, made_up_evidence(result)


def many_articles(count: int = 2000, size: int = 8) -> tuple[ClusterResult, Evidence]:
    """Stories of `size` articles each with a long Arabic text, whose letters take two bytes."""
    start = datetime(2025, 3, 1, tzinfo=UTC)
    title = "زلزال قوي يضرب إسطنبول ويصيب العشرات بعد قفزهم من المباني المرتفعة"
    articles = [
        Article(
            id=f"خبر-{n}",
            title=f"{title} {n}",
            text="ضرب زلزال قوي المدينة صباح اليوم وخرج الناس إلى الشوارع. " * 90,
            language=("ar", "fa", "ur")[n % 3],
            published=start + timedelta(hours=n),
            source="وكالة الأنباء",
            url=f"https://akhbar.example/{n}",
        )
        for n in range(count)
    ]
    stories = tuple(_story(articles[n : n + size]) for n in range(0, count, size))
    result = ClusterResult(stories, (), (), DEFAULTS, "hand")
    return result, made_up_evidence(result)


def many_events(*counts: int) -> ClusterResult:
    """A story for each of these numbers of events, with two articles an event, a day after each other."""
    start = datetime(2025, 3, 1, tzinfo=UTC)
    stories = []
    for number, count in enumerate(counts):
        articles = [
            Article(
                id=f"{number}-{n}",
                title=f"Nachbeben Nummer {n // 2} – gempa susulan",
                text=f"Bericht {n}.",
                language=("de", "id")[n % 2],
                published=start + timedelta(days=n // 2, hours=n % 2),
            )
            for n in range(2 * count)
        ]
        story = _story(articles)
        events = tuple(
            Event(f"e-{n}", articles[2 * n].headline, (articles[2 * n].id, articles[2 * n + 1].id))
            for n in range(count)
        )
        members = tuple(Member(a, f"e-{n // 2}", 0.9) for n, a in enumerate(articles))
        stories.append(replace(story, events=events, members=members))
    return ClusterResult(tuple(stories), (), (), DEFAULTS, "hand")


def made_up_evidence(result: ClusterResult) -> Evidence:
    """Matrices of 0.75, and each story near the one before it."""
    matrices = {}
    for story in result.stories:
        probabilities = np.full((len(story.members), len(story.members)), 0.75)
        np.fill_diagonal(probabilities, 1.0)
        matrices[story.id] = PairMatrix(tuple(m.article.id for m in story.members), probabilities)
    ids = [story.id for story in result.stories]
    return Evidence(matrices, {later: (earlier,) for earlier, later in pairwise(ids)})


def _story(articles: list[Article]) -> Story:
    seed = articles[0]
    return Story(
        id=f"s-{seed.id}",
        title=seed.headline,
        headlines={a.language: a.headline for a in articles},
        keywords=("إسطنبول", "زلزال"),
        events=(Event(f"e-{seed.id}", seed.headline, tuple(a.id for a in articles)),),
        members=tuple(Member(a, f"e-{seed.id}", 0.9) for a in articles),
        cohesion=0.9,
    )
