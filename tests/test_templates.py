"""Bulletins of one frame, in several languages, against reports of one event."""

# ruff: noqa: E501 - whole sentences
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclust.articles import Article, ReadResult
from newsclust.pipeline import features_of, find_stories, prepared
from newsclust.settings import Effort, Settings
from newsclust.similarity.score import APART, give_other_figures, score_pairs
from newsclust.similarity.shingles import LINKED, LINKED_CHARACTERS, in_order, words_of
from newsclust.similarity.templates import bulletins, parting_bulletins, sketch_of

FAST = Settings(effort=Effort.FAST)

# A frame, and what fills it: (title, text) with {0}, {1}, ...
FRAMES = {
    "weather de": (
        "Wetter für {0}",
        "Der Wetterdienst erwartet für {0} am {1} {2} Wetter. Die Höchsttemperatur liegt bei {3} Grad, in der Nacht sinkt sie auf {4} Grad. Der Wind weht schwach bis mäßig aus {5}. Autofahrer müssen am Morgen mit Nebel rechnen.",
        (
            ("Lindau", "27. Februar", "sonniges", "21", "12", "Westen"),
            ("Ostmark", "27. Februar", "regnerisches", "17", "11", "Süden"),
            ("Karsa", "28. Februar", "trübes", "9", "3", "Norden"),
        ),
    ),
    "shares es": (
        "El índice de {0} cierra con {1} de {2} %",
        "El índice de la bolsa de {0} cerró con {1} de {2} por ciento, hasta los {3} puntos. La acción más negociada fue {4}, que se movió un {5} por ciento. El dólar se cotizó a {6} al cierre. Los analistas esperan movimientos estrechos en la próxima sesión.",
        (
            ("Jakora", "alza", "0,42", "7.421,10", "Minera Harlan", "3,1", "14.215"),
            ("Merano", "baja", "0,87", "5.356,52", "Banco Ostmark", "2,4", "912"),
            ("Valderra", "alza", "1,15", "2.367,55", "Telanet", "1,9", "48"),
        ),
    ),
    "lottery ru": (
        "Лото {0}: номера тиража {1}",
        "В тираже {1} лотереи {0} выпали числа {2}. Главный приз в размере {3} рублей достался игроку из города {4}. Следующий розыгрыш состоится в субботу в полдень. Билеты продаются во всех отделениях почты.",
        (
            ("Удача", "5512", "4, 17, 23, 31, 40", "12000000", "Линдау"),
            ("Удача", "5513", "8, 11, 29, 36, 44", "7500000", "Остмарк"),
            ("Удача", "5514", "2, 19, 25, 33, 48", "9100000", "Карса"),
        ),
    ),
    "obituary id": (
        "Berita duka: {0}",
        "Telah berpulang dengan tenang {0} pada usia {1} tahun di {2}. Almarhum dikenal sebagai {3} dan meninggalkan {4} anak. Jenazah disemayamkan di rumah duka dan akan dimakamkan pada {5}. Keluarga mengucapkan terima kasih atas doa dan perhatian.",
        (
            ("Amir Santoso", "81", "Lindau", "guru", "4", "Senin"),
            ("Dewi Lestari", "67", "Ostmark", "perawat", "2", "Kamis"),
            ("Budi Hartono", "93", "Karsa", "pelaut", "7", "Minggu"),
        ),
    ),
    "quake zh": (
        "{0}发生{1}级地震",
        "据地震台网测定，{2}时{3}分在{0}发生{1}级地震，震源深度{4}千米，震中位于北纬{5}度，东经{6}度。截至目前尚未收到人员伤亡和财产损失的报告，有关部门正在进一步核实情况。",
        (
            ("林道县", "3.1", "08", "12", "10", "31.25", "103.62"),
            ("奥斯马克市", "4.4", "17", "45", "22", "27.91", "99.18"),
            ("卡尔萨岛", "2.8", "23", "07", "15", "38.40", "75.33"),
        ),
    ),
    "weather ar": (
        "حالة الطقس اليوم في {0}",
        "تتوقع الأرصاد الجوية أن يسود اليوم طقس {1} على مدينة {0}، وتبلغ درجة الحرارة العظمى {2} درجة مئوية والصغرى {3} درجة مئوية. وتكون الرياح {4} السرعة. وتنصح الهيئة المواطنين بمتابعة النشرات الجوية والالتزام بتعليمات السلامة على الطرق.",
        (
            ("أسوان", "حار", "34", "17", "خفيفة"),
            ("طنجة", "غائم", "18", "11", "قوية"),
            ("البصرة", "مغبر", "29", "15", "نشطة"),
        ),
    ),
    "weather th": (
        "พยากรณ์อากาศ{0}วันนี้",
        "กรมอุตุนิยมวิทยาพยากรณ์ว่า{0}มีอากาศร้อนกับมีฟ้าหลัวในตอนกลางวัน โดยมีฝนฟ้าคะนองร้อยละ {1} ของพื้นที่ อุณหภูมิต่ำสุด {2} องศาเซลเซียส อุณหภูมิสูงสุด {3} องศาเซลเซียส ขอให้ประชาชนดูแลสุขภาพเนื่องจากสภาพอากาศที่เปลี่ยนแปลง",
        (("เชียงใหม่", "10", "21", "36"), ("ภูเก็ต", "40", "25", "33"), ("หาดใหญ่", "60", "24", "32")),
    ),
    # The preposition is written at the number.
    "rates he": (
        "שערי המטבע הבוקר",
        "לשכת השערים הודיעה הבוקר כי הדולר נקבע ב{0} שקלים והאירו נקבע ב{1} שקלים. הלירה נסחרה ב{2} שקלים והפרנק ירד ל{3} שקלים. סוחרים אמרו כי המסחר היה רגוע וכי רוב הלקוחות המתינו להודעת הנגיד על הריבית.",
        (
            ("3.714", "4.052", "4.891", "4.207"),
            ("3.688", "4.019", "4.863", "4.175"),
            ("3.745", "4.081", "4.902", "4.236"),
        ),
    ),
    "lottery th": (
        "ผลสลากงวดวันนี้",
        "สำนักงานสลากประกาศผลการออกรางวัลงวดล่าสุดต่อหน้าพยานและผู้สื่อข่าว รางวัลที่หนึ่งได้แก่หมายเลข {0} ส่วนเลขท้ายสองตัวได้แก่ {1} ผู้ถูกรางวัลขอรับเงินได้ภายใน 30 วันที่สำนักงานใหญ่ พร้อมบัตรประจำตัวประชาชนและสลากตัวจริง",
        (("482913", "57"), ("730164", "08"), ("215587", "94")),
    ),
    # Words alone differ, and in most of these letters none is a capital.
    "fire uk": (
        "Рятувальники ліквідували пожежу: {0}",
        "Вчора ввечері до служби порятунку надійшло повідомлення про пожежу в {1}. На місце прибули рятувальники {2} частини. Вони встановили, що горить {3} на площі кількох квадратних метрів. Причиною займання стало {4}. Вогонь вдалося локалізувати та повністю ліквідувати, {5}. Рятувальники нагадують громадянам про необхідність дотримуватися правил пожежної безпеки.",
        (
            (
                "Вербівка",
                "селі Вербівка Заставського району",
                "першої",
                "дах житлового будинку",
                "коротке замикання електромережі",
                "постраждала літня господиня",
            ),
            (
                "Дубки",
                "місті Дубки на Приозерщині",
                "третьої",
                "складське приміщення пилорами",
                "необережне куріння робітника",
                "ніхто не постраждав",
            ),
            (
                "Лозова Балка",
                "хуторі Лозова Балка",
                "місцевої добровільної",
                "надвірна споруда із сіном",
                "дитячі пустощі з вогнем",
                "врятовано двох корів",
            ),
        ),
    ),
    "programme ja": (
        "今夜の番組：{0}",
        "今夜の「{0}」では、{1}を舞台に、{2}が{3}の秘密に迫る。スタジオには{4}が登場し、{5}について語る。番組の後半では視聴者から寄せられた質問に答えるコーナーも放送される。見逃し配信は放送終了後から公式サイトで視聴できる。",
        (
            ("水辺の旅人", "熊野の川沿い", "俳優の田淵ひかる", "古い渡し舟", "民俗学者の小早川徹", "流域の暮らし"),
            ("味なひと皿", "津軽の漁師町", "料理家の野々村あき", "幻の干物", "食品研究者の三枝道夫", "保存食の歴史"),
            ("星を数えて", "八重山の離島", "歌手の比嘉なお", "天文台の観測", "元技術者の松永聡", "望遠鏡づくり"),
        ),
    ),
    "weather hi": (
        "{0} में आज का मौसम",
        "मौसम विभाग के अनुसार {0} में आज दिन भर {1} रहेगा। सुबह के समय {2} की संभावना है और शाम तक {3} चल सकती हैं। विभाग ने लोगों को {4} की सलाह दी है। पिछले सप्ताह की तुलना में {5}। आने वाले दिनों में मौसम में विशेष बदलाव की उम्मीद नहीं है।",
        (
            ("रामगढ़", "आसमान साफ और धूप तेज", "हल्की धुंध", "पश्चिम से गर्म हवाएं", "दोपहर में घर से न निकलने", "गर्मी कुछ बढ़ी है"),
            ("सोनपुर", "बादलों का डेरा", "मध्यम वर्षा", "दक्षिण से नम हवाएं", "छाता साथ रखने", "नमी काफी अधिक है"),
            ("देवनगर", "घना कोहरा छाया", "पाला गिरने", "पहाड़ों से बर्फीली हवाएं", "गर्म कपड़े पहनने", "ठंड में इजाफा हुआ है"),
        ),
    ),
    "road th": (
        "ปิดถนน{0}",
        "กรมทางหลวงชนบทแจ้งปิดการจราจรบริเวณ{0} เพื่อ{1} โดยขอให้ผู้ขับขี่ใช้เส้นทาง{2}แทน ทั้งนี้เจ้าหน้าที่จาก{3}จะคอยอำนวยความสะดวกตลอดการทำงาน คาดว่างานจะแล้วเสร็จ{4} ผู้ใช้ทางสามารถสอบถามข้อมูลเพิ่มเติมได้ที่สายด่วนของกรม",
        (
            ("สะพานข้ามคลองบางแก้ว", "ซ่อมแซมพื้นสะพาน", "เลี่ยงเมืองฝั่งตะวันออก", "สถานีตำรวจบางแก้ว", "ก่อนวันหยุดยาว"),
            ("ทางแยกดอนหวาย", "ติดตั้งสัญญาณไฟ", "เลียบทางรถไฟ", "เทศบาลดอนหวาย", "ภายในสิ้นเดือนนี้"),
            ("อุโมงค์ลอดเขาพลอง", "ปรับปรุงระบบระบายน้ำ", "ผ่านตัวเมืองเก่า", "หมวดบำรุงทางพลอง", "หลังเทศกาลสงกรานต์"),
        ),
    ),
    "appointment ar": (
        "تعيين {0} مديرا جديدا",
        "أصدر وزير {1} قرارا بتعيين {0} مديرا عاما لـ{2} خلفا لـ{3} الذي {4}. وتشغل الإدارة الجديدة مقرها في {5}. وأكد الوزير في بيان له ثقته في قدرة المدير الجديد على تطوير الأداء وتحسين الخدمات المقدمة للمواطنين. ومن المقرر أن يباشر المدير مهامه مطلع الأسبوع المقبل.",
        (
            ("الدكتور نبيل السقاف", "الصحة", "مستشفى الأمل المركزي", "حازم الدباغ", "بلغ سن التقاعد", "حي الزهور"),
            (
                "المهندسة ريم البستاني",
                "الري",
                "هيئة السدود الشمالية",
                "فؤاد النجار",
                "انتقل إلى عمل آخر",
                "مدينة الواحة",
            ),
            (
                "السيد عصام القرشي",
                "الثقافة",
                "دار المخطوطات",
                "ليلى حمدان",
                "استقالت لأسباب عائلية",
                "قصر الحمراء القديم",
            ),
        ),
    ),
    "festival ko": (
        "{0}, {1} 개최",
        "{0}은 오는 주말 {2}에서 {1}를 연다고 밝혔다. 이번 행사에는 {3} 등이 참여하며 {4} 프로그램이 마련된다. 담당자는 시민 누구나 무료로 참여할 수 있으며 {5}고 설명했다. 참가를 원하는 시민은 누리집에서 사전 신청을 하면 된다. 우천 시에는 행사 일정이 바뀔 수 있다.",
        (
            (
                "강릉문화재단",
                "달빛 독서 축제",
                "경포 솔숲",
                "지역 작가와 동화 구연가",
                "아이들을 위한 그림책 만들기",
                "돗자리와 간식을 챙기면 좋다",
            ),
            (
                "목포수산시장상인회",
                "갓김치 담그기 대회",
                "구도심 광장",
                "손맛 좋은 할머니들과 요리사",
                "해산물 깜짝 경매",
                "김치통을 가져와야 한다",
            ),
            (
                "제천산악연맹",
                "야간 별자리 산행",
                "의림지 둘레길",
                "천문 해설사와 산악 구조대",
                "별 사진 찍는 법 강좌",
                "손전등과 따뜻한 옷이 필요하다",
            ),
        ),
    ),
    "injured hi": (
        "{0}: {1} की टक्कर में {2} घायल",
        "{3} थाना क्षेत्र के {0} के पास {4} {1} की टक्कर हो गई जिसमें {2} गंभीर रूप से घायल हो गया। स्थानीय लोगों की मदद से घायल को {5} में भर्ती कराया गया जहां उसका इलाज चल रहा है। पुलिस ने वाहनों को कब्जे में लेकर मामला दर्ज कर लिया है और आगे की जांच की जा रही है।",
        (
            ("गोला मोड़", "ट्रक और ऑटो", "दूध विक्रेता", "बरवा", "शुक्रवार तड़के", "सदर अस्पताल"),
            ("नहर पुलिया", "बाइक और ट्रैक्टर", "कॉलेज छात्र", "मझगांव", "रविवार शाम", "जिला चिकित्सालय"),
            ("पुराना टोल", "बस और जीप", "चौकीदार", "हरिपुर", "बुधवार दोपहर", "एक निजी नर्सिंग होम"),
        ),
    ),
}
MATCH = (
    ("Lindau beat Ostmark 2-1", "Lindau Rovers beat Ostmark City 2-1 on Saturday with a goal by Berger in the 23rd minute. Hale was sent off after the break and the visitors could not come back."),
    ("Ten-man Ostmark lose at Lindau", "A first-half strike by Berger was enough for Lindau Rovers, who won 2-1 against Ostmark City although the guests pressed hard late on. Hale saw red for a foul in midfield."),
)  # fmt: skip


