"""A profile fitted on labelled articles, its file, and runs that use it; the model is one whose space is known."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from newsclust.articles import Article, ReadResult
from newsclust.calibrating import calibrate as calibrating
from newsclust.calibrating.calibrate import calibrate
from newsclust.calibrating.fit import Fit, calibration_error, dealt
from newsclust.calibrating.statistics import within_class_whitening
from newsclust.cli import run
from newsclust.errors import InputError, ModelError, StoreError, UsageError
from newsclust.execution.progress import Advance
from newsclust.pipeline import find_stories
from newsclust.settings import Effort, Settings
from newsclust.similarity import profiles
from newsclust.similarity.profile_file import read_profile
from newsclust.similarity.profiles import named, profile_of
from newsclust.store.update import update
from newsclust.stories import ClusterResult

WIDTH = 32
NO_HEADLINES = np.zeros(2, np.float32)
STORIES = 60
WORDS = {
    "id": "warga kota berkumpul pemerintah membahas harga beras naik hujan lebat turun sungai jembatan sekolah pasar",
    "tr": "belediye meclisi toplandı sahilde fırtına çıktı okullar erken kapandı köprü açıldı işçiler yürüdü liman",
}


def sentence(language: str, number: int) -> str:
    """A sentence of its own for each number, which it names in brackets."""
    words = np.random.default_rng(number).permutation(WORDS[language].split())[:9]
    return f"{' '.join(words).capitalize()} [{number}]."


class Skewed:
    """A model whose vectors point by language much more than by story: a text's story is the number in brackets."""

    model_id = "deneme/eğik-uzay@1"
    cache_key = model_id
    texts_at_once = 64
    dimensions = WIDTH

    def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
        rows = []
        for text in texts:
            found = re.search(r"\[(\d+)\]", text)
            own = np.random.default_rng(sum(text.encode())).normal(size=WIDTH) * 0.25
            story = np.random.default_rng(int(found[1]) if found else 9999).normal(size=WIDTH)
            language = np.zeros(WIDTH)
            language[0 if set(text.casefold().split()) & set(WORDS["id"].split()) else 1] = 14
            rows.append(story + own + language)
        vectors = np.array(rows, np.float32).reshape(-1, WIDTH)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def rows(stories: range, *, alone: int = 0) -> list[dict[str, str | None]]:
    """Two reports of each story, one in either language, and articles that are alone or not judged."""
    found: list[dict[str, str | None]] = []
    for story in stories:
        for language in WORDS:
            text = sentence(language, story)
            found.append({"id": f"{language}-{story}", "lang": language, "text": text, "story": f"öykü {story}"})
    for number in range(alone):
        text = sentence("tr", 5000 + number)
        found.append({"id": f"tek-{number}", "lang": "tr", "text": text, "story": None if number % 2 else f"t{number}"})
    return found


