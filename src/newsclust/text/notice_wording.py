"""What pages say where no article is, by language; phrases without case, "|" between them.

Consent walls follow the wording of the IAB Transparency and Consent Framework, which publishers translate alike; the
others say in each language's usual words what a reader must do, or what is not there.
"""

from __future__ import annotations

from collections.abc import Mapping

NOTICES: Mapping[str, str] = {
    "en": """we value your privacy|your privacy matters|we care about your privacy|your privacy choices|
        store and access information on a device|store and/or access information on|process personal data, such as|
        precise geolocation data and identification|you may click to consent|consent to our and our partners|
        we and our partners store|we and our partners use|we and our partners may|we and our partners process|
        we use cookies|this site uses cookies|this website uses cookies|uses cookies to|accept all cookies|
        manage your cookie|cookie settings|cookie preferences|withdraw your consent|legitimate interest at any time|
        personalised ads and content|personalized ads and content|subscribe to continue|subscribe to read|
        subscribe now to|to continue reading|to keep reading|already a subscriber|for subscribers only|
        only for subscribers|article is for subscribers|subscriber-only|exclusive to subscribers|
        available to subscribers|reserved for subscribers|sign in to read|log in to read|log in to continue|
        sign in to continue|create a free account|register to read|register for free to|you have reached your limit|
        free articles left|free articles this month|this content is locked|unlock this article|
        start your free trial|only available in paid plans|available in paid plans|upgrade your plan|
        upgrade to a paid plan|unusual traffic from your|detected unusual traffic|detected unusual activity|
        are you a robot|you are not a robot|not a bot|verify you are human|verify that you are human|
        prove you are human|checking your browser|checking if the site connection is secure|complete the captcha|
        complete the security check|access to this page has been denied|you don't have permission to|
        request blocked|you have been blocked|request has been blocked|403 forbidden|your ip address|
        cloudflare ray id|performance and security by|ddos protection|reference #|not available in your country|
        not available in your region|unavailable in your region|unavailable for legal reasons|
        unavailable in most european countries|enable javascript|turn on javascript|javascript is disabled|
        javascript is required|requires javascript|turn on scripts|enable cookies|please enable js|
        disable your ad blocker|disable any ad blocker|turn off your ad blocker|adblocker detected|
        ad blocker detected|your browser is not supported|browser is out of date|update your browser|
        loading the player|please wait while|just a moment...|page not found|page cannot be found|
        page can't be found|page you requested|page you are looking for|page you were looking for|404 error|
        error 404|404 not found|page is no longer available|article is no longer available|
        story is no longer available|article has been removed|page has been removed|post has been removed|
        content has been removed|article has been deleted|page has been deleted|has been moved or deleted|
        this article has expired|this story has been removed|content is unavailable|content is not available|
        this content is no longer|502 bad gateway|503 service unavailable|504 gateway|internal server error|
        please try again later|content not available|full text is not available|full text not available|
        text unavailable|no description available|no content available|no summary available|content truncated""",
    "de": """wir respektieren ihre privatsphäre|ihre privatsphäre ist uns wichtig|ihre daten sind uns wichtig|
        informationen auf einem gerät speichern|informationen auf einem gerät zu speichern|
        auf informationen auf einem gerät|unsere partner verarbeiten|personenbezogene daten, wie|
        genaue standortdaten|wir verwenden cookies|wir nutzen cookies|diese website verwendet cookies|
        diese webseite verwendet cookies|alle cookies akzeptieren|cookie-einstellungen|zustimmung widerrufen|
        einwilligung widerrufen|mit werbung und tracking|um weiterzulesen|weiterlesen mit|jetzt weiterlesen|
        nur für abonnenten|für abonnenten|bereits abonnent|sie haben bereits ein abo|jetzt abonnieren|
        jetzt registrieren|bitte melden sie sich an|dieser artikel ist kostenpflichtig|kostenpflichtiger inhalt|
        artikel freischalten|ungewöhnlichen datenverkehr|sie kein roboter sind|dass sie ein mensch sind|
        ihr browser wird überprüft|zugriff verweigert|der zugriff auf diese seite|aktivieren sie javascript|
        javascript aktivieren|javascript ist deaktiviert|deaktivieren sie ihren adblocker|adblocker erkannt|
        seite nicht gefunden|seite wurde nicht gefunden|seite existiert nicht|artikel wurde entfernt|
        artikel wurde gelöscht|artikel ist nicht mehr verfügbar|seite ist nicht mehr verfügbar|
        inhalt ist nicht verfügbar|versuchen sie es später|in ihrem land nicht verfügbar|
        seite, die sie suchen|gesuchte seite|aufgerufene seite|angeforderte seite""",
    "fr": """le respect de votre vie privée|nos partenaires stockons|stocker et/ou accéder à des informations|
        stockons et/ou accédons|accéder à des informations sur un|données de géolocalisation précises|
        nous utilisons des cookies|ce site utilise des cookies|accepter tous les cookies|tout accepter|
        gérer mes cookies|retirer votre consentement|continuer sans accepter|réservé aux abonnés|
        réservée aux abonnés|déjà abonné|abonnez-vous pour|pour lire la suite|poursuivre votre lecture|
        pour continuer à lire|connectez-vous pour|créez un compte|trafic inhabituel|n'êtes pas un robot|
        vous êtes humain|accès refusé|accès interdit|vérification de votre|activez javascript|activer javascript|
        javascript est désactivé|désactivez votre bloqueur|page introuvable|page non trouvée|page n'existe pas|
        page demandée|article a été supprimé|article n'est plus disponible|page n'est plus disponible|
        contenu n'est pas disponible|veuillez réessayer|
        page que vous recherchez|page que vous cherchez""",
    "es": """tu privacidad|su privacidad|nuestros socios almacenamos|almacenar la información en un dispositivo|
        acceder a información en un dispositivo|datos de localización geográfica precisa|usamos cookies|
        utilizamos cookies|utiliza cookies|aceptar todas las cookies|configurar cookies|retirar su consentimiento|
        retirar tu consentimiento|exclusivo para suscriptores|solo para suscriptores|sólo para suscriptores|
        ya eres suscriptor|suscríbete para|suscríbase para|para seguir leyendo|para continuar leyendo|
        inicia sesión para|regístrate para|regístrate gratis|tráfico inusual|no eres un robot|no es un robot|
        eres humano|acceso denegado|verificando su navegador|active javascript|activa javascript|
        habilite javascript|habilita javascript|javascript está desactivado|desactive su bloqueador|
        desactiva tu bloqueador|página no encontrada|no se encontró la página|página que buscas|página que busca|
        no existe la página|página ya no está disponible|artículo ha sido eliminado|página ha sido eliminada|
        inténtelo de nuevo más tarde|
        la página solicitada|página a la que intenta acceder|no existe o ha sido movida""",
    "pt": """valorizamos a sua privacidade|sua privacidade é importante|armazenar e/ou aceder a informações|
        armazenamos e/ou acedemos|acessar informações em um dispositivo|dados de geolocalização precisos|
        utilizamos cookies|usamos cookies|utiliza cookies|aceitar todos os cookies|retirar o seu consentimento|
        exclusivo para assinantes|só para assinantes|conteúdo exclusivo|já é assinante|assine para|
        para continuar a ler|para continuar lendo|faça login para|inicie sessão para|cadastre-se para|
        tráfego incomum|tráfego invulgar|não é um robô|você é humano|acesso negado|ative o javascript|
        habilite o javascript|javascript está desativado|desative o seu bloqueador|desative o bloqueador|
        página não encontrada|página que procura|página não está mais disponível|artigo foi removido|
        página foi removida|conteúdo não está disponível|tente novamente mais tarde|
        página que está procurando|página solicitada|
        retirada do ar|retirado do ar""",
    "it": """la tua privacy|la vostra privacy|rispettiamo la tua privacy|archiviare informazioni su un dispositivo|
        archiviamo e/o accediamo|dati di geolocalizzazione precisi|utilizziamo i cookie|utilizza i cookie|
        utilizza cookie|accetta tutti i cookie|revocare il consenso|riservato agli abbonati|contenuto riservato|
        sei già abbonato|abbonati per|per continuare a leggere|accedi per|registrati per|traffico insolito|
        non sei un robot|sei un essere umano|accesso negato|abilita javascript|attiva javascript|
        javascript è disabilitato|disattiva il tuo adblock|disattiva l'ad blocker|pagina non trovata|
        pagina richiesta|pagina che cerchi|pagina non è più disponibile|articolo è stato rimosso|
        contenuto non è disponibile|riprova più tardi|
        pagina che stai cercando""",
    "nl": """uw privacy|jouw privacy|je privacy|informatie op een apparaat|precieze geolocatiegegevens|
        wij gebruiken cookies|we gebruiken cookies|maakt gebruik van cookies|gebruikt cookies|
        alle cookies accepteren|toestemming intrekken|alleen voor abonnees|exclusief voor abonnees|al abonnee|
        om verder te lezen|verder lezen met|log in om|registreer om|ongebruikelijk verkeer|geen robot bent|
        dat u een mens bent|toegang geweigerd|schakel javascript in|javascript is uitgeschakeld|
        schakel uw adblocker|schakel je adblocker|pagina niet gevonden|pagina bestaat niet|
        artikel is niet meer beschikbaar|pagina is verwijderd|artikel is verwijderd|niet beschikbaar in uw land|
        probeer het later|
        pagina die u zoekt|pagina die je zoekt|opgevraagde pagina""",
    "sv": """vi värnar om din integritet|lagra och få åtkomst till information|vi använder cookies|vi använder kakor|
        webbplatsen använder cookies|godkänn alla|återkalla ditt samtycke|endast för prenumeranter|
        bara för prenumeranter|för dig som är prenumerant|redan prenumerant|för att läsa vidare|läs vidare med|
        logga in för att|registrera dig för att|ovanlig trafik|inte är en robot|åtkomst nekad|aktivera javascript|
        slå på javascript|javascript är avstängt|stäng av din annonsblockerare|sidan kunde inte hittas|
        sidan hittades inte|sidan finns inte|sidan är inte längre tillgänglig|artikeln har tagits bort|
        sidan har tagits bort|
        sidan du söker|sidan du letar efter|
        accepterar du att vi använder|för prenumeranter""",
    "da": """vi værner om dit privatliv|oplysninger på en enhed|vi bruger cookies|bruger cookies|acceptér alle|
        tilbagekalde dit samtykke|kun for abonnenter|forbeholdt abonnenter|allerede abonnent|for at læse videre|
        læs videre med|log ind for at|usædvanlig trafik|ikke er en robot|adgang nægtet|aktivér javascript|
        slå javascript til|siden blev ikke fundet|siden findes ikke|siden er ikke længere|
        artiklen er blevet fjernet|siden er blevet fjernet|
        bliv abonnent for""",
    "no": """vi bryr oss om personvernet ditt|ditt personvern|informasjon på en enhet|vi bruker informasjonskapsler|
        bruker informasjonskapsler|vi bruker cookies|godta alle|kun for abonnenter|bare for abonnenter|
        forbeholdt abonnenter|allerede abonnent|for å lese videre|logg inn for å|uvanlig trafikk|ikke er en robot|
        ingen tilgang|slå på javascript|aktiver javascript|siden ble ikke funnet|finner ikke siden|
        siden er ikke lenger|artikkelen er fjernet|siden er fjernet""",
    "fi": """yksityisyytesi on meille tärkeä|tietoja laitteelle|käytämme evästeitä|käyttää evästeitä|hyväksy kaikki|
        vain tilaajille|oletko jo tilaaja|jatka lukemista|kirjaudu sisään|epätavallista liikennettä|et ole robotti|
        pääsy estetty|ota javascript käyttöön|javascript on poistettu|sivua ei löytynyt|sivua ei löydy|
        sivu ei ole enää|artikkeli on poistettu|sivu on poistettu|
        kertoa sinulle evästeistä|evästeet ovat käytössä|tilaa jatkaaksesi|lukeaksesi koko""",
    "pl": """cenimy twoją prywatność|szanujemy twoją prywatność|przechowujemy informacje na urządzeniu|
        informacje na urządzeniu|dokładne dane geolokalizacyjne|używamy plików cookie|wykorzystuje pliki cookie|
        używa plików cookie|zaakceptuj wszystkie|wycofać zgodę|tylko dla subskrybentów|dla prenumeratorów|
        masz już subskrypcję|aby czytać dalej|by czytać dalej|czytaj dalej z|zaloguj się, aby|zarejestruj się, aby|
        nietypowy ruch|nie jesteś robotem|jesteś człowiekiem|odmowa dostępu|dostęp zabroniony|włącz javascript|
        włącz obsługę javascript|wyłącz adblock|wyłącz blokowanie reklam|nie znaleziono strony|strona nie istnieje|
        strona nie została|artykuł został usunięty|strona została usunięta|strona nie jest już|
        spróbuj ponownie później|
        strona, której szukasz|strony, której szukasz""",
    "cs": """vážíme si vašeho soukromí|informace v zařízení|používáme soubory cookie|používá cookies|
        používá soubory cookie|přijmout vše|odvolat souhlas|pouze pro předplatitele|jen pro předplatitele|
        jste předplatitel|pro pokračování|přihlaste se, abyste|neobvyklý provoz|nejste robot|přístup odepřen|
        povolte javascript|zapněte javascript|vypněte adblock|stránka nenalezena|stránka nebyla nalezena|
        stránka neexistuje|článek byl odstraněn|stránka byla odstraněna|stránka již není|
        stránka, kterou hledáte|požadovaná stránka""",
    "sk": """vážime si vaše súkromie|používame súbory cookie|používa súbory cookie|len pre predplatiteľov|prihláste sa|
        nie ste robot|prístup zamietnutý|zapnite javascript|povoľte javascript|stránka sa nenašla|
        stránka neexistuje|článok bol odstránený|stránka už nie je""",
    "hu": """fontos számunkra az ön adatainak|adatvédelme|mi és partnereink tároljuk|sütiket használunk|
        sütiket használ|cookie-kat használ|összes elfogadása|csak előfizetőknek|előfizetőink számára|
        már előfizető|az olvasás folytatásához|jelentkezzen be|szokatlan forgalmat|nem robot|
        hozzáférés megtagadva|engedélyezze a javascript|kapcsolja be a javascript|az oldal nem található|
        a keresett oldal|cikk már nem elérhető|oldal már nem elérhető|
        cikket törölt|cikket eltávolít|keresett cikk""",
    "ro": """confidențialitatea dumneavoastră|confidențialitatea ta|informații pe un dispozitiv|folosim cookie|
        utilizăm cookie|folosește cookie|utilizează cookie|acceptă toate|doar pentru abonați|
        exclusiv pentru abonați|ești deja abonat|pentru a citi mai departe|pentru a continua|autentifică-te|
        trafic neobișnuit|nu ești robot|nu sunteți robot|acces interzis|acces refuzat|activați javascript|
        activează javascript|pagina nu a fost găsită|pagina nu există|pagina nu mai este disponibilă|
        articolul a fost șters|
        pagina pe care o căutați|pagina pe care o cauți|pagina căutată""",
    "el": """σεβόμαστε την ιδιωτικότητά|το απόρρητό σας|πληροφορίες σε μια συσκευή|χρησιμοποιούμε cookies|
        χρησιμοποιεί cookies|αποδοχή όλων|μόνο για συνδρομητές|αποκλειστικά για συνδρομητές|είστε ήδη συνδρομητής|
        για να συνεχίσετε|συνδεθείτε για|ασυνήθιστη κίνηση|δεν είστε ρομπότ|δεν επιτρέπεται η πρόσβαση|
        απαγορεύεται η πρόσβαση|ενεργοποιήστε τη javascript|ενεργοποιήστε την javascript|η σελίδα δεν βρέθηκε|
        δεν βρέθηκε η σελίδα|η σελίδα δεν είναι πλέον|το άρθρο έχει αφαιρεθεί|το άρθρο έχει διαγραφεί|
        η σελίδα που ψάχνετε|η σελίδα που αναζητάτε|η σελίδα που ζητήσατε|
        η σελίδα που αναζητ|ζητήσατε δεν υπάρχει""",
    "bg": """поверителността ви|използваме бисквитки|използва бисквитки|приеми всички|само за абонати|за да продължите|
        влезте в профила|необичаен трафик|не сте робот|достъпът е отказан|включете javascript|
        активирайте javascript|страницата не е намерена|страницата не съществува|страницата вече не е|
        статията е премахната|статията е изтрита""",
    "hr": """vaša privatnost|vašu privatnost|koristimo kolačiće|koristi kolačiće|prihvati sve|samo za pretplatnike|
        već ste pretplatnik|za nastavak čitanja|prijavite se za|neuobičajen promet|niste robot|pristup odbijen|
        omogućite javascript|uključite javascript|stranica nije pronađena|stranica ne postoji|
        stranica više nije dostupna|članak više nije dostupan|članak je uklonjen|članak je obrisan""",
    "sr": """ваша приватност|користимо колачиће|користи колачиће|само за претплатнике|нисте робот|приступ одбијен|
        омогућите javascript|укључите javascript|страница није пронађена|страница не постоји|страница више није|
        чланак је уклоњен|stranica nije pronađena|koristimo kolačiće""",
    "sl": """vaša zasebnost|uporabljamo piškotke|uporablja piškotke|samo za naročnike|niste robot|dostop zavrnjen|
        omogočite javascript|strani ni mogoče najti|stran ne obstaja|stran ni več na voljo""",
    "ru": """мы ценим вашу конфиденциальность|мы используем cookie|мы используем файлы cookie|использует файлы cookie|
        использует cookie|используем куки|принять все|только для подписчиков|доступно подписчикам|
        доступен только подписчикам|уже есть подписка|оформите подписку|чтобы продолжить чтение|чтобы читать дальше|
        чтобы прочитать полностью|войдите, чтобы|авторизуйтесь, чтобы|зарегистрируйтесь, чтобы|
        подозрительный трафик|необычный трафик из|что вы не робот|вы не робот|доступ к сайту ограничен|
        доступ к странице|проверка браузера|проверяем ваш браузер|включите javascript|включить javascript|
        javascript отключен|javascript отключён|отключите блокировщик|страница не найдена|страница не существует|
        такой страницы нет|запрашиваемая страница|материал удалён|материал удален|статья удалена|новость удалена|
        страница больше не доступна|страница больше недоступна|недоступен в вашем регионе|попробуйте позже|
        повторите попытку позже|ошибка 404|
        страница, которую вы ищете|страницы, которую вы ищете""",
    "uk": """ми цінуємо вашу конфіденційність|ми використовуємо cookie|ми використовуємо файли cookie|
        використовує файли cookie|прийняти всі|лише для передплатників|тільки для передплатників|
        тільки для підписників|оформіть передплату|щоб читати далі|щоб продовжити читання|увійдіть, щоб|
        авторизуйтесь, щоб|незвичайний трафік|підозрілий трафік|ви не робот|доступ до сторінки|увімкніть javascript|
        javascript вимкнено|вимкніть блокувальник|сторінку не знайдено|сторінка не знайдена|сторінка не існує|
        матеріал видалено|статтю видалено|сторінка більше недоступна|спробуйте пізніше|
        сторінка, яку ви шукаєте|сторінку, яку ви шукаєте""",
    "tr": """gizliliğinize önem veriyoruz|gizliliğinize değer veriyoruz|bir cihazdaki bilgi|çerez kullanıyoruz|
        çerezleri kullanıyoruz|çerezler kullanılmaktadır|çerez kullanır|yalnızca abonelere|sadece abonelere|
        abonelere özel|zaten abone misiniz|okumaya devam etmek için|devam etmek için giriş|okumak için üye olun|
        olağan dışı trafik|olağandışı trafik|robot olmadığınızı|insan olduğunuzu|erişim engellendi|
        erişim reddedildi|javascript'i etkinleştirin|javascript etkinleştirin|reklam engelleyici|sayfa bulunamadı|
        aradığınız sayfa|böyle bir sayfa yok|haber yayından kaldırıl|sayfa yayından kaldırıl|
        sayfa artık mevcut değil|haber silinmiş|daha sonra tekrar deneyin|
        ulaşmaya çalıştığınız sayfa|
        abone olmanız gerek|çerezleri kabul""",
    "id": """kami menghargai privasi anda|kami dan mitra kami menyimpan|menyimpan dan mengakses informasi|
        kami menggunakan cookie|situs ini menggunakan cookie|menggunakan cookies|konten khusus pelanggan|
        artikel khusus pelanggan|konten premium|sudah berlangganan|berlangganan untuk|untuk melanjutkan membaca|
        untuk membaca selengkapnya|lanjutkan membaca dengan|masuk untuk membaca|login untuk membaca|
        daftar untuk membaca|lalu lintas yang tidak biasa|lalu lintas tidak biasa|anda bukan robot|anda manusia|
        akses anda ditolak|akses anda diblokir|memeriksa browser|aktifkan javascript|mengaktifkan javascript|
        javascript dinonaktifkan|nonaktifkan adblock|matikan adblock|halaman tidak ditemukan|halaman yang anda cari|
        halaman tidak tersedia|artikel telah dihapus|berita telah dihapus|halaman sudah tidak tersedia|
        artikel sudah tidak tersedia|coba lagi nanti|hanya tersedia di paket berbayar|
        halaman yang anda minta""",
    "ms": """kami menghormati privasi anda|kami menggunakan kuki|menggunakan kuki|hanya untuk pelanggan|
        untuk terus membaca|log masuk untuk|trafik luar biasa|dayakan javascript|aktifkan javascript|
        halaman tidak dijumpai|halaman telah dipadamkan""",
    "vi": """chúng tôi tôn trọng quyền riêng tư|quyền riêng tư của bạn|chúng tôi sử dụng cookie|
        trang web này sử dụng cookie|sử dụng cookie|dành riêng cho thuê bao|chỉ dành cho thành viên|để đọc tiếp|
        để tiếp tục đọc|đăng nhập để đọc|đăng ký để đọc|lưu lượng truy cập bất thường|không phải là robot|
        không phải là người máy|truy cập bị từ chối|truy cập bị chặn|bật javascript|kích hoạt javascript|
        không tìm thấy trang|trang không tồn tại|bài viết đã bị xóa|trang không còn tồn tại|thử lại sau|
        trang bạn đang tìm|trang bạn yêu cầu""",
    "tl": """pinahahalagahan namin ang iyong privacy|gumagamit kami ng cookies|para lamang sa mga subscriber|
        mag-subscribe upang|hindi ka robot|hindi nahanap ang pahina|i-enable ang javascript|hindi na available""",
    "am": "ገጽ አልተገኘም|ገጹ አልተገኘም|ገጹ የለም|የፈለጉት ገጽ|ኩኪዎችን እንጠቀማለን|ለደንበኞች ብቻ",
    "sw": """tunathamini faragha yako|tunatumia vidakuzi|kwa waliojisajili pekee|ili kuendelea kusoma|
        ukurasa haujapatikana|ukurasa haukupatikana|washa javascript|wewe si roboti|
        ukurasa unaotafuta|
        ukurasa unaoutafuta""",
    "ar": """نحن نقدر خصوصيتك|نقدر خصوصيتك|خصوصيتك تهمنا|نستخدم ملفات تعريف الارتباط|يستخدم ملفات تعريف الارتباط|
        يستخدم هذا الموقع ملفات|قبول جميع ملفات|للمشتركين فقط|حصري للمشتركين|هذا المحتوى للمشتركين|لمتابعة القراءة|
        لمواصلة القراءة|اشترك لقراءة|اشترك لمتابعة|سجل الدخول لمتابعة|سجل الدخول لقراءة|حركة مرور غير عادية|
        لست روبوت|لست برنامج روبوت|أنك إنسان|تفعيل جافا سكريبت|تفعيل جافاسكريبت|تمكين javascript|تفعيل javascript|
        مانع الإعلانات|الصفحة غير موجودة|لم يتم العثور على الصفحة|الصفحة المطلوبة|تم حذف المقال|تم حذف الصفحة|
        تم حذف هذا|هذه الصفحة لم تعد|غير متاح في بلدك|حاول مرة أخرى لاحق|
        الصفحة التي تبحث عنها|الصفحة التي طلبتها""",
    "fa": """حریم خصوصی شما|از کوکی استفاده|از کوکی‌ها استفاده|فقط برای مشترکان|مخصوص مشترکان|برای ادامه مطلب|
        برای خواندن ادامه|ترافیک غیرعادی|ربات نیستید|جاوااسکریپت را فعال|جاوا اسکریپت را فعال|صفحه یافت نشد|
        صفحه مورد نظر|صفحه پیدا نشد|این مطلب حذف شده|صفحه در دسترس نیست|
        صفحه‌ای که به دنبال|صفحه ای که به دنبال""",
    "ur": """آپ کی رازداری|ہم کوکیز استعمال|صرف سبسکرائبرز کے لیے|صفحہ نہیں ملا|جاوا اسکرپٹ فعال|صفحہ اب دستیاب نہیں|
        آپ روبوٹ نہیں|رسائی مسترد""",
    "he": """אנו מכבדים את פרטיותך|אתר זה משתמש בעוגיות|משתמש בעוגיות|למנויים בלבד|לקריאת הכתבה המלאה|להמשך קריאה|
        התחבר כדי|כבר מנוי|תנועה חריגה|אינך רובוט|הגישה נדחתה|הפעל javascript|הדף לא נמצא|העמוד לא נמצא|הדף המבוקש|
        הכתבה הוסרה|הדף אינו זמין|
        הדף שחיפשת|העמוד שחיפשת""",
    "hi": """आपकी गोपनीयता|हम कुकीज़ का|कुकीज़ का उपयोग|कुकीज का उपयोग|केवल सदस्यों के लिए|केवल सब्सक्राइबर|
        सब्सक्राइबर्स के लिए|आगे पढ़ने के लिए|पूरा पढ़ने के लिए|असामान्य ट्रैफ़िक|असामान्य ट्रैफिक|आप रोबोट नहीं|
        पहुंच अस्वीकृत|एक्सेस अस्वीकृत|जावास्क्रिप्ट सक्षम|जावास्क्रिप्ट चालू|javascript सक्षम|पेज नहीं मिला|
        पृष्ठ नहीं मिला|पेज अब उपलब्ध नहीं|यह लेख हटा दिया|यह खबर हटा दी|
        जिस पेज को आप|जिस पृष्ठ को आप|आप जिस पेज""",
    "bn": """আপনার গোপনীয়তা|কুকি ব্যবহার|শুধু গ্রাহকদের জন্য|শুধুমাত্র গ্রাহকদের|সম্পূর্ণ পড়তে|অস্বাভাবিক ট্রাফিক|
        আপনি রোবট নন|প্রবেশাধিকার নেই|জাভাস্ক্রিপ্ট চালু|জাভাস্ক্রিপ্ট সক্রিয়|পাতাটি পাওয়া যায়নি|
        পৃষ্ঠাটি পাওয়া যায়নি|পাতাটি আর নেই|প্রতিবেদনটি মুছে ফেলা|
        পাতাটি খুঁজছেন|পাতাটি পাওয়া যায়নি|পৃষ্ঠাটি খুঁজছেন""",
    "ta": """உங்கள் தனியுரிமை|குக்கீகளைப் பயன்படுத்து|சந்தாதாரர்களுக்கு மட்டும்|தொடர்ந்து படிக்க|பக்கம் கிடைக்கவில்லை|
        பக்கம் காணப்படவில்லை|ஜாவாஸ்கிரிப்டை இயக்க|பக்கம் நீக்கப்பட்டது""",
    "te": """మీ గోప్యత|కుకీలను ఉపయోగ|చందాదారులకు మాత్రమే|చదవడం కొనసాగించ|పేజీ కనుగొనబడలేదు|పేజీ దొరకలేదు|
        జావాస్క్రిప్ట్‌ను ప్రారంభించ|పేజీ తొలగించబడింది""",
    "th": """เราให้ความสำคัญกับความเป็นส่วนตัว|ความเป็นส่วนตัวของคุณ|เว็บไซต์นี้ใช้คุกกี้|เราใช้คุกกี้|
        สำหรับสมาชิกเท่านั้น|เฉพาะสมาชิก|สมัครสมาชิกเพื่ออ่าน|เพื่ออ่านต่อ|เข้าสู่ระบบเพื่อ|การเข้าชมที่ผิดปกติ|
        ไม่ใช่หุ่นยนต์|ไม่ใช่โปรแกรมอัตโนมัติ|เปิดใช้งาน javascript|เปิดใช้ javascript|ไม่พบหน้า|ไม่พบหน้าที่คุณ|
        หน้านี้ถูกลบแล้ว|บทความถูกลบแล้ว|
        หน้าที่คุณค้นหา|หน้าที่คุณกำลังค้นหา""",
    "zh": """我们重视您的隐私|我們重視您的隱私|本网站使用cookie|本网站使用 cookie|我们使用cookie|
        我们使用 cookie|本網站使用cookie|本網站使用 cookie|仅限订阅用户|仅限会员|僅限訂閱|僅限會員|
        订阅后阅读|订阅以继续|登录后阅读|登录后查看|登入後閱讀|继续阅读请|繼續閱讀請|剩余内容|
        检测到异常流量|偵測到異常流量|来自您的计算机网络的异常流量|不是机器人|不是機器人|确认您是真人|
        您是人类|正在检查您的浏览器|请启用javascript|请启用 javascript|启用javascript|启用 javascript|
        啟用javascript|啟用 javascript|页面不存在|页面未找到|找不到页面|找不到頁面|頁面不存在|您访问的页面|
        文章已被删除|页面已被删除|頁面已被刪除|文章已被刪除|文章已删除|该内容已被删除|内容不存在|
        请稍后再试|請稍後再試|
        您要找的页面|您查找的页面|您要訪問的頁面|您訪問的頁面|
        付费内容|订阅后可|订阅后可阅读|已被发布者删除|请开启javascript|請開啟javascript|開啟 javascript""",
    "ja": """プライバシーを尊重|お客様のプライバシー|当サイトではcookie|当サイトではクッキー|cookieを使用して|
        クッキーを使用して|会員限定|有料会員|有料記事|続きを読むには|この先は会員|ログインして|
        無料会員登録|会員登録が必要|残り文字|通常と異なるトラフィック|ロボットではない|
        このページにアクセスできません|javascriptを有効|javascript を有効|広告ブロック|
        ページが見つかりません|お探しのページ|指定されたページ|削除された可能性|この記事は削除されました|
        このページは削除されました|掲載期間が終了|この記事の公開は終了|この記事は公開を終了|後でもう一度|
        cookieの使用に同意|クッキーの使用に同意|購読が必要""",
    "ko": """개인정보를 소중|귀하의 개인정보|쿠키를 사용|구독자 전용|유료 회원|유료회원|회원 전용|계속 읽으려면|
        전문을 보시려면|로그인이 필요|로그인 후 이용|회원가입 후|비정상적인 트래픽|로봇이 아닙니다|
        사람인지 확인|자바스크립트를 활성화|javascript를 활성화|javascript를 사용|페이지를 찾을 수 없|
        존재하지 않는 페이지|기사가 삭제되었습니다|페이지가 삭제되었습니다|삭제된 기사|삭제된 페이지|
        페이지는 더 이상 제공되지|잠시 후 다시|
        요청하신 페이지|찾으시는 페이지""",
    "ka": """ჩვენ ვაფასებთ თქვენს|ქუქი-ფაილებს|მხოლოდ გამომწერებისთვის|გვერდი ვერ მოიძებნა|ჩართეთ javascript|
        წვდომა აკრძალულია""",
    "hy": """մենք գնահատում ենք ձեր|քուքիներ|միայն բաժանորդների|էջը չի գտնվել|միացրեք javascript""",
    "az": """məxfiliyinizə|kukilərdən istifadə|yalnız abunəçilər|səhifə tapılmadı|javascript-i aktiv|
        robot olmadığınızı""",
    "ca": """la teva privacitat|nosaltres i els nostres socis|utilitzem galetes|fem servir galetes|
        només per a subscriptors|per continuar llegint|pàgina no trobada|activa javascript|accés denegat""",
    "lt": """mes vertiname jūsų privatumą|naudojame slapukus|naudoja slapukus|tik prenumeratoriams|
        norėdami skaityti toliau|puslapis nerastas|įjunkite javascript|prieiga uždrausta|nesate robotas""",
    "lv": """mēs cienām jūsu privātumu|izmantojam sīkdatnes|izmanto sīkdatnes|tikai abonentiem|lai turpinātu lasīt|
        lapa nav atrasta|ieslēdziet javascript|piekļuve liegta|neesat robots""",
    "et": """hindame teie privaatsust|kasutame küpsiseid|kasutab küpsiseid|ainult tellijatele|edasi lugemiseks|
        lehte ei leitud|lülitage javascript sisse|juurdepääs keelatud""",
}

TITLES = """just a moment|just a moment...|attention required|access denied|
    403 forbidden|forbidden|404|404 not found|404 error|error 404|not found|page not found|error|error page|robot check|
    are you a robot?|security check|captcha|502 bad gateway|503 service unavailable|500 internal server error|
    504 gateway time-out|bad gateway|service unavailable|too many requests|429 too many requests|
    request rejected|blocked|verify you are human|cookie consent|cookies|consent|before you continue|
    before you continue to google|privacy settings|your privacy choices|subscribe|sign in|log in|login|redirecting|
    redirecting...|loading|loading...|untitled|untitled document|index|javascript required|javascript is disabled"""

NOTHING = """nan|nat|none|null|nil|n/a|#n/a|na|<na>|undefined|\\n|(null)|(none)|[none]|[null]|[removed]|[deleted]|
    not available|unavailable"""
