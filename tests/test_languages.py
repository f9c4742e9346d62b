from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclust.articles import Article, Boilerplate
from newsclust.languages import detect as languages
from newsclust.languages.codes import language_code
from newsclust.languages.detect import build_factory, detect, detect_languages
from newsclust.languages.scripts import script_of

SENTENCES = {
    "am": "የኢትዮጵያ ጠቅላይ ሚኒስትር ዛሬ ከጎረቤት አገሮች መሪዎች ጋር ተወያዩ።",
    "ar": "أعلنت وزارة الخارجية أن المحادثات بين الوفدين ستبدأ يوم الخميس في إسطنبول.",
    "as": "আজি ৰাজ্য চৰকাৰে বানপানীৰ পৰিস্থিতি সন্দৰ্ভত এখন জৰুৰী বৈঠক অনুষ্ঠিত কৰে।",
    "az": "Azərbaycan Xarici İşlər Nazirliyi danışıqların cümə axşamı İstanbulda keçiriləcəyini bildirdi.",
    "be": "Улады паведамілі, што перамовы ў Мінску пройдуць у чацвер і што ўдзел возьмуць тры краіны.",
    "bn": "প্রধানমন্ত্রী আজ ঢাকায় এক সংবাদ সম্মেলনে নতুন বাজেট ঘোষণা করেছেন।",
    "cs": "Ministerstvo zahraničí oznámilo, že jednání obou delegací začnou ve čtvrtek v Istanbulu.",
    "de": "Das Außenministerium teilte mit, dass die Gespräche am Donnerstag in Istanbul beginnen.",
    "el": "Το υπουργείο Εξωτερικών ανακοίνωσε ότι οι συνομιλίες αρχίζουν την Πέμπτη.",
    "en": "The foreign ministry said that the talks between both delegations would begin on Thursday.",
    "fa": "وزارت امور خارجه اعلام کرد که گفتگوها روز پنجشنبه در استانبول برگزار می‌شود.",
    "he": "משרד החוץ הודיע כי השיחות בין המשלחות יחלו ביום חמישי באיסטנבול.",
    "hi": "विदेश मंत्रालय ने कहा कि दोनों प्रतिनिधिमंडलों के बीच बातचीत गुरुवार को शुरू होगी।",
    "id": "Kementerian Luar Negeri mengatakan pembicaraan kedua delegasi akan dimulai pada hari Kamis.",
    "is": "Utanríkisráðuneytið sagði að viðræður sendinefndanna hæfust á fimmtudag og það væri þýðingarmikið.",
    "ja": "外務省は、両国の代表団による協議が木曜日に始まると発表した。",
    "ka": "საგარეო საქმეთა სამინისტრომ განაცხადა, რომ მოლაპარაკებები ხუთშაბათს დაიწყება.",
    "kk": "Сыртқы істер министрлігі келіссөздер бейсенбі күні басталатынын және оған үш ел қатысатынын хабарлады.",
    "km": "ក្រសួងការបរទេសបានប្រកាសថា កិច្ចចរចានឹងចាប់ផ្តើមនៅថ្ងៃព្រហស្បតិ៍។",
    "ko": "외교부는 양국 대표단의 회담이 목요일 이스탄불에서 시작된다고 밝혔다.",
    "mt": "Il-Ministeru għall-Affarijiet Barranin ħabbar li t-taħdidiet jibdew nhar il-Ħamis f'Istanbul.",
    "no": "Utenriksdepartementet opplyser at samtalene mellom delegasjonene begynner torsdag i Istanbul.",
    "ps": "د بهرنیو چارو وزارت وویل چې خبرې به د پنجشنبې په ورځ په استانبول کې پیل شي.",
    "ru": "Министерство иностранных дел сообщило, что переговоры начнутся в четверг в Стамбуле.",
    "sr": "Министарство спољних послова саопштило је да ће разговори почети у четвртак и да ће трајати дан.",
    "ta": "இரு நாடுகளின் பேச்சுவார்த்தை வியாழக்கிழமை தொடங்கும் என வெளியுறவு அமைச்சகம் தெரிவித்தது.",
    "th": "กระทรวงการต่างประเทศแถลงว่าการเจรจาจะเริ่มขึ้นในวันพฤหัสบดีที่อิสตันบูล",
    "tr": "Dışişleri Bakanlığı, iki heyet arasındaki görüşmelerin perşembe günü başlayacağını açıkladı.",
    "uk": "Міністерство закордонних справ повідомило, що переговори розпочнуться в четвер у Стамбулі.",
    "ur": "وزارت خارجہ نے کہا ہے کہ دونوں وفود کے درمیان بات چیت جمعرات کو شروع ہوگی۔",
    "vi": "Bộ Ngoại giao cho biết cuộc đàm phán giữa hai phái đoàn sẽ bắt đầu vào thứ Năm.",
    "zh": "外交部宣布，两国代表团的会谈将于星期四在伊斯坦布尔开始。",
}
LONG_INDONESIAN = (
    "Kementerian Luar Negeri mengatakan pembicaraan antara kedua delegasi akan dimulai pada hari Kamis di Istanbul. "
    "Juru bicara kementerian itu menambahkan bahwa pertemuan tersebut hanya akan membahas kegiatan kedutaan besar."
)


