"""How headlines of pages that tell many stories begin or end, by language; phrases without case, "|" between them."""

from __future__ import annotations

from collections.abc import Mapping

ROUND_UPS: Mapping[str, str] = {
    "en": """briefing|news brief|newsbrief|in brief|news briefs|news in brief|round-up|roundup|news round|digest|
        newsletter|top stories|top news|top headlines|morning headlines|today's headlines|headlines today|
        headlines of the day|what happened today|things to know today|things to know for|to know today|the day in|
        the week in|week in review|day in review|in five minutes|in 5 minutes|in 60 seconds|press review|
        papers review|what the papers say|front pages|newspaper headlines|paper review|news bulletin|evening news|
        morning news|daily news|news at a glance|at a glance|stories of the day|stories of the week|most read|
        around the world|around the region|police blotter|morning update|evening update|the day's news|news roundup|
        daily digest|news digest|the morning read|day in brief""",
    "de": """tagesrückblick|wochenrückblick|rückblick|das wichtigste|die wichtigsten|nachrichten des tages|
        meldungen des tages|kurzmeldungen|kurz notiert|in kürze|kurz und bündig|newsletter|presseschau|pressestimmen|
        morgenbriefing|der tag im|was heute wichtig|was am tag wichtig|schlagzeilen|zum tage|polizeibericht|
        polizeimeldungen|morgenüberblick|abendüberblick|nachrichtenüberblick|der überblick am|was sie heute wissen|
        tagesüberblick|wochenüberblick""",
    "fr": """l'essentiel|revue de presse|les titres|les infos|les actualités du|à la une|en bref|brèves|récap|
        récapitulatif|ce qu'il faut retenir|ce qu'il faut savoir|ce qui s'est passé|newsletter|la matinale|
        le journal de|tour d'horizon|résumé de la|bonjour, voici|bonsoir, voici|le point sur l'actualité|
        l'actualité en bref|les informations du matin|ce qu'il ne fallait pas manquer|le récap|brief du matin""",
    "es": """lo más importante|resumen de noticias|resumen del día|resumen de la semana|titulares|noticias del día|
        noticias de hoy|noticias más importantes|en breve|breves|boletín|newsletter|revista de prensa|portadas|
        esto es lo que|claves del día|las claves de|en cinco minutos|en 5 minutos|lo que debes saber|
        lo que hay que saber|minuto a minuto|repaso de noticias|repaso del día|las noticias de la mañana|
        lo más leído""",
    "pt": """resumo do dia|resumo da semana|resumo das notícias|notícias do dia|manchetes|principais notícias|
        destaques do dia|o que precisa de saber|o que você precisa saber|em cinco minutos|boletim|newsletter|
        revista de imprensa|giro de notícias|em resumo|breves|minuto a minuto|o essencial do dia|resumo da manhã|
        as notícias da manhã|giro do dia|o que aconteceu hoje""",
    "it": """rassegna stampa|le notizie di oggi|notizie del giorno|i titoli|prime pagine|in breve|i fatti del giorno|
        le notizie della|newsletter|la giornata in|cosa è successo|cose da sapere|il punto sulle notizie|
        le notizie del mattino|notizie in breve|il riepilogo""",
    "nl": """nieuwsoverzicht|het nieuws van|dit is het nieuws|dagoverzicht|weekoverzicht|kort nieuws|in het kort|
        persoverzicht|nieuwsbrief|ochtendnieuws|avondnieuws|wat je moet weten|ochtendoverzicht|avondoverzicht|
        het belangrijkste nieuws""",
    "sv": """nyhetssvepet|nyheterna i korthet|i korthet|dagens nyheter i|morgonens|nyhetsbrev|pressklipp|veckans|
        det här har hänt|nyheterna på morgonen|dygnets nyheter|nyhetssammanfattning|det viktigaste just nu""",
    "da": "nyhedsoverblik|kort nyt|dagens nyheder|nyhedsbrev|det skete|morgenoverblik|ugens",
    "no": "nyhetsoversikt|nyhetsbrev|dette har skjedd|siste nytt|kort fortalt|nyhetsdøgnet|dagens nyheter",
    "fi": """uutiskatsaus|uutiset lyhyesti|päivän uutiset|lyhyesti|uutiskirje|viikon uutiset|aamun uutiset|aamukatsaus|
        iltakatsaus|päivän tärkeimmät|viikon tärkeimmät|uutiskooste""",
    "pl": """przegląd prasy|skrót wiadomości|podsumowanie dnia|podsumowanie tygodnia|najważniejsze wiadomości|
        najważniejsze informacje|najważniejsze wydarzenia|w skrócie|newsletter|co się wydarzyło|przegląd wydarzeń|
        przegląd dnia|przegląd tygodnia|przegląd wiadomości|przegląd informacji|poranny przegląd|poranek w|wieczór w|
        dzień w skrócie|tydzień w skrócie|wiadomości dnia|skrót dnia|poranny skrót|poranny briefing|
        serwis informacyjny|wydarzenia dnia|wydarzenia tygodnia""",
    "cs": """přehled zpráv|přehled dne|souhrn dne|souhrn zpráv|nejdůležitější zprávy|ve zkratce|stručně|tisk přehled|
        co se stalo|ranní přehled|večerní přehled|přehled událostí|události dne|den v kostce|shrnutí dne|
        týden v kostce""",
    "sk": """prehľad správ|prehľad dňa|súhrn dňa|v skratke|najdôležitejšie správy|stručne|ranný prehľad|
        prehľad udalostí|udalosti dňa|deň v skratke""",
    "hu": """hírösszefoglaló|napi hírek|a nap hírei|lapszemle|röviden|hírek röviden|a hét hírei|legfontosabb hírek|
        reggeli összefoglaló|esti összefoglaló|napi összefoglaló|heti összefoglaló|a nap legfontosabb|hírcsokor""",
    "ro": """revista presei|știrile zilei|rezumatul zilei|pe scurt|sinteza|principalele știri|cele mai importante știri|
        știrile dimineții|știrile săptămânii|sumarul zilei|pe scurt, știrile|buletin de știri""",
    "el": """επισκόπηση|οι ειδήσεις|συνοπτικά|τα πρωτοσέλιδα|οι τίτλοι|όσα έγιναν|newsletter|με μια ματιά|
        πρωινή ενημέρωση|βραδινή ενημέρωση|πρωινή επισκόπηση|ειδήσεις της ημέρας|οι ειδήσεις της ημέρας|
        τα νέα της ημέρας|σύνοψη της ημέρας|σύνοψη ειδήσεων|δελτίο ειδήσεων|η ημέρα σε|η εβδομάδα σε|ανασκόπηση""",
    "bg": """обзор на печата|новините накратко|накратко|новините от деня|най-важното|преглед на печата|сутрешен обзор|
        обзор на деня|обзор на новините|дайджест|акценти от деня|основните новини""",
    "hr": """pregled vijesti|pregled tiska|vijesti dana|ukratko|najvažnije vijesti|sažetak dana|što se dogodilo|
        jutarnji pregled|pregled dana|vijesti ukratko|dnevni pregled""",
    "sr": """преглед вести|преглед штампе|вести дана|укратко|најважније вести|pregled vesti|pregled štampe|vesti dana|
        јутарњи преглед|преглед дана|jutarnji pregled|pregled dana""",
    "sl": "pregled dneva|pregled novic|na kratko|novice dneva|najpomembnejše novice|jutranji pregled|pregled tiska",
    "ru": """главное за|главное к|главные новости|главные события|итоги дня|итоги недели|обзор прессы|обзор новостей|
        дайджест|новости к этому часу|новости дня|что произошло|коротко о|к утру|к вечеру|события дня|сводка новостей|
        событий недели|новостей недели|новостей дня|мировая пресса|за сутки: главное|картина дня|о главном|
        утренний обзор|вечерний обзор|обзор дня|обзор недели|подборка новостей|коротко о главном""",
    "uk": """головне за|головні новини|головні події|підсумки дня|підсумки тижня|огляд преси|огляд новин|дайджест|
        новини дня|що сталося|коротко про|події дня|зведення новин|про головне|ранковий огляд|вечірній огляд|
        ранковий дайджест|огляд дня|огляд подій|огляд тижня|підсумок дня|новини ранку|коротко про головне|
        стислий огляд|добірка новин|події тижня|зведення за""",
    "tr": """günün özeti|haftanın özeti|günün haberleri|günün önemli|öne çıkan haberler|manşetler|gazete manşetleri|
        basın özeti|bülten|bülteni|kısa kısa|kısa haberler|haber turu|günün gelişmeleri|dakika dakika|gündem özeti|
        güne başlarken|sabah bülteni|akşam bülteni|günün özetleri|bugün ne oldu|haber özeti|haberlerin özeti|
        günün başlıkları|haftanın haberleri|güne bakış|haftaya bakış""",
    "id": """rangkuman berita|berita terpopuler|populer hari ini|rangkuman|ringkasan berita|kilas berita|sekilas berita|
        kilas balik|headline hari ini|berita hari ini|lima berita|5 berita|top 5|terpopuler|warta hari ini|
        peristiwa hari ini|yang perlu anda ketahui|buletin|rangkuman hari ini|rangkuman pekan ini|kilas pagi|
        kilas hari ini|ringkasan hari ini|kabar hari ini""",
    "ms": "ringkasan berita|berita ringkas|tumpuan berita|berita hari ini|buletin|rangkuman",
    "vi": """điểm tin|24h qua|24 giờ qua|tin nhanh|tin tức nổi bật|tin nóng|bản tin|điểm báo|tin trong ngày|tóm tắt tin|
        điểm tin sáng|điểm tin chiều|điểm tin tối|tin sáng|tin chiều|tóm tắt tin tức|tổng hợp tin""",
    "sw": """muhtasari wa habari|habari kwa ufupi|vichwa vya habari|habari za leo|magazeti ya leo|habari za asubuhi|
        habari za jioni|habari kuu|muhtasari wa siku|habari tano|yaliyojiri leo|yaliyojiri wiki""",
    "ar": """موجز الأخبار|موجز|نشرة الأخبار|نشرة|أبرز الأخبار|أهم الأخبار|أبرز عناوين|عناوين الصحف|جولة الصحافة|
        أقوال الصحف|حصاد اليوم|حصاد|الصحف اليوم|ملخص اليوم|أخبار الرياضة|أخبار الفن|اخبار الفن|اخبار الرياضة|أبرز ما|
        أخبار اليوم|موجز الصباح|موجز المساء|نشرة الصباح|نشرة المساء|أخبار الصباح|ملخص الأخبار|أهم ما جاء|في دقائق|
        جولة الأخبار|جولة إخبارية""",
    "fa": """خلاصه خبرها|مهم‌ترین خبرها|مهمترین خبرها|مرور روزنامه|مرور مطبوعات|تیتر روزنامه|گزیده اخبار|اخبار کوتاه|
        سرخط|خبرهای صبح|خبرهای امروز|خبرهای مهم|اخبار صبح|اخبار روز|مهم‌ترین اخبار|مهمترین اخبار|خلاصه اخبار|
        مرور خبرها|مرور اخبار|در یک نگاه""",
    "ur": """خبروں کا خلاصہ|آج کی اہم خبریں|اہم خبریں|سرخیاں|مختصر خبریں|صبح کی خبریں|دن بھر کی خبریں|خبروں پر ایک نظر|
        ایک نظر میں|خبرنامہ|آج کی خبریں""",
    "he": """סיכום היום|כותרות היום|הכותרות|על קצה המזלג|בקצרה|סקירת עיתונות|מבזק|מה קרה|סקירת הבוקר|תקציר החדשות|
        תקציר הבוקר|חדשות הבוקר|חדשות הערב|סיכום השבוע|החדשות בקצרה|מבט על היום|מהדורת הבוקר""",
    "hi": """मुख्य समाचार|बड़ी खबरें|दिनभर की|दिन भर की|सुबह की|टॉप 10|टॉप 5|आज की ताजा|न्यूज बुलेटिन|समाचार बुलेटिन|
        संक्षेप में|सुर्खियां|सुबह की खबरें|शाम की खबरें|आज की खबरें|आज की बड़ी खबरें|खबरें एक साथ|एक नजर में|
        एक नज़र में|समाचार संक्षेप|दिन की बड़ी|पांच खबरें|आज का राउंडअप""",
    "bn": """সংবাদ সংক্ষেপ|দিনের সেরা|আজকের সংবাদ|একনজরে|এক নজরে|শিরোনাম|সংবাদ শিরোনাম|খবর সংক্ষেপে|সকালের খবর|
        সন্ধ্যার খবর|আজকের খবর|দিনের খবর|সারাদিনের খবর|সংবাদ পর্যালোচনা|খবরের সারাংশ""",
    "ta": """இன்றைய செய்திகள்|முக்கிய செய்திகள்|செய்தித் தொகுப்பு|சுருக்கமாக|காலைச் செய்திகள்|மாலைச் செய்திகள்|
        செய்திச் சுருக்கம்|இன்றைய முக்கிய|தலைப்புச் செய்திகள்|ஒரே பார்வையில்""",
    "te": """నేటి వార్తలు|ముఖ్యాంశాలు|టాప్ న్యూస్|వార్తా సంక్షిప్తం|ఉదయం వార్తలు|నేటి ముఖ్యాంశాలు|వార్తల సమాహారం|
        వార్తా విశేషాలు|ఒక్క చూపులో|సంక్షిప్త వార్తలు""",
    "th": """สรุปข่าว|ข่าวเด่น|ข่าวสั้น|รวมข่าว|พาดหัวข่าว|ประเด็นข่าว|สรุปข่าวเช้า|ข่าวเช้า|ข่าวค่ำ|สรุปประเด็น|
        ข่าวประจำวัน|สรุปเหตุการณ์""",
    "zh": """要闻|早报|晚报|日报|新闻摘要|新闻汇总|一周|今日头条|新闻速览|速览|简讯|简报|早知道|盘点|今日要聞|要聞|
        新聞摘要|晨报|晨報|早報|頭條|报摘|報摘|今日新闻|今日新聞|新闻早班车|新闻联播|每日新闻|每日新聞|一文看懂今日|
        新聞快訊""",
    "ja": """まとめ|ダイジェスト|ニュース一覧|主なニュース|今日のニュース|朝刊|夕刊|ヘッドライン|一週間|各紙|
        ニュースの要約|きょうの|けさの一面|今朝の一面|今日の一面|朝のニュース|夜のニュース|今朝のニュース|
        ニュースまとめ|今日の主な|一日のニュース""",
    "ko": """뉴스 브리핑|브리핑|오늘의 뉴스|주요 뉴스|주요뉴스|헤드라인|간추린|단신|뉴스 모음|한눈에|이 시각|조간|
        신문 1면|뉴스 요약|아침 뉴스|저녁 뉴스|오늘의 주요|소식 모음|세 가지 소식|다섯 가지 소식|하루 요약|
        뉴스 정리""",
    "ka": """დილის მიმოხილვა|საღამოს მიმოხილვა|დღის მიმოხილვა|კვირის მიმოხილვა|დღის მთავარი|დღის ამბები|
        დღის ახალი ამბები|მთავარი ამბები|ახალი ამბების მიმოხილვა|პრესის მიმოხილვა|მოკლედ მთავარზე|მოკლე მიმოხილვა|
        რა მოხდა დღეს|დაიჯესტი""",
    "hy": """առավոտյան տեսություն|երեկոյան տեսություն|օրվա տեսություն|շաբաթվա տեսություն|օրվա գլխավոր|օրվա լուրեր|
        օրվա լուրերը|օրվա ամփոփում|գլխավոր լուրերը|լուրերի ամփոփում|մամուլի տեսություն|համառոտ լուրեր|լրահոս""",
    "am": """የጠዋት ዜና|የማታ ዜና|የዕለቱ ዜና|የዕለቱ ዜናዎች|የዕለቱ ዋና ዋና|ዋና ዋና ዜናዎች|የዜና ማጠቃለያ|ዜና ማጠቃለያ|የዜና ዕረፍት|ዜና በአጭሩ|አጫጭር ዜናዎች|
        የሳምንቱ ዜናዎች|የሳምንቱ ዓበይት""",
    "my": """သတင်းအကျဉ်း|နေ့စဉ်သတင်း|ယနေ့သတင်း|ယနေ့ သတင်း|မနက်ခင်းသတင်း|မနက်ခင်း သတင်း|ညနေခင်းသတင်း|သတင်းခေါင်းစဉ်|
        ထူးခြားသတင်းများ|တစ်ပတ်အတွင်း|သတင်းစုံ|သတင်းတိုများ""",
    "km": "សង្ខេបព័ត៌មាន|ព័ត៌មានសង្ខេប|ព័ត៌មានប្រចាំថ្ងៃ|ព័ត៌មានសំខាន់ៗ",
    "lo": "ສະຫຼຸບຂ່າວ|ຂ່າວປະຈຳວັນ|ຂ່າວສັ້ນ|ຂ່າວເດັ່ນ",
    "mr": "दिवसभरातील|आजच्या ठळक|ठळक बातम्या|बातम्यांचा आढावा|थोडक्यात बातम्या|सकाळच्या बातम्या|महत्त्वाच्या बातम्या",
    "gu": "આજના સમાચાર|મુખ્ય સમાચાર|સમાચાર સંક્ષેપ|એક નજરમાં|દિવસભરના",
    "pa": "ਅੱਜ ਦੀਆਂ ਖ਼ਬਰਾਂ|ਮੁੱਖ ਖ਼ਬਰਾਂ|ਖ਼ਬਰਾਂ ਦਾ ਸਾਰ|ਇੱਕ ਨਜ਼ਰ",
    "kn": "ಇಂದಿನ ಸುದ್ದಿ|ಪ್ರಮುಖ ಸುದ್ದಿಗಳು|ಸುದ್ದಿ ಸಂಕ್ಷಿಪ್ತ|ಮುಖ್ಯಾಂಶಗಳು",
    "ml": "ഇന്നത്തെ വാർത്തകൾ|പ്രധാന വാർത്തകൾ|വാർത്തകൾ ചുരുക്കത്തിൽ|ഒറ്റനോട്ടത്തിൽ",
    "si": "අද පුවත්|ප්‍රධාන පුවත්|පුවත් සාරාංශය",
    "ne": "आजका मुख्य समाचार|दिनभरका|मुख्य खबर|समाचार सार",
    "az": "günün xülasəsi|günün xəbərləri|günün əsas|həftənin icmalı|günün icmalı|mətbuat icmalı|qısa xəbərlər",
    "kk": "күннің басты|күн жаңалықтары|басты жаңалықтар|апта қорытындысы|баспасөзге шолу|жаңалықтарға шолу",
    "uz": "kun xabarlari|kun dayjesti|hafta xabarlari|asosiy xabarlar|muhim xabarlar|qisqa xabarlar|matbuot sharhi",
    "mn": "өдрийн тойм|долоо хоногийн тойм|мэдээний тойм|онцлох мэдээ",
    "tl": "balita ngayong|mga balita ngayong araw|pangunahing balita|mga ulo ng balita|buod ng balita",
    "lt": "dienos apžvalga|savaitės apžvalga|dienos naujienos|svarbiausios naujienos|spaudos apžvalga",
    "lv": "dienas apskats|nedēļas apskats|dienas ziņas|svarīgākās ziņas|īsumā|preses apskats",
    "et": "päeva kokkuvõte|nädala kokkuvõte|päeva uudised|tähtsamad uudised|lühidalt|ajakirjanduse ülevaade",
    "ca": "resum de notícies|resum del dia|notícies del dia|el més important|en breu|revista de premsa",
    "sq": "përmbledhje e ditës|lajmet e ditës|lajmet kryesore|shkurtimisht|shtypi i ditës",
    "mk": "преглед на денот|вести на денот|најважните вести|накратко|преглед на печатот",
    "af": "nuusoorsig|die nuus kortliks|nuus in kort",
    "ha": "labaran yau|takaitattun labarai|muhimman labarai|kanun labarai",
    "yo": "àkójọpọ̀ ìròyìn|ìròyìn ní ṣókí",
    "so": "wararka maanta|wararka ugu muhiimsan|warar kooban",
}

