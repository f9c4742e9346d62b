"""Exports of press databases, rebuilt in our own words: every article, with its title, day, paper and text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from format_samples import docx, pdf, rtf

from newsclust.articles import Article, ReadResult
from newsclust.reading.reader import read_articles

FERRY = (
    "A ferry with 212 people on board ran aground on Thursday near the breakwater of Valderra.",
    "Fishing boats brought all passengers ashore: nobody was hurt, the port office said.",
)
BAHN = (
    "Die Seilbahn auf den Hochfelln steht seit Mittwoch still, weil ein Lager gebrochen ist.",
    "Gäste gingen zu Fuß ins Tal. Der Betreiber rechnet mit drei Wochen.",
)
PAIN = (
    "Le pain coûte un dixième de plus qu’il y a un an, disent les boulangers de la capitale.",
    "Le ministre répond que l’État ne fixera pas les prix : la récolte a été bonne.",
)
EXPECTED = [
    ("Ferry runs aground off Valderra", "2025-02-27", "Coast Times", FERRY),
    ("Seilbahn am Hochfelln steht still", "2025-02-26", "Bergblatt", BAHN),
    ("Le pain augmente d’un dixième", "2025-02-25", "Le Fournil", PAIN),
]


def check(read: ReadResult, expected: list[tuple[str, str, str, tuple[str, ...]]] | None = None) -> list[Article]:
    assert not read.skipped
    assert not read.notes
    found = [(a.title, f"{a.published:%F}" if a.published else None, a.source, a.text) for a in read.articles]
    wanted = EXPECTED if expected is None else expected
    assert found == [(title, day, paper, "\n\n".join(text)) for title, day, paper, text in wanted]
    return list(read.articles)


def read_text(tmp_path: Path, text: str, name: str = "ausfuhr.txt") -> ReadResult:
    (tmp_path / name).write_text(text, "utf-8")
    return read_articles([str(tmp_path / name)])


NEXIS_HEADS = [
    ("Coast Times", "February 27, 2025 Thursday", "BYLINE: Jo Hale", "LENGTH: 60 words", "LANGUAGE: ENGLISH"),
    ("Bergblatt", "Mittwoch 26. Februar 2025", "AUTOR: Jo Halde", "LÄNGE: 1.060 Wörter", "SPRACHE: GERMAN; DEUTSCH"),
    ("Le Fournil", "mardi 25 février 2025", "AUTEUR: Jo Halle", "LONGUEUR: 60 mots", "LANGUE: FRENCH; FRANÇAIS"),
]
WORDS = ("{} of {} DOCUMENTS", "Dokument {} von {}", "Document {} de {}")


def nexis(words: str, *, wide: int = 70) -> str:
    """The older layout in plain text: lines are centred, and broken at a width."""
    cover = "Download Request: Selected Items: 1-3\nTime Of Request: Friday, March 20, 2025  16:51:31\n\n\n"
    parts = []
    for number, ((paper, day, author, length, language), (title, _, _, text)) in enumerate(
        zip(NEXIS_HEADS, EXPECTED, strict=True), 1
    ):
        body = "\n\n".join(_broken(paragraph, wide) for paragraph in text)
        parts.append(
            f"{words.format(number, 3):>48}\n\n\n{paper:>40}\n\n{day:>44}\n\n{title}\n\n{author}\n\nSECTION: NEWS; Pg. 7"
            f"\n\n{length}\n\n{body}\n\nLOAD-DATE: March 1, 2025\n\n{language}\n\nPUBLICATION-TYPE: Newspaper\n\n"
            f"{f'Copyright 2025 {paper}':>50}\n{'All Rights Reserved':>50}\n\n"
        )
    return cover + "".join(parts)


def _broken(paragraph: str, width: int) -> str:
    lines = [""]
    for word in paragraph.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


@pytest.mark.parametrize("words", WORDS)
def test_nexis_in_plain_text_whatever_the_language_of_its_marks(words: str, tmp_path: Path) -> None:
    found = check(read_text(tmp_path, nexis(words)))
    assert [article.language for article in found] == ["en", "de", "fr"]
    assert [article.extra["author"] for article in found] == ["Jo Hale", "Jo Halde", "Jo Halle"]
    assert [article.path for article in found] == ["ausfuhr.txt#1", "ausfuhr.txt#2", "ausfuhr.txt#3"]


def test_a_number_that_is_missing_costs_no_other_article(tmp_path: Path) -> None:
    text = nexis(WORDS[0]).replace("2 of 3", "22 of 30").replace("1 of 3 ", "7 of 30 ").replace("3 of 3 ", "30 of 30 ")
    check(read_text(tmp_path, text))


def test_pages_that_are_numbered_are_no_articles(tmp_path: Path) -> None:
    pages = "\n\n".join(f"{' '.join(FERRY)}\n\nPage {number} of 3" for number in range(1, 4))
    assert len(read_text(tmp_path, f"Ferry aground\n\n{pages}").articles) == 1


def test_nexis_in_html(tmp_path: Path) -> None:
    parts = []
    for number, ((paper, day, author, length, language), (title, _, _, text)) in enumerate(
        zip(NEXIS_HEADS, EXPECTED, strict=True), 1
    ):
        first, rest = day.split(" ", 1)
        lines = [
            f"<SPAN CLASS=c2>{number} of 3 DOCUMENTS</SPAN>",
            f"<SPAN CLASS=c4>{paper}</SPAN>",
            f"<SPAN CLASS=c4>{first}</SPAN><SPAN CLASS=c2> {rest}</SPAN>",
            f"<SPAN CLASS=c7>{title}</SPAN>",
            *(
                f"<SPAN CLASS=c8>{line.split()[0]} </SPAN><SPAN>{line.split(' ', 1)[1]}</SPAN>"
                for line in (author, length)
            ),
            *text,
            f"<SPAN CLASS=c8>{language}</SPAN>",
            f"<SPAN CLASS=c2>Copyright 2025 {paper}<BR>Tous Droits Réservés</SPAN>",
        ]
        divs = "".join(f"<BR><DIV CLASS=c3><P CLASS=c1>{line}</P></DIV>\n" for line in lines)
        parts.append(
            f'<A NAME="DOC_ID_0_{number}"></A><!-- Hide XML section\n<DOC NUMBER={number}>\n<DOCFULL> -->{divs}'
        )
    page = f"<HTML><HEAD><META CHARSET=utf-8><TITLE>&nbsp;</TITLE></HEAD><BODY>{'<HR>'.join(parts)}</BODY></HTML>"
    check(read_text(tmp_path, page, "ausfuhr.HTML"))


def nexis_uni(closing: tuple[str, ...] = ("End of Document",) * 3, body: str = "Body") -> list[str]:
    """The newer layout: a list of all, then each title, paper, day, rights, labels with fixed spaces, and text."""
    days = ("February 27, 2025 Thursday 9:20 AM GMT", "Mittwoch 26. Februar 2025", "mardi 25 février 2025")
    lines = ["Date and Time: Friday, 5. March 2025 09:31:00 CET", "Job Number: 00000001", "Documents (3)"]
    lines += [f"{number}. {title}" for number, (title, *_) in enumerate(EXPECTED, 1)]
    for (title, _, paper, text), day, close in zip(EXPECTED, days, closing, strict=True):
        lines += [title, paper, day, f"Copyright 2025 {paper} All Rights Reserved", "Section:\xa0NEWS; Pg. 7"]
        lines += ["Length:\xa060 words", "Byline:\xa0Jo Hale", body, *text, "Load-Date:\xa0March 1, 2025", close]
    return lines


@pytest.mark.parametrize("form", [docx, lambda *lines: rtf("\n".join(lines))])
def test_nexis_uni_as_word_and_rtf(form: Any, tmp_path: Path) -> None:
    (tmp_path / "ausfuhr").write_bytes(form(*nexis_uni()))
    check(read_articles([str(tmp_path / "ausfuhr")]))


def test_an_article_that_is_cut_short_at_the_end_of_an_export_is_told(tmp_path: Path) -> None:
    read = read_text(tmp_path, "\n\n".join([*nexis_uni(), "Noch ein Titel", "Bergblatt", *BAHN * 10]))
    assert [article.title for article in read.articles] == [title for title, *_ in EXPECTED]
    (note,) = read.notes
    assert note.reason == "1,563 characters behind the last article are not read: is it cut short?"


def test_nexis_uni_in_other_languages(tmp_path: Path) -> None:
    ends = ("Ende des Dokuments", "Fin du document", "Fin del documento")
    check(read_text(tmp_path, "\n\n".join(nexis_uni(ends, "Texte"))))


def factiva_head(number: int, *, by: bool = True) -> list[str]:
    title, _, paper, _ = EXPECTED[number]
    length = ("57 words", "1.157 Wörter", "57 mots")[number]
    day = ("27 February 2025", "26. Februar 2025", "25 février 2025")[number]
    language = ("English", "Deutsch", "Français")[number]
    code = ("CSTTMS", "BERGBL", "FOURNI")[number]
    byline = [("By Jo Hale", "Von Jo Halde", "Par Jo Halle")[number]] if by else []
    return ["Nachrichten", title, *byline, length, day, "15:32", paper, code, "7", language, f"(c) 2025 {paper}"]


IDS = ("CSTTMS0000020250227ed000001v", "BERGBL0020250226e72q0003x", "FOURNI0020250225e7ct0001r")
DOCUMENT = ("Document", "Dokument", "Document")


@pytest.mark.parametrize("by", [True, False])
@pytest.mark.parametrize("form", ["txt", "rtf"])
def test_factiva_in_text_and_rtf(form: str, by: bool, tmp_path: Path) -> None:
    lines = [
        line
        for number, (_, _, _, text) in enumerate(EXPECTED)
        for line in (*factiva_head(number, by=by), *text, f"{DOCUMENT[number]} {IDS[number]}")
    ]
    text = "\n\n".join(lines)
    (tmp_path / f"factiva.{form}").write_bytes(rtf(text) if form == "rtf" else text.encode())
    found = check(read_articles([str(tmp_path / f"factiva.{form}")]))
    assert [article.id for article in found] == list(IDS)
    assert [article.language for article in found] == ["en", "de", "fr"]


def test_factiva_in_html(tmp_path: Path) -> None:
    parts = []
    for number, (title, _, _, text) in enumerate(EXPECTED):
        lines = (f'<div id="hd"><span class="deHeadline">{line}</span></div>' if line == title else f"<div>{line}</div>"
                 for line in factiva_head(number))  # fmt: skip
        body = "".join(f'<p class="articleParagraph dearticleParagraph">{paragraph}</p>' for paragraph in text)
        article = f"{''.join(lines)}<p></p>{body}<p>{DOCUMENT[number]} {IDS[number]}</p>"
        parts.append(
            f'<div id="article-{IDS[number]}" class="article"><div class="article deArticle">{article}</div></div>'
        )
    page = f"<html><head><title>Factiva</title></head><body><div id=contentLeft>{''.join(parts)}</div></body></html>"
    check(read_text(tmp_path, page, "factiva.html"))


def coded(number: int) -> list[tuple[str, str]]:
    """The fields of an article in the layout that names each by two letters."""
    title, _, paper, text = EXPECTED[number]
    head = factiva_head(number)
    return [
        *(
            ("SE", head[0]),
            ("HD", title),
            ("BY", head[2]),
            ("WC", head[3]),
            ("PD", head[4]),
            ("SN", paper),
            ("SC", head[7]),
        ),
        *(
            ("LA", head[9]),
            ("CY", head[10]),
            ("LP", text[0]),
            ("TD", text[1]),
            ("NS", "gcat : Politik | ghea : Gesundheit"),
        ),
        ("AN", f"{DOCUMENT[number]} {IDS[number]}"),
    ]


def test_factiva_with_its_index_in_text_and_html(tmp_path: Path) -> None:
    text = "\n\n".join(f"{code}\n\n{said}" for number in range(3) for code, said in coded(number))
    wide = "\n".join(f"{code}   {said}" for number in range(3) for code, said in coded(number))
    rows = "".join(
        '<div class="article frArticle"><table>'
        + "".join(f"<tr><td class=index><b>{code}</b>&nbsp;</td><td>{said}</td></tr>" for code, said in coded(number))
        + "</table></div>"
        for number in range(3)
    )
    check(read_text(tmp_path, text))
    check(read_text(tmp_path, wide, "breit.txt"))
    check(read_text(tmp_path, f"<html><title>Factiva</title><body>{rows}</body></html>", "index.html"))


NUMBERS = ("news·20250227·CT·0q1503_1256056", "news·20250226·BB·175071", "news·20250225·LF·2040056000")
CERTIFICATE = (
    "Ce certificat est émis à Université de Valderra à des fins de visualisation personnelle et temporaire.",
    "Date d'émission : 2025-03-04",
    "Le présent document est protégé par les lois et conventions internationales sur le droit d'auteur.",
)
HEADERS = ("Port, jeudi 27 février 2025, p. 16", "Berg, mercredi 26 février 2025 - 14:05 UTC", "mardi 25 février 2025")


def test_europresse_in_html_of_both_kinds(tmp_path: Path) -> None:
    new, old = [], []
    for (title, _, paper, text), header, number in zip(EXPECTED, HEADERS, NUMBERS, strict=True):
        paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text)
        certificate = "".join(f"<div><span>{line}</span></div>" for line in CERTIFICATE)
        new.append(
            f'<article><header><div><span class="DocPublicationName">{paper}  </span></div><div><span class="DocHeader">'
            f'{header}</span></div><div><p>RUBRIQUE</p></div><div class="titreArticle"><p class="titreArticleVisu">'
            f"{title}</p></div><div>Zoé Hale</div></header><section><div class=docOcurrContainer>{paragraphs}</div></section>"
            f"<footer><small>© 2025 {paper}. Tous droits réservés.</small><p>Numéro de document : {number}</p><div>"
            f"<span>{number}</span></div>{certificate}</footer></article>"
        )
        lines = "<p></p>".join(text)
        old.append(
            f'<table><tr><td><span class="DocPublicationName">{paper}, no. 5968</span><br><span class="DocHeader">'
            f'{header}</span><br><br><span class="TitreArticleVisu">{title}</span><br><br>Zoé Hale<br><p></p>{lines}<p></p><b>'
            f"<i>© 2025 {paper}. Tous droits réservés.</i></b><p></p>Numéro de document : {number}<br><table><tr><td>"
            f"{number}</td></tr>{''.join(f'<tr><td>{line}</td></tr>' for line in CERTIFICATE)}</table></td></tr></table>"
        )
    for name, parts in (("neu.html", new), ("alt.html", old)):
        page = f"<html><head><meta charset=utf-8></head><body>{''.join(parts)}</body></html>"
        found = check(read_text(tmp_path, page, name))
        assert [article.id for article in found] == list(NUMBERS)
        assert {article.extra["author"] for article in found} == {"Zoé Hale"}


@pytest.mark.parametrize("form", ["txt", "docx"])
def test_europresse_in_text_and_word(form: str, tmp_path: Path) -> None:
    lines = []
    for (title, _, paper, text), header, number in zip(EXPECTED, HEADERS, NUMBERS, strict=True):
        lines += [paper, header, "RUBRIQUE", title, "Zoé Hale", *text, f"© 2025 {paper}. Tous droits réservés.", number]
        lines += CERTIFICATE
    data = docx(*lines) if form == "docx" else "\n\n".join(lines).encode()
    (tmp_path / f"europresse.{form}").write_bytes(data)
    found = read_articles([str(tmp_path / f"europresse.{form}")]).articles
    assert [(a.title, f"{a.published:%F}", a.source) for a in found] == [(t, d, p) for t, d, p, _ in EXPECTED]
    assert [FERRY[1] in found[0].text, BAHN[1] in found[1].text, PAIN[1] in found[2].text] == [True] * 3


def test_proquest_in_text_and_html(tmp_path: Path) -> None:
    rule, texts, divs = "_" * 60, [], []
    labels = [
        ("Publication title: ", "Full text: ", "Publication date: ", "Language of publication: "),
        ("Publikationstitel: ", "Volltext: ", "Erscheinungsdatum: ", "Publikationssprache: "),
        ("Titre de la publication: ", "Texte intégral: ", "Date de publication: ", "Langue de publication: "),
    ]
    days = ("Feb 27, 2025", "26. Februar 2025", "25 février 2025")
    for number, ((title, _, paper, text), (source, full, date, language)) in enumerate(
        zip(EXPECTED, labels, strict=True)
    ):
        lines = ["Author: Hale, Jo", f"{full}{text[0]}", text[1], "Subject: Ships; Ports", "Location: Valderra"]
        lines += [
            f"{source}{paper}",
            f"{date}{days[number]}",
            "ISSN: 04583035",
            f"{language}{('English', 'German', 'French')[number]}",
        ]
        lines += [f"ProQuest document ID: 25143997{number}", f"Document URL: https://search.example/docview/{number}"]
        texts.append("\n\n".join([f"Document {number + 1} of 3", title, *lines]))
        lines = [f"<strong>{line.replace(':', ':</strong>', 1)}" if line != text[1] else line for line in lines]
        paragraphs = "".join(f"<p>{line}</p>" for line in lines)
        divs.append(f'<div><a name="DocID_MSTAR_{number}"></a><p></p><p>{title}</p>{paragraphs}</div>')
    plain = read_text(tmp_path, f"{rule}\n\n" + f"\n\n{rule}\n\n".join(texts))
    for found in (check(plain), check(read_text(tmp_path, "".join(divs), "proquest.html"))):
        assert [article.id for article in found] == ["251439970", "251439971", "251439972"]
        assert found[1].url == "https://search.example/docview/1"
        assert [article.language for article in found] == ["en", "de", "fr"]


def test_an_export_sent_by_mail_gives_its_articles(tmp_path: Path) -> None:
    body = nexis(WORDS[0]).encode()
    mail = b"From: Nexis <no-reply@nexis.example>\nMIME-Version: 1.0\nSubject: Ihre Auswahl\nContent-Type: text/plain; charset=utf-8\n\n"
    found = read_articles(["-"], stdin=BytesIO(mail + body)).articles
    assert [article.title for article in found] == [title for title, *_ in EXPECTED]


def test_head_lines_of_scrapers_are_fields(tmp_path: Path) -> None:
    text = (
        f"Überschrift: {EXPECTED[1][0]}\nDatum: 26.02.2025\nURL: https://berg.example/a\nQuelle: Bergblatt\n\n"
        + "\n\n".join(BAHN)
    )
    (article,) = check(read_text(tmp_path, text), [EXPECTED[1]])
    assert article.url == "https://berg.example/a"
    titled = "标题: 渡船搁浅\n日期: 2025年2月27日\n来源: 海岸时报\n正文: 周四，一艘载有212人的渡船搁浅。"
    (article,) = read_text(tmp_path, titled, "zh.txt").articles
    assert (article.title, article.source, article.text) == ("渡船搁浅", "海岸时报", "周四，一艘载有212人的渡船搁浅。")


def test_heads_that_repeat_part_a_text_where_they_name_title_and_day(tmp_path: Path) -> None:
    blocks = [
        f"Title: {title}\nDate: {day}\nSource: {paper}\n\n" + "\n\n".join(text) for title, day, paper, text in EXPECTED
    ]
    check(read_text(tmp_path, "\n\n".join(blocks)))


def test_heads_that_repeat_in_a_layout_that_is_not_known_are_told(tmp_path: Path) -> None:
    blocks = [f"Kopfzeile: {title}\nStempel: {day}\n\n" + "\n\n".join(text) for title, day, _, text in EXPECTED]
    read = read_text(tmp_path, "\n\n".join(blocks))
    assert len(read.articles) == 1
    assert [note.reason for note in read.notes] == [
        "looks like 3 articles: head lines 'Kopfzeile' and 'Stempel' repeat, in a layout that is not known; read as one "
        "article: part them, a file each"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Warning: ice\n\nThe road over the pass is closed. The mayor said: stay at home.",
        "Interview: Zoé Hale\n\nQ: What happened?\n\nA: The bridge fell.\n\nQ: When?\n\nA: On 27 February 2025.",
        "LONDON: The ferry sank.\n\nPARIS: The bread rose.\n\nBERLIN: The train stood still.",
        "Ferry aground\n\n27 February 2025\n\n" + " ".join(FERRY),
        "The report has 3 of 4 chapters\n\nFebruary 27, 2025\n\n" + " ".join(FERRY),
    ],
)
def test_other_texts_with_colons_days_and_numbers_stay_one_article_with_all_their_words(
    text: str, tmp_path: Path
) -> None:
    (article,) = read_text(tmp_path, text).articles
    said = " ".join([article.title or "", article.text, *(passage.text for passage in article.boilerplate)])
    assert sorted(filter(str.isalnum, said)) == sorted(filter(str.isalnum, text))


def test_a_newspaper_in_pdf_is_prose(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("Fähre vor Föhr gestrandet", "", "Eine Fähre ist gestrandet."))
    (article,) = read_articles([str(tmp_path)]).articles
    assert article.title == "Fähre vor Föhr gestrandet"