SERIES: dict[str, tuple[dict[str, tuple[str, str]], tuple[tuple[str, ...], ...]]] = {
    "quake": (
        {
            "ja": ("{0}付近でマグニチュード{1}の地震", "地震観測機関によると、現地時間{2}ごろ、{0}付近でマグニチュード{1}の地震があった。震源は市から{3}キロ離れた深さ{4}キロの地点だった。被害やけが人の報告はない。"),
            "id": ("Gempa magnitudo {1} guncang {0}", "Gempa bumi bermagnitudo {1} mengguncang wilayah {0} pada pukul {2} waktu setempat, kata badan meteorologi. Pusat gempa berada {3} kilometer dari kota pada kedalaman {4} kilometer. Belum ada laporan kerusakan atau korban luka."),
            "ar": ("زلزال بقوة {1} درجات قرب {0}", "ضرب زلزال بقوة {1} درجات منطقة {0} في الساعة {2} بالتوقيت المحلي، بحسب هيئة رصد الزلازل. وكان مركزه على بعد {3} كيلومترا من المدينة وعلى عمق {4} كيلومترا. ولم ترد تقارير عن أضرار أو إصابات."),
        },
        (("Kandovan", "4.8", "03:17", "26", "11"), ("Arequipa", "5.6", "14:42", "48", "93"), ("Kandovan", "5.2", "21:05", "31", "17")),
    ),
    "shares": (
        {
            "pl": ("Akcje {0} zamknęły się na {1} euro", "Akcje {0} zakończyły piątkowe notowania na poziomie {1} euro, zmiana wobec poprzedniego dnia wyniosła {2} procent. Dzienne maksimum to {3} euro. Właściciela zmieniło około {4} akcji. Analitycy spodziewają się spokojnego przyszłego tygodnia."),
            "zh": ("{0}股价收于{1}欧元", "{0}的股票周五收于{1}欧元，较前一日变动{2}%。当日最高价为{3}欧元，约有{4}股换手。分析师预计下周交易平静。"),
            "ru": ("Акции {0} закрылись на отметке {1} евро", "Акции {0} завершили торги в пятницу на отметке {1} евро, изменение к предыдущему дню составило {2} процента. Дневной максимум равнялся {3} евро. Из рук в руки перешло около {4} акций. Аналитики ждут спокойных торгов на следующей неделе."),
        },
        (("Norvik Stahl", "48.20", "1.4", "48.90", "312,000", "up"), ("Telora", "7.85", "2.6", "8.11", "94,500", "down"), ("Norvik Stahl", "51.75", "3.9", "52.40", "541,000", "up")),
    ),
    "weather": (
        {
            "tr": ("{0} hava durumu: {1} derece", "Meteoroloji perşembe günü {0} için en yüksek {1}, en düşük {2} derece bekliyor. Rüzgar saatte {3} kilometreye kadar esecek, nem yüzde {4} olacak. Akşam saatlerinde sağanak görülebilir."),
            "it": ("Meteo a {0}: {1} gradi", "Il servizio meteorologico prevede per giovedì a {0} massime di {1} gradi e minime di {2} gradi. Il vento soffierà fino a {3} chilometri orari e l'umidità raggiungerà il {4} per cento. In serata sono possibili rovesci."),
            "de": ("Wetter in {0}: {1} Grad", "Der Wetterdienst erwartet am Donnerstag in {0} Höchstwerte von {1} Grad und Tiefstwerte von {2} Grad. Der Wind weht mit bis zu {3} Kilometern pro Stunde, die Luftfeuchtigkeit erreicht {4} Prozent. Am Abend sind Schauer möglich."),
        },
        (("Lindau", "21", "12", "28", "64"), ("Ostmark", "9", "3", "47", "88"), ("Lindau", "26", "15", "19", "51")),
    ),
}  # fmt: skip
"""Bulletins of one series in three languages, and what fills them."""