@pytest.mark.parametrize(("language", "text"), SENTENCES.items(), ids=SENTENCES)
def test_a_sentence_is_recognised(language: str, text: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "2025-02-27 14:30", "!?…", "😀😀😀", "\x00\x1b[31m", "https://example.org/a", "\ud800", "́" * 50],
)
def test_a_text_that_says_nothing_is_undetermined(text: str) -> None:
    assert detect(text) == "und"


@pytest.mark.parametrize("text", ["Bomb", "Trump – Putin", "Iran: 12 Tote", "NATO"])
def test_too_few_latin_letters_are_undetermined(text: str) -> None:
    assert detect(text) == "und"


@pytest.mark.parametrize(
    ("text", "language"), [("地震", "zh"), ("地震です", "ja"), ("지진", "ko"), ("ดินไหว", "th"), ("σεισμός", "el")]
)
def test_two_letters_of_a_script_of_one_language_are_enough(text: str, language: str) -> None:
    assert detect(text) == language


@given(st.text(max_size=80), st.none() | st.text(max_size=8))
@settings(max_examples=200, deadline=None)
def test_no_string_makes_detection_fail(text: str, declared: str | None) -> None:
    found = detect(text, declared)
    assert found == found.lower()
    assert 2 <= len(found) <= 3


def test_a_headline_in_capitals_is_read() -> None:
    text = "DAS AUSSENMINISTERIUM BESTÄTIGT NEUE GESPRÄCHE ÜBER DIE BOTSCHAFTEN"
    assert detect(text) == "de"


def test_latin_brand_names_do_not_make_a_thai_headline_english() -> None:
    assert detect("Samsung Galaxy S25 Ultra เปิดตัวในไทยวันนี้ Apple iPhone ลดราคา") == "th"


def test_a_japanese_particle_in_a_chinese_text_leaves_it_chinese() -> None:
    assert detect("台北一家名為「山の家」的餐廳昨日宣布將於下個月正式歇業引發當地居民熱烈討論") == "zh"


def test_norwegian_written_forms_are_one_language() -> None:
    assert [detect("", code) for code in ("nb", "nn", "no", "nb-NO", "nno")] == ["no"] * 5


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("en-US", "en"),
        ("EN", "en"),
        ("English", "en"),
        (" id_ID.UTF-8 ", "id"),
        ("in", "id"),
        ("Bahasa Indonesia", "id"),
        ("Bahasa Melayu", "ms"),
        ("iw", "he"),
        ("zh-Hant-TW", "zh"),
        ("zh-cn", "zh"),
        ("yue", "zh"),
        ("fil", "tl"),
        ("arz", "ar"),
        ("Français", "fr"),
        ("Franc\u0327ais", "fr"),
        ("deu", "de"),
        ("ger", "de"),
        ("ckb", "ckb"),
        ("x-default", "und"),
        ("und", "und"),
        ("mul", "und"),
        ("{{ lang }}", "und"),
        ("", "und"),
        (None, "und"),
    ],
)
def test_declared_languages_are_read_in_the_forms_met(declared: str | None, code: str) -> None:
    assert language_code(declared) == code


