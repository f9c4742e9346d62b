"""The same as `notice_wording` where a page asks for a reader's age, or for the app to be installed first."""

from __future__ import annotations

from collections.abc import Mapping

GATES: Mapping[str, str] = {
    "en": """confirm your age|verify your age|confirm you are over|age verification|age-restricted content|
        adults only|in our app|open this story in the app|read it in the app|download our app|
        download the app|get the app|open in app|free from the app store|available on google play|
        on the app store|i am over|legal age to|of legal age|age gate""",
    "de": """volljährig sind|ihr alter|dein alter|altersprüfung|altersnachweis|nur für erwachsene|
        in unserer app|app herunterladen|laden sie unsere app|app öffnen|im app store|bei google play|
        altersbeschränkung|alter bestätigen""",
    "fr": """réservé aux personnes majeures|réservé aux adultes|confirmer votre âge|confirmez votre âge|
        vérifier votre âge|dans notre application|dans l'application|téléchargez l'application|
        installez gratuitement|installez notre application|téléchargez notre application|sur l'app store|
        sur google play|je suis majeur|avoir l'âge légal|votre âge""",
    "es": """mayores de edad|solo para adultos|confirma tu edad|confirme su edad|verifica tu edad|
        en nuestra aplicación|en nuestra app|descarga la app|leyendo en la app|instala la app|
        descarga nuestra app|descarga la aplicación|en app store|en la app store|en google play|
        soy mayor de edad|tu edad para|su edad para|verificación de edad""",
    "pt": """apenas para adultos|confirme a sua idade|confirme sua idade|verifique a sua idade|
        na nossa aplicação|no nosso aplicativo|baixe o aplicativo|descarregue a aplicação|baixe o app|
        na app store|no google play|sou maior de idade|verificação de idade|restrito a maiores|
        a sua idade para""",
    "it": """riservato ai maggiorenni|riservato agli adulti|conferma la tua età|verifica la tua età|
        nella nostra app|scarica l'app|scarica la nostra app|da app store|su app store|su google play|
        sono maggiorenne|per i maggiorenni""",
    "nl": """alleen voor volwassenen|bevestig je leeftijd|bevestig uw leeftijd|in onze app|download de app|
        download onze app|in de app store|via google play|leeftijdscontrole|mijn leeftijd""",
    "pl": """dla osób pełnoletnich|dla osób dorosłych|potwierdź swój wiek|potwierdź wiek|w naszej aplikacji|
        pobierz aplikację|pobierz naszą aplikację|z app store|w google play|weryfikacja wieku|
        jestem osobą pełnoletnią""",
    "ru": """подтвердите свой возраст|подтвердите возраст|подтвердите, что вам|удобнее в приложении|
        скачайте приложение|установите приложение|скачайте наше приложение|откройте в приложении|
        в app store|в google play|контент для взрослых|только для взрослых|подтверждение возраста""",
    "uk": """підтвердьте свій вік|підтвердьте вік|зручніше в застосунку|завантажте застосунок|
        завантажте додаток|встановіть застосунок|в app store|у google play|лише для дорослих|
        тільки для дорослих|підтвердження віку""",
    "be": "пацвердзіце свой узрост|спампуйце праграму|спампуйце дадатак|у google play",
    "bg": "потвърдете възрастта|в нашето приложение|изтеглете приложението|свалете приложението",
    "sr": """потврдите да имате|преузмите апликацију|у нашој апликацији|potvrdite da imate|
        potvrdite svoju dob|preuzmite aplikaciju|u našoj aplikaciji""",
    "cs": """potvrďte svůj věk|potvrďte, že vám|pouze pro dospělé|v naší aplikaci|stáhněte si aplikaci|
        stáhněte si naši|z app store|na google play|ověření věku|určen pouze osobám|pouze osobám starším""",
    "sk": "potvrďte svoj vek|v našej aplikácii|stiahnite si aplikáciu|na google play",
    "hu": """erősítse meg életkorát|erősítsd meg az életkorod|alkalmazásunkban|töltse le az alkalmazás|
        töltsd le az alkalmazás|töltse le alkalmazás|csak felnőtteknek|életkorát|életkor megerősítése""",
    "ro": """confirmați-vă vârsta|confirmă-ți vârsta|în aplicația noastră|descarcă aplicația|
        descărcați aplicația|din app store|din google play|doar pentru adulți|verificarea vârstei""",
    "el": """επιβεβαιώστε την ηλικία|μόνο για ενήλικες|στην εφαρμογή μας|κατεβάστε την εφαρμογή|
        κατεβάστε δωρεάν την εφαρμογή|στο app store|στο google play|επιβεβαίωση ηλικίας""",
    "sv": """bekräfta din ålder|bekräfta att du är|i vår app|ladda ner appen|ladda ner vår app|
        från app store|på google play|åldersgräns för|åldersverifiering""",
    "da": "bekræft din alder|i vores app|hent appen|hent vores app|download appen",
    "no": "bekreft alderen|bekreft at du er|i appen vår|last ned appen|last ned vår app",
    "fi": """vahvista ikäsi|vain aikuisille|sovelluksessamme|lataa sovellus|lataa sovelluksemme|
        app storesta|google playsta|vahvista, että olet|ikäraja""",
    "tr": """yaşınızı doğrulayın|yaşınızı onaylayın|uygulamamızda|uygulamayı indirin|uygulamamızı indirin|
        app store'dan|google play'den|yaş doğrulama|yalnızca yetişkinler""",
    "id": """konfirmasi usia|verifikasi usia|khusus dewasa|di aplikasi kami|unduh aplikasi|buka di aplikasi|
        di app store|di google play|khusus pembaca dewasa|usia anda untuk""",
    "ms": "sahkan umur anda|dalam aplikasi kami|muat turun aplikasi",
    "vi": """xác nhận độ tuổi|xác nhận tuổi|trên ứng dụng của chúng tôi|tải ứng dụng|mở trong ứng dụng|
        trên app store|trên google play|dành cho người lớn|xác minh tuổi""",
    "th": "ยืนยันอายุ|ในแอปของเรา|ดาวน์โหลดแอป|ดาวน์โหลดแอพ|เปิดในแอป|ยืนยันว่าคุณมีอายุ|เนื้อหาสำหรับผู้ใหญ่",
    "ja": """年齢確認|年齢認証|アプリで続き|年齢を確認|続きはアプリ|アプリで読|アプリをダウンロード|
        アプリを無料で|アプリをインストール|アプリで開く|成人向け|アダルトコンテンツ|年齢制限|歳未満の方は|
        閲覧できない内容|成人ですか""",
    "ko": """성인인증|성인 인증|연령 확인|나이를 확인|세 이상만 이용|미성년자는|청소년 유해|앱에서 더|
        앱에서 보|앱을 다운로드|앱을 무료로|앱을 설치|앱 다운로드|앱으로 보기|성인 콘텐츠|본인인증이 필요|
        연령 제한 콘텐츠""",
    "zh": """确认您的年龄|验证您的年龄|必须年满|年龄验证|確認您的年齡|年齡驗證|打开app|下载app|下载客户端|
        打开客户端|客户端阅读|免费下载客户端|下载应用|打開app|下載app|下載應用|開啟app|成人内容|成年人浏览|
        年龄限制""",
    "ar": """تأكيد عمرك|تأكيد العمر|للبالغين فقط|في تطبيقنا|حمّل التطبيق|حمل التطبيق|قم بتحميل التطبيق|
        حمّل تطبيق|نزّل التطبيق|التحقق من العمر|محتوى للبالغين""",
    "fa": "سن خود را تایید|سن خود را تأیید|در برنامه ما|اپلیکیشن ما|برنامه را رایگان|دانلود اپلیکیشن|اپلیکیشن را",
    "ur": "عمر کی تصدیق|ہماری ایپ|ایپ ڈاؤن لوڈ",
    "he": """אשרו את גילכם|אימות גיל|למבוגרים בלבד|באפליקציה שלנו|הורידו את האפליקציה|להורדת האפליקציה|
        אישור גיל|לגילאי""",
    "hi": "आयु की पुष्टि|उम्र की पुष्टि|हमारे ऐप|ऐप डाउनलोड|ऐप मुफ्त|ऐप इंस्टॉल|ऐप में पढ़ें|आयु सत्यापन|केवल वयस्कों",
    "bn": "বয়স নিশ্চিত|আমাদের অ্যাপে|অ্যাপ ডাউনলোড|অ্যাপটি ডাউনলোড",
    "ta": "வயதை உறுதி|எங்கள் செயலியில்|செயலியை இலவசமாக|செயலியைப் பதிவிறக்க",
    "te": "వయస్సును నిర్ధారించ|మా యాప్‌లో|యాప్ డౌన్‌లోడ్|యాప్‌ను డౌన్‌లోడ్",
    "sw": "thibitisha umri|kwenye programu yetu|pakua programu",
    "tl": "kumpirmahin ang iyong edad|sa aming app|i-download ang app",
}
