"""Speed of the built-in model on this machine: loading, tokens, static rows, and vectors.

Run with: python benchmarks/encoder_speed.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

T = TypeVar("T")

SENTENCES = (
    "Perundingan di Istanbul mengenai kedutaan besar berakhir setelah enam jam.",
    "Die Gespräche über die Botschaften in Istanbul dauerten sechs Stunden.",
    "Переговоры в Стамбуле о работе посольств завершились спустя шесть часов.",
    "The talks in Istanbul on reopening the embassies ended after six hours.",
)


def measured(name: str, work: Callable[[], T], count: int = 1) -> T:
    """Print seconds of clock and processor, and the rate per second, of a piece of work; return what it gives."""
    clock, processor = time.perf_counter(), time.process_time()
    given = work()
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    print(f"{name:32} {clock:7.2f} s  {processor:7.2f} s of processor  {count / clock:9.1f}/s")
    return given


def main() -> None:
    """Measure each step once."""
    from newsclust.encoders.builtin.encoder import BuiltinEncoder
    from newsclust.encoders.builtin.tokenizer import load_tokenizer

    random = np.random.default_rng(1)
    words = " ".join(SENTENCES).split()
    articles = [" ".join(random.choice(words, 300))[:2000] for _ in range(1000)]
    tokenizer = measured("load the tokenizer", load_tokenizer)
    measured("tokens, 2,000 characters", lambda: tokenizer.token_ids(articles), len(articles))
    measured("input embedding rows", lambda: tokenizer.embedding_rows(np.arange(50_000)), 50_000)
    for tokens in (64, 128, 512):
        encoder = BuiltinEncoder(tokens)
        measured(f"load the encoder, {tokens} tokens", lambda e=encoder: e.encode(["a"]))  # type: ignore[misc]
        some = articles[: 8192 // tokens]
        measured(f"vectors, {tokens} tokens", lambda e=encoder, s=some: e.encode(s), len(some))  # type: ignore[misc]


if __name__ == "__main__":
    main()
