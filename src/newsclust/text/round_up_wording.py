"""How headlines of pages that tell many stories begin or end, by language; phrases without case, "|" between them."""

from __future__ import annotations

from collections.abc import Mapping

ROUND_UPS: Mapping[str, str] = {
    "en": """briefing|news brief|newsbrief|in brief|news briefs|news in brief|round-up|roundup|news round|
        digest|newsletter|top stories|top news|top headlines|morning headlines|today's headlines|
        headlines today|headlines of the day|what happened today|things to know today|things to know for|to know today|
        the day in|the week in|week in review|day in review|in five minutes|
        in 5 minutes|in 60 seconds|press review|papers review|what the papers say|front pages|
        newspaper headlines|paper review|
        news bulletin|evening news|morning news|daily news|news at a glance|at a glance|stories of the day|
        stories of the week|most read|around the world|around the region|police blotter""",
    "de": """tagesrückblick|wochenrückblick|rückblick|das wichtigste|die wichtigsten|
        nachrichten des tages|meldungen des tages|kurzmeldungen|kurz notiert|in kürze|kurz und bündig|
        newsletter|presseschau|pressestimmen|morgenbriefing|
        der tag im|was heute wichtig|was am tag wichtig|schlagzeilen|zum tage|
        polizeibericht|polizeimeldungen""",
    "fr": """l'essentiel|revue de presse|les titres|les infos|les actualités du|à la une|en bref|brèves|récap|
        récapitulatif|ce qu'il faut retenir|ce qu'il faut savoir|ce qui s'est passé|newsletter|
        la matinale|le journal de|tour d'horizon|résumé de la""",
    "es": """lo más importante|resumen de noticias|resumen del día|resumen de la semana|titulares|
        noticias del día|noticias de hoy|noticias más importantes|en breve|breves|boletín|newsletter|
        revista de prensa|portadas|esto es lo que|claves del día|las claves de|en cinco minutos|
        en 5 minutos|lo que debes saber|lo que hay que saber|minuto a minuto""",
    "pt": """resumo do dia|resumo da semana|resumo das notícias|notícias do dia|manchetes|principais notícias|
        destaques do dia|o que precisa de saber|o que você precisa saber|em cinco minutos|boletim|
        newsletter|revista de imprensa|giro de notícias|em resumo|breves|minuto a minuto""",
    "it": """rassegna stampa|le notizie di oggi|notizie del giorno|i titoli|prime pagine|in breve|
        i fatti del giorno|le notizie della|newsletter|la giornata in|cosa è successo|cose da sapere""",
    "nl": """nieuwsoverzicht|het nieuws van|dit is het nieuws|dagoverzicht|weekoverzicht|kort nieuws|
        in het kort|persoverzicht|nieuwsbrief|ochtendnieuws|avondnieuws|wat je moet weten""",
    "sv": """nyhetssvepet|nyheterna i korthet|i korthet|dagens nyheter i|morgonens|nyhetsbrev|pressklipp|
        veckans|det här har hänt""",
    "da": "nyhedsoverblik|kort nyt|dagens nyheder|nyhedsbrev|det skete|morgenoverblik|ugens",
    "no": "nyhetsoversikt|nyhetsbrev|dette har skjedd|siste nytt|kort fortalt|nyhetsdøgnet|dagens nyheter",
    "fi": "uutiskatsaus|uutiset lyhyesti|päivän uutiset|lyhyesti|uutiskirje|viikon uutiset|aamun uutiset",
    "pl": """przegląd prasy|skrót wiadomości|podsumowanie dnia|podsumowanie tygodnia|najważniejsze wiadomości|
        najważniejsze informacje|najważniejsze wydarzenia|w skrócie|newsletter|co się wydarzyło|
        przegląd wydarzeń""",
    "cs": """přehled zpráv|přehled dne|souhrn dne|souhrn zpráv|nejdůležitější zprávy|ve zkratce|stručně|
        tisk přehled|co se stalo""",
    "sk": "prehľad správ|prehľad dňa|súhrn dňa|v skratke|najdôležitejšie správy|stručne",
    "hu": """hírösszefoglaló|napi hírek|a nap hírei|lapszemle|röviden|hírek röviden|a hét hírei|
        legfontosabb hírek""",
    "ro": """revista presei|știrile zilei|rezumatul zilei|pe scurt|sinteza|principalele știri|
        cele mai importante știri""",
    "el": "επισκόπηση|οι ειδήσεις|συνοπτικά|τα πρωτοσέλιδα|οι τίτλοι|όσα έγιναν|newsletter|με μια ματιά",
    "bg": "обзор на печата|новините накратко|накратко|новините от деня|най-важното|преглед на печата",
    "hr": "pregled vijesti|pregled tiska|vijesti dana|ukratko|najvažnije vijesti|sažetak dana|što se dogodilo",
    "sr": """преглед вести|преглед штампе|вести дана|укратко|најважније вести|pregled vesti|pregled štampe|
        vesti dana""",
    "sl": "pregled dneva|pregled novic|na kratko|novice dneva|najpomembnejše novice",
    "ru": """главное за|главное к|главные новости|главные события|итоги дня|итоги недели|обзор прессы|
        обзор новостей|дайджест|новости к этому часу|новости дня|что произошло|коротко о|к утру|к вечеру|
        события дня|сводка новостей|событий недели|новостей недели|новостей дня|мировая пресса|
        за сутки: главное|картина дня|о главном""",
    "uk": """головне за|головні новини|головні події|підсумки дня|підсумки тижня|огляд преси|огляд новин|
        дайджест|новини дня|що сталося|коротко про|події дня|зведення новин|про головне""",
    "tr": """günün özeti|haftanın özeti|günün haberleri|günün önemli|öne çıkan haberler|manşetler|
        gazete manşetleri|basın özeti|bülten|bülteni|kısa kısa|kısa haberler|haber turu|
        günün gelişmeleri|dakika dakika|gündem özeti""",
    "id": """rangkuman berita|berita terpopuler|populer hari ini|rangkuman|ringkasan berita|kilas berita|
        sekilas berita|kilas balik|headline hari ini|berita hari ini|lima berita|5 berita|top 5|terpopuler|
        warta hari ini|peristiwa hari ini|yang perlu anda ketahui|buletin""",
    "ms": "ringkasan berita|berita ringkas|tumpuan berita|berita hari ini|buletin|rangkuman",
    "vi": "điểm tin|24h qua|24 giờ qua|tin nhanh|tin tức nổi bật|tin nóng|bản tin|điểm báo|tin trong ngày|tóm tắt tin",
    "sw": "muhtasari wa habari|habari kwa ufupi|vichwa vya habari|habari za leo|magazeti ya leo",
    "ar": """موجز الأخبار|موجز|نشرة الأخبار|نشرة|أبرز الأخبار|أهم الأخبار|أبرز عناوين|عناوين الصحف|جولة الصحافة|
        أقوال الصحف|حصاد اليوم|حصاد|الصحف اليوم|ملخص اليوم|أخبار الرياضة|أخبار الفن|اخبار الفن|
        اخبار الرياضة|أبرز ما|أخبار اليوم""",
    "fa": """خلاصه خبرها|مهم‌ترین خبرها|مهمترین خبرها|مرور روزنامه|مرور مطبوعات|تیتر روزنامه|گزیده اخبار|
        اخبار کوتاه|سرخط""",
    "ur": "خبروں کا خلاصہ|آج کی اہم خبریں|اہم خبریں|سرخیاں|مختصر خبریں",
    "he": "סיכום היום|כותרות היום|הכותרות|על קצה המזלג|בקצרה|סקירת עיתונות|מבזק|מה קרה",
    "hi": """मुख्य समाचार|बड़ी खबरें|दिनभर की|दिन भर की|सुबह की|टॉप 10|टॉप 5|आज की ताजा|न्यूज बुलेटिन|
        समाचार बुलेटिन|संक्षेप में|सुर्खियां""",
    "bn": "সংবাদ সংক্ষেপ|দিনের সেরা|আজকের সংবাদ|একনজরে|এক নজরে|শিরোনাম|সংবাদ শিরোনাম|খবর সংক্ষেপে",
    "ta": "இன்றைய செய்திகள்|முக்கிய செய்திகள்|செய்தித் தொகுப்பு|சுருக்கமாக",
    "te": "నేటి వార్తలు|ముఖ్యాంశాలు|టాప్ న్యూస్|వార్తా సంక్షిప్తం",
    "th": "สรุปข่าว|ข่าวเด่น|ข่าวสั้น|รวมข่าว|พาดหัวข่าว|ประเด็นข่าว",
    "zh": """要闻|早报|晚报|日报|新闻摘要|新闻汇总|一周|今日头条|新闻速览|速览|简讯|简报|早知道|盘点|今日要聞|
        要聞|新聞摘要|晨报|晨報|早報|頭條|报摘|報摘""",
    "ja": """まとめ|ダイジェスト|ニュース一覧|主なニュース|今日のニュース|朝刊|夕刊|ヘッドライン|一週間|各紙|
        ニュースの要約|きょうの|けさの一面|今朝の一面|今日の一面""",
    "ko": """뉴스 브리핑|브리핑|오늘의 뉴스|주요 뉴스|주요뉴스|헤드라인|간추린|단신|뉴스 모음|한눈에|이 시각|
        조간|신문 1면""",
}
