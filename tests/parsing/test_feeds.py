from __future__ import annotations

import pytest

from newsclust.reading.formats.feeds import parse_feed
from newsclust.reading.records import Problem, Record, Refused

RSS = """<?xml version="1.0" encoding="windows-1252"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Das Blatt</title><language>de-de</language>
<item><guid>n1</guid><title>Größe</title><link>https://blatt.example/1</link>
<pubDate>Thu, 27 Feb 2025 10:15:00 +0100</pubDate><description>Kurz</description>
<content:encoded><![CDATA[<p>Erster Absatz über Zürich.</p><p>Zweiter.</p>]]></content:encoded>
<dc:creator>Zoë</dc:creator></item>
<item><title>Zwei</title><description>Text &lt;b&gt;zwei&lt;/b&gt; &amp; mehr</description></item>
</channel></rss>"""


def items(text: str) -> list[dict[str, object]]:
    return [dict(record.values) for record in parse_feed(text) if isinstance(record, Record)]


def test_rss_items_carry_the_fullest_text_and_the_channel() -> None:
    assert items(RSS) == [
        {
            "id": "n1", "title": "Größe", "text": "Erster Absatz über Zürich.\nZweiter.", "url": "https://blatt.example/1",
            "date": "Thu, 27 Feb 2025 10:15:00 +0100", "source": "Das Blatt", "language": "de-de", "author": "Zoë",
        },
        {"title": "Zwei", "text": "Text zwei & mehr", "source": "Das Blatt", "language": "de-de"},
    ]  # fmt: skip


def test_atom_entries_are_read() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">
    <title>Kabar</title><entry><id>urn:1</id><title>Gempa</title>
    <link rel="self" href="https://k.example/self"/><link href="https://k.example/1"/><updated>2025-04-23T12:00:00Z</updated>
    <content type="html">&lt;p&gt;Gempa mengguncang kota.&lt;/p&gt;</content></entry></feed>"""

    assert items(feed) == [
        {
            "id": "urn:1", "title": "Gempa", "text": "Gempa mengguncang kota.", "url": "https://k.example/1",
            "date": "2025-04-23T12:00:00Z", "source": "Kabar", "language": "id",
        }
    ]  # fmt: skip


def test_stray_ampersands_and_html_entities_are_repaired() -> None:
    feed = (
        "<rss><channel><item><title>A&nbsp;&eacute; B & C</title></item><item><title>D</title></item></channel></rss>"
    )

    assert [item["title"] for item in items(feed)] == ["A\xa0é B & C", "D"]


def test_items_before_a_break_are_kept_and_the_break_is_told() -> None:
    found = list(parse_feed(RSS[: RSS.index("<item><title>Zwei")] + "<item><title>Zw"))

    assert isinstance(found[0], Record)
    assert isinstance(found[1], Problem)
    assert found[1].reason.endswith("1 items before it are read")


def test_entities_of_its_own_are_refused() -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><item><title>&b;</title>'

    with pytest.raises(Refused, match="XML that declares entities of its own is refused"):
        list(parse_feed(laughs))


def test_external_files_are_not_opened() -> None:
    feed = '<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss><channel><item><title>Größe</title></item></channel></rss>'

    assert [item["title"] for item in items(feed)] == ["Größe"]


def test_a_page_named_xml_is_read_as_a_page() -> None:
    assert items("<html><body><p>Kurz über Zürich.</p></body></html>")[0]["text"] == "Kurz über Zürich."


def test_what_is_wrong_with_a_feed_is_one_line() -> None:
    (problem,) = parse_feed("<rss><item><description><![CDATA[<p>Die Fähre\nnach Föhr")

    assert isinstance(problem, Problem)
    assert len(problem.reason.splitlines()) == 1


def test_lines_are_counted_from_the_first_of_the_file() -> None:
    (problem,) = parse_feed("<?xml version='1.0'?>\n<!-- ä\n -->\n<rss>\n<a></b></rss>")

    assert isinstance(problem, Problem)
    assert problem.reason.startswith("invalid XML at line 5")


def test_xhtml_in_a_feed_is_read_paragraph_by_paragraph() -> None:
    content = "<p>Die Brücke steht in İzmir &amp; Umgebung.</p><p>Der Bürgermeister sprach</p><ul><li>eins</li></ul>"
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Le &lt;i&gt;Fil&lt;/i&gt;</title>
    <entry><title>Brücke</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{content}</div></content>
    </entry></feed>"""
    (item,) = items(feed)
    assert item["text"] == "Die Brücke steht in İzmir & Umgebung.\nDer Bürgermeister sprach\neins"
    assert item["source"] == "Le Fil"
