"""Which language each article is in: the script first, then its telling letters, then langdetect, seeded; then CLD2.

A declared language (a page's `lang`, a feed's field) is weighed against all three. `docs/languages.md` states the rule,
the mapping of codes and the measured accuracy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, Protocol, cast

from newsclust.articles import UNDETERMINED, Article
from newsclust.cache.known import NOTHING, Known
from newsclust.execution.executor import IN_PROCESS, Executor, in_chunks
from newsclust.execution.progress import SILENT, Progress
from newsclust.languages.alphabets import SHARED_SCRIPTS, by_alphabet, by_script, is_written_in
from newsclust.languages.codes import language_code
from newsclust.languages.scripts import ARABIC, main_script

SEED = 0
READ_CHARACTERS = 600
"""How much of title and text is looked at. Measured on 41 languages: 200 characters .996 right, 400 .997, 1000 .997;
pure langdetect does 320 texts/s at 500 characters and 165 at full length."""
MIN_LETTERS = 20
"""Fewer letters than this in a script of many languages say nothing: langdetect is right on 85 % at 25 characters."""
MIN_CONFIDENCE = 0.6
"""Five of langdetect's seven random walks agree. At 40 characters this leaves 3 % undetermined, nearly half of them
wrong guesses; .5 leaves out next to nothing, and .8 twice as many of each."""
RELIABLE_SCORE = 350
"""CLD2's score, per 1,024 bytes, from which it outweighs langdetect. 250 names more first lines wrongly (NTREX, 131
languages), 450 finds 1 % fewer."""
CONTRADICTING_LETTERS = 100
CONTRADICTING_CONFIDENCE = 0.99
"""What it takes to overrule a declared language; `docs/languages.md` has the errors either way."""

_ARTICLES_AT_ONCE = 128

_LANGDETECT_CODES = {"zh-cn": "zh", "zh-tw": "zh"}
# Pairs that a detector cannot tell apart well enough to overrule a declaration.
_SIBLINGS = ({"id", "ms"}, {"bs", "hr", "sr"}, {"da", "no"}, {"bg", "mk"})
# Scripts of one language in most of the news, and of few others, which CLD2 knows: Dzongkha, Tigrinya, Yiddish.
_OF_FEW_LANGUAGES = frozenset({"Tibetan", "Ethiopic", "Hebrew"})
# Pairs that CLD2 tells apart no better than langdetect.
_TWINS = ({"bs", "hr"}, {"da", "no"})
_CODE = re.compile("[a-z]{2,3}")


def detect_languages(
    articles: Sequence[Article],
    progress: Progress = SILENT,
    executor: Executor = IN_PROCESS,
    known: Known = NOTHING,
) -> tuple[Article, ...]:
    """Give every article its language: an ISO 639-1 code (three letters where there is none) or "und".

    `Article.language` holds the declared language on the way in, in any form `language_code` reads, or "und". The
    answer for an article depends on that article alone, and is the same with langdetect and with langdetect-rs.
    """
    detected: list[Article] = []
    with progress.stage("Finding languages", len(articles)) as advance:
        starts = [(_start(article.body), article.language) for article in articles]

        def find(missing: Sequence[int]) -> Iterator[bytes]:
            chunks = in_chunks([starts[index] for index in missing], _ARTICLES_AT_ONCE)
            return chain.from_iterable(executor.map(_languages, chunks))

        codes = known.ask("language", starts, find, _code)
        for chunk in in_chunks(articles, _ARTICLES_AT_ONCE):
            detected += (replace(article, language=next(codes)) for article in chunk)
            advance(len(chunk))
    return tuple(detected)


def _languages(starts: Sequence[tuple[str, str]]) -> list[bytes]:
    """The language of each start of a text with its declared language."""
    return [_detect(text, declared).encode() for text, declared in starts]


def _code(answer: bytes) -> str:
    code = answer.decode("ascii")
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code!r} is no language")
    return code


def _start(text: str) -> str:
    return text.strip()[:READ_CHARACTERS]


def detect(text: str, declared: str | None = None) -> str:
    """Find the language of one text, weighing a declared one; "und" where there is too little to go by.

    A declared language stands when it is a known code and is written in the text's script, unless the text has at
    least `CONTRADICTING_LETTERS` letters and langdetect, which must know the declared language, names another (not a
    sibling) with `CONTRADICTING_CONFIDENCE`. In another script it stands only where nothing else can be said. Never
    raises on any string.
    """
    return _detect(_start(text), declared)


def _detect(text: str, declared: str | None) -> str:
    code = language_code(declared)
    characters = Counter(text.casefold())
    main = main_script(characters)
    if main is None:
        return code
    script, letters = main
    believed = code if is_written_in(code, script) else UNDETERMINED
    if script not in SHARED_SCRIPTS:
        if believed != UNDETERMINED or script not in _OF_FEW_LANGUAGES:
            return believed if believed != UNDETERMINED else by_script(script, characters, letters)
        return _weighed(_Guess(by_script(script, characters, letters), 1.0), text, script, settled=True).language
    if letters < (MIN_LETTERS if believed == UNDETERMINED else CONTRADICTING_LETTERS):
        return code
    by_text = _by_letters_and_words(text, script, characters, letters, believed)
    return by_text if by_text != UNDETERMINED else code


def _by_letters_and_words(text: str, script: str, characters: Mapping[str, int], letters: int, declared: str) -> str:
    """Detect in a script of many languages; `declared` is known to be written in it, or "und"."""
    spelt = by_alphabet(script, characters, letters)
    guess = _weighed(_Guess(spelt, 1.0) if spelt else _guess(text, script), text, script, settled=bool(spelt))
    if declared == UNDETERMINED:
        return guess.language if guess.confidence >= MIN_CONFIDENCE else UNDETERMINED
    overruled = (
        guess.confidence >= CONTRADICTING_CONFIDENCE
        and (declared in _detectable_languages() or declared in _second_opinions())
        and not any({declared, guess.language} <= siblings for siblings in _SIBLINGS)
    )
    return guess.language if overruled else declared


class _Guess(NamedTuple):
    language: str
    confidence: float


_NO_GUESS = _Guess(UNDETERMINED, 0.0)


def _guess(text: str, script: str) -> _Guess:
    """Ask langdetect; a guess that is not written in the script of the text is none."""
    upper = sum(map(str.isupper, text))
    # langdetect ignores words in capitals, so a headline set in them has "no features".
    detector = _factory().create()
    detector.append(text.lower() if 2 * upper > sum(map(str.isalpha, text)) else text)
    try:
        languages = detector.get_probabilities()
    except _no_features():
        return _NO_GUESS
    if not languages:
        return _NO_GUESS
    best = max(languages, key=lambda guess: (guess.prob, guess.lang))
    code = _LANGDETECT_CODES.get(best.lang, best.lang)
    return _Guess(code, float(best.prob)) if is_written_in(code, script) else _NO_GUESS


def _weighed(guess: _Guess, text: str, script: str, *, settled: bool) -> _Guess:
    """Weigh a guess against CLD2, which knows many languages that langdetect lacks and calls by others' names.

    `settled` says that script or letters made the guess. langdetect stands for the languages it knows, and what is
    settled for those that CLD2 does not know. Where CLD2 doubts and names one that langdetect lacks, there is no guess.
    """
    second = _second_guess(text, script)
    unknown = second.language not in _detectable_languages()
    if second.language in {guess.language, UNDETERMINED} or any({guess.language, second.language} <= t for t in _TWINS):
        return guess
    if second.confidence < 1:
        return _NO_GUESS if unknown and not settled and not second.confidence else guess
    if settled:
        return second if guess.language in _second_opinions() else guess
    return second if unknown or guess.confidence < MIN_CONFIDENCE else guess


def _printable(line: str) -> str:
    return line if line.isprintable() else "".join(filter(str.isprintable, line))


def _second_guess(text: str, script: str) -> _Guess:
    """Ask CLD2: confidence 1 where it calls its answer reliable and scores it high, .5 for a low score, else 0.

    No guess where it is not installed.
    """
    detector = _cld2()
    if detector is None:
        return _NO_GUESS
    readable = "\n".join(map(_printable, text.split("\n")))
    try:
        reliable, _, candidates = detector.detect(readable.encode("utf-8", "ignore"), isPlainText=True, bestEffort=True)
    except detector.error:  # bytes that it takes for broken UTF-8
        return _NO_GUESS
    _, name, _, score = candidates[0]
    code = _cld2_code(name, script)
    return (
        _Guess(code, 0.0 if not reliable else 1.0 if score >= RELIABLE_SCORE else 0.5)
        if is_written_in(code, script)
        else _NO_GUESS
    )


def _cld2_code(name: str, script: str) -> str:
    """The code of a language by CLD2's name, "und" for those it makes up for scripts ("xx-Goth")."""
    code = language_code(name)
    return "ckb" if code == "ku" and script == ARABIC else code