EDITED: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "th": (
        "ช้างป่าตัวหนึ่งพังประตูเข้าไปในครัวของบ้านหลังหนึ่งที่อำเภอแก่งหางแมวเมื่อคืนวันพุธและกินข้าวสารไปครึ่งกระสอบ นายสมหมายเจ้าของบ้านเล่าว่าได้ยินเสียงดังจึงพาครอบครัวหนีออกทางหลังบ้าน เจ้าหน้าที่อุทยานใช้เสียงประทัดไล่ช้างกลับเข้าป่าได้ก่อนรุ่งเช้า ไม่มีผู้ใดได้รับบาดเจ็บ",
        (("เมื่อคืนวันพุธ", "กลางดึก"), ("เล่าว่าได้ยินเสียงดัง", "บอกว่าได้ยินเสียงโครมคราม"), ("หนีออกทางหลังบ้าน", "วิ่งออกประตูหลัง"), ("ก่อนรุ่งเช้า", "ตอนใกล้สว่าง"), ("ไม่มีผู้ใดได้รับบาดเจ็บ", "ทุกคนปลอดภัย")),
    ),
    "zh": (
        "青石镇一所小学星期三中午发生食物中毒事件，多名学生出现呕吐和腹痛症状，被送往镇医院救治。校方表示，学生当天午餐吃了食堂供应的凉拌豆芽。镇政府已经封存剩余食材并送检，食堂负责人孙某被警方带走调查。医生说，大部分学生病情稳定，预计很快可以出院。",
        (("星期三中午", "昨天"), ("发生食物中毒事件，多名学生出现呕吐和腹痛症状", "多名学生午饭后呕吐腹痛"), ("校方表示，", "校长说，"), ("已经封存剩余食材并送检", "封存了剩下的食材，正在化验"), ("预计很快可以出院", "有望近日出院")),
    ),
    "hi": (
        "रामनगर के जंगल से भटककर आया एक बाघ मंगलवार को गांव के स्कूल में घुस गया जिससे अफरा-तफरी मच गई। शिक्षक मोहन जोशी ने बच्चों को छत पर चढ़ाकर दरवाजा बंद कर दिया। वन विभाग की टीम ने बेहोश करने वाली गोली चलाकर बाघ को पकड़ लिया। किसी बच्चे को चोट नहीं आई। ग्रामीणों ने जंगल के किनारे बाड़ लगाने की मांग की है।",
        (("मंगलवार को", "आज सुबह"), ("जिससे अफरा-तफरी मच गई", "और भगदड़ मच गई"), ("बच्चों को छत पर चढ़ाकर", "सभी बच्चों को छत पर ले जाकर"), ("बेहोश करने वाली गोली चलाकर", "ट्रैंकुलाइज कर"), ("किसी बच्चे को चोट नहीं आई", "बच्चे सुरक्षित हैं"), ("मांग की है", "बात कही है")),
    ),
    "ar": (
        "لقي ثلاثة عمال مصرعهم صباح اليوم إثر انهيار نفق في منجم الفوسفات بجبل الريحان، وفق ما أعلنته الحماية المدنية. وقال مدير المنجم رضا الكيلاني إن الانهيار وقع بعد أمطار غزيرة أضعفت الدعامات الخشبية. وتمكنت فرق الإنقاذ من إخراج عاملين آخرين على قيد الحياة ونقلهما إلى المستشفى الجهوي. وفتحت النيابة العامة تحقيقا في الحادث.",
        (("لقي ثلاثة عمال مصرعهم صباح اليوم إثر", "قتل ثلاثة عمال في"), ("وفق ما أعلنته", "بحسب"), ("وقال مدير المنجم", "وأوضح المدير"), ("وتمكنت فرق الإنقاذ من إخراج", "وأخرج المنقذون"), ("ونقلهما إلى المستشفى الجهوي", "وهما يتلقيان العلاج"), ("وفتحت النيابة العامة", "وأمرت النيابة بفتح")),
    ),
    "ka": (
        "მესტიის მახლობლად ზვავმა სამანქანო გზა ჩაკეტა და რამდენიმე ავტომობილი თოვლში მოაქცია. მაშველებმა მგზავრები, მათ შორის ორი ბავშვი, უვნებლად გამოიყვანეს. მერმა გოჩა ჩხეტიანმა განაცხადა, რომ გზის გაწმენდას ტექნიკის ნაკლებობა აფერხებს. მეტეოროლოგები ახალ თოვლს კვირის ბოლოს ელიან. მოსახლეობას მთებისკენ მოძრაობისგან თავის შეკავებას სთხოვენ.",
        (("მახლობლად", "სიახლოვეს"), ("რამდენიმე ავტომობილი თოვლში მოაქცია", "მანქანები თოვლში ჩარჩა"), ("უვნებლად გამოიყვანეს", "გადაარჩინეს"), ("განაცხადა", "თქვა"), ("ახალ თოვლს კვირის ბოლოს ელიან", "შაბათ-კვირას კვლავ თოვას ელიან")),
    ),
}  # fmt: skip
"""Reports, and what another desk puts in the place of some of their words."""


