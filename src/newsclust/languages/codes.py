"""What a page or a feed calls its language, as one code: "en-US", "eng", "English", "in" and "zh_Hans_CN" included."""

from __future__ import annotations

import re
from functools import lru_cache

from newsclust.articles import UNDETERMINED
from newsclust.text.unicode import normalised

# ISO 639-1 code, then its ISO 639-2/T and 639-2/B codes and the English name, as far as news uses them.
_LANGUAGES = """
aa aar|ab abk|af afr afrikaans|ak aka akan|am amh amharic|an arg aragonese|ar ara arabic|as asm assamese|av ava
ay aym aymara|az aze azerbaijani|ba bak bashkir|be bel belarusian|bg bul bulgarian|bi bis|bm bam bambara
bn ben bengali bangla|bo bod tib tibetan|br bre breton|bs bos bosnian|ca cat catalan|ce che chechen|ch cha
co cos corsican|cs ces cze czech|cv chv chuvash|cy cym wel welsh|da dan danish|de deu ger german|dv div dhivehi divehi
dz dzo dzongkha|ee ewe|el ell gre greek|en eng english|eo epo esperanto|es spa spanish castilian|et est ekk estonian
eu eus baq basque|fa fas per pes prs persian farsi dari|ff ful fulah|fi fin finnish|fj fij fijian|fo fao faroese
fr fra fre french|fy fry frisian|ga gle irish|gd gla gaelic|gl glg galician|gn grn guarani|gu guj gujarati|gv glv manx
ha hau hausa|he heb hebrew iw|hi hin hindi|ho hmo|hr hrv croatian|ht hat haitian|hu hun hungarian|hy hye arm armenian
hz her|ia ina|id ind indonesian in|ig ibo igbo|ii iii|ik ipk|is isl ice icelandic|it ita italian|iu iku inuktitut
ja jpn japanese|jv jav javanese jw|ka kat geo georgian|kg kon kongo|ki kik kikuyu|kk kaz kazakh|kl kal greenlandic
km khm khmer|kn kan kannada|ko kor korean|kr kau kanuri|ks kas kashmiri|ku kur kmr kurdish|kv kom|kw cor
ky kir kyrgyz|la lat latin|lb ltz luxembourgish|lg lug ganda|li lim limburgish|ln lin lingala|lo lao|lt lit lithuanian
lu lub|lv lav lvs latvian|mg mlg plt malagasy|mh mah|mi mri mao maori|mk mkd mac macedonian|ml mal malayalam
mn mon khk mongolian|mr mar marathi|ms msa may zsm malay|mt mlt maltese|my mya bur burmese|nd nde|ne nep npi nepali
nl nld dut dutch flemish|no nor nob nno nb nn norwegian bokmal nynorsk|nr nbl|nv nav navajo|ny nya chichewa
oc oci occitan|om orm gaz oromo|or ori ory odia oriya|os oss ossetian|pa pan punjabi|pl pol polish|ps pus pbt pashto
pt por portuguese|qu que quy quechua|rm roh romansh|rn run rundi|ro ron rum romanian mo moldovan|ru rus russian
rw kin kinyarwanda|sa san sanskrit|sc srd sardinian|sd snd sindhi|se sme|sg sag sango|si sin sinhala|sk slk slo slovak
sl slv slovenian|sm smo samoan|sn sna shona|so som somali|sq sqi alb als albanian|sr srp serbian sh hbs|ss ssw
st sot sotho|su sun sundanese|sv swe swedish|sw swa swh swahili|ta tam tamil|te tel telugu|tg tgk tajik|th tha thai
ti tir tigrinya|tk tuk turkmen|tl tgl tagalog fil filipino|tn tsn tswana|to ton tongan|tr tur turkish|ts tso tsonga
tt tat tatar|tw twi|ty tah tahitian|ug uig uyghur|uk ukr ukrainian|ur urd urdu|uz uzb uzn uzbek|ve ven venda
vi vie vietnamese|wa wln walloon|wo wol wolof|xh xho xhosa|yi yid ydd yiddish ji|yo yor yoruba|za zha
zh zho chi cmn yue chinese mandarin cantonese|zu zul zulu
"""
# Languages with news of their own and no two-letter code. Arabic's regional codes are written Arabic in newspapers.
_THREE_LETTERS = (
    "ace ast ban bcl bho bjn bug ceb chr ckb crh fur gsw haw hmn ilo kab kac kea lij lmo lus mad mai min mni"
)
_MORE_THREE_LETTERS = "mos nds nso pag pap sah sat scn shn szl tet tpi tum vec war zgh"
_ARABIC = "arb arz apc ary acm ajp aeb afb ars acq"
# Names in the languages themselves that feeds are seen to use.
_OWN_NAMES = {
    "bahasa": "id",
    "indonesia": "id",
    "melayu": "ms",
    "malaysia": "ms",
    "deutsch": "de",
    "español": "es",
    "français": "fr",
    "italiano": "it",
    "nederlands": "nl",
    "polski": "pl",
    "português": "pt",
    "türkçe": "tr",
}


LONGEST = 100
"""Characters of a declared language that are looked at: answers are remembered."""


def _table() -> dict[str, str]:
    codes = {name: name for name in f"{_THREE_LETTERS} {_MORE_THREE_LETTERS}".split()}
    codes.update(dict.fromkeys(_ARABIC.split(), "ar"))
    codes.update({"azj": "az", "azb": "az", "tzm": "zgh"} | _OWN_NAMES)
    for entry in re.split(r"[|\n]", _LANGUAGES.strip()):
        code, *others = entry.split()
        codes.update(dict.fromkeys((code, *others), code))
    return codes


_CODES = _table()


def language_code(declared: str | None) -> str:
    """Give the ISO 639-1 code (three letters where there is none) of a declared language, or "und".

    Reads BCP 47 tags ("en-US", "zh-Hans"), locales ("id_ID.UTF-8"), two- and three-letter codes, withdrawn ones ("iw",
    "in", "ji", "jw", "mo") and English names. Bokmål and Nynorsk are "no", all written Chinese is "zh", Filipino is
    "tl", Dari is "fa", Serbo-Croatian is "sr", the regional Arabics are "ar".
    """
    return _code_of(declared[:LONGEST]) if declared else UNDETERMINED


@lru_cache(maxsize=4096)
def _code_of(declared: str) -> str:
    name = normalised("NFC", declared).strip().casefold()
    first = re.split(r"[-_.,;:/\s(@]", name.removeprefix("bahasa "), maxsplit=1)[0]
    return _CODES.get(first, UNDETERMINED)
