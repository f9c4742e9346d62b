"""Head lines of exported articles: labels, dates, lengths and rights, in the languages of the databases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from newsclust.reading.dates import parse_date

TITLE_MARK, SOURCE_MARK, DATE_MARK, AUTHOR_MARK = "\ue010", "\ue011", "\ue012", "\ue013"
"""What stands before a line of which the page says what it is: characters that no text has."""
LABEL_MARK = "\ue015"
"""What stands before a label of which the page says that it is one."""

MARKED: Mapping[str, str] = MappingProxyType(
    {TITLE_MARK: "title", SOURCE_MARK: "source", DATE_MARK: "date", AUTHOR_MARK: "author"}
)

# The labels of Nexis, ProQuest and Factiva in the languages of their interfaces, and those that scrapers write.
_LABELS = {
    "title": """title titre titel título titolo tytuł заголовок headline überschrift otsikko tittel başlık tajuk judul
        标题 標題 タイトル 제목""",
    "date": """date datum fecha data дата dato tarih tanggal pubdate published erscheinungsdatum publication_date
        date_published date_de_publication fecha_de_publicación data_di_pubblicazione data_de_publicação
        veröffentlichungsdatum publicatiedatum data_publikacji 日期 日付 날짜""",
    "source": """source quelle fuente fonte bron źródło источник kaynak sumber publication newspaper zeitung krant
        publication_title titre_de_la_publication título_de_publicación publikationstitel titolo_pubblicazione
        título_da_publicação outlet site 来源 來源 出典 출처""",
    "url": """url link document_url url_du_document url_del_documento url_do_documento dokument-url canonical permalink
        address adresse""",
    "language": """language langue sprache idioma lingua taal język язык dil bahasa språk sprog kieli
        language_of_publication langue_de_publication idioma_de_la_publicación publikationssprache""",
    "author": "byline author authors auteur auteurs autor autoren autores autore autori автор yazar penulis 作者 著者",
    "id": """proquest_document_id id document_id accession_number numéro_de_document dokument-id
        id_du_document_proquest id_de_documento_de_proquest proquest-dokument-id""",
    "text": """full_text fulltext text body texte_intégral texte volltext texto_completo texto testo_completo testo
        volledige_tekst tekst текст content contents inhalt contenu contenido 正文 本文""",
    "abstract": "abstract résumé zusammenfassung resumen riassunto samenvatting resumo streszczenie",
    "length": "length longueur länge longitud lunghezza lengte comprimento długość",
    "subject": "subject subjects sujet sujets thema schlagwort tema temas soggetto onderwerp",
    "place": "location place lieu ort lugar luogo plaats",
    "people": "people personen personnes personas company_/_organization credit links",
    "publication-info": "publication_info publication_year publication_subject source_type document_type issn pages",
    "publisher": "publisher place_of_publication country_of_publication last_updated database copyright graphic",
    "section": "section rubrique rubrik sección sezione rubriek seção dział ressort",
}
FIELDS: Mapping[str, str] = MappingProxyType(
    {label.replace("_", " "): field for field, labels in _LABELS.items() for label in labels.split()}
)

LONGEST_HEAD_LINE = 90
"""Characters of a line that may be a date line: "Wirtschaft und Finanzen, Donnerstag, 27. Februar 2025, S. 14"."""

_LABEL = re.compile(r"\s*([^\W\d_][\w/'’ -]{1,34}?) ?[:：](?:(?=[\s\xa0]|$)|(?<=：))(\xa0?)\s*(.*)", re.S)
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
    r"|(?<!\d)\d{1,2}(?:\.|er|º|ª|st|nd|rd|th)?,?\s+(?:de\s+|d['’])?[^\W\d_]{3,14}\.?,?\s+(?:del?\s+)?\d{4}(?!\d)"
    r"|[^\W\d_]{3,14}\.?\s+\d{1,2},?\s+\d{4}(?!\d)"
    r"|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
    r"|(?<!\d)\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)"
)
_MOST_WORDS_BESIDE = 7
_COUNT = re.compile(r"\d[\d.,\s\u202f\xa0]*(?:[^\W\d_]{2,12}|字)$")
_RIGHTS = re.compile(r"(?:copyright|\(c\)|©|℗)(?!\w)", re.I)
_LONGEST_RIGHTS = 400
_BY = re.compile(r"(?:by|von|par|por|di|da|door|av|af|od|от)\s|(?:記者|记者)", re.I)


def labelled(line: str) -> tuple[str, str] | None:
    """The field that a line with a label is for, and its value; None for a line without.

    A label is one that is known, or marked, or in capitals ("LOCALISATION-GEO:"), or has a fixed space behind it, as
    Nexis writes them; all but the first are fields under their own names.
    """
    marked = line.startswith(LABEL_MARK)
    match = _LABEL.match(line, len(LABEL_MARK) if marked else 0)
    if match is None:
        return None
    name, fixed, value = match.groups()
    known = FIELDS.get(" ".join(name.casefold().split()))
    if known is None and not fixed and not marked and not (name.isupper() and len(name) > 2):
        return None
    return known or name.casefold().replace(" ", "-"), value.strip()


def date_in(line: str) -> str | None:
    """The date in a line that says little else, without a label; None where it has none."""
    if len(line) > LONGEST_HEAD_LINE or (match := _DATE.search(line)) is None or _LABEL.match(line):
        return None
    beside = re.findall(r"\w+", line[: match.start()] + " " + line[match.end() :])
    return match[0] if len(beside) <= _MOST_WORDS_BESIDE and parse_date(match[0]) is not None else None


def is_length(line: str) -> bool:
    """Whether a line says how many words an article has: "1.234 Wörter"."""
    return _COUNT.match(line) is not None


def is_rights(line: str) -> bool:
    """Whether a line says whose the article is."""
    return len(line) <= _LONGEST_RIGHTS and _RIGHTS.match(line) is not None


def is_byline(line: str) -> bool:
    """Whether a short line says who wrote the article."""
    return len(line) <= LONGEST_HEAD_LINE and _BY.match(line) is not None
