"""Bytes to text, in one place: byte-order mark, strict UTF-8, the declared charset, detection, then replacement."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass

SAMPLE_BYTES = 65536
"""Bytes that detection and the binary check look at: enough for statistics, little enough to stay fast on big files."""

BINARY_SHARE = 0.02
"""Share of control bytes from which data counts as binary. Compressed and image data have about 10 %, executables and
databases 30 % and more; damaged text has single ones."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"SQLite format 3\x00",
          b"\x7fELF", b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf", b"Rar!\x1a", b"PAR1", b"bplist00")  # fmt: skip
_TAR = (b"ustar", 257)
# ESC (0x1b) is left out: ISO-2022-JP is written with it.
_CONTROL = bytes([*range(0x00, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_ISO_2022 = re.compile(rb"\x1b[$(][@BJD(]")

# Python's codecs include transforms ("idna", "unicode_escape") that take quadratic time or are no charset at all.
_CHARSET = re.compile(r"(?:utf-(?:8|16|32)|cp\d|iso|koi8|kz1048|gb|big5|euc|shift|johab|tis|mac|hz)")

# The encodings newspapers have used. Left to all of Python's, detection prefers DOS code pages for short German texts.
_CANDIDATES = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 koi8_r koi8_u iso8859_2 iso8859_5 "
    "gb18030 big5hkscs cp932 euc_jp cp949 cp866"
).split()
_LATIN = {"cp1250", "cp1252", "cp1254", "cp1257", "cp1258", "iso8859_2"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the name of the encoding it was read in, and whether characters were lost on the way."""

    text: str
    encoding: str
    lossy: bool = False


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Turn bytes into text; never raises.

    `declared` is the charset a page or feed names, under any label browsers know. Bytes that are UTF-8 but for some
    damage count as UTF-8 with replacement characters, before any declared or detected charset turns the rest of the
    text into nonsense. Detection is charset-normalizer over the encodings of the press.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, encoding)
    if _ISO_2022.search(data, 0, SAMPLE_BYTES) and (text := _strict(data, "iso2022_jp")) is not None:
        return Decoded(text, "iso2022_jp")
    if (text := _strict(data, "utf-8")) is not None:
        return Decoded(text, "utf-8")
    if _is_damaged_utf8(data):
        return Decoded(data.decode("utf-8", "replace"), "utf-8", lossy=True)
    for likely in (charset(declared), _wide(data)):
        if likely and (text := _strict(data, likely)) is not None:
            return Decoded(text, likely)
    guess = detect(data) or charset(declared) or "utf-8"
    text = _strict(data, guess)
    return Decoded(text, guess) if text is not None else Decoded(data.decode(guess, "replace"), guess, lossy=True)


def charset(label: str | None) -> str | None:
    """The codec for a declared charset label, or None for an unknown or unsafe one.

    Pages do not mean what they declare: "ISO-8859-1" gives "cp1252", as the WHATWG Encoding Standard has it.
    """
    import webencodings

    name = (label or "").strip().strip("\"'").lower()
    standard = webencodings.lookup(name)
    with suppress(LookupError, ValueError):  # a spelling that only Python knows, such as euc_kr or cp949
        name = codecs.lookup(name).name
        standard = standard or webencodings.lookup(name.replace("_", "-"))
    if standard:
        # The standard reads GBK with the decoder of its superset.
        name = "gb18030" if standard.name == "gbk" else standard.codec_info.name
    return name if _CHARSET.match(name) and _is_codec(name) else None


def _is_codec(name: str) -> bool:
    try:
        return bool(codecs.lookup(name))
    except (LookupError, ValueError):
        return False


def detect(data: bytes) -> str | None:
    """The most likely encoding of bytes that are not UTF-8, from a sample, or None."""
    from charset_normalizer import from_bytes

    sample = _sample(data)
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    if best is None:
        return None
    if best.encoding not in _LATIN:
        return best.encoding
    return _latin(sample, best.encoding)


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text: the start of a known binary format, or too many control characters."""
    sample = data[:SAMPLE_BYTES]
    if sample.startswith(tuple(mark for mark, _ in _MARKS)) or _wide(sample):
        return False
    mark, offset = _TAR
    if sample.startswith(_MAGIC) or sample[offset : offset + len(mark)] == mark:
        return True
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    return controls > BINARY_SHARE * len(sample)


def mark_of(data: bytes) -> str | None:
    """The encoding a byte-order mark at the start announces, or None."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _marked(data: bytes, encoding: str) -> Decoded:
    if (text := _strict(data, encoding)) is not None:
        return Decoded(text.lstrip("\ufeff"), encoding)  # files put together have more than one mark
    return Decoded(data.decode(encoding, "replace").lstrip("\ufeff"), encoding, lossy=True)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether the valid multi-byte sequences of a sample outnumber the broken bytes.

    In other encodings such sequences arise by chance only: 0 in cp1251 or cp1252 prose, about one in ten characters of
    GB 18030.
    """
    text = _sample(data).decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = len(text) - len(text.encode("ascii", "ignore")) - broken
    return valid >= max(1, broken)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: half of the bytes of Western text are NUL, all on one side."""
    sample = data[:4096]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.4 and even < 0.02:
        encoding = "utf-16-le"
    elif even > 0.4 and odd < 0.02:
        encoding = "utf-16-be"
    else:
        return None
    text = sample.decode(encoding, "replace")
    strange = sum(not (character.isprintable() or character.isspace()) for character in text)
    return encoding if strange <= BINARY_SHARE * len(text) else None


def _sample(data: bytes) -> bytes:
    """The first bytes, cut after a line or a space so that no character is split."""
    if len(data) <= SAMPLE_BYTES:
        return data
    cut = max(data.rfind(b"\n", 0, SAMPLE_BYTES), data.rfind(b" ", 0, SAMPLE_BYTES))
    return data[: cut if cut > 0 else SAMPLE_BYTES]


def _latin(sample: bytes, guess: str) -> str:
    """Settle between code pages of the Latin script, which detection confuses on short texts.

    Turkish writes dotless i (0xFD) in almost every sentence and none of the accented vowels that Icelandic and Czech
    have beside that byte; otherwise Western comes first where it reads the same characters.
    """
    present = set(sample)
    if 0xFD in present and not present & {0xE1, 0xE9, 0xED, 0xF3, 0xFA, 0xE6, 0xE5, 0xE3}:
        return "cp1254"
    western = _strict(sample, "cp1252")
    return "cp1252" if western is not None and western == _strict(sample, guess) else guess
