"""Wording of boxes in and behind articles, by language: apps, accounts, credits, pointers, comment rules. Data, no logic.

Compared as the tables of `wording`. Kinds of entries:

- `BOXES`: a line that is nothing but this is boilerplate wherever it stands.
- `BOX_NOTICES`: parts of sentences of such boxes, at the edges of a text.
- `BOX_APPEALS`: the same, with a gap for names and letters.
- `CREDITS`: words in front of the name of who took a picture: "Photo: ...", "Foto: ...".
"""

# ruff: noqa: E501 - wide characters count double

from __future__ import annotations

from collections.abc import Mapping

BOXES: Mapping[str, str] = {
    "en": """read more|read the full story|continue reading|click here to read more|download the app|get the app|
        download our app|open in app|listen to this article|this feature is for subscribers only|
        already a subscriber? log in|already have an account? log in|create a free account|manage your account|
        your subscription is being used on another device|add this article to your favourites|
        comment guidelines|community guidelines|comments are closed|comments are moderated|report an error|report a typo|
        don't miss|more on this topic|more to read|what did you think of this article?""",
    "de": """weiterlesen|mehr lesen|hier weiterlesen|artikel anhören|zur app|app herunterladen|jetzt app laden|
        diese funktion ist nur für abonnenten|sie haben schon ein konto? anmelden|kostenlos registrieren|
        kommentarregeln|netiquette|die kommentarfunktion ist geschlossen|fehler gefunden? jetzt melden|
        fehler melden|wie hat ihnen dieser artikel gefallen?|auch interessant|mehr zum thema|externer inhalt|
        mit agenturmaterial|lesen sie mehr zum thema""",
    "fr": """lire la suite|en savoir plus|écouter l'article|télécharger l'application|ouvrir dans l'application|
        cet article est réservé aux abonnés|déjà abonné ? connectez-vous|déjà un compte ? connectez-vous|créer un compte|
        charte des commentaires|les commentaires sont fermés|signaler une erreur|ne manquez pas|avec afp|
        votre abonnement est utilisé sur un autre appareil""",
    "es": """leer más|seguir leyendo|sigue leyendo|escuchar el artículo|descarga la app|descargar la aplicación|
        esta funcionalidad es sólo para suscriptores|esta funcionalidad es solo para suscriptores|
        ¿ya eres suscriptor? inicia sesión|crear una cuenta|normas de los comentarios|normas de uso de los comentarios|
        los comentarios están cerrados|reportar un error|tu suscripción se está usando en otro dispositivo|
        ¿quieres añadir otro usuario a tu suscripción?|no te pierdas|con información de agencias|con agencias|suscribete""",
    "pt": """ler mais|continuar lendo|continuar a ler|continue lendo|ouvir artigo|baixe o aplicativo|descarregue a app|
        conteúdo exclusivo para assinantes|já é assinante? faça login|já é assinante? entre|criar conta|
        regras dos comentários|política de comentários|os comentários estão fechados|comunicar erro|comunique erro|
        reportar erro|não perca|com agências|a sua assinatura está a ser usada noutro dispositivo""",
    "it": """leggi tutto|continua a leggere|leggi di più|ascolta l'articolo|scarica l'app|contenuto riservato agli abbonati|
        sei già abbonato? accedi|hai già un account? accedi|crea un account|regole dei commenti|i commenti sono chiusi|
        segnala un errore|da non perdere""",
    "nl": """lees verder|lees meer|verder lezen|beluister dit artikel|download de app|alleen voor abonnees|
        al abonnee? log in|heeft u al een account? log in|maak een account aan|huisregels|reageren is niet meer mogelijk|
        fout gezien? mail ons|meld een fout|niet missen""",
    "pl": """czytaj więcej|czytaj dalej|czytaj całość|posłuchaj artykułu|pobierz aplikację|treść dostępna dla subskrybentów|
        masz już konto? zaloguj się|załóż konto|zasady komentowania|regulamin komentarzy|komentarze są zamknięte|
        zgłoś błąd|nie przegap""",
    "ru": """читать далее|подробнее|читать полностью|слушать статью|скачать приложение|скачайте приложение|
        материал доступен только подписчикам|уже есть аккаунт? войти|зарегистрироваться|правила комментирования|
        комментарии закрыты|сообщить об ошибке|нашли ошибку?|не пропустите""",
    "uk": """читати далі|докладніше|детальніше|читати повністю|слухати статтю|завантажити застосунок|
        матеріал доступний лише передплатникам|вже є акаунт? увійти|зареєструватися|правила коментування|
        коментарі закрито|повідомити про помилку|знайшли помилку?|не пропустіть""",
    "cs": """číst dále|číst více|pokračovat ve čtení|poslechnout článek|stáhnout aplikaci|pouze pro předplatitele|
        už máte účet? přihlaste se|založit účet|pravidla diskuse|diskuse je uzavřena|nahlásit chybu|nenechte si ujít""",
    "ro": """citește mai mult|citește mai departe|continuă lectura|ascultă articolul|descarcă aplicația|
        doar pentru abonați|ai deja cont? autentifică-te|creează cont|regulile comentariilor|comentariile sunt închise|
        raportează o eroare|nu rata""",
    "hu": """tovább olvasom|bővebben|olvass tovább|hallgassa meg a cikket|töltse le az alkalmazást|csak előfizetőknek|
        van már fiókja? jelentkezzen be|regisztráció|hozzászólási szabályzat|a hozzászólások lezárva|hibát talált? jelezze""",
    "el": """διαβάστε περισσότερα|συνεχίστε την ανάγνωση|ακούστε το άρθρο|κατεβάστε την εφαρμογή|μόνο για συνδρομητές|
        έχετε ήδη λογαριασμό; σύνδεση|δημιουργία λογαριασμού|κανόνες σχολιασμού|τα σχόλια είναι κλειστά|αναφορά λάθους""",
    "sv": """läs mer|läs hela artikeln|fortsätt läsa|lyssna på artikeln|ladda ner appen|endast för prenumeranter|
        redan prenumerant? logga in|skapa konto|kommentarsregler|kommentarerna är stängda|rapportera fel|missa inte""",
    "da": """læs mere|læs videre|læs hele artiklen|lyt til artiklen|hent appen|kun for abonnenter|
        har du allerede et abonnement? log ind|opret konto|debatregler|kommentarsporet er lukket|meld en fejl""",
    "no": """les mer|les hele saken|les videre|fortsett å lese|lytt til saken|last ned appen|kun for abonnenter|
        allerede abonnent? logg inn|opprett konto|debattregler|kommentarfeltet er stengt|meld fra om feil""",
    "fi": """lue lisää|jatka lukemista|kuuntele artikkeli|lataa sovellus|vain tilaajille|onko sinulla jo tili? kirjaudu|
        luo tili|kommentoinnin säännöt|kommentointi on suljettu|ilmoita virheestä""",
    "tr": """devamını oku|haberin devamı|devamı için tıklayın|haberi dinle|uygulamayı indir|uygulamamızı indirin|
        sadece aboneler için|zaten üye misiniz? giriş yapın|üye ol|yorum kuralları|yorumlar kapalı|hata bildir|kaçırmayın""",
    "ar": """اقرأ المزيد|تابع القراءة|استمع إلى المقال|حمل التطبيق|حمّل التطبيق|للمشتركين فقط|لديك حساب؟ تسجيل الدخول|
        إنشاء حساب|قواعد التعليق|التعليقات مغلقة|الإبلاغ عن خطأ""",
    "fa": "ادامه مطلب|ادامه خبر|دانلود اپلیکیشن|فقط برای مشترکان|ثبت نام|قوانین ارسال نظر|گزارش خطا",
    "he": "המשך קריאה|קראו עוד|הורידו את האפליקציה|למנויים בלבד|כבר רשומים? התחברו|כללי התגובות|דווח על טעות",
    "hi": "आगे पढ़ें|पूरी खबर पढ़ें|ऐप डाउनलोड करें|केवल सदस्यों के लिए|टिप्पणी के नियम|कॉपी लिंक",
    "id": """baca selengkapnya|lanjutkan membaca|selengkapnya|dengarkan artikel|unduh aplikasi|khusus pelanggan|
        sudah punya akun? masuk|buat akun|aturan komentar|komentar ditutup|laporkan kesalahan|jangan lewatkan""",
    "vi": "đọc tiếp|xem tiếp|nghe bài viết|tải ứng dụng|chỉ dành cho thuê bao|đã có tài khoản? đăng nhập|quy định bình luận|báo lỗi",
    "th": "อ่านต่อ|ฟังบทความ|ดาวน์โหลดแอป|เฉพาะสมาชิก|มีบัญชีอยู่แล้ว? เข้าสู่ระบบ|กติกาการแสดงความคิดเห็น|แจ้งข้อผิดพลาด",
    "zh": "阅读全文|继续阅读|查看更多|收听文章|下载app|下载客户端|打开app|仅限订阅用户|已有账号？登录|评论规则|评论已关闭|我要纠错|閱讀全文|繼續閱讀|下載app|僅限訂閱戶|留言規則|留言已關閉",
    "ja": "続きを読む|全文を読む|この記事を聴く|アプリをダウンロード|アプリで開く|会員限定記事です|有料会員限定|すでに会員の方はログイン|コメントのルール|コメントは受け付けていません|間違いを報告",
    "ko": "기사 전문 보기|계속 읽기|기사 듣기|앱 다운로드|앱에서 열기|구독자 전용|이미 회원이신가요? 로그인|댓글 운영 원칙|댓글 운영규정|댓글을 달 수 없습니다|오류 신고",
}