def filled(kind: str) -> list[Article]:
    title, text, fills = FRAMES[kind]
    return [
        Article(id=str(n), title=title.format(*facts), text=text.format(*facts), language=kind[-2:])
        for n, facts in enumerate(fills)
    ]


def told_apart(articles: list[Article]) -> list[bool]:
    """Which pairs are bulletins, however likely the score finds them."""
    ready = prepared(articles)
    features, _ = features_of(ready, FAST)
    first, second = np.array(list(combinations(range(len(ready)), 2)), np.intp).T
    pairs = score_pairs(features, first, second)
    certain = replace(pairs, event=np.full(len(first), 5.0), story=np.full(len(first), 5.0))
    found: list[bool] = bulletins(ready, certain).tolist()
    return found


@pytest.mark.parametrize("kind", sorted(FRAMES))
def test_one_frame_with_other_facts_is_no_event(kind: str) -> None:
    articles = filled(kind)

    assert all(told_apart(articles))
    result = find_stories(ReadResult(tuple(articles)), FAST)
    assert all(len(event.articles) == 1 for story in result.stories for event in story.events)


@pytest.mark.parametrize("kind", sorted(FRAMES))
def test_sketches_tell_what_the_texts_tell_and_spare_reading_those_of_other_frames(kind: str) -> None:
    articles = [*filled(kind), *(replace(one, id=f"{one.id} b") for one in filled("weather de")[:1])]
    sketches = [sketch_of(article) for article in articles]
    features, _ = features_of(articles, FAST)
    pairs = score_pairs(features, *np.array(list(combinations(range(len(articles)), 2)), np.intp).T)
    likely = replace(pairs, event=np.full(len(pairs), 5.0), words=np.ones(len(pairs)))
    read: list[int] = []

    class Noted:
        def __getitem__(self, place: int) -> Article:
            read.append(place)
            return articles[place]

    parted = parting_bulletins(Noted(), lambda row: sketches[row])(likely)
    assert parted.event.tolist() == parting_bulletins(articles)(likely).event.tolist()
    assert sorted(read) == ([0, 1, 2, 3] if kind == "weather de" else [0, 1, 2])


