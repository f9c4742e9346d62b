"""The built-in weights as a sentence-transformers folder, made without newsclust's tokenizer or graph.

`tokenizers` cuts the text (another implementation of the unigram model, with normalisers of its own) and
`transformers.BertModel` runs in 32 bits. The folder's vocabulary holds only the tokens that the sample needs, so that
it takes 90 MB instead of 470.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from newsclust.encoders.builtin.weights_file import ModelFile, token_texts

SAMPLE = {
    "ar": "اختتمت في إسطنبول المحادثات بين الوفدين حول إعادة فتح السفارات.",
    "bg": "Преговорите между двете делегации в Истанбул приключиха след шест часа.",
    "bn": "ইস্তাম্বুলে দুই প্রতিনিধিদলের মধ্যে আলোচনা ছয় ঘণ্টা পর শেষ হয়েছে।",
    "cs": "Šestihodinové rozhovory v Istanbulu skončily bez společného prohlášení.",
    "de": "Die Gespräche über die Botschaften in Istanbul dauerten „sechseinhalb Stunden“ – länger als erwartet.",
    "el": "Οι συνομιλίες στην Κωνσταντινούπολη ολοκληρώθηκαν μετά από έξι ώρες.",
    "en": "The talks in Istanbul on reopening the embassies ended after six hours, officials said…",
    "es": "Las conversaciones en Estambul sobre las embajadas terminaron tras seis horas. ¿Habrá otra ronda?",
    "fa": "گفت‌وگوهای دو هیئت در استانبول پس از شش ساعت پایان یافت.",
    "fi": "Istanbulissa käydyt neuvottelut lähetystöjen avaamisesta päättyivät kuuden tunnin jälkeen.",
    "fr": "Les pourparlers d’Istanbul se sont achevés après six heures, sans déclaration commune.",
    "he": "השיחות באיסטנבול על פתיחת השגרירויות הסתיימו אחרי שש שעות.",
    "hi": "इस्तांबुल में दूतावासों को लेकर बातचीत छह घंटे बाद समाप्त हुई।",
    "hu": "Hat óra után, közös nyilatkozat nélkül értek véget az isztambuli tárgyalások.",
    "id": "Perundingan di Istanbul mengenai kedutaan besar berakhir setelah enam jam.",
    "it": "I colloqui di Istanbul sulle ambasciate sono durati sei ore: si riprende a marzo.",
    "ja": "イスタンブールで行われた大使館再開をめぐる協議は、6時間後に終了した。",
    "ko": "이스탄불에서 열린 대사관 재개 협의가 여섯 시간 만에 끝났다.",
    "nl": "De gesprekken in Istanbul over de ambassades duurden zes uur; een tweede ronde volgt.",
    "pl": "Rozmowy w Stambule w sprawie ambasad zakończyły się po sześciu godzinach.",
    "pt": "As conversações em Istambul sobre as embaixadas terminaram ao fim de seis horas.",
    "ru": "Переговоры в Стамбуле о работе посольств завершились спустя шесть часов.",
    "sw": "Mazungumzo ya Istanbul kuhusu balozi yalimalizika baada ya saa sita.",
    "th": "การเจรจาที่อิสตันบูลเรื่องการเปิดสถานทูตสิ้นสุดลงหลังผ่านไปหกชั่วโมง",
    "tr": "İstanbul’daki büyükelçilik görüşmeleri altı saat sonra sona erdi.",
    "uk": "Переговори в Стамбулі щодо посольств завершилися через шість годин.",
    "vi": "Cuộc đàm phán ở Istanbul về các đại sứ quán kết thúc sau sáu giờ.",
    "zh": "在伊斯坦布尔举行的使馆问题会谈历时六小时后结束。",
}


def reference_tokenizer(model: ModelFile, tokens: Sequence[int] | None = None) -> Any:
    """XLM-R's pipeline from the file's tokens and scores (all, or those named), ids as they stand in the list."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    texts, scores = token_texts(model), model.scores.tolist()
    vocabulary = [(texts[index], scores[index]) for index in (range(len(texts)) if tokens is None else tokens)]
    special = model.special
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=special.unknown, byte_fallback=False))
    steps = [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " "), normalizers.Strip()]
    tokenizer.normalizer = normalizers.Sequence(steps)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", special.begin), ("</s>", special.end)]
    )
    return tokenizer


def write_reference(model: ModelFile, tokens: Sequence[int], folder: Path) -> None:
    """Write a sentence-transformers folder whose vocabulary is the tokens named; the special ones must come first."""
    import torch
    from transformers import BertConfig, BertModel

    sizes = model.sizes
    config = BertConfig(
        vocab_size=len(tokens),
        hidden_size=sizes.hidden,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.feed_forward,
        max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.token_types,
        layer_norm_eps=sizes.epsilon,
        pad_token_id=model.special.pad,
    )
    network = BertModel(config, add_pooling_layer=False)
    weights = {name: torch.from_numpy(np.array(value)) for name, value in _weights(model, tokens).items()}
    network.load_state_dict(weights, strict=False)
    network.save_pretrained(folder)
    reference_tokenizer(model, tokens).save(str(folder / "tokenizer.json"))
    names = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": sizes.positions, **names}
    _write_json(folder / "tokenizer_config.json", settings)
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    _write_json(
        folder / "modules.json",
        [
            {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for n, (path, kind) in enumerate(modules)
        ],
    )
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": sizes.positions, "do_lower_case": False})
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    pooling = {"word_embedding_dimension": sizes.hidden, "pooling_mode_mean_tokens": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), "utf-8")


def _weights(model: ModelFile, tokens: Sequence[int]) -> dict[str, Any]:
    sizes = model.sizes
    hidden, wide = sizes.hidden, sizes.feed_forward
    words = model.matrix("emb.word", sizes.vocabulary, hidden)
    weights = {
        "embeddings.word_embeddings.weight": words[list(tokens)],
        "embeddings.position_embeddings.weight": model.plain("emb.pos", sizes.positions, hidden),
        "embeddings.token_type_embeddings.weight": model.plain("emb.type", sizes.token_types, hidden),
        "embeddings.LayerNorm.weight": model.plain("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": model.plain("emb.ln.b", hidden),
    }
    linear = {
        "attention.self.query": ("q", hidden, hidden),
        "attention.self.key": ("k", hidden, hidden),
        "attention.self.value": ("v", hidden, hidden),
        "attention.output.dense": ("ao", hidden, hidden),
        "intermediate.dense": ("fi", wide, hidden),
        "output.dense": ("fo", hidden, wide),
    }
    for layer in range(sizes.layers):
        target = f"encoder.layer.{layer}"
        for name, (short, rows, columns) in linear.items():
            weights[f"{target}.{name}.weight"] = model.matrix(f"l{layer}.{short}.w", rows, columns)
            weights[f"{target}.{name}.bias"] = model.plain(f"l{layer}.{short}.b", rows)
        for name, short in (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln")):
            weights[f"{target}.{name}.weight"] = model.plain(f"l{layer}.{short}.w", hidden)
            weights[f"{target}.{name}.bias"] = model.plain(f"l{layer}.{short}.b", hidden)
    return weights
