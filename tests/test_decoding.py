from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust.reading.decoding import charset, decode, is_binary

GERMAN = (
    "Präsident Selenskyj traf sich in Brüssel mit europäischen Führern über die Ukraine. Größere Zusagen gab es keine."
)
RUSSIAN = "Президент России провёл телефонный разговор с американским коллегой, сообщили в Кремле."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (
            "Prezydent spotkał się w czwartek z przywódcami państw członkowskich. Wśród gości byli też posłowie.",
            "cp1250",
        ),
        ("Cumhurbaşkanı İstanbul'da görüştü, dışişleri bakanlığı kısa bir açıklama yaptı.", "cp1254"),
        ("Ο πρόεδρος συναντήθηκε με τους ηγέτες της Ευρώπης.", "cp1253"),
        ("中国外交部发言人周四表示，双方将在伊斯坦布尔举行会谈。", "gb18030"),
        ("中國外交部發言人週四表示，雙方將在伊斯坦堡舉行會談。", "big5"),
        ("ロシアとアメリカの外交官がイスタンブールで会談した。", "shift_jis"),
        ("ロシアとアメリカの外交官がイスタンブールで会談した。", "euc_jp"),
        ("러시아와 미국 외교관들이 이스탄불에서 회담을 가졌다.", "euc_kr"),
        ("التقى دبلوماسيون من روسيا والولايات المتحدة في إسطنبول يوم الخميس.", "cp1256"),
        ("外交官が会談した。", "iso2022_jp"),
        ("Žluťoučký kůň — 北京", "utf-8-sig"),
        ("Žluťoučký kůň — 北京", "utf-16"),
        ("Žluťoučký kůň — 北京", "utf-32"),
        ("Žlutý kůň jede na trh, a plain sentence behind it", "utf-16-le"),
        ("Žlutý kůň jede na trh, a plain sentence behind it", "utf-16-be"),
    ],
)
def test_the_encodings_of_the_press_are_read_without_being_declared(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))

    assert decoded.text == text
    assert not decoded.lossy


def test_utf8_is_never_read_as_latin1() -> None:
    assert decode("Präsident Zelenský – 北京".encode(), "iso-8859-1").text == "Präsident Zelenský – 北京"


def test_a_declared_charset_comes_before_detection() -> None:
    data = "čeština je těžká".encode("iso8859_2")

    assert decode(data, "ISO-8859-2").text == "čeština je těžká"


def test_latin1_means_windows_1252_as_in_browsers() -> None:
    assert decode("“so” – 5 €".encode("cp1252"), "latin-1").text == "“so” – 5 €"


def test_damage_in_utf8_costs_one_character_and_is_told() -> None:
    decoded = decode("Größe und Maß und Übermut".encode() + b"\xff" + " für Zürich".encode(), "windows-1252")

    assert decoded.text == "Größe und Maß und Übermut\ufffd für Zürich"
    assert decoded.lossy


def test_a_broken_mark_is_replaced_and_told() -> None:
    decoded = decode(codecs.BOM_UTF8 + b"caf\xe9")

    assert decoded.text == "caf\ufffd"
    assert decoded.lossy


def test_of_several_marks_none_is_left() -> None:
    assert decode(codecs.BOM_UTF8 * 2 + "Köprü".encode()).text == "Köprü"
    assert decode(codecs.BOM_UTF16_LE * 2 + "北京".encode("utf-16-le")).text == "北京"


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        *(("ISO-8859-1", "cp1252"), ("latin5", "cp1254"), (" 'Shift_JIS' ", "cp932"), ("gb2312", "gb18030")),
        *(("x-cp1251", "cp1251"), ("windows-874", "cp874"), ("csEUCKR", "cp949"), ("x-mac-cyrillic", "mac-cyrillic")),
        *(("euc_kr", "cp949"), ("GBK", "gb18030"), ("cp437", "cp437"), ("johab", "johab")),
    ],
)
def test_labels_mean_what_browsers_take_them_for_and_python_knows_the_rest(label: str, codec: str) -> None:
    found = charset(label)
    assert found is not None
    assert codecs.lookup(found).name == codecs.lookup(codec).name


@pytest.mark.parametrize(
    "label",
    ["idna", "punycode", "unicode_escape", "rot13", "utf-7", "x-nonsense", "replacement", "x-user-defined", "\0", ""],
)
def test_codecs_that_are_no_charset_are_not_used(label: str) -> None:
    assert charset(label) is None


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "shift_jis", "latin-1", "nonsense"]))
def test_any_bytes_decode_to_text_that_can_be_written(data: bytes, declared: str | None) -> None:
    decode(data, declared).text.encode("utf-8", "surrogatepass")


@given(st.text(max_size=400))
def test_text_written_as_utf8_comes_back(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE)) and b"\x1b" not in data:
        assert decode(data).text == data.decode()


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n1 0 obj", b"\x89PNG\r\n\x1a\n", bytes(range(256)) * 8, b"\x00\x01\x02\x03" * 40, b"PK\x03\x04..."],
)
def test_binary_data_is_told_from_text(data: bytes) -> None:
    assert is_binary(data)


@pytest.mark.parametrize(
    "data",
    [GERMAN.encode(), GERMAN.encode("utf-16"), RUSSIAN.encode("koi8_r"), GERMAN.encode() * 9 + b"\0", b"", b"a\tb\n"],
)
def test_text_is_not_taken_for_binary(data: bytes) -> None:
    assert not is_binary(data)
