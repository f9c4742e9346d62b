"""Articles for tests: the sample, and short unrelated items in many languages."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from newsclust.articles import Article
from newsclust.encoders.builtin.tokenizer import load_tokenizer
from newsclust.pipeline import prepared
from newsclust.reading.reader import read_articles
from newsclust.similarity.background import load_background
from newsclust.similarity.features import ArticleFeatures, describe

DATA = Path(__file__).parents[1] / "data"


def described(articles: Sequence[Article]) -> ArticleFeatures:
    """What the score knows of the articles without a transformer. Needs the built-in model's vocabulary."""
    return describe(articles, load_tokenizer(), load_background())


@cache
def sample() -> tuple[Article, ...]:
    """The sample articles, cleaned, with their languages."""
    return prepared(read_articles([str(DATA / "articles")]).articles)


@cache
def sample_stories() -> dict[str, str]:
    """The story of each sample article by id; "" for one that belongs to none."""
    with (DATA / "gold.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["story"] for row in csv.DictReader(lines)}


UNRELATED = {
    "en": (
        "A lighthouse keeper on the Isle of Mull has retired after forty-one years without a single missed night.",
        "Engineers in Ohio say a cracked valve, not the software, stopped the water treatment plant last weekend.",
        "The national chess federation will let players under twelve enter the open championship for the first time.",
    ),
    "de": (
        "In Goslar ist eine Ziege aus dem Stall gelaufen und hat eine Stunde lang den Busverkehr aufgehalten.",
        "Der Landtag in Kiel verschiebt die Abstimmung über die neuen Regeln für Windräder auf den Herbst.",
    ),
    "fr": (
        "À Limoges, un musée de la porcelaine rouvre ses portes après trois ans de travaux.",
        "Les viticulteurs du Jura redoutent une vendange réduite de moitié à cause du gel d’avril.",
    ),
    "es": (
        "Un coro de pescadores jubilados de Cádiz grabará su primer disco con canciones de su barrio.",
        "La fiscalía peruana investiga la desaparición de veinte expedientes en un juzgado de Arequipa.",
    ),
    "pt": ("A prefeitura de Recife vai plantar dez mil mudas de manguezal ao longo do rio Capibaribe.",),
    "it": ("A Torino una startup propone di riscaldare le serre con il calore dei centri di calcolo.",),
    "id": (
        "Petani garam di Madura mengeluh karena harga jual turun hingga separuh sejak awal musim.",
        "Atlet panjat tebing asal Yogyakarta memecahkan rekor nasional dalam kejuaraan di Bali.",
    ),
    "tr": ("Kayseri'de bir ilkokul, öğrencilerin bahçede yetiştirdiği sebzeleri kantinde satmaya başladı.",),
    "pl": ("Naukowcy z Gdańska opisali nowy gatunek raka żyjący w jeziorach Kaszub.",),
    "sv": ("Kommunen i Kiruna flyttar det gamla klocktornet för andra gången på tio år.",),
    "fi": ("Oulun yliopisto kutsuu takaisin opinnäytteitä, joiden mittaukset tehtiin väärin säädetyllä laitteella.",),
    "ru": (
        "В Казани открылась выставка игрушек, которые дети мастерили в послевоенные годы.",
        "Мурманские рыбаки просят отложить новые квоты на вылов мойвы до конца зимы.",
    ),
    "uk": ("Львівські трамвайники оголосили конкурс на найкращий голос для оголошення зупинок.",),
    "el": ("Στη Νάξο οι τυροκόμοι ζητούν προστατευόμενη ονομασία για το τοπικό τυρί τους.",),
    "ar": ("افتتحت مكتبة الإسكندرية قاعة جديدة مخصصة للمخطوطات الطبية القديمة.",),
    "fa": ("تیم کشتی نوجوانان شیراز به دلیل کمبود بودجه از سفر به مسابقات آسیایی بازماند.",),
    "hi": ("जयपुर के पतंग बनाने वालों ने कागज़ पर लगने वाला कर घटाने की माँग की है।",),
    "bn": ("খুলনায় নদীভাঙনে একটি শতবর্ষী বিদ্যালয়ের মাঠ বিলীন হয়ে গেছে।",),
    "ja": (
        "岐阜県の和紙工房が、宇宙飛行士の手帳に使う薄い紙を納入した。",
        "札幌市は除雪車の運転手不足を受け、免許取得の費用を補助する。",
    ),
    "ko": ("부산의 한 고등학교가 점심시간에 낮잠을 허용하는 시범 사업을 시작했다.",),
    "zh": ("昆明一家医院开始用无人机在山区之间运送血液样本。",),
    "th": ("ชาวสวนทุเรียนในจันทบุรีร้องเรียนเรื่องล้งกดราคารับซื้อ",),
}
"""Thirty items made up for the tests; no two tell of the same thing."""


def unrelated() -> list[Article]:
    """Thirty articles of which no two belong together."""
    items = [(code, text) for code, texts in UNRELATED.items() for text in texts]
    return [Article(id=f"{code}-{number:02}", text=text) for number, (code, text) in enumerate(items)]
