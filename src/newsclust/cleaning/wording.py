"""Wording of web pages around articles, by language: what `cleaning` takes out. Data, no logic.

Every entry is compared without case and without punctuation around it. Kinds of entries:

- `LINES`: a line that is nothing but this is boilerplate wherever it stands.
- `EDGES`: the same, but only before the first or behind the last line of text, as inside a text it may be a subheading.
- `LISTS`: headings of lists of other articles; at the end of a text, what follows is no more of it.
- `ALSO`: openings of lines that point to another article ("Read also: ...").
- `NOTICES`: parts of the sentences in which a page says where the text is from, at its edges.
- `APPEALS`: the same for calls to subscribe, with a gap for the name of the letter or channel.
- `BYLINES`: words in front of the author's name at the head of a text.
- `COUNTED`: words that stand with a number: "Komentar (0)", "3 Comments".
- `ORIGINS`: words in front of the name or address of the origin: "Source: https://...".
- `LABELS`: words in front of a list of sections or keywords: "Tags: ...".
- `NETWORKS`: what share bars are made of.

Collected by reading pages of newspapers and of common publishing systems; a phrase is listed where a reporter would not
write it as a line of its own.
"""

# ruff: noqa: E501 - wide characters count double

from __future__ import annotations

from collections.abc import Mapping

