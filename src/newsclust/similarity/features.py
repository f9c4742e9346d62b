"""What the same-story score knows of each article, one row per article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from newsclust.articles import UNDETERMINED, Article
from newsclust.encoders.articles import HEADLINE
from newsclust.encoders.base import Embeddings, unit_rows
from newsclust.languages.compared import as_compared
from newsclust.languages.one_script import spoken_as
from newsclust.similarity.background import Background
from newsclust.similarity.calibration import Calibration
from newsclust.similarity.profiles import EncoderProfile, profile_of
from newsclust.similarity.sparse_features import SparseRows, name_vectors, names_of, number_vectors, token_vectors

UNKNOWN = 3
"""The built-in vocabulary's token for what it cannot read, as whole scripts are (Tifinagh, Ol Chiki, most of Tibetan).
As a word it would be rare, and all texts in such scripts one story."""
SPACE = 6
"""Its token for a space by itself, which stands before each of those."""

USUAL_DENSITY = 0.22
"""The density about the median article of real news."""

BRIEF = 30.0
"""Tokens, each once, at which a text counts half as a headline alone: headlines have 9 to 26, reports 60 and more."""

SPARSE = ("words", "names", "phonetic", "numbers")
"""The fields of `ArticleFeatures` that are CSR matrices."""
_BY_ROW = ("static", "static_density", "unfamiliar", "days")
_OF_ALL = ("model_id", "calibration")
_ROWS_AT_ONCE = 4096
_SECONDS_PER_DAY = 86400.0


class TokenTable(Protocol):
    """Cuts texts into tokens and knows the input embedding of each."""

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """The token ids of each whole text."""
        ...

    def embedding_rows(self, ids: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """The input embedding of each id: float32, shape (len(ids), d)."""
        ...


@dataclass(frozen=True, eq=False, slots=True)
class ArticleFeatures:
    """One row per article.

    `words`, `names`, `phonetic` and `numbers` are CSR matrices of unit rows. `static` and `dense` are language-centred
    unit rows (n, d); `dense` and `dense_density` are None when no transformer ran, else `model_id` says which did, and
    `calibration` holds the coefficients of a profile given for it. `languages` numbers the languages, an undetermined
    one differing from all, itself included. `density` holds, per space, what a cosine is held against (see
    `Space.density`). `unfamiliar` says how little is known of each article's language (see `Background.unfamiliar`).
    `days` is the publication time in days since 1970, NaN where it is not known.
    """

    words: SparseRows
    names: SparseRows
    phonetic: SparseRows
    numbers: SparseRows
    static: NDArray[np.float32]
    dense: NDArray[np.float32] | None
    languages: NDArray[np.intp]
    static_density: NDArray[np.float32]
    dense_density: NDArray[np.float32] | None
    unfamiliar: NDArray[np.float32]
    days: NDArray[np.float64]
    model_id: str = ""
    calibration: Calibration | None = None

    def __len__(self) -> int:
        return len(self.days)

    def at(self, rows: NDArray[np.intp]) -> ArticleFeatures:
        """Some of the articles, in the order asked for."""
        values: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        by_row = {name: value[rows] for name, value in values.items() if value is not None and name not in _OF_ALL}
        return replace(self, **by_row)

    @property
    def readable(self) -> NDArray[np.bool_]:
        """Which articles the built-in model has any token for: of the others its vectors say nothing."""
        readable: NDArray[np.bool_] = np.diff(self.words.indptr) > 0
        return readable

    @property
    def brevity(self) -> NDArray[np.float32]:
        """How far each text is a headline alone (see `brevity_of`)."""
        return brevity_of(np.diff(self.words.indptr))

    def space(self, name: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The vectors of "static" or "dense", and the density about each."""
        return getattr(self, name), getattr(self, f"{name}_density")

    def with_dense(
        self,
        dense: NDArray[np.float32],
        model_id: str,
        density: NDArray[np.float32] | None = None,
        calibration: Calibration | None = None,
    ) -> ArticleFeatures:
        """The same articles with (other) vectors of a model (n, d).

        `density` (n,) is the usual one, where no topics describe the model's space.
        """
        usual = np.full(len(dense), USUAL_DENSITY, np.float32)
        return replace(
            self,
            dense=dense,
            dense_density=usual if density is None else density,
            model_id=model_id,
            calibration=calibration,
        )


def describe(articles: Sequence[Article], tokens: TokenTable, background: Background) -> ArticleFeatures:
    """Word, name and static features of the whole texts; no transformer is run."""
    compared = list(map(as_compared, articles))
    texts = [article.body for article in compared]
    languages = [article.language for article in articles]
    words, headlines = (
        token_vectors([_readable(row) for row in tokens.token_ids(some)], background.token_weights)
        for some in (texts, [article.headline for article in compared])
    )
    names = names_of(texts)
    static = static_vectors(words, headlines, tokens, languages, background)
    return ArticleFeatures(
        words=words,
        names=name_vectors(names.names, background.name_weights),
        phonetic=name_vectors(names.phonetic, background.phonetic_weights),
        numbers=number_vectors(names.numbers),
        static=static,
        dense=None,
        languages=numbered(languages),
        static_density=background.static.density(static),
        dense_density=None,
        unfamiliar=background.unfamiliar(languages),
        days=days_of(articles),
    )


