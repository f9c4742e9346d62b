"""Rebuilds src/newsclust/data/background.npz, the statistics that newsclust ships.

    python benchmarks/build_background.py

From the gold sets (language means, weights of words and names, whitening) and, for the languages that they lack, from
`background/*.txt`: sixteen short news items, written for this purpose, in more than a hundred languages.

A language's mean in the gold sets is the mean of its means in each set. Elsewhere it is the mean of its items, each
less what the item itself adds (the mean, over the languages with a known mean, of vector minus language mean), drawn
towards the mean of all languages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
from gold_sets import LABELLED, GoldArticles, encoded, load_pairs, load_set, tokenizer
from numpy.typing import NDArray

from newsclust.encoders.base import unit_rows
from newsclust.similarity.background import FILE, WEIGHT_STEP, Space
from newsclust.similarity.features import raw_static_vectors
from newsclust.similarity.sparse_features import NAME_SLOTS, names_of, piece_vectors

HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "newsclust" / "data" / FILE
ITEMS = 16

SMOOTHING = 5.0
"""Articles without the token added to each language: 5 of 5 articles are no proof that a word stands in all."""
RAREST = 1 / 400
"""Share of a language's articles below which a token counts as rare as can be told from 300 articles."""
WHITENING_RIDGE = 0.5
"""Share of the mean variance added on the diagonal. On held-out stories 0.5, 1, 3 and 10 come within .003 of each other
on every set; on other languages of stories that it has seen 0.5 is the best (`ntrex_core23` .97 against .96 at 3)."""
COMMON_DIRECTIONS = 3
"""Directions taken out of the static vectors (Arora et al. 2017 take 1, Mu and Viswanath 2018 d/100)."""
FEWEST = 10
TRUST = 0.6
"""Weight of the mean that sixteen items give, against the mean of all languages. Distance to the true mean, over the 25
languages that have one: 0.182 at 0, 0.135 at 0.5, 0.133 at 0.6, 0.134 at 0.7, 0.155 at 1."""

Vectors = NDArray[np.float32]
Finish = Callable[[Vectors], Vectors]


def main() -> None:
    """Write the file."""
    judged, *_ = load_pairs()
    labelled = [load_set(name) for name in LABELLED]
    items = read_items()
    arrays = background_arrays(labelled, [*labelled, judged], items if "de" in items else {})
    TARGET.parent.mkdir(exist_ok=True)
    np.savez_compressed(TARGET, allow_pickle=False, **arrays)
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1e6:.2f} MB, {len(arrays['languages'])} languages")


def read_items() -> dict[str, list[str]]:
    """The parallel items by language; a file with another number of lines is left out and named."""
    items = {path.stem: path.read_text(encoding="utf-8").split("\n") for path in sorted(HERE.glob("background/*.txt"))}
    items = {code: [line.strip() for line in lines if line.strip()] for code, lines in items.items()}
    for code in [code for code, lines in items.items() if len(lines) != ITEMS]:
        print(f"left out {code}: {len(items.pop(code))} items, not {ITEMS}")
    return items