LINES: Mapping[str, str] = {
    "en": """source link|leave a reply|leave a comment|post a comment|add a comment|write a comment|cancel reply|
        your email address will not be published|
        your email address will not be published. required fields are marked *|required fields are marked *|
        save my name, email, and website in this browser for the next time i comment|back to top|
    back to top button|
        advertisement|advertisements|advertising|sponsored content|story continues below advertisement|
        article continues below advertisement|continue reading below|sign up for our newsletter|
        subscribe to our newsletter|log in to comment|sign in to comment|share this article|share this story|
        share this post|share this|share on facebook|share on twitter|share on x|share on whatsapp|post on x|
        tweet this|click to share|follow us on social media|skip to main content|skip to content|
        this site uses cookies|accept all cookies|accept cookies|manage cookies|cookie settings|
    all rights reserved|
        read next|up next|view comments|show comments|hide comments|load more comments|print this article|
        email this article|copy link|link copied|click here to subscribe|download our app|report an error|
        listen to this article|get the app|loading comments|submit comment|post comment|
    click here to read more""",
    "id": """tinggalkan balasan|tinggalkan komentar|tulis komentar|beri komentar|kirim komentar|batalkan balasan|
        alamat email anda tidak akan dipublikasikan|
        alamat email anda tidak akan dipublikasikan. ruas yang wajib ditandai *|ruas yang wajib ditandai *|
        iklan|gulir ke bawah untuk melanjutkan|scroll untuk melanjutkan membaca|lanjut membaca|
    bagikan artikel ini|
        bagikan berita ini|bagikan ke facebook|bagikan ke whatsapp|bagikan di x|masuk untuk berkomentar|
        login untuk berkomentar|kembali ke atas|tautan sumber|salin tautan|ikuti kami di google news|
        berlangganan buletin kami|jadilah yang pertama berkomentar|hak cipta dilindungi|lihat semua komentar""",
    "ms": """tinggalkan komen|e-mel anda tidak akan disiarkan|kongsi artikel ini|kembali ke atas|
        log masuk untuk komen""",
    "de": """quellenlink|quelle link|link zur quelle|kommentar schreiben|kommentar hinterlassen|
        schreiben sie einen kommentar|
        schreibe einen kommentar|antwort hinterlassen|antworten abbrechen|kommentar abschicken|
        deine e-mail-adresse wird nicht veröffentlicht|ihre e-mail-adresse wird nicht veröffentlicht|
        deine e-mail-adresse wird nicht veröffentlicht. erforderliche felder sind mit * markiert|
        erforderliche felder sind mit * markiert|anzeige|werbung|artikel teilen|
    diesen artikel teilen|beitrag teilen|
        auf facebook teilen|auf x teilen|auf whatsapp teilen|per e-mail verschicken|per e-mail teilen|
        artikel drucken|nach oben|zum seitenanfang|zum inhalt springen|newsletter abonnieren|
        jetzt newsletter abonnieren|link kopieren|fehler melden|alle rechte vorbehalten|zur startseite|
        alle cookies akzeptieren|kommentare anzeigen|anmelden, um zu kommentieren|artikel anhören""",
    "fr": """laisser un commentaire|laissez un commentaire|ajouter un commentaire|écrire un commentaire|
        annuler la réponse|votre adresse e-mail ne sera pas publiée|
        votre adresse e-mail ne sera pas publiée. les champs obligatoires sont indiqués avec *|
        les champs obligatoires sont indiqués avec *|publicité|la suite après la publicité|partager cet article|
        partager sur facebook|partager sur x|partager sur whatsapp|envoyer par e-mail|imprimer l'article|
        retour en haut|haut de page|aller au contenu|inscrivez-vous à notre newsletter|copier le lien|
        tous droits réservés|connectez-vous pour commenter|lien source|accepter les cookies|écouter cet article|
        réagir à cet article|voir les commentaires""",
    "es": """deja un comentario|dejar un comentario|deja una respuesta|escribe un comentario|cancelar la respuesta|
        tu dirección de correo electrónico no será publicada|
        tu dirección de correo electrónico no será publicada. los campos obligatorios están marcados con *|
        los campos obligatorios están marcados con *|publicidad|anuncio|compartir este artículo|
        comparte esta noticia|compartir esta noticia|compartir en facebook|compartir en x|compartir en whatsapp|
        volver arriba|ir arriba|saltar al contenido|suscríbete a nuestro boletín|copiar enlace|
        todos los derechos reservados|inicia sesión para comentar|enlace fuente|aceptar cookies|ver comentarios|
        escuchar este artículo|enviar por correo""",
    "pt": """deixe um comentário|deixe uma resposta|deixar um comentário|escreva um comentário|cancelar resposta|
        o seu endereço de email não será publicado|o seu endereço de e-mail não será publicado|
        o seu endereço de e-mail não será publicado. campos obrigatórios são marcados com *|
        campos obrigatórios são marcados com *|publicidade|anúncio|continua após a publicidade|
        compartilhe esta notícia|compartilhar no facebook|compartilhar no whatsapp|partilhar no facebook|
        partilhar este artigo|partilhe este artigo|voltar ao topo|ir para o conteúdo|assine a nossa newsletter|
        subscreva a nossa newsletter|copiar link|copiar ligação|todos os direitos reservados|
        inicie sessão para comentar|faça login para comentar|aceitar cookies|ver comentários|
    ouvir este artigo""",
    "it": """lascia un commento|scrivi un commento|aggiungi un commento|annulla risposta|
        il tuo indirizzo email non sarà pubblicato|
        il tuo indirizzo email non sarà pubblicato. i campi obbligatori sono contrassegnati *|
        i campi obbligatori sono contrassegnati *|pubblicità|annuncio pubblicitario|condividi questo articolo|
        condividi l'articolo|condividi su facebook|condividi su x|condividi su whatsapp|torna su|torna in alto|
        vai al contenuto|iscriviti alla newsletter|copia link|tutti i diritti riservati|riproduzione riservata|
        © riproduzione riservata|accedi per commentare|accetta i cookie|ascolta questo articolo|
    invia per email""",
    "nl": """laat een reactie achter|geef een reactie|plaats een reactie|reactie annuleren|
        je e-mailadres wordt niet gepubliceerd|
        je e-mailadres wordt niet gepubliceerd. vereiste velden zijn gemarkeerd met *|
        vereiste velden zijn gemarkeerd met *|advertentie|lees verder onder de advertentie|deel dit artikel|
        delen op facebook|delen via whatsapp|terug naar boven|naar de inhoud|
    schrijf je in voor onze nieuwsbrief|
        link kopiëren|alle rechten voorbehouden|log in om te reageren|cookies accepteren|
    beluister dit artikel""",
    "pl": """dodaj komentarz|zostaw komentarz|napisz komentarz|anuluj odpowiedź|dodaj odpowiedź|
        twój adres e-mail nie zostanie opublikowany|wymagane pola są oznaczone *|reklama|
        dalsza część artykułu pod reklamą|udostępnij ten artykuł|udostępnij na facebooku|powrót na górę|
        przejdź do treści|zapisz się do newslettera|kopiuj link|wszelkie prawa zastrzeżone|
        zaloguj się, aby skomentować|akceptuj ciasteczka|posłuchaj artykułu""",
    "ru": """оставить комментарий|оставьте комментарий|добавить комментарий|написать комментарий|отменить ответ|
        ваш адрес email не будет опубликован|ваш e-mail не будет опубликован|обязательные поля помечены *|
        ваш адрес email не будет опубликован. обязательные поля помечены *|реклама|на правах рекламы|
        поделиться новостью|поделиться статьей|поделиться в социальных сетях|поделиться в telegram|
        наверх|вернуться к началу|подписаться на рассылку|подписывайтесь на наш канал|
        подписывайтесь на наш telegram-канал|скопировать ссылку|все права защищены|
        войдите, чтобы оставить комментарий|версия для печати|ссылка на источник|нашли ошибку?""",
    "uk": """залишити коментар|додати коментар|написати коментар|скасувати відповідь|
        ваша e-mail адреса не оприлюднюватиметься|ваша електронна адреса не буде опублікована|
        обов’язкові поля позначені *|обов'язкові поля позначені *|реклама|поділитися новиною|поділитися статтею|
        поділитися у facebook|нагору|підписатися на розсилку|підписуйтесь на наш канал|
        підписуйтеся на наш telegram-канал|скопіювати посилання|усі права захищені|
        увійдіть, щоб залишити коментар|версія для друку""",
    "ar": """اترك تعليقا|اترك تعليقاً|اترك رداً|أضف تعليقا|أضف تعليق|إلغاء الرد|لن يتم نشر عنوان بريدك الإلكتروني|
        الحقول الإلزامية مشار إليها بـ *|إعلان|إعلانات|شارك الخبر|شارك هذا الخبر|شارك المقال|شارك هذا المقال|
        شارك على فيسبوك|شارك على واتساب|العودة إلى الأعلى|اشترك في النشرة البريدية|نسخ الرابط|
        جميع الحقوق محفوظة|سجل الدخول للتعليق|رابط المصدر|استمع إلى المقال""",
    "fa": """دیدگاهتان را بنویسید|ارسال دیدگاه|ارسال نظر|نظر شما|لغو پاسخ|نشانی ایمیل شما منتشر نخواهد شد|
        بخش‌های موردنیاز علامت‌گذاری شده‌اند *|تبلیغات|آگهی|اشتراک گذاری|کپی لینک|لینک کوتاه|بازگشت به بالا""",
    "he": """השארת תגובה|הוסף תגובה|כתיבת תגובה|האימייל לא יוצג באתר|פרסומת|שתפו כתבה|שתף כתבה|חזרה למעלה""",
    "hi": """टिप्पणी करें|एक टिप्पणी छोड़ें|अपनी टिप्पणी दें|आपका ईमेल पता प्रकाशित नहीं किया जाएगा|विज्ञापन|
        शेयर करें|
        यह खबर शेयर करें|ऊपर जाएं|लिंक कॉपी करें""",
    "zh": """发表评论|发表回复|取消回复|您的邮箱地址不会被公开|您的电子邮箱地址不会被公开|必填项已用 * 标注|广告|分享到|
        分享本文|分享到微信|分享到微博|返回顶部|回到顶部|复制链接|版权所有|登录后发表评论|責任編輯|责任编辑|
        發表評論|發佈留言|取消回覆|您的電子郵件地址不會被公開|廣告|分享本文|回到頁首|複製連結|版權所有""",
    "ja": """コメントを残す|コメントする|コメントを書く|コメントをキャンセル|メールアドレスが公開されることはありません|
        ※ が付いている欄は必須項目です|広告|スポンサーリンク|この記事をシェア|この記事をシェアする|シェアする|ツイートする|
        トップへ戻る|ページトップへ|リンクをコピー|記事を印刷|無断転載を禁じます|フォローする""",
    "ko": """댓글 남기기|댓글 쓰기|댓글달기|댓글 작성|이메일은 공개되지 않습니다|광고|기사 공유하기|공유하기|맨 위로|
        링크 복사|url 복사|무단전재 및 재배포 금지|무단 전재 및 재배포 금지|로그인 후 댓글을 작성할 수 있습니다|인쇄하기""",
    "tr": """yorum yap|yorum yazın|yorum yapın|bir yanıt yazın|bir cevap yazın|yanıtı iptal et|
        e-posta hesabınız yayımlanmayacak|
    e-posta hesabınız yayımlanmayacak. gerekli alanlar * ile işaretlenmişlerdir|
        gerekli alanlar * ile işaretlenmişlerdir|reklam|haberi paylaş|bu haberi paylaş|facebook'ta paylaş|
        whatsapp'ta paylaş|başa dön|yukarı çık|bültenimize abone olun|bağlantıyı kopyala|tüm hakları saklıdır|
        yorum yapmak için giriş yapın|google news'te takip et""",
    "vi": """để lại bình luận|viết bình luận|gửi bình luận|hủy trả lời|email của bạn sẽ không được hiển thị công khai|
        các trường bắt buộc được đánh dấu *|quảng cáo|chia sẻ bài viết|chia sẻ bài viết này|
    chia sẻ lên facebook|
        lên đầu trang|đăng ký nhận bản tin|sao chép liên kết|đăng nhập để bình luận|liên kết nguồn""",
    "sw": "shiriki habari hii|acha maoni|toa maoni|tangazo",
    "th": """แสดงความคิดเห็น|ยกเลิกการตอบ|อีเมลของคุณจะไม่แสดงให้คนอื่นเห็น|โฆษณา|แชร์ข่าวนี้|แชร์บทความนี้|
        กลับขึ้นด้านบน|คัดลอกลิงก์""",
    "el": """αφήστε ένα σχόλιο|αφήστε μια απάντηση|ακύρωση απάντησης|η ηλ. διεύθυνση σας δεν δημοσιεύεται|
        τα υποχρεωτικά πεδία σημειώνονται με *|διαφήμιση|κοινοποιήστε το άρθρο|επιστροφή στην κορυφή""",
    "cs": """přidat komentář|napsat komentář|zrušit odpověď na komentář|vaše e-mailová adresa nebude zveřejněna|
        vyžadované informace jsou označeny *|reklama|inzerce|sdílet článek|zpět nahoru|kopírovat odkaz""",
    "ro": """lasă un comentariu|lasă un răspuns|anulează răspunsul|adresa ta de email nu va fi publicată|
        câmpurile obligatorii sunt marcate cu *|publicitate|distribuie articolul|înapoi sus|copiază linkul""",
    "hu": """szólj hozzá|vélemény, hozzászólás|válasz megszakítása|az e-mail címet nem tesszük közzé|
        a kötelező mezőket * karakterrel jelöltük|hirdetés|cikk megosztása|vissza a tetejére""",
    "sv": """lämna en kommentar|lämna ett svar|avbryt svar|din e-postadress kommer inte publiceras|
        obligatoriska fält är märkta *|annons|dela artikeln|dela den här artikeln|tillbaka till toppen|
        kopiera länk""",
    "da": """skriv et svar|skriv en kommentar|annuller svar|din e-mailadresse vil ikke blive publiceret|annonce|
        del artiklen|del denne artikel|til toppen|kopier link""",
    "no": """legg igjen en kommentar|legg igjen en svar|avbryt svar|din e-postadresse vil ikke bli publisert|annonse|
        del artikkelen|del denne saken|til toppen|kopier lenke""",
    "fi": """jätä kommentti|vastaa|peruuta vastaus|sähköpostiosoitettasi ei julkaista|mainos|jaa artikkeli|
        jaa tämä artikkeli|takaisin ylös|kopioi linkki""",
}