def write(path: Path, found: list[dict[str, str | None]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def fitted(built_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Fit]:
    folder = tmp_path_factory.mktemp("profil")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSCLUST_CACHE", str(built_cache))
        fit, text = calibrate([str(write(folder / "gold.jsonl", rows(range(STORIES), alone=30)))], encoder=Skewed())
    (folder / "profil.json").write_text(text, encoding="utf-8")
    return folder / "profil.json", fit


def test_held_out_stories_are_found_across_languages(fitted: tuple[Path, Fit]) -> None:
    reached = fitted[1].reached
    assert reached.across.gold == STORIES
    assert reached.across.measure.precision > 0.9
    assert reached.across.measure.recall > 0.6
    assert fitted[1].without.across.gold == STORIES
    assert fitted[1].without.of_two.f1 < reached.of_two.f1


def test_where_no_pairs_are_labelled_words_decide(fitted: tuple[Path, Fit]) -> None:
    _, fit = fitted
    assert fit.by_words == ("within a language",)
    assert "dense" not in fit.profile.coefficients.event.within
    assert fit.profile.coefficients.event.across["dense"] > 0


def test_no_story_is_in_two_parts_and_every_article_in_one() -> None:
    stories = np.array([0, 0, 0, 1, 1, -1, -1, 2])
    parts = dealt(stories)
    assert len(parts) == len(stories)
    assert all(len({parts[k] for k in np.flatnonzero(stories == story)}) == 1 for story in (0, 1, 2))


def test_a_profile_comes_back_from_its_file_as_it_was_fitted(fitted: tuple[Path, Fit]) -> None:
    path, fit = fitted
    read = read_profile(str(path))
    vectors = Skewed().encode([sentence("id", 3), sentence("tr", 3)])
    assert np.allclose(
        read.transformed(vectors, ["id", "tr"], NO_HEADLINES),
        fit.profile.transformed(vectors, ["id", "tr"], NO_HEADLINES),
        atol=1e-3,
    )
    assert read.coefficients == fit.profile.coefficients
    assert profile_of(Skewed.model_id, str(path)) is profile_of(named(Skewed.model_id, str(path)), str(path))


def whole(result: ClusterResult) -> set[str]:
    """The stories that were found whole and alone, by number."""
    told = [{member.article.id[3:] for member in story.members} for story in result.stories]
    return {numbers.pop() for numbers in told if len(numbers) == 1}


@pytest.mark.usefixtures("builtin_model")
def test_a_run_with_the_profile_joins_what_it_missed_without(fitted: tuple[Path, Fit]) -> None:
    articles = tuple(
        Article(id=f"{language}-{story}", text=sentence(language, story), language=language)
        for story in range(700, 706)
        for language in WORDS
    )
    said: list[str] = []
    settings = Settings(profile=str(fitted[0]))
    found = find_stories(ReadResult(articles), settings, encoder=Skewed(), say=said.append)
    assert len(whole(found)) >= 4
    assert found.model_id == named(Skewed.model_id, str(fitted[0]))
    assert not said
    without = find_stories(ReadResult(articles), Settings(), encoder=Skewed(), say=said.append)
    assert len(whole(without)) < 4
    assert said == [f"uncalibrated: probabilities are a guess, as nothing was measured with {Skewed.model_id}"]


@pytest.mark.usefixtures("builtin_model")
def test_a_store_refuses_vectors_by_another_profile(fitted: tuple[Path, Fit], tmp_path: Path) -> None:
    path = tmp_path / "profil.json"
    path.write_bytes(fitted[0].read_bytes())
    settings = Settings(profile=str(path))

    def add(number: int) -> None:
        article = Article(id=str(number), text=sentence("tr", number), language="tr")
        update(tmp_path / "depo.db", ReadResult((article,)), settings, encoder=Skewed())

    add(1)
    add(2)
    path.write_text(path.read_text(encoding="utf-8").replace('"files"', '"dosyalar"'), encoding="utf-8")
    profiles._given.cache_clear()  # a run of its own
    with pytest.raises((StoreError, ModelError), match="profile"):
        add(3)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text[:-40], "is not JSON"),
        (lambda text: "[]", "its format is None"),
        (lambda text: text.replace("newsclust-profile/1", "newsclust-profile/9"), "'newsclust-profile/9'"),
        (lambda text: text.replace('"languages": [', '"languages": ["xx",'), "is damaged"),
        (lambda text: text.replace('"across": {', '"beyond": {'), "is damaged"),
        (lambda text: text.replace(Skewed.model_id, "başka/model@2"), "was fitted for başka/model@2, not for deneme"),
    ],
)
def test_a_damaged_or_wrong_profile_is_told_in_one_line(
    fitted: tuple[Path, Fit], tmp_path: Path, change: Callable[[str], str], message: str
) -> None:
    path = tmp_path / "profil.json"
    path.write_text(change(fitted[0].read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ModelError, match=message) as caught:
        profile_of(Skewed.model_id, str(path))
    assert str(path) in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_profile_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"yok\.json cannot be read"):
        profile_of(Skewed.model_id, str(tmp_path / "yok.json"))


@pytest.mark.usefixtures("builtin_model")
def test_labels_that_are_too_few_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too few labels"):
        calibrate([str(write(tmp_path / "gold.jsonl", rows(range(2))))], encoder=Skewed())
    (tmp_path / "labels.csv").write_text("id,story\né,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="holds no texts"):
        calibrate([str(tmp_path / "labels.csv")], encoder=Skewed())


def test_without_a_model_there_is_nothing_to_calibrate(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", rows(range(2)))
    with pytest.raises(UsageError, match="nothing to calibrate"):
        calibrate([str(gold)], Settings(effort=Effort.FAST))


def test_a_model_that_gives_all_reports_of_a_story_one_vector_needs_no_whitening() -> None:
    vectors = np.eye(4, dtype=np.float32)[[0, 0, 1, 1, 2]]
    whitening = within_class_whitening([(vectors, np.array([0, 0, 1, 1, -1]))], [4.0])
    assert np.array_equal(whitening, np.eye(4))


@pytest.mark.usefixtures("builtin_model")
def test_the_command_writes_the_profile_and_tells_what_it_reaches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(calibrating, "encoder_for", lambda *_: Skewed())
    gold = write(tmp_path / "gold.jsonl", rows(range(12)))
    assert run(["calibrate", str(gold), "--model", "eğik", "-o", str(tmp_path / "p.json"), "--quiet"]) == 0
    out = capsys.readouterr().out
    assert "B-cubed F1 of events" in out
    assert "12 across" in out
    assert re.search(r"calibration error +0\.\d{3} +0\.\d{3}\n", out)
    assert json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))["model"] == Skewed.model_id
    assert run(["calibrate", str(gold), "-o", str(tmp_path / "p.html")]) == 2


def test_the_error_of_a_calibration_is_the_mean_gap_by_pairs() -> None:
    predicted, observed = np.array([0.05, 0.05, 0.95, 0.95]), np.array([0.0, 0.0, 1.0, 0.0])
    assert calibration_error(predicted, observed) == pytest.approx((2 * 0.05 + 2 * 0.45) / 4)