def background_arrays(
    labelled: Sequence[GoldArticles], everything: Sequence[GoldArticles], items: Mapping[str, Sequence[str]]
) -> dict[str, NDArray[np.generic]]:
    """The arrays of the file. `labelled` fits the whitening, `everything` the rest."""
    languages = [language for part in everything for language in part.languages]
    weights = token_weights([ids for part in everything for ids in part.pieces], languages, tokenizer().size)
    names = names_of(article.body for part in everything for article in part.articles)
    name_weights = token_weights(names.names, languages, NAME_SLOTS)
    sound_weights = token_weights(names.sounds, languages, NAME_SLOTS)

    pieces = {code: tokenizer().token_ids(list(texts)) for code, texts in items.items()}
    raw = [raw_static_vectors(piece_vectors(part.pieces, weights), tokenizer()) for part in everything]
    static_items = {code: raw_static_vectors(piece_vectors(ids, weights), tokenizer()) for code, ids in pieces.items()}
    static = space(everything, raw, static_items, labelled)
    common = common_directions(
        np.concatenate([static.centred(v, p.languages) for v, p in zip(raw, everything, strict=True)])
    )

    dense_items = {code: encoded(list(texts)) for code, texts in items.items()}
    vectors = [part.vectors for part in everything]
    dense = space(everything, vectors, dense_items, labelled)
    whitening = within_class_whitening(
        [(dense.centred(part.vectors, part.languages), part.stories) for part in labelled]
    )

    # How well a language is understood is measured where the score measures it: after whitening, and without what all
    # share.
    finish: dict[str, Finish] = {
        "dense": lambda v: unit_rows(v @ whitening),
        "static": lambda v: unit_rows((v - (v @ common.T) @ common).astype(np.float32)),
    }
    dense_reliability = reliabilities(dense, finish["dense"], everything, vectors, dense_items)
    # The items are too short to tell how well sums of word pieces do.
    static_reliability = reliabilities(static, finish["static"], everything, raw, {})
    return {
        "languages": np.array(dense.languages),
        "dense_means": dense.means.astype(np.float16),
        "dense_reliability": dense_reliability.astype(np.float32),
        "static_means": static.means.astype(np.float16),
        "static_reliability": static_reliability.astype(np.float32),
        "whitening": whitening.astype(np.float16),
        "common": common.astype(np.float32),
        "piece_weights": np.round(weights / WEIGHT_STEP).astype(np.uint8),
        "name_weights": np.round(name_weights / WEIGHT_STEP).astype(np.uint8),
        "sound_weights": np.round(sound_weights / WEIGHT_STEP).astype(np.uint8),
    }


def token_weights(ids: Sequence[NDArray[np.int32]], languages: Sequence[str], size: int) -> NDArray[np.float32]:
    """-log of the greatest share of articles that hold a token in any one language.

    The greatest share, not the share overall: a German function word is as empty as an English one, however few German
    articles there are (Pearson with human similarity of the judged pairs: .64 against .59).
    """
    greatest = np.zeros(size)
    codes = np.array(languages)
    for language in sorted(set(languages)):
        here = np.flatnonzero(codes == language)
        counts = np.bincount(np.concatenate([np.unique(ids[row]) for row in here.tolist()]), minlength=size)
        greatest = np.maximum(greatest, counts / (len(here) + SMOOTHING))
    weights: NDArray[np.float32] = -np.log(np.clip(greatest, RAREST, 1)).astype(np.float32)
    return weights


def space(
    parts: Sequence[GoldArticles],
    vectors: Sequence[Vectors],
    items: Mapping[str, Vectors],
    parallel: Sequence[GoldArticles],
) -> Space:
    """The language means of one vector space; reliabilities are 1 until they are measured."""
    known = _known_means(parts, vectors)
    shared = [code for code in sorted(known) if code in items]
    means = dict(known)
    if shared:
        topic = np.mean([items[code] - known[code] for code in shared], axis=0)
        middle = np.mean(list(known.values()), axis=0)
        plain = {code: (rows - topic).mean(axis=0) for code, rows in items.items() if code not in known}
        means |= {code: middle + TRUST * (mean - middle) for code, mean in plain.items()}
    codes = tuple(sorted(means))
    other = np.mean([means[code] for code in codes], axis=0)
    stacked = np.stack([*(means[code] for code in codes), other]).astype(np.float32)
    return Space(codes, stacked, np.ones(len(codes) + 1, np.float32))


def _known_means(parts: Sequence[GoldArticles], vectors: Sequence[Vectors]) -> dict[str, Vectors]:
    found: dict[str, list[Vectors]] = {}
    for part, rows in zip(parts, vectors, strict=True):
        codes = np.array(part.languages)
        for language in sorted(set(part.languages) - {"und"}):
            if (codes == language).sum() >= FEWEST:
                found.setdefault(language, []).append(rows[codes == language].mean(axis=0))
    return {language: np.mean(means, axis=0) for language, means in found.items()}