BOX_NOTICES = """will not be approved by the moderator|we reserve the right to delete comments|
    please keep comments respectful|comments are moderated before|the views expressed in the comments|
    our journalism needs your support|add us as a preferred source|get the latest news from|in your inbox every|
    kommentare werden moderiert|behält sich vor, kommentare zu löschen|unabhängiger journalismus braucht|
    direkt in ihrem postfach|direkt in ihr postfach|direkt in ihrem privaten postfach|senden sie uns ihr feedback|
    les commentaires sont modérés|se réserve le droit de supprimer|dans votre boîte mail|soutenez un journalisme|
    los comentarios serán moderados|se reserva el derecho de eliminar|solo puedes acceder a|
    cambia tu suscripción a la modalidad|te recomendamos cambiar tu contraseña|no se podrá leer en el otro|
    en tu correo electrónico cada|não serão aprovados pelo moderador|reserva-se o direito de excluir|
    reserva-se o direito de eliminar|no seu e-mail todos|i commenti sono moderati|si riserva il diritto di eliminare|
    reacties worden gemodereerd|behoudt zich het recht voor reacties|komentarze są moderowane|
    zastrzega sobie prawo do usuwania|комментарии проходят модерацию|оставляет за собой право удалять комментарии|
    коментарі модеруються|залишає за собою право видаляти коментарі|komentáře jsou moderovány|
    yorumlar onaylandıktan sonra|yorum yapan kullanıcı|hukuka aykırı yorumlar|التعليقات لا تعبر عن|تخضع التعليقات للمراجعة|
    komentar sepenuhnya menjadi tanggung jawab|redaksi berhak menghapus komentar|bình luận của bạn sẽ được biên tập|
    网友评论仅代表|评论仅代表网友|留言不代表本站立場|コメントは承認後に|댓글은 운영 원칙에"""