EDGES: Mapping[str, str] = {
    "en": """share|print|email|comments|comment|no comments|home|news|world|top story|top stories|breaking news|
        latest news|menu|search|subscribe|sign in|log in|tags|video|photos|gallery|newsletter|follow us|
        read more|more|next|previous|load more|reply|politics|business|sports|opinion|business news|world news|
        local news|metro|you might also like|editor's picks|most read|most popular|trending|trending now""",
    "id": """bagikan|komentar|beranda|berita|berita utama|berita terkini|internasional|nasional|dunia|politik|ekonomi|
        olahraga|menu|cari|langganan|masuk|tag|video|foto|selengkapnya|terpopuler|berita terpopuler|share|balas|
        tidak ada komentar|daerah|peristiwa""",
    "ms": "kongsi|komen|berita|dunia|utama|terkini",
    "de": """teilen|drucken|kommentare|kommentar|keine kommentare|startseite|nachrichten|schlagzeilen|politik|ausland|
        wirtschaft|panorama|sport|menü|suche|abonnieren|anmelden|themen|mehr|mehr lesen|weiterlesen|
    meistgelesen|
        merken|
        video|fotostrecke|antworten|welt|inland""",
    "fr": """partager|imprimer|commentaires|commentaire|aucun commentaire|accueil|actualités|à la une|monde|politique|
        économie|international|menu|recherche|s'abonner|se connecter|lire la suite|plus|
    les plus lus|répondre""",
    "es": """compartir|imprimir|comentarios|comentario|sin comentarios|inicio|portada|noticias|mundo|política|
        economía|
        internacional|internacionales|sucesos|deportes|menú|buscar|suscribirse|leer más|más|
    lo más leído|responder|
        etiquetas|últimas noticias""",
    "pt": """compartilhar|compartilhe|partilhar|partilhe|imprimir|comentários|comentário|sem comentários|início|
        notícias|mundo|política|economia|internacional|desporto|esportes|menu|pesquisar|assine|
    leia mais|ler mais|
        mais lidas|responder|últimas notícias|região""",
    "it": """condividi|stampa|commenti|commento|nessun commento|home|notizie|ultime notizie|mondo|esteri|cronaca|
        politica|economia|sport|menu|cerca|abbonati|accedi|leggi di più|leggi tutto|i più letti|rispondi""",
    "nl": """delen|printen|reacties|geen reacties|home|nieuws|buitenland|binnenland|politiek|economie|sport|menu|
        zoeken|
        inloggen|lees meer|meer|meest gelezen|reageer""",
    "pl": """udostępnij|drukuj|komentarze|komentarz|brak komentarzy|strona główna|wiadomości|świat|kraj|polityka|
        gospodarka|sport|menu|szukaj|zaloguj się|czytaj więcej|więcej|najczęściej czytane|odpowiedz|tagi""",
    "ru": """поделиться|печать|комментарии|комментарий|нет комментариев|главная|новости|новости дня|лента новостей|
        в мире|мир|политика|экономика|общество|спорт|меню|поиск|подписаться|войти|читать далее|ещё|
    еще|популярное|
        самое читаемое|теги|ответить""",
    "uk": """поділитися|друк|коментарі|коментар|немає коментарів|головна|новини|стрічка новин|світ|політика|економіка|
        суспільство|спорт|меню|пошук|підписатися|увійти|читати далі|більше|популярне|теги|відповісти""",
    "ar": """شارك|مشاركة|طباعة|تعليقات|التعليقات|لا توجد تعليقات|الرئيسية|أخبار|الأخبار|آخر الأخبار|العالم|سياسة|
        اقتصاد|رياضة|القائمة|بحث|اشترك|تسجيل الدخول|اقرأ المزيد|المزيد|الأكثر قراءة|وسوم|فيسبوك|واتساب|تويتر|
        تلغرام""",
    "fa": "اشتراک|چاپ|نظرات|خانه|اخبار|جهان|سیاسی|اقتصادی|ورزشی|منو|جستجو|بیشتر بخوانید|برچسب‌ها",
    "he": "שתפו|הדפסה|תגובות|דף הבית|חדשות|עולם|קרא עוד|תגיות",
    "hi": "शेयर|टिप्पणियाँ|होम|समाचार|देश|दुनिया|राजनीति|खेल|मेनू|खोजें|और पढ़ें|ताज़ा खबरें",
    "zh": "分享|打印|评论|暂无评论|首页|新闻|国际|国内|时政|财经|体育|菜单|搜索|登录|更多|阅读更多|热门|标签|評論|首頁|新聞|國際|財經|更多新聞",
    "ja": "シェア|印刷|コメント|ホーム|ニュース|国際|政治|経済|社会|スポーツ|メニュー|検索|ログイン|続きを読む|もっと見る|アクセスランキング|タグ",
    "ko": "공유|인쇄|댓글|홈|뉴스|국제|정치|경제|사회|스포츠|메뉴|검색|로그인|더보기|많이 본 뉴스|태그",
    "tr": """paylaş|yazdır|yorumlar|yorum|yorum yok|ana sayfa|anasayfa|haberler|son dakika|gündem|dünya|siyaset|
        ekonomi|
        spor|menü|ara|abone ol|giriş yap|devamını oku|daha fazla|en çok okunanlar|etiketler|yanıtla""",
    "vi": """chia sẻ|in bài|bình luận|trang chủ|tin tức|thế giới|thời sự|chính trị|kinh tế|thể thao|menu|tìm kiếm|
        đăng nhập|xem thêm|đọc thêm|đọc nhiều nhất|từ khóa|tin mới""",
    "th": "แชร์|พิมพ์|ความคิดเห็น|หน้าแรก|ข่าว|ต่างประเทศ|การเมือง|เศรษฐกิจ|กีฬา|อ่านต่อ|อ่านเพิ่มเติม|แท็ก",
    "el": "κοινοποίηση|εκτύπωση|σχόλια|αρχική|ειδήσεις|κόσμος|πολιτική|οικονομία|διαβάστε περισσότερα|ετικέτες",
    "cs": "sdílet|tisk|komentáře|diskuse|domů|zprávy|svět|domácí|politika|ekonomika|číst dál|více|štítky",
    "ro": "distribuie|tipărește|comentarii|acasă|știri|externe|politică|economie|citește mai mult|etichete",
    "hu": "megosztás|nyomtatás|hozzászólások|kezdőlap|hírek|külföld|belföld|politika|gazdaság|tovább|címkék",
    "sv": """dela|skriv ut|kommentarer|hem|nyheter|världen|
        utrikes|inrikes|politik|ekonomi|läs mer|taggar|mest läst""",
    "da": "del|udskriv|kommentarer|forside|nyheder|udland|indland|politik|læs mere|mest læste",
    "no": "del|skriv ut|kommentarer|forside|nyheter|utenriks|innenriks|politikk|les mer|mest lest",
    "fi": "jaa|tulosta|kommentit|etusivu|uutiset|ulkomaat|kotimaa|politiikka|lue lisää|luetuimmat",
}

