"""HTML pages: the article's text, and its title, date, address, site and language."""

from newsclust.reading.formats.pages.page import PAGE, PAGE_START, declared_charset, parse_page

__all__ = ["PAGE", "PAGE_START", "declared_charset", "parse_page"]