def test_a_template_in_english_around_an_indonesian_text_is_overruled() -> None:
    assert detect(LONG_INDONESIAN, "en-US") == "id"


def test_a_short_text_does_not_overrule_its_declaration() -> None:
    assert detect("Istanbul: pembicaraan kedutaan", "tr") == "tr"


FIELD_LANGUAGES = {
    "eu": "Bilboko udalak ostegun honetan onartu ditu datorren urteko aurrekontuak, eta oposizioak kontra bozkatu du.",
    "ga": "Cheadaigh an chomhairle cathrach Déardaoin an buiséad, ach vótáil an freasúra ina choinne arís.",
    "gl": "O concello de Lugo aprobou este xoves os orzamentos do vindeiro ano, e a oposición votou en contra.",
    "lb": "De Gemengerot huet en Donneschdeg de Budget fir d'nächst Joer gestëmmt, d'Oppositioun war dogéint.",
    "mg": "Nandany ny tetibola amin'ny taona ho avy ny filankevitra monisipaly ny alakamisy, fa nandà ny mpanohitra.",
    "ms": "Majlis bandar raya meluluskan belanjawan tahun hadapan pada hari Khamis walaupun dibantah.",
    "rw": "Inama njyanama y'umujyi yemeje ku wa kane ingengo y'imari y'umwaka utaha, abandi barayanga.",
    "sn": "Kanzuru yeguta yakabvumidza neChina bhajeti regore rinouya asi vanopikisa vakavhota vachiramba.",
    "uz": "Shahar kengashi payshanba kuni kelgusi yil byudjetini tasdiqladi, muxolifat esa qarshi ovoz berdi.",
    "xh": "Ibhunga lesixeko liphumeze ngoLwesine uhlahlo lwabiwo-mali lonyaka ozayo, kodwa iqela lala.",
    "yi": "דער שטאָטראַט האָט דאָנערשטיק באַשטעטיקט דעם בודזשעט, און די אָפּאָזיציע האָט געשטימט דערקעגן.",
    "zu": "Umkhandlu wedolobha uphasise ngoLwesine isabelomali sonyaka ozayo, kodwa iqembu eliphikisayo alivumanga.",
}
"""Languages that langdetect lacks."""


@pytest.mark.parametrize(("language", "text"), FIELD_LANGUAGES.items(), ids=FIELD_LANGUAGES)
def test_languages_that_langdetect_lacks_are_recognised(language: str, text: str) -> None:
    assert detect(text) == language
    assert detect(f"{text} {text}", "en") == language


@pytest.mark.parametrize(("language", "text"), FIELD_LANGUAGES.items(), ids=FIELD_LANGUAGES)
def test_without_the_second_opinion_a_declared_language_is_believed(
    monkeypatch: pytest.MonkeyPatch, language: str, text: str
) -> None:
    monkeypatch.setattr(languages, "_cld2", lambda: None)
    monkeypatch.setattr(languages, "_second_opinions", frozenset)
    assert detect(text, language) == language


def test_a_doubtful_second_opinion_takes_nothing_from_a_language_that_langdetect_knows() -> None:
    croatian = "Gradsko vijeće prihvatilo je u četvrtak proračun za iduću godinu, a oporba je glasovala protiv njega."
    assert detect(croatian) == "hr"


def test_siblings_do_not_overrule_each_other() -> None:
    assert detect(LONG_INDONESIAN, "ms") == "ms"


def test_a_declaration_in_another_script_is_not_believed() -> None:
    assert detect(SENTENCES["ru"], "en") == "ru"
    assert detect(SENTENCES["ja"], "de") == "ja"
    assert detect(SENTENCES["de"], "ja") == "de"


def test_ideographs_alone_may_be_japanese_where_declared() -> None:
    assert detect("東京株式市場", "ja") == "ja"


