"""How well a grouping agrees with a gold grouping: pure functions on labels.

B-cubed (Bagga and Baldwin 1998; Amigó et al. 2009), pairwise precision and recall, CEAF-e (Luo 2005), the adjusted Rand
index and normalised mutual information. Everything is computed from the sparse table of stories against clusters, so
memory grows with the articles and not with their pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORST = 10
"""How many mistakes are listed."""
LISTED_PARTS = 5
"""How many parts of a mistake are listed, largest first."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and their harmonic mean, in [0, 1]. Where nothing could be wrong or missed, it is 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class ClusterScores:
    """Every measure of one grouping.

    `articles` were scored, which gold puts into `stories` and the grouping into `clusters`. `ari` is in [-0.5, 1],
    `nmi` (arithmetic mean) in [0, 1].
    """

    articles: int
    stories: int
    clusters: int
    bcubed: Measure
    pairwise: Measure
    ceaf_e: Measure
    ari: float
    nmi: float


@dataclass(frozen=True, slots=True)
class PairCounts:
    """Pairs of articles: how many share a story (`gold`), a cluster (`found`), and both (`right`)."""

    gold: int
    found: int
    right: int

    @property
    def measure(self) -> Measure:
        """Precision and recall of the pairs found."""
        return Measure(_share(self.right, self.found), _share(self.right, self.gold))


@dataclass(frozen=True, slots=True)
class LanguagePairScores:
    """The measures for the articles in two languages (or one, twice).

    `bcubed` is over the articles in either language, as if there were no others. `pairs` are those with one article in
    each.
    """

    languages: tuple[str, str]
    articles: int
    pairs: PairCounts
    bcubed: Measure