def within_class_whitening(sets: Sequence[tuple[Vectors, NDArray[np.intp]]]) -> Vectors:
    """The inverse square root of how articles of one story scatter about their centroid; each set counts alike."""
    scatter = np.mean([_within(vectors, stories) for vectors, stories in sets], axis=0)
    ridge = WHITENING_RIDGE * np.trace(scatter) / len(scatter)
    values, directions = np.linalg.eigh(scatter + ridge * np.eye(len(scatter)))
    whitening = directions @ np.diag(values**-0.5) @ directions.T
    return np.asarray(whitening / np.sqrt(np.mean(np.diag(whitening @ whitening))), np.float32)


def _within(vectors: Vectors, stories: NDArray[np.intp]) -> NDArray[np.float64]:
    judged = stories >= 0
    _, places = np.unique(stories[judged], return_inverse=True)
    counts = np.bincount(places)
    centroids = np.zeros((len(counts), vectors.shape[1]))
    np.add.at(centroids, places, vectors[judged])
    residuals = vectors[judged] - (centroids / counts[:, None])[places]
    within: NDArray[np.float64] = residuals.T @ residuals / (len(places) - len(counts))
    return within


def common_directions(vectors: Vectors) -> Vectors:
    """The first principal directions of the vectors: (COMMON_DIRECTIONS, d)."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    found = directions[:, ::-1][:, :COMMON_DIRECTIONS].T
    signs = np.sign(found[np.arange(len(found)), np.abs(found).argmax(axis=1)])
    return np.asarray(found * signs[:, None], np.float32)


def reliabilities(
    space: Space,
    finish: Finish,
    parts: Sequence[GoldArticles],
    vectors: Sequence[Vectors],
    items: Mapping[str, Vectors],
) -> NDArray[np.float64]:
    """The mean cosine of a language's texts with the centroid of their translations, over the median language's.

    From the sets of translations; for languages that they lack from the items, by a line fitted through the languages
    that both have. The last entry, for unknown languages, is the lower quartile. Without items all that was not
    measured counts as the best, so that its cosines, which may be noise or a mean that is not known well enough, are
    made no larger than any other's.
    """
    known: dict[str, list[float]] = {}
    for part, rows in zip(parts, vectors, strict=True):
        if part.name in ("ecbplus", "news_pairs"):
            continue
        for language, value in _agreement(
            finish(space.centred(rows, part.languages)), part.stories, part.languages
        ).items():
            known.setdefault(language, []).append(value)
    measured = {language: float(np.mean(values)) for language, values in known.items()}
    if items:
        codes = [code for code in items for _ in range(ITEMS)]
        # Centred on their own means, in known languages too, so that both are measured alike.
        rows = finish(unit_rows(np.concatenate([own - own.mean(axis=0) for own in items.values()])))
        by_items = _agreement(rows, np.tile(np.arange(ITEMS), len(items)), codes, among=set(measured))
        both = sorted(set(by_items) & set(measured))
        slope, offset = np.polyfit([by_items[code] for code in both], [measured[code] for code in both], 1)
        measured |= {code: slope * value + offset for code, value in by_items.items() if code not in measured}
    median = np.median(list(known[code][0] for code in known))
    other = np.quantile(list(measured.values()), 0.25) if items else max(measured.values())
    # Never so low that noise in an ill-understood language is blown up into likeness.
    return np.maximum([measured.get(code, other) / median for code in (*space.languages, "")], 0.7)


def _agreement(
    rows: Vectors, stories: NDArray[np.intp], languages: Sequence[str], among: Collection[str] | None = None
) -> dict[str, float]:
    """Per language the mean cosine of a text with the centroid of its story's other texts (of languages `among`)."""
    sums = np.zeros((stories.max() + 1, rows.shape[1]))
    counts = np.array([among is None or code in among for code in languages])
    np.add.at(sums, stories[counts], rows[counts])
    others = unit_rows((sums[stories] - np.where(counts[:, None], rows, 0)).astype(np.float32))
    cosines = (rows * others).sum(axis=1)
    codes = np.array(languages)
    return {
        code: float(cosines[codes == code].mean()) for code in sorted(set(languages)) if (codes == code).sum() >= FEWEST
    }


if __name__ == "__main__":
    main()
