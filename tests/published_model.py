"""A small model with the layout of the published one's vocabulary, in a cache of huggingface_hub."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

HIDDEN, POSITIONS = 384, 140
REVISION = "0123456789abcdef0123456789abcdef01234567"
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", ",", ".", "▁"]


def write_published_model(home: Path, texts: Sequence[str], name: str = "intfloat/multilingual-e5-small") -> Path:
    """Write the model into the cache folder `home`, with a vocabulary that can cut the texts; return its own folder."""
    folder = home / "hub" / f"models--{name.replace('/', '--')}" / "snapshots" / REVISION
    folder.mkdir(parents=True)
    main = folder.parents[1] / "refs" / "main"
    main.parent.mkdir()
    main.write_text(REVISION)
    tokens = _tokens(texts)
    _write_network(folder, len(tokens))
    _write_tokenizer(folder, tokens)
    _write_modules(folder)
    return folder


def _tokens(texts: Sequence[str]) -> list[tuple[str, float]]:
    words = sorted({f"▁{word}" for text in texts for word in text.split()})
    letters = sorted({letter for word in words for letter in word} - set(SPECIAL))
    return [(token, 0.0) for token in SPECIAL] + [(word, -3.0) for word in words] + [(one, -9.0) for one in letters]


def _write_network(folder: Path, size: int) -> None:
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=size + 3,
        hidden_size=HIDDEN,
        num_hidden_layers=1,
        num_attention_heads=4,
        intermediate_size=32,
        max_position_embeddings=POSITIONS,
        pad_token_id=1,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)


def _write_tokenizer(folder: Path, tokens: list[tuple[str, float]]) -> None:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    cutter = Tokenizer(models.Unigram(tokens, unk_id=SPECIAL.index("<unk>"), byte_fallback=False))
    steps = [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " "), normalizers.Strip()]
    cutter.normalizer = normalizers.Sequence(steps)
    cutter.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
    cutter.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", SPECIAL.index("<s>")), ("</s>", SPECIAL.index("</s>"))]
    )
    cutter.save(str(folder / "tokenizer.json"))
    names = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": POSITIONS, **names}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))


def _write_modules(folder: Path) -> None:
    kinds = {"": "Transformer", "1_Pooling": "Pooling", "2_Normalize": "Normalize"}
    modules = [
        {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for number, (path, kind) in enumerate(kinds.items())
    ]
    (folder / "modules.json").write_text(json.dumps(modules))
    limits = {"max_seq_length": POSITIONS, "do_lower_case": False}
    (folder / "sentence_bert_config.json").write_text(json.dumps(limits))
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    pooling = {"word_embedding_dimension": HIDDEN, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