@lru_cache(maxsize=1)
def _cld2() -> Any:
    """The module pycld2, None where there is no wheel for the platform."""
    try:
        return import_module("pycld2")
    except ImportError:
        return None


@lru_cache(maxsize=1)
def _second_opinions() -> frozenset[str]:
    """The languages that CLD2 can name."""
    detector = _cld2()
    return frozenset(language_code(code) for _, code in detector.LANGUAGES) if detector else frozenset()


@lru_cache(maxsize=1)
def _detectable_languages() -> frozenset[str]:
    names = (str(name) for name in _factory().get_lang_list())
    return frozenset(_LANGDETECT_CODES.get(name, name) for name in names)


class _Detector(Protocol):
    def append(self, text: str) -> None: ...

    def get_probabilities(self) -> list[Any]: ...


class Factory(Protocol):
    """What langdetect and langdetect-rs have in common."""

    def create(self) -> _Detector:
        """Start the detection of one text."""

    def get_lang_list(self) -> list[str]:
        """Name the languages that can be told apart."""


@lru_cache(maxsize=1)
def _factory() -> Factory:
    return build_factory(fast=True)


def build_factory(*, fast: bool) -> Factory:
    """Build a seeded detector factory: langdetect-rs where wanted and installed, else langdetect; equal answers.

    The profiles are langdetect's own, loaded in name order: its default is the order of the directory on disk, which
    changes the last bits of a probability from one machine to the next. A factory of our own also leaves langdetect's
    global state, which other code in the process may use, alone.
    """
    from langdetect import detector_factory

    folder = Path(detector_factory.PROFILES_DIRECTORY)
    profiles = [path.read_text("utf-8") for path in sorted(folder.iterdir()) if path.is_file() and path.name[0] != "."]
    built: Any = ((_fast_module() if fast else None) or detector_factory).DetectorFactory()
    built.load_json_profile(profiles)
    built.set_seed(SEED)
    return cast(Factory, built)


def _fast_module() -> ModuleType | None:
    try:
        return import_module("langdetect_rs")
    except ImportError:
        return None


@lru_cache(maxsize=1)
def _no_features() -> tuple[type[Exception], ...]:
    """Both libraries raise an exception of their own on a text without letters they know."""
    from langdetect.lang_detect_exception import LangDetectException

    fast = _fast_module()
    return (LangDetectException, fast.LangDetectException) if fast else (LangDetectException,)