@dataclass(frozen=True, slots=True)
class Part:
    """Part of a mistake: `articles` that share a story and a cluster, one of them by id.

    `label` is the cluster (None: unclustered) of a part of a split story, the story of a part of a mixed cluster.
    """

    label: str | None
    articles: int
    example: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """A story that was split over clusters (`kind` "split"), or a cluster that mixes stories ("mixed").

    `label` is the story split or the cluster that mixes. `wrong_pairs` counts the pairs of its articles that were
    wrongly parted or joined; `parts` how many it has, of which `largest` lists some.
    """

    kind: str
    label: str
    articles: int
    parts: int
    wrong_pairs: int
    largest: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The agreement of a grouping with gold.

    `everything` scores all judged articles; `without_singletons` leaves out those alone in their gold story, which in
    B-cubed still make a cluster impure. `merge_nothing` and `merge_all` are what no work at all would score. `within`
    and `across` are the pairs in one language and in two; `by_languages` holds the language pairs that share a story or
    a cluster, in order of their codes. `mistakes` are the worst first. `unjudged` articles have no gold story and count
    nowhere.
    """

    everything: ClusterScores
    without_singletons: ClusterScores
    merge_nothing: ClusterScores
    merge_all: ClusterScores
    within: PairCounts
    across: PairCounts
    by_languages: tuple[LanguagePairScores, ...]
    mistakes: tuple[Mistake, ...]
    unjudged: int


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Stories against clusters: `counts[k]` articles are in story `rows[k]` and cluster `columns[k]`."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    counts: NDArray[np.int64]

    @property
    def row_sums(self) -> NDArray[np.int64]:
        return _sums(self.rows, self.counts)

    @property
    def column_sums(self) -> NDArray[np.int64]:
        return _sums(self.columns, self.counts)


def score(gold: Mapping[str, str | None], predicted: Mapping[str, str | None], languages: Mapping[str, str]) -> Scores:
    """Score `predicted` against `gold`, both article id to label.

    A gold label of None means not judged: the article is left out. An article that `predicted` lacks, or labels None,
    is a cluster of its own; articles that gold lacks are ignored. `languages` maps ids to codes ("und" where missing).
    """
    import numpy as np

    ids = sorted(article for article, story in gold.items() if story is not None)
    stories, _ = _numbered([gold[article] for article in ids])
    clusters, _ = _numbered([predicted.get(article) for article in ids])
    in_company = (np.bincount(stories)[stories] > 1) if ids else np.zeros(0, dtype=np.bool_)
    everyone = np.arange(len(ids), dtype=np.int64)
    by_languages = tuple(_by_languages(stories, clusters, [languages.get(article, "und") for article in ids]))
    return Scores(
        everything=_score_labels(stories, clusters),
        without_singletons=replace(
            _score_labels(stories[in_company], clusters[in_company]), bcubed=_bcubed(_table(stories, clusters), least=2)
        ),
        merge_nothing=_score_labels(stories, everyone),
        merge_all=_score_labels(stories, np.zeros_like(everyone)),
        within=_total(entry.pairs for entry in by_languages if entry.languages[0] == entry.languages[1]),
        across=_total(entry.pairs for entry in by_languages if entry.languages[0] != entry.languages[1]),
        by_languages=by_languages,
        mistakes=_mistakes(ids, gold, predicted, stories, clusters),
        unjudged=len(gold) - len(ids),
    )


def _numbered(labels: list[str | None]) -> tuple[NDArray[np.int64], int]:
    """Number the labels from 0 in order of appearance; each None gets a number of its own."""
    import numpy as np

    numbers: dict[str | int, int] = {}
    codes = [numbers.setdefault(i if label is None else label, len(numbers)) for i, label in enumerate(labels)]
    return np.asarray(codes, dtype=np.int64), len(numbers)


def _score_labels(stories: NDArray[np.int64], clusters: NDArray[np.int64]) -> ClusterScores:
    table = _table(stories, clusters)
    ari, nmi = _chance_corrected(stories, clusters)
    return ClusterScores(
        articles=len(stories),
        stories=int((table.row_sums > 0).sum()),
        clusters=int((table.column_sums > 0).sum()),
        bcubed=_bcubed(table),
        pairwise=_pairwise(table),
        ceaf_e=_ceaf_e(table),
        ari=ari,
        nmi=nmi,
    )


def _table(stories: NDArray[np.int64], clusters: NDArray[np.int64]) -> _Table:
    import numpy as np

    width = int(clusters.max(initial=0)) + 1
    cells, counts = np.unique(stories * width + clusters, return_counts=True)
    return _Table(cells // width, cells % width, counts.astype(np.int64))


def _sums(index: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    sums = np.zeros(int(index.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(sums, index, counts)
    return sums


def _bcubed(table: _Table, least: int = 1) -> Measure:
    """B-cubed: the mean, over articles, of the share of its cluster (story) that is of its story (cluster).

    The mean is over the articles in stories of at least `least`; the others count in the clusters all the same.
    """
    told = table.row_sums[table.rows] >= least
    total = int(table.counts[told].sum())
    if total == 0:
        return Measure(1.0, 1.0)
    squares = table.counts[told] * table.counts[told]
    precision = float((squares / table.column_sums[table.columns[told]]).sum()) / total
    recall = float((squares / table.row_sums[table.rows[told]]).sum()) / total
    return Measure(precision, recall)


def _pairwise(table: _Table) -> Measure:
    right = _pairs(table.counts)
    return Measure(_share(right, _pairs(table.column_sums)), _share(right, _pairs(table.row_sums)))


def _pairs(sizes: NDArray[np.int64]) -> int:
    return int((sizes * (sizes - 1)).sum()) // 2


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _ceaf_e(table: _Table) -> Measure:
    """CEAF-e: the best one-to-one matching of stories to clusters, by their Dice similarity (phi 4)."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    stories, story = np.unique(table.rows, return_inverse=True)
    clusters, cluster = np.unique(table.columns, return_inverse=True)
    if len(stories) == 0:
        return Measure(1.0, 1.0)
    dice = 2 * table.counts / (table.row_sums[table.rows] + table.column_sums[table.columns])
    # The matching must be full and its weights not zero: each story may also take a partner of its own that is worth
    # nothing, and 1 is added to every weight, which changes all full matchings alike.
    own = np.arange(len(stories))
    weights = coo_array(
        (np.concatenate([dice + 1, np.ones(len(stories))]), (np.r_[story, own], np.r_[cluster, own + len(clusters)])),
        shape=(len(stories), len(clusters) + len(stories)),
    ).tocsr()
    rows, columns = min_weight_full_bipartite_matching(weights, maximize=True)
    matched = float((weights[rows, columns] - 1).sum())
    return Measure(matched / len(clusters), matched / len(stories))


