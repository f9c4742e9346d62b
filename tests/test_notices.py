"""Texts that stand where no article is are told by their wording, in any language, and reports never are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from newsclust import read
from newsclust.articles import Article, Boilerplate
from newsclust.text.notices import is_notice, means_nothing, tells

NOTICES = [
    "Sie haben unser Angebot mit einem Werbeblocker aufgerufen. Bitte deaktivieren Sie Ihren Adblocker.",
    "Dieser Artikel ist kostenpflichtig. Sie haben bereits ein Abo? Dann melden Sie sich bitte an.",
    "Nos systèmes ont détecté un trafic inhabituel. Confirmez que vous n'êtes pas un robot.",
    "Artículo exclusivo para suscriptores. Suscríbete para seguir leyendo.",
    "Страница не найдена. Возможно, она была удалена.",
    "Чтобы продолжить чтение, оформите подписку.",
    "Halaman tidak ditemukan. Kembali ke beranda.",
    "Aktifkan JavaScript di peramban Anda untuk membuka laman ini.",
    "お探しのページが見つかりません。URLをご確認ください。",
    "この記事は有料会員限定です。続きを読むにはログインしてください。",
    "您访问的页面不存在或已被删除。",
    "페이지를 찾을 수 없습니다. 주소를 다시 확인해 주세요.",
    "هذا المحتوى للمشتركين فقط. لمتابعة القراءة اشترك الآن.",
    "صفحه مورد نظر یافت نشد.",
    "पेज नहीं मिला। कृपया पता जाँचें।",
    "Trang không tồn tại. Vui lòng kiểm tra lại địa chỉ.",
    "ไม่พบหน้าที่คุณต้องการ",
    "Bu içerik yalnızca abonelere açıktır. Okumaya devam etmek için giriş yapın.",
    "Strona nie istnieje albo została usunięta.",
    "Niet gevonden: deze pagina bestaat niet.",
    "Sidan kunde inte hittas.",
    "A keresett oldal nem található.",
    "Η σελίδα δεν βρέθηκε.",
    "Our systems have detected unusual traffic from your computer network. Please show that you are not a robot.",
    "عذرا، الصفحة التي تبحث عنها غير موجودة.",
    "La page que vous recherchez a peut-être été déplacée.",
    "Η σελίδα που αναζητάτε δεν υπάρχει ή έχει μετακινηθεί.",
    "הדף שחיפשת אינו קיים.",
    "ONLY AVAILABLE IN PAID PLANS",
    "የፈለጉት ገጽ አልተገኘም። እባክዎ እንደገና ይሞክሩ።",
    "Samahani, ukurasa unaoutafuta haupatikani.",
    "A keresett cikket törölték vagy áthelyezték.",
    "Just a moment...",
    "మీ గోప్యతకు విలువ ఇస్తాం. వెబ్‌సైట్ పనిచేయడానికి కుకీలను వాడతాం. అన్ని కుకీలను అనుమతించండి.",
    "క్షమించాలి! మీరు కోరిన పేజీ అందుబాటులో లేదు.",
    "এই লেখা শুধুমাত্র সদস্যদের জন্য। পড়া চালিয়ে যেতে লগইন করুন।",
    "উফ! পেজটি পাওয়া যায়নি। মূল পাতায় ফিরে যান।",
    "உங்கள் செயல்பாடு வழக்கத்திற்கு மாறானது. நீங்கள் ரோபோ இல்லை என நிரூபிக்கவும்.",
    "यह पेज मौजूद नहीं है। होम पेज पर जाएं।",
    "ہماری ویب سائٹ کوکیز کا استعمال کرتی ہے۔ سب قبول کریں۔",
    "این مقاله ویژه اعضا است. برای خواندن متن کامل مشترک شوید.",
    "הגישה נחסמה. הוכיחו שאתם לא רובוט ונסו שוב מאוחר יותר.",
    "ระบบของเราต้องใช้จาวาสคริปต์ โปรดลองใหม่หลังจากเปิดใช้งาน",
    "Nội dung dành cho độc giả trả phí. Đăng nhập để xem.",
    "Laman tidak ditemukan. Kunjungi beranda kami.",
    "접속이 차단되었습니다. 사람임을 확인해 주세요.",
    "გვერდი არ არსებობს. დაბრუნდით მთავარ გვერდზე.",
    "ՁԵՐ ՓՆՏՐԱԾ ԷՋԸ հեռացված է։",
    "ကွတ်ကီးများ အသုံးပြုပါသည်။ အားလုံးလက်ခံပါ။",
    "Naka-off ang script. Buksan ang JavaScript para makita ang site.",
    "Tunaheshimu faragha ya wasomaji. Kubali vidakuzi: kubali zote.",
    "ह्या पानासाठी जावास्क्रिप्ट सुरू करा.",
    "Strony nie znaleziono. Wróć na stronę główną.",
    "Javaskript krävs? Nej: sidan kräver JavaScript. Försök igen senare.",
    "Êtes-vous majeur ? Vous devez confirmer votre âge avant d'entrer.",
    "Вам уже исполнилось 18 лет? Подтвердите возраст для просмотра страницы.",
    "この記事には18歳未満の方は閲覧できない内容が含まれます。年齢を確認してください。",
    "성인인증이 필요한 기사입니다.",
    "ท่านมีอายุครบ 18 ปีหรือไม่ โปรดยืนยันอายุก่อนเข้าชม",
    "هل عمرك أكثر من 18 سنة؟ يجب التحقق من العمر قبل الدخول.",
    "Bạn đã đủ 18 tuổi chưa? Hãy xác nhận tuổi để tiếp tục.",
    "Haberi uygulamada okuyun. Uygulamamızı indirin.",
    "アプリで続きを読む。インストールは無料です。",
    "想看更多精彩内容？请下载APP。",
    "पूरी खबर के लिए ऐप डाउनलोड करें।",
    "לקריאת הכתבה הורידו את האפליקציה.",
    "Síðan fannst ekki. Kannski hefur hún verið fjarlægð.",
    "Artikulu hau harpidedunentzat bakarrik da. Hasi saioa irakurtzen jarraitzeko.",
    "Sentímolo, páxina non atopada.",
    "Mae'r wefan hon yn defnyddio cwcis. Derbyn pob cwci.",
    "Níor aimsíodh an leathanach.",
    "Каб чытаць далей, аформіце падпіску.",
    "Il-paġna ma nstabitx. Jista' jkun li tneħħiet.",
    "Dësen Artikel ass nëmme fir Abonnenten.",
    "Барак табылган жок. Башкы бетке кайтыңыз.",
    "Мо аз кукиҳо истифода мебарем. Ҳамаи кукиҳоро қабул кунед.",
    "ପୃଷ୍ଠା ମିଳିଲା ନାହିଁ। ହୁଏତ ଏହା ହଟାଯାଇଛି।",
    "پاڼه ونه موندل شوه. ښايي لرې شوې وي.",
    "Rûpel nehat dîtin. Dibe ku hatibe jêbirin.",
    "ئێمە کوکیز بەکاردەهێنین. هەموو کوکیزەکان قبوڵ بکە.",
    "Sisebenzisa amakhukhi. Yamukela wonke amakhukhi.",
]


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_is_told_in_its_language_under_any_headline(notice: str) -> None:
    assert is_notice(notice, "Fähre läuft vor Valderra auf Grund")


@pytest.mark.parametrize(
    ("title", "report"),
    [
        (
            "Police detect unusual traffic",
            "Police saw unusual traffic at the border near Ostmark and sent two patrols.",
        ),
        (
            "Statue removed from square",
            "The statue of the general has been removed from the square in Lindau at night.",
        ),
        (
            "Data office fines paper",
            "A paper in Merano must pay a fine for its consent wall, which read: We value your "
            "privacy. The data office said on Monday that readers had been given no choice. The paper will appeal.",
        ),
        (
            "Суд закрыл сайт",
            "Суд в Лире закрыл сайт газеты, доступ к нему ограничен с понедельника, сообщил регулятор.",
        ),
        (
            "Bahn stellt neue Fahrplan-App vor",
            "Die Bahn hat in Lindau eine neue Fahrplan-App vorgestellt. Sie ist seit Montag im App Store zu haben, "
            "und Fahrgäste müssen zum Kauf verbilligter Karten ihr Alter angeben, wie der Vorstand sagte.",
        ),
        (
            "中学要求学生删除游戏",
            "林道市一所中学要求学生删除游戏，校长说许多家长不知道游戏厅需要年龄验证，市议会周二讨论了这项提案。",
        ),
        ("新しい駅が開業", "青海市で新しい駅が開業した。始発列車には会員ら二百人が乗り、市長が祝いの言葉を述べた。"),
        ("Gempa di Ostmark", "Gempa mengguncang Ostmark pada Senin. Halaman balai kota retak dan dua rumah roboh."),
        ("", "The mayor said on Tuesday that the old bridge is closed and no longer available to lorries."),
    ],
)
def test_a_report_is_no_notice(title: str, report: str) -> None:
    assert not is_notice(report, title)


@pytest.mark.parametrize("text", ["nan", "NaN", "None", "NULL", " N/A ", "NaT", r"\N", "<NA>", "", " \n"])
def test_what_programs_write_for_nothing_means_nothing(text: str) -> None:
    assert means_nothing(text)
    assert not means_nothing("Нан")


def test_a_text_tells_its_headline_by_the_beginnings_of_its_words() -> None:
    assert tells("Ein Lagerhaus in Lindau brannte am Dienstag nieder.", "Lagerhausbrand in Lindau")
    assert tells("青海市で新しい駅が開業した。", "新しい駅が開業")
    assert not tells("Bitte melden Sie sich an.", "Lagerhausbrand in Lindau")


def test_a_notice_without_another_text_leaves_the_title_and_is_kept_as_boilerplate() -> None:
    (article,) = read([{"title": "Ferry aground", "text": "Please enable JavaScript to view this page."}]).articles
    assert (article.title, article.text) == ("Ferry aground", "")
    assert article.boilerplate == (Boilerplate("Please enable JavaScript to view this page."),)


@pytest.mark.parametrize("title", [None, "404 Not Found", "Just a moment...", "nan", "Lỗi 404", "ስህተት 404"])
def test_where_nothing_else_is_left_it_is_skipped_with_the_reason(title: str | None) -> None:
    given: list[Article | Mapping[str, Any]] = [{"title": title, "text": "Страница не найдена."}]
    result = read([*given, Article(id="b", text="Страница не найдена.")])
    assert result.articles == ()
    assert [entry.reason for entry in result.skipped] == ["no article: all it says is 'Страница не найдена.'"] * 2


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Página no encontrada - El Faro", "Lo sentimos, la página que busca no existe. Vuelva a la portada."),
        ("Sayfa bulunamadı", "Aradığınız sayfa bulunamadı. Ana sayfaya dönün ya da arama kutusunu kullanın."),
        ("الصفحة غير موجودة", "عذرا، الصفحة التي تبحث عنها غير موجودة."),
        ("페이지를 찾을 수 없습니다", "요청하신 페이지를 찾을 수 없습니다."),
        ("Страница не найдена | Вечерний Лир", "Такой страницы нет. Страница не найдена, начните с главной."),
    ],
)
def test_a_page_whose_title_is_a_notice_too_is_skipped_in_any_language(title: str, text: str) -> None:
    result = read([{"title": title, "text": text}])
    assert result.articles == ()
    assert result.skipped[0].reason.startswith("no article: all it says is ")


def test_a_headline_about_a_missing_page_keeps_its_report() -> None:
    title = "Página no encontrada: el ayuntamiento de Cádiz pierde su web"
    text = (
        "El ayuntamiento de Cádiz perdió el martes su web. «Página no encontrada», leían los vecinos. Vuelve el jueves."
    )
    (article,) = read([{"title": title, "text": text}]).articles
    assert article.text == text


def test_an_article_object_gives_way_to_its_description() -> None:
    extra = {"description": "A ferry ran aground near Valderra."}
    (article,) = read([Article(id="a", title="Ferry", text="Subscribe to continue reading.", extra=extra)]).articles
    assert article.text == "A ferry ran aground near Valderra."


def test_short_korean_words_tell_a_headline_or_do_not() -> None:
    title = "울산 고래 축제 개막"
    assert tells("울산에서 고래 축제가 사흘 동안 열린다.", title)
    assert not tells("요청하신 문서를 표시할 수 없습니다.", title)