def of_series(kind: str, language: str, nth: int) -> Article:
    forms, fills = SERIES[kind]
    title, text = (form.format(*fills[nth]) for form in forms[language])
    return Article(id=f"{language} {nth}", title=title, text=text, language=language)


@pytest.mark.parametrize("kind", SERIES)
def test_one_series_in_two_languages_with_other_figures_is_no_event(kind: str) -> None:
    for (one, first), (two, second) in permutations(product(SERIES[kind][0], range(3)), 2):
        if one < two:
            result = find_stories(ReadResult((of_series(kind, one, first), of_series(kind, two, second))), FAST)
            assert len(result.stories) == (first == second), (one, first, two, second)


RESULTS = (
    "Gewinn je Aktie 31 Cent nach 26. Überschuss 5.645.000 nach 4.737.000. Umsatz 55,2 Mio nach 50,6 Mio. Neun Monate: 92 "
    "Cent nach 78.",
    "1. Quartal bis 30. November. Verlust 7 Cent je Aktie (Vorjahr 64). Netto minus 367.000 gegen 3.009.000, Erlöse "
    "2.516.000 gegen 8.787.000.",
    "Je Aktie 31 Cent, Vorjahr 26. Netto 5.645.000 gegen 4.737.000, Erlöse 55,2 Mio gegen 50,6. Drei Quartale: 92 gegen 78 "
    "Cent.",
)