LISTS: Mapping[str, str] = {
    "en": """related articles|related stories|related news|related posts|related content|related topics|related|
        more stories|more news|more from this section|you may also like|you may like|recommended|
        recommended for you|recommended stories|read also|also read|also on this site|
    latest stories|popular posts|
        recent posts|in other news|more on this story|see also|most viewed""",
    "id": """artikel terkait|berita terkait|artikel lainnya|berita lainnya|berita terbaru|artikel terbaru|baca juga|
        simak juga|lihat juga|rekomendasi untuk anda|rekomendasi|topik terkait|pilihan redaksi|pos terkait""",
    "ms": "artikel berkaitan|berita berkaitan|baca juga|berita lain",
    "de": """verwandte artikel|ähnliche artikel|ähnliche beiträge|weitere artikel|weitere nachrichten|
        weitere meldungen|
        mehr zum thema|lesen sie auch|das könnte sie auch interessieren|das könnte dich auch interessieren|
        auch interessant|empfohlen|passend dazu|zum thema|neueste beiträge""",
    "fr": """articles liés|articles similaires|articles connexes|à lire aussi|lire aussi|sur le même sujet|
        dans la même rubrique|vous aimerez aussi|recommandé pour vous|derniers articles|à voir aussi""",
    "es": """artículos relacionados|noticias relacionadas|entradas relacionadas|también te puede interesar|
        te puede interesar|lea también|lee también|leer también|más noticias|más información|
    relacionado|relacionados|
        recomendado para ti""",
    "pt": """artigos relacionados|notícias relacionadas|matérias relacionadas|relacionados|leia também|leia ainda|
        veja também|ler também|mais notícias|você também pode gostar|poderá também gostar|recomendados""",
    "it": """articoli correlati|notizie correlate|leggi anche|potrebbe interessarti|ti potrebbe interessare|
        potrebbe interessarti anche|altre notizie|altri articoli|vedi anche|correlati""",
    "nl": """gerelateerde artikelen|gerelateerd|lees ook|meer nieuws|meer over dit onderwerp|
        misschien ook interessant|
        aanbevolen|bekijk ook""",
    "pl": """powiązane artykuły|podobne artykuły|podobne|czytaj też|czytaj także|zobacz także|zobacz też|
        przeczytaj także|polecane|więcej wiadomości|powiązane""",
    "ru": """похожие статьи|похожие новости|читайте также|смотрите также|по теме|материалы по теме|другие новости|
        ещё по теме|еще по теме|рекомендуем|новости по теме|вам может быть интересно""",
    "uk": """схожі статті|схожі новини|читайте також|дивіться також|за темою|матеріали за темою|інші новини|
        рекомендуємо|новини за темою|вас може зацікавити""",
    "ar": """مقالات ذات صلة|أخبار ذات صلة|مواضيع ذات صلة|اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|شاهد أيضا|شاهد أيضاً|
        قد يعجبك أيضا|المزيد من الأخبار|مقالات مشابهة""",
    "fa": "مطالب مرتبط|اخبار مرتبط|بیشتر بخوانید|همچنین بخوانید",
    "he": "כתבות קשורות|כתבות נוספות|קראו גם|אולי יעניין אותך",
    "hi": "संबंधित खबरें|यह भी पढ़ें|ये भी पढ़ें|और खबरें|संबंधित लेख",
    "zh": "相关文章|相关新闻|相关阅读|延伸阅读|推荐阅读|更多新闻|猜你喜欢|相關文章|相關新聞|延伸閱讀|推薦閱讀|更多新聞",
    "ja": "関連記事|関連ニュース|あわせて読みたい|おすすめ記事|こちらもおすすめ|最新記事|人気記事",
    "ko": "관련 기사|관련기사|관련 뉴스|추천 기사|다른 기사|이 기사와 함께 본 기사",
    "tr": """ilgili haberler|ilgili yazılar|benzer haberler|bunlar da ilginizi çekebilir|ayrıca okuyun|diğer haberler|
        önerilen haberler|ilginizi çekebilir""",
    "vi": """bài viết liên quan|tin liên quan|tin cùng chuyên mục|
        đọc thêm|có thể bạn quan tâm|xem thêm|bài liên quan""",
    "th": "ข่าวที่เกี่ยวข้อง|บทความที่เกี่ยวข้อง|อ่านเพิ่มเติม|ข่าวอื่นๆ",
    "el": "σχετικά άρθρα|διαβάστε επίσης|δείτε επίσης|περισσότερα νέα",
    "cs": "související články|čtěte také|mohlo by vás zajímat|další zprávy|podobné články",
    "ro": "articole similare|citește și|citiți și|știri similare|alte știri",
    "hu": "kapcsolódó cikkek|olvassa el ezt is|ez is érdekelheti|további hírek",
    "sv": "relaterade artiklar|läs också|läs även|mer nyheter",
    "da": "relaterede artikler|læs også|flere nyheder",
    "no": "relaterte artikler|les også|flere nyheter",
    "fi": "aiheeseen liittyvät artikkelit|lue myös|katso myös|lisää uutisia",
}

