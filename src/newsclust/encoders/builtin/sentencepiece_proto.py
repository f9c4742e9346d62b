"""Writes the vocabulary as a SentencePiece unigram model.

The few fields needed are encoded here, by the protocol buffer wire format, because the schema's generated module exists
in several packages (sentencepiece, transformers), and two of them in one process clash.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from newsclust.encoders.builtin.weights_file import SpecialIds

# Field numbers and values of sentencepiece_model.proto.
_PIECES, _TRAINER, _NORMALIZER = 1, 2, 3
_PIECE_TEXT, _PIECE_SCORE, _PIECE_TYPE = 1, 2, 3
_UNKNOWN_TYPE, _CONTROL_TYPE = 2, 3
_MODEL_TYPE, _UNIGRAM = 3, 1
_UNKNOWN_ID, _BEGIN_ID, _END_ID, _PAD_ID = 40, 41, 42, 43
_UNKNOWN_TEXT = 45
_NORMALIZER_NAME = 1
_MASK = "<mask>"


def unigram_model(texts: list[str], scores: list[float], special: SpecialIds) -> bytes:
    """The serialised SentencePiece model: these pieces by id, their scores, and no normalisation of its own."""
    types = dict.fromkeys((special.begin, special.end, special.pad), _CONTROL_TYPE)
    types |= {index: _CONTROL_TYPE for index, text in enumerate(texts) if text == _MASK}
    types[special.unknown] = _UNKNOWN_TYPE
    trainer = b"".join(
        (
            _number(_MODEL_TYPE, _UNIGRAM),
            _number(_UNKNOWN_ID, special.unknown),
            _number(_BEGIN_ID, special.begin),
            _number(_END_ID, special.end),
            _number(_PAD_ID, special.pad),
            _bytes(_UNKNOWN_TEXT, texts[special.unknown].encode()),
        )
    )
    return b"".join(
        (
            *_pieces(texts, scores, types),
            _bytes(_TRAINER, trainer),
            _bytes(_NORMALIZER, _bytes(_NORMALIZER_NAME, b"identity")),
        )
    )


def _pieces(texts: list[str], scores: list[float], types: dict[int, int]) -> Iterator[bytes]:
    score_tag = bytes([_PIECE_SCORE << 3 | 5])
    for index, (text, score) in enumerate(zip(texts, scores, strict=True)):
        piece = _bytes(_PIECE_TEXT, text.encode()) + score_tag + struct.pack("<f", score)
        if index in types:
            piece += _number(_PIECE_TYPE, types[index])
        yield _bytes(_PIECES, piece)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