def _chance_corrected(stories: NDArray[np.int64], clusters: NDArray[np.int64]) -> tuple[float, float]:
    """Return the adjusted Rand index and the normalised mutual information, as scikit-learn has them."""
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    if len(stories) == 0:
        return 1.0, 1.0
    return float(adjusted_rand_score(stories, clusters)), float(normalized_mutual_info_score(stories, clusters))


def _by_languages(
    stories: NDArray[np.int64], clusters: NDArray[np.int64], languages: list[str]
) -> Iterator[LanguagePairScores]:
    import numpy as np

    codes = np.asarray(languages)
    members = {str(code): np.flatnonzero(codes == code) for code in sorted(set(languages))}
    for first, second in combinations_with_replacement(members, 2):
        parts = [members[first]] if first == second else [members[first], members[second]]
        both = np.concatenate(parts)
        table = _table(stories[both], clusters[both])
        within = [_table(stories[part], clusters[part]) for part in parts]
        found = _pairs_across(table.column_sums, [part.column_sums for part in within])
        gold = _pairs_across(table.row_sums, [part.row_sums for part in within])
        right = _pairs_across(table.counts, [part.counts for part in within])
        if gold or found:
            yield LanguagePairScores((first, second), len(both), PairCounts(gold, found, right), _bcubed(table))


def _total(pairs: Iterable[PairCounts]) -> PairCounts:
    columns = [(some.gold, some.found, some.right) for some in pairs]
    return PairCounts(*(sum(column) for column in zip(*columns, strict=True))) if columns else PairCounts(0, 0, 0)


def _pairs_across(sizes: NDArray[np.int64], parts: list[NDArray[np.int64]]) -> int:
    """Count the pairs inside groups of `sizes` that are in different parts, or all pairs where there is one part."""
    return _pairs(sizes) - (sum(map(_pairs, parts)) if len(parts) > 1 else 0)


def _mistakes(
    ids: list[str],
    gold: Mapping[str, str | None],
    predicted: Mapping[str, str | None],
    stories: NDArray[np.int64],
    clusters: NDArray[np.int64],
) -> tuple[Mistake, ...]:
    """List the stories and clusters with the most wrong pairs, then by kind and label."""
    mistakes = []
    for kind, groups, parts, names, part_names in (
        ("split", stories, clusters, gold, predicted),
        ("mixed", clusters, stories, predicted, gold),
    ):
        table = _table(groups, parts)
        sizes = table.row_sums
        wrong = (sizes * (sizes - 1) - _sums(table.rows, table.counts * (table.counts - 1))) // 2
        # Ties at the edge are settled by label, which needs every candidate of the last rank.
        least = max(int(sorted(wrong.tolist())[-WORST:][0]), 1) if len(wrong) else 1
        members = _members(groups, {int(group) for group in (wrong >= least).nonzero()[0]})
        for group, positions in members.items():
            name = names.get(ids[positions[0]]) or ""
            listed = _parts([ids[i] for i in positions], parts[positions], part_names)
            mistakes.append(Mistake(kind, name, len(positions), len(listed), int(wrong[group]), listed[:LISTED_PARTS]))
    return tuple(sorted(mistakes, key=lambda m: (-m.wrong_pairs, m.kind, m.label))[:WORST])


def _members(groups: NDArray[np.int64], wanted: set[int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for position, group in enumerate(groups.tolist()):
        if group in wanted:
            members.setdefault(group, []).append(position)
    return members


def _parts(ids: list[str], parts: NDArray[np.int64], names: Mapping[str, str | None]) -> tuple[Part, ...]:
    """List the parts of one group, largest first, then by their first article; `ids` are sorted."""
    members: dict[int, list[str]] = {}
    for article, part in zip(ids, parts.tolist(), strict=True):
        members.setdefault(part, []).append(article)
    ordered = sorted(members.values(), key=lambda some: (-len(some), some[0]))
    return tuple(Part(names.get(some[0]), len(some), some[0]) for some in ordered)