ALSO = """read also|also read|read more|see also|related|watch also|baca juga|simak juga|lihat juga|
    baca selengkapnya|
    lesen sie auch|lies auch|mehr zum thema|siehe auch|lire aussi|à lire aussi|voir aussi|
    lea también|lee también|
    ver también|leer más|leia também|leia ainda|leia mais|veja também|leggi anche|vedi anche|
    lees ook|bekijk ook|
    czytaj też|czytaj także|zobacz też|zobacz także|przeczytaj także|читайте также|смотрите также|читать также|
    читайте також|дивіться також|اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|شاهد أيضا|همچنین بخوانید|بیشتر بخوانید|קראו גם|
    यह भी पढ़ें|ये भी पढ़ें|延伸阅读|相关阅读|延伸閱讀|相關閱讀|あわせて読みたい|関連記事|관련 기사|관련기사|ayrıca okuyun|ilgili haber|
    đọc thêm|xem thêm|อ่านเพิ่มเติม|διαβάστε επίσης|čtěte také|citește și|läs också|läs även|læs også|les også|
    lue myös"""

NOTICES = """third-party content provider|third party content provider|makes no warranties or representations|
    press release distribution|has not been edited by|is published from a syndicated feed|auto-generated from|
    this article was originally published|this article first appeared|this story was originally published|
    republished with permission|republished under a creative commons|subscribe to our newsletter|
    sign up for our newsletter|sign up to our newsletter|follow us on facebook|follow us on twitter|
    follow us on x|
    follow us on whatsapp|join our whatsapp channel|join our telegram|may receive a commission|
    affiliate commission|
    no part of this publication may be reproduced|material may not be published|
    penyedia konten pihak ketiga|distribusi siaran pers|ikuti saluran whatsapp|ikuti kami di google|
    gabung di channel whatsapp|dilarang mengambil dan/atau menayangkan ulang|dapatkan update berita|
    telah tayang di|
    drittanbieter von inhalten|externen inhaltsanbieter|verbreitung von pressemitteilungen|
    dieser artikel wurde zuerst veröffentlicht|dieser artikel erschien zuerst|abonnieren sie unseren newsletter|
    fournisseur de contenu tiers|diffusion de communiqués de presse|abonnez-vous à notre newsletter|
    cet article est paru initialement|proveedor de contenido externo|proveedor de contenidos de terceros|
    distribución de comunicados de prensa|suscríbete a nuestro boletín|síguenos en whatsapp|
    provedor de conteúdo terceirizado|fornecedor de conteúdos terceiro|distribuição de comunicados de imprensa|
    siga-nos no whatsapp|siga o nosso canal|fornitore di contenuti di terze parti|
    distribuzione di comunicati stampa|
    iscriviti alla nostra newsletter|externe contentprovider|verspreiding van persberichten|
    zewnętrznego dostawcę treści|dystrybucja informacji prasowych|сторонним поставщиком контента|
    распространение пресс-релизов|подписывайтесь на наш telegram|подписывайтесь на нас в|
    стороннім постачальником контенту|
    розповсюдження пресрелізів|підписуйтесь на наш telegram|підписуйтеся на нас у|مزود محتوى خارجي|
    توزيع البيانات الصحفية|تابعونا على|تابعنا على|第三方内容提供商|新闻稿发布服务|未经授权不得转载|未经许可不得转载|
    第三方內容供應商|未經授權不得轉載|第三者のコンテンツプロバイダー|プレスリリース配信サービス|
    무단전재 및 재배포|무단 전재 및 재배포|저작권자|üçüncü taraf içerik sağlayıcı|basın bülteni dağıtım|
    nhà cung cấp nội dung bên thứ ba|phân phối thông cáo báo chí"""