def joined(parts: Sequence[ArticleFeatures], languages: Sequence[str]) -> ArticleFeatures:
    """The features of articles that were described in parts, in order; `languages` are those of all of them."""
    if len(parts) == 1:
        return parts[0]

    def rows(name: str) -> Any:
        return np.concatenate([getattr(part, name) for part in parts])

    sparse_rows = {name: sparse.vstack([getattr(part, name) for part in parts], "csr") for name in SPARSE}
    told = _BY_ROW if parts[0].dense is None else (*_BY_ROW, "dense", "dense_density")
    return replace(parts[0], **sparse_rows, **{name: rows(name) for name in told}, languages=numbered(languages))


def _readable(row: NDArray[np.int32]) -> NDArray[np.int32]:
    """The tokens that say something; none of a text that is mostly unknown."""
    known = row[row != UNKNOWN]
    unknown = len(row) - len(known)
    return known if not unknown or unknown < np.count_nonzero(known != SPACE) else row[:0]


def with_embeddings(
    features: ArticleFeatures, embeddings: Embeddings, languages: Sequence[str], profile_path: str | None = None
) -> ArticleFeatures:
    """The features with a model's vectors as its profile has them: unit rows; 0 where it could read nothing.

    Vectors of a model without a profile are centred on the mean of their own language in this run, drawn towards the
    mean of all where a language has few articles.
    """
    profile = profile_of(embeddings.model_id, profile_path)
    if profile is None:
        return features.with_dense(_centred_on_themselves(embeddings.vectors, languages), embeddings.model_id)
    return by_profile(features, embeddings, languages, profile)


def by_profile(
    features: ArticleFeatures, embeddings: Embeddings, languages: Sequence[str], profile: EncoderProfile
) -> ArticleFeatures:
    """The features with a model's vectors as a profile has them: unit rows; 0 where nothing could be read."""
    vectors = profile.transformed(embeddings.vectors, languages, features.brevity)
    vectors[~features.readable] = 0
    return features.with_dense(vectors, embeddings.model_id, profile.space.density(vectors), profile.coefficients)


def static_vectors(
    words: SparseRows, headlines: SparseRows, tokens: TokenTable, languages: Sequence[str], background: Background
) -> NDArray[np.float32]:
    """Sums of input embedding rows, language-centred, less what all texts share: (n, d).

    `words` and `headlines` weigh the rows, as TF-IDF over tokens.
    """
    raw = raw_static_vectors(words, headlines, tokens)
    centred = background.static.centred(raw, languages, brevity_of(np.diff(words.indptr)))
    shared = np.zeros_like(centred)
    for direction in background.common:
        # Row by row: a product of matrices would round an article differently in other company.
        shared += (centred * direction).sum(axis=1, keepdims=True) * direction
    vectors = unit_rows(centred - shared)
    vectors[np.diff(words.indptr) == 0] = 0  # nothing was read, and less a mean it would be something
    return vectors


def brevity_of(tokens: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
    """How far texts of so many different tokens are headlines alone: from 1 for none to 0, shape (n,)."""
    return np.asarray(1 / (1 + (tokens / BRIEF) ** 4), np.float32)


def raw_static_vectors(words: SparseRows, headlines: SparseRows, tokens: TokenTable) -> NDArray[np.float32]:
    """Weighted sums of input embedding rows, of the words and HEADLINE of the headline's: unit rows (n, d)."""
    return unit_rows(_static_sums(words, tokens) + np.float32(HEADLINE) * _static_sums(headlines, tokens))


def _static_sums(words: SparseRows, tokens: TokenTable) -> NDArray[np.float32]:
    used, columns = np.unique(words.indices, return_inverse=True)
    rows = tokens.embedding_rows(used)
    narrow = type(words)((words.data, columns, words.indptr), shape=(words.shape[0], len(used)))
    sums = np.zeros((words.shape[0], rows.shape[1]), np.float32)
    for start in range(0, len(sums), _ROWS_AT_ONCE):
        sums[start : start + _ROWS_AT_ONCE] = narrow[start : start + _ROWS_AT_ONCE] @ rows
    return unit_rows(sums)


FEW = 20.0
"""Articles at which half of a mean is subtracted, for models without statistics: two articles must not become each
other's opposite by losing their common mean."""


def _centred_on_themselves(vectors: NDArray[np.float32], languages: Sequence[str]) -> NDArray[np.float32]:
    shift = vectors.sum(axis=0) / (len(vectors) + FEW)
    centred = np.empty_like(vectors)
    codes = np.array(languages)
    for language in sorted(set(languages)):
        here = codes == language
        share = here.sum() / (here.sum() + FEW)
        centred[here] = vectors[here] - (share * vectors[here].mean(axis=0) + (1 - share) * shift)
    return unit_rows(centred)


def numbered(languages: Sequence[str]) -> NDArray[np.intp]:
    """Numbers for languages, shape (n,): an undetermined one differs from all, itself included, and some are one."""
    languages = list(map(spoken_as, languages))
    numbers = {language: number for number, language in enumerate(sorted(set(languages)))}
    return np.array(
        [-1 - row if code == UNDETERMINED else numbers[code] for row, code in enumerate(languages)], np.intp
    )


def days_of(articles: Sequence[Article]) -> NDArray[np.float64]:
    """When each was published, in days since 1970; NaN where that is not known."""
    moments = [article.published.timestamp() if article.published else float("nan") for article in articles]
    return np.array(moments, np.float64) / _SECONDS_PER_DAY
