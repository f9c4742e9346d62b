"""Results made by hand, for tests of what comes after grouping."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from newsclust.articles import Article, Boilerplate, Skipped
from newsclust.settings import DEFAULTS
from newsclust.stories import ClusterResult, Event, Member, Nearest, Relation, Story, Unclustered, Version

WIB = timezone(timedelta(hours=7))


def embassy_result() -> ClusterResult:
    """Two stories (one with two events and a wire copy), two unclustered articles, two skipped inputs."""
    talks_id = Article(
        id="antara/perundingan.txt",
        path="artikel/antara/perundingan.txt",
        title="Delegasi AS dan Rusia bahas kedutaan besar di Istanbul selama enam jam",
        text="Istanbul – Delegasi kedua negara bertemu.",
        language="id",
        published=datetime(2025, 2, 27, 21, 30, tzinfo=WIB),
        source="Kabar Nusantara",
        url="https://kabar.example/perundingan?id=1&x=2",
        boilerplate=(Boilerplate("Source link"), Boilerplate("Komentar (0)")),
    )
    talks_de = Article(
        id="gespraeche.html",
        path="artikel/gespraeche.html",
        title="Botschaften: Gespräche in Istanbul über Rückkehr zum Normalbetrieb",
        text="Sechs Stunden lang sprachen die Delegationen.",
        language="de",
        published=datetime(2025, 2, 27, tzinfo=UTC),
        source="Elbkurier",
    )
    copy_id = Article(
        id="salinan.json#2",
        path="artikel/salinan.json#2",
        title="Delegasi AS dan Rusia bahas kedutaan besar di Istanbul",
        text="Istanbul – Delegasi kedua negara bertemu.",
        language="id",
        published=datetime(2025, 2, 28, tzinfo=UTC),
    )
    call_ru = Article(
        id="zvonok.md",
        path="artikel/zvonok.md",
        title="Путин и Трамп обсудили по телефону работу посольств",
        text="Разговор длился два часа.",
        language="ru",
        published=datetime(2025, 3, 18, 15, 0, 0, tzinfo=UTC),
        source="Невский вестник",
    )
    vaccine_ja = Article(
        id="ワクチン.txt",
        path="artikel/ワクチン.txt",
        title="新しいマラリアワクチン、五か国で接種始まる",
        text="…",
        language="ja",
    )
    vaccine_ar = Article(
        id="لقاح.txt", path="artikel/لقاح.txt", title="بدء التطعيم ضد الملاريا في خمس دول", text="…", language="ar"
    )
    quake = Article(
        id="gempa.txt",
        path="artikel/gempa.txt",
        text="Gempa magnitudo 4,1 mengguncang Istanbul. Tidak ada korban.",
        language="id",
        published=datetime(2025, 2, 27, tzinfo=UTC),
    )
    goat = Article(id="ziege.txt", path="artikel/ziege.txt", title="Ziege büxt aus", text="Määh.", language="und")
    embassies = Story(
        id="s-6f1c2a9b",
        title="Delegasi AS dan Rusia bahas kedutaan besar di Istanbul selama enam jam",
        headlines={"ru": call_ru.headline, "id": talks_id.headline, "de": talks_de.headline},
        keywords=("istanbul", "kedutaan", "botschaft"),
        events=(
            Event("e-1", talks_id.headline, (talks_id.id, talks_de.id, copy_id.id)),
            Event("e-2", call_ru.headline, (call_ru.id,)),
        ),
        members=(
            Member(talks_id, "e-1", 0.93456789),
            Member(talks_de, "e-1", 0.9),
            Member(copy_id, "e-1", 0.91, version=Version(talks_id.id, Relation.COPY)),
            Member(call_ru, "e-2", 0.6),
        ),
        cohesion=0.871234,
    )
    vaccine = Story(
        id="s-0a0a0a0a",
        title=vaccine_ja.headline,
        headlines={"ja": vaccine_ja.headline, "ar": vaccine_ar.headline},
        keywords=(),
        events=(Event("e-3", vaccine_ja.headline, (vaccine_ja.id, vaccine_ar.id)),),
        members=(Member(vaccine_ja, "e-3", 0.8), Member(vaccine_ar, "e-3", 0.8)),
        cohesion=0.8,
    )
    return ClusterResult(
        stories=(embassies, vaccine),
        unclustered=(Unclustered(quake, Nearest(talks_id.id, 0.123456)), Unclustered(goat, None)),
        skipped=(
            Skipped("feed.jsonl:17", "no title and no text"),
            Skipped("kaputt.gz", "the gzip stream is cut short"),
        ),
        settings=DEFAULTS,
        model_id="multilingual-e5-small/int8",
    )


def empty_result() -> ClusterResult:
    return ClusterResult((), (), (), DEFAULTS, "multilingual-e5-small/int8")


HOSTILE = (
    "[red]Merah[/red] [/close] :smile:",
    "\x1b[31mrot\x1b[0m \x1b]8;;https://böse.example\x07Link",
    "Tab\tund\r\nZeile\u2028noch\u0085eine",
    "\u202egpj.exe\u202c \u200fעברית\u200e \u2066x\u2069 \u061cعربي \U000e0041",
    "</script><script>alert('ö')</script>",
    '=HYPERLINK("https://böse.example";"ü")',
    "+49 30 1234",
    "-5 Grad",
    "@SUM(A1)",
    "＝1＋1",
    "\tTabulator voran",
    "kaputt \ud83d Ersatz",
    "NUL \x00 BEL \x07 \x9b31m",
    "👩\u200d👩\u200d👧 می\u200cخواهم",
    "x" * 5000,
)
"""Titles that try to run, colour, reorder, break or overflow what shows them."""


def hostile_result() -> ClusterResult:
    """Every hostile string as title, source, path, id, keyword and reason."""
    articles = [
        Article(id=f"{n}-{text}", path=f"pfad/{text}", title=text, text="…", language="de", source=text, url=text)
        for n, text in enumerate(HOSTILE)
    ]
    story = Story(
        id="s-hostile",
        title=HOSTILE[0],
        headlines={"de": HOSTILE[1]},
        keywords=HOSTILE,
        events=tuple(Event(f"e-{a.id}", a.title or "", (a.id,)) for a in articles[1:]),
        members=tuple(
            Member(a, f"e-{a.id}", 0.5, version=Version(articles[0].id, Relation.COPY)) for a in articles[1:]
        ),
        cohesion=0.5,
    )
    return ClusterResult(
        stories=(story,),
        unclustered=(Unclustered(articles[0], Nearest(articles[1].id, 0.2)),),
        skipped=tuple(Skipped(text, text) for text in HOSTILE),
        settings=DEFAULTS,
        model_id="m",
    )