APPEALS = """sign up ... newsletter|subscribe ... newsletter|sign up ... updates|abonnieren ... newsletter|
    jetzt ... gratis testen|inscrivez-vous ... newsletter|abonnez-vous ... newsletter|suscríbete ... newsletter|
    suscríbete ... boletín|assine ... newsletter|subscreva ... newsletter|iscriviti ... newsletter|
    aanmelden ... nieuwsbrief|zapisz się ... newsletter|подпишитесь ... рассылку|подписывайтесь ... канал|
    підпишіться ... розсилку|підписуйтесь ... канал|berlangganan ... buletin|ikuti ... whatsapp|
    abone ol ... bülten|
    đăng ký ... bản tin|اشترك ... النشرة|订阅 ... 通讯|ニュースレター ... 登録"""

BYLINES = """by|oleh|penulis|von|par|por|di|door|autor|autorka|автор|автори|авторы|بقلم|yazan|haber|
    tác giả|av|af|
    kirjoittaja|
    skrevet|text|written|reporter|penulis"""

COUNTED = """comments|comment|komentar|komen|kommentare|kommentar|commentaires|commentaire|
    comentarios|comentario|
    comentários|comentário|commenti|commento|reacties|reactie|komentarze|komentarzy|komentarz|комментарии|
    комментариев|
    комментарий|комментария|коментарі|коментарів|коментар|تعليقات|التعليقات|تعليق|نظرات|تגובות|
    תגובות|टिप्पणियाँ|评论|
    評論|
    コメント|댓글|yorumlar|yorum|bình luận|ความคิดเห็น|σχόλια|komentáře|comentarii|hozzászólás|kommentarer|kommentit|
    shares|views|likes|reads|dibaca|dilihat|kali dibaca|просмотров|просмотры|visualizações|vistas|vues|okunma|
    lượt xem"""