def test_quarterly_results_with_other_figures_are_no_event_in_whatever_frame() -> None:
    given = [Article(id=str(n), title=f"Werk {n}", text=text, language="de") for n, text in enumerate(RESULTS)]
    features, _ = features_of(given, FAST)
    pairs = score_pairs(features, np.array([0, 0, 1]), np.array([1, 2, 2]))
    assert give_other_figures(features, pairs.first, pairs.second).tolist() == [True, False, True]
    assert (pairs.event <= APART).tolist() == [True, False, True]


def test_a_number_is_one_in_any_digits_and_before_what_is_counted() -> None:
    plain = words_of("1500 Toman").numbers.tolist()

    assert len(plain) == 1
    assert [words_of(text).numbers.tolist() for text in ("۱۵۰۰ تومان", "१५०० रुपये", "1500원을", "ל1500")] == [plain] * 4


TALLIES = (
    "وزارت بهداشت امروز گفت شمار مبتلایان در کشور به {0} نفر و شمار جان باختگان به {1} نفر رسید. {2} نفر بهبود یافتند و "
    "{3} نفر در بخش مراقبت ویژه بستری هستند. در استان کرمان {4} بیمار تازه، در یزد {5} و در گیلان {6} بیمار شناسایی شد.",
    "سخنگو یادآور شد که تا کنون {7} آزمایش انجام شده است، {8} بیمارستان آماده است و {9} تخت آزاد مانده. تلفن {10} و {11} "
    "به پرسش ها پاسخ می دهد.",
    "به گفته او در {8} بیمارستان {9} تخت آزاد است و آزمایشگاه ها {7} آزمایش کرده اند. مردم با شماره {10} یا {11} تماس "
    "بگیرند.",
)