def test_a_declaration_stands_where_there_is_no_text_to_weigh() -> None:
    assert detect("12:30", "pl") == "pl"


def _articles() -> list[Article]:
    return [Article(id=str(n), text=text) for n, text in enumerate(SENTENCES.values())]


def test_articles_keep_all_but_their_language() -> None:
    given = {"title": "Botschaft", "language": "en", "extra": {"a": 1}, "boilerplate": (Boilerplate("x"),)}
    article = Article(id="ü", text=SENTENCES["de"], **given)  # type: ignore[arg-type]
    (found,) = detect_languages([article])
    assert found.language == "en", "a single sentence is too short to overrule what was declared"
    assert (found.id, found.title, found.text, found.extra, found.boilerplate) == (
        article.id,
        article.title,
        article.text,
        article.extra,
        article.boilerplate,
    )


def test_an_answer_does_not_depend_on_the_other_articles() -> None:
    articles = _articles()
    alone = {a.id: detect_languages([a])[0].language for a in articles}
    shuffled = random.Random(3).sample(articles, len(articles))
    assert {a.id: a.language for a in detect_languages(shuffled)} == alone
    assert [a.language for a in detect_languages(articles)] == list(SENTENCES)


def test_an_answer_does_not_depend_on_the_hash_seed() -> None:
    script = (
        "from newsclust.languages.detect import detect;"
        "texts = 'Brexit deal in the balance', 'Gempa di Istanbul, lima tewas', 'Tallinn talks on the EU';"
        "print([detect(text) for text in texts])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(outputs) == 1


def test_the_fast_detector_and_langdetect_agree_to_the_last_bit() -> None:
    pytest.importorskip("langdetect_rs")
    words = " ".join(SENTENCES.values()).split()
    chooser = random.Random(5)
    texts = [*SENTENCES.values(), *(" ".join(chooser.choices(words, k=6)) for _ in range(60))]
    fast, plain = build_factory(fast=True), build_factory(fast=False)
    assert type(fast).__module__ != type(plain).__module__
    assert [_probabilities(fast, text) for text in texts] == [_probabilities(plain, text) for text in texts]


def test_without_the_fast_detector_the_answers_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [detect(text) for text in SENTENCES.values()]
    plain = build_factory(fast=False)
    monkeypatch.setattr(languages, "_factory", lambda: plain)
    assert [detect(text) for text in SENTENCES.values()] == expected


def test_detection_leaves_the_seed_of_other_users_of_langdetect_alone() -> None:
    import langdetect

    detect(LONG_INDONESIAN)
    assert langdetect.DetectorFactory.seed is None


def _probabilities(factory: Any, text: str) -> Sequence[tuple[str, float]]:
    detector = factory.create()
    detector.append(text)
    try:
        return [(guess.lang, guess.prob) for guess in detector.get_probabilities()]
    except languages._no_features():
        return []


@pytest.mark.parametrize(
    ("script", "letters"),
    [
        *(("Latin", "aßəŋﬁＡ"), ("Cyrillic", "жӏҙ"), ("Arabic", "عپےـ"), ("Devanagari", "निं"), ("Hebrew", "שָ")),
        *(("Kana", "あアーｱㇰ"), ("Han", "北々𠀀ㄅ"), ("Hangul", "한ㅎ"), ("Ethiopic", "አⶀ"), ("Thai", "ก็")),
        *(("Canadian", "ᐃᢰ"), ("Ol Chiki", "ᱚ"), ("Odia", "ଓ"), ("Georgian", "ქႠ"), ("Greek", "ωἀ")),
    ],
)
def test_every_letter_and_vowel_sign_is_of_its_script(script: str, letters: str) -> None:
    assert {letter: script_of(letter) for letter in letters} == dict.fromkeys(letters, script)


@pytest.mark.parametrize("character", "1٣०。.·€🙂\u0307\u0301\u200d \x00")
def test_digits_punctuation_and_marks_that_any_letter_may_bear_are_of_no_script(character: str) -> None:
    assert script_of(character) is None