GREETINGS: Mapping[str, str] = {
    "en": "good morning|good evening",
    "de": "guten morgen|guten abend",
    "es": "buenos días|buenas tardes|buenas noches",
    "pt": "bom dia|boa noite",
    "it": "buongiorno|buonasera|buona sera",
    "nl": "goedemorgen|goedenavond",
    "sv": "god morgon|god kväll",
    "fi": "hyvää huomenta|hyvää iltaa",
    "pl": "dzień dobry|dobry wieczór",
    "cs": "dobré ráno|dobrý večer",
    "sk": "dobré ráno",
    "hu": "jó reggelt|jó estét",
    "ro": "bună dimineața",
    "el": "καλημέρα σας",
    "bg": "добро утро",
    "hr": "dobro jutro",
    "sr": "добро јутро|dobro jutro",
    "sl": "dobro jutro|dober večer",
    "ru": "доброе утро|добрый вечер",
    "uk": "добрий ранок|доброго ранку|добрий вечір|доброго вечора",
    "tr": "günaydın|iyi akşamlar",
    "id": "selamat pagi|selamat malam|selamat sore",
    "vi": "chào buổi sáng|chào buổi tối",
    "fa": "صبح بخیر|عصر بخیر|شب بخیر",
    "ur": "صبح بخیر",
    "he": "בוקר טוב|ערב טוב",
    "hi": "सुप्रभात|शुभ संध्या",
    "bn": "সুপ্রভাত",
    "ta": "காலை வணக்கம்",
    "te": "శుభోదయం",
    "th": "อรุณสวัสดิ์|สวัสดีตอนเช้า",
    "ja": "おはようございます|こんばんは",
    "ko": "좋은 아침입니다|안녕하십니까",
    "ka": "დილა მშვიდობისა",
    "hy": "բարի լույս",
    "am": "እንደምን አደራችሁ",
    "mr": "शुभ सकाळ",
    "az": "sabahınız xeyir",
    "kk": "қайырлы таң",
    "uz": "xayrli tong",
    "tl": "magandang umaga|magandang gabi",
    "lt": "labas rytas|labas vakaras",
    "lv": "labrīt|labvakar",
    "et": "tere hommikust|tere õhtust",
    "ca": "bon dia",
    "sq": "mirëmëngjes",
    "mk": "добро утро",
    "af": "goeiemôre",
    "so": "subax wanaagsan",
    "zh": "早上好|早安|晚上好",
    "ar": "صباح الخير|مساء الخير",
    "fr": "bonjour à tous|bonsoir à tous|bonjour à toutes et à tous",
    "sw": "habari za asubuhi",
}
"""Greetings, of which a mark behind says that they open a briefing."""