def tally(second: int, figures: Iterable[int]) -> str:
    """Sentences of one frame, some in words of their own, with these figures before the two telephone numbers."""
    text = f"{TALLIES[0]} {TALLIES[second]}".format(*figures, 4030, 190)
    return text.replace("بهبود یافتند", "ترخیص شدند").replace("امروز گفت", "اعلام کرد") if second == 2 else text


def test_where_numbers_are_many_two_thirds_of_others_tell_two_bulletins_though_words_are_others() -> None:
    first, second = tally(1, range(1205, 1215)), tally(2, [*range(7305, 7313), 1213, 1214])
    assert told_apart([Article(id=str(n), text=text, language="fa") for n, text in enumerate((first, second))]) == [
        True
    ]


_MIXED = st.text("北京사고домPeter 12３.\nไทยéa", max_size=60)


@settings(max_examples=200)
@given(_MIXED, _MIXED)
def test_texts_in_several_scripts_have_a_share_of_each_other_in_order(first: str, second: str) -> None:
    ours, theirs = (words_of(text).frame(LINKED, LINKED_CHARACTERS) for text in (first, second))
    assert 0 <= in_order(ours, theirs) <= 1


def test_two_papers_on_one_tally_are_one() -> None:
    first, second = tally(1, range(1205, 1215)), tally(2, range(1205, 1215))
    assert told_apart([Article(id=str(n), text=text, language="fa") for n, text in enumerate((first, second))]) == [
        False
    ]


def test_two_reports_of_one_match_are_no_bulletins() -> None:
    reports = [Article(id=str(n), title=title, text=text) for n, (title, text) in enumerate(MATCH)]

    assert told_apart(reports) == [False]


@pytest.mark.parametrize("kind", sorted(FRAMES))
def test_one_bulletin_of_two_papers_is_one(kind: str) -> None:
    first = filled(kind)[0]
    again = Article(id="again", title=first.title, text=f"{first.text}\n{first.text.split(' ')[0]}", language=kind[-2:])

    assert told_apart([first, again]) == [False]