ORIGINS = """source|sources|via|sumber|quelle|quellen|fuente|fuentes|fonte|fonti|bron|bronnen|źródło|источник|
    источники|джерело|المصدر|منبع|מקור|स्रोत|来源|來源|出典|출처|kaynak|nguồn|ที่มา|πηγή|zdroj|sursă|forrás|
    källa|kilde|lähde|
    link|tautan|lien|enlace|ссылка|посилання|الرابط|链接|連結"""

LABELS = """责任编辑|责编|编辑|責任編輯|編輯|tags|tag|topics|topic|keywords|category|categories|sector|
    filed under|posted in|section|editor|
    kategori|topik|sektor|kata kunci|label|editor|schlagwörter|schlagworte|themen|kategorie|rubrik|mots-clés|
    étiquettes|
    catégorie|rubrique|etiquetas|temas|categoría|sección|palavras-chave|categoria|seção|secção|
    argomenti|categorie|
    trefwoorden|rubriek|tagi|kategoria|теги|рубрика|метки|категория|теми|мітки|категорія|وسوم|
    الوسوم|التصنيف|القسم|
    کلیدواژه|
    标签|分类|關鍵字|標籤|タグ|カテゴリー|태그|카테고리|etiketler|etiket|từ khóa|chủ đề|แท็ก|ετικέτες|štítky|etichete|
    címkék|ämnen|avainsanat"""

NETWORKS = """facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|instagram|tumblr|
    messenger|line|viber|vk|
    vkontakte|ok.ru|odnoklassniki|youtube|tiktok|threads|bluesky|mastodon|flipboard|pocket|email|
    e-mail|mail|print|
    share|
    tweet|copy|link|sms|wechat|weibo|xing|skype|rss|google news|share:|bagikan|teilen|drucken|
    partager|compartir|
    compartilhar|partilhar|condividi|delen|udostępnij|поделиться|поділитися|вконтакте|одноклассники|
    paylaş|chia sẻ|
    شارك|فيسبوك|تويتر|واتساب|تلغرام|تيليجرام|لينكد إن|微信|微博|qq空间|シェア|ツイート|공유|카카오톡|페이스북|트위터"""
