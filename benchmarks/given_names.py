"""Rebuilds src/newsclust/data/given-names.txt.gz from the lists of Faker (MIT): pip install faker.

Each line is a given name in the form that `newsclust.text.naming.given_names` compares names in, sorted.
"""

from __future__ import annotations

import gzip
import importlib
import pkgutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newsclust.text.naming.given_names import FILE, SHORTEST, latin_form

TARGET = Path(__file__).parents[1] / "src" / "newsclust" / "data" / FILE


LONG_LIST = "en"
"""What this list alone holds is left out: thousands of names that few bear, General, North and Porsche among them."""


def spelled_names() -> set[str]:
    """The given names of every country that Faker knows."""
    import faker.providers.person as countries

    found: set[str] = set()
    for country in pkgutil.iter_modules(countries.__path__):
        if country.name == LONG_LIST:
            continue
        provider: Any = importlib.import_module(f"{countries.__name__}.{country.name}").Provider
        for attribute in dir(provider):
            names = getattr(provider, attribute) if attribute.startswith("first_names") else ()
            if isinstance(names, Iterable):  # some are properties that need an instance
                found.update(map(str, names))
    return found


def main() -> None:
    """Write the file; the same names give the same bytes."""
    names = {latin_form(name) for name in spelled_names() if name.isalpha()}
    text = "".join(f"{name}\n" for name in sorted(names) if len(name) >= SHORTEST)
    TARGET.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{text.count(chr(10)):,} names, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