def test_an_edited_text_in_letters_without_capitals_is_no_bulletin() -> None:
    text = "انهار جسر فوق نهر السدر صباح الثلاثاء وسقطت شاحنتان في المياه، بحسب الشرطة. وأنقذت فرق الدفاع المدني السائقة منى الحداد بعد ساعة من البحث. ووعد المحافظ سالم العمري بفتح تحقيق في أسباب الحادث الذي قطع الطريق بين القريتين. وكانت البلدية حددت حمولة الجسر بعشرين طنا في مايو."
    edited = (
        text.replace("صباح الثلاثاء", "فجر أمس").replace("بحسب الشرطة", "وفق ما ذكر شهود").replace("من البحث", "كاملة")
    )
    articles = [Article(id=str(n), title="انهيار جسر", text=one, language="ar") for n, one in enumerate((text, edited))]

    assert told_apart(articles) == [False]


@pytest.mark.parametrize("language", EDITED)
def test_a_report_that_another_desk_edits_keeps_its_names_and_is_no_bulletin(language: str) -> None:
    text, changes = EDITED[language]
    versions = [Article(id="0", title=text[:30], text=text, language=language)]
    for n, (old, new) in enumerate(changes, 1):
        text = text.replace(old, new)
        versions.append(Article(id=str(n), title=text[:20], text=text, language=language))

    assert not any(told_apart(versions))


@pytest.mark.parametrize(
    ("language", "titles", "text", "counts"),
    [
        ("fi", ("Silta sortui Halla-ahossa", "Halla-ahon sillan sortuminen tutkitaan, Ruotsi lupasi apua"), "Sillan kaide petti {} aikaan Halla-ahossa, ja kaksi kuorma-autoa putosi Seetrijokeen. Pelastajat nostivat molemmat kuljettajat joesta ennen iltaa. Liikenneministeri Saara Virkki lupasi, että kaikki saman ajan sillat tarkastetaan ennen talvea.", ("aamukuuden", "kello kuuden")),
        ("ko", ("세드르강 다리 붕괴", "트럭 두 대 추락한 다리, 원인 조사 시작"), "세드르강을 가로지르는 다리가 화요일 새벽 무너져 트럭 두 대가 강물에 빠졌다고 경찰이 밝혔다. 구조대는 수색 끝에 운전자를 구했고 다친 사람은 {}명으로 집계됐다. 시장은 같은 시기에 지은 다리를 모두 점검하겠다고 약속했다.", ("12", "15")),
    ],
)  # fmt: skip
def test_another_headline_above_the_same_report_is_no_other_fact(
    language: str, titles: tuple[str, str], text: str, counts: tuple[str, str]
) -> None:
    reports = [
        Article(id=title, title=title, text=text.format(count), language=language)
        for title, count in zip(titles, counts, strict=True)
    ]

    assert told_apart(reports) == [False]


def test_two_papers_endings_of_one_report_are_no_bulletins() -> None:
    report = "Beim Sprint von Graz siegte am 2. März vor 4200 Zuschauern Jörg Kühn aus Halden in 46,12 Sekunden. Der 23-Jährige schlug den Olympiasieger Mehmet Öztürk um 8 Hundertstel und übernahm damit die Führung im Weltcup vor den letzten beiden Rennen dieses Winters. "
    endings = (
        "Trainerin Réka Ivor aus Linz will nun in 14 Tagen die Meisterschaft in Prag gewinnen.",
        "Dritter wurde Sven Åberg, der nach 3 Wochen Pause vor Luca Rossi ins Ziel kam.",
    )
    articles = [Article(id=ending, text=report + ending) for ending in endings]

    assert told_apart(articles) == [False]


def test_forecasts_of_two_towns_are_no_versions_of_one_text() -> None:
    articles = filled("weather th")
    result = find_stories(ReadResult(tuple(articles)), FAST)

    assert [lone.version for lone in result.unclustered] == [None] * len(articles)


def test_a_report_brought_up_to_date_is_no_other_event() -> None:
    text = "A ferry with {} people aboard struck a sandbank near Valderra at dawn on Thursday, the port office said. Fishing boats carried the passengers ashore before nightfall, and divers from Karsa examined the hull. {} people were treated in hospital. The company Merano Lines cancelled all sailings to the islands until Sunday."
    reports = [Article(id=str(n), title=f"{hurt} hurt as ferry runs aground", text=text.format(212, hurt)) for n, hurt in enumerate(("Twelve", "Fourteen"))]  # fmt: skip

    assert told_apart(reports) == [False]