BOX_APPEALS = """newsletter ... anmeldung|newsletter ... anmelden|newsletter ... inscri|newsletter ... suscr|
    newsletter ... assin|newsletter ... iscri|nieuwsbrief ... aanmeld|newsletter ... zapis|рассылк ... подпи|
    розсилк ... підпи|nyhedsbrev ... tilmeld|nyhetsbrev ... meld|nyhetsbrev ... anmäl|uutiskirje ... tilaa|
    bülten ... abone|signing up ... newsletter|reporting by ... editing by|writing by ... editing by|
    reportage ... édité par|bericht von ... redigiert|reportagem de ... edição de"""

CREDITS = """photo|photos|photograph|photography|picture|image|images|photo credit|image credit|foto|fotos|bild|bilder|
    fotografie|fotografía|imagen|imágenes|crédito|créditos|crédit|crédit photo|crédits|photo d'illustration|foto di|
    immagine|fotografia|imagem|beeld|zdjęcie|zdjęcia|fot|фото|снимка|зображення|фотограф|fotó|kép|fotoğraf|görsel|
    kuva|kuvat|φωτογραφία|φωτό|صورة|تصوير|عکس|צילום|फोटो|gambar|ảnh|hình|ภาพ|图|图片|圖|圖片|摄影|攝影|写真|撮影|画像|사진|사진 제공"""
