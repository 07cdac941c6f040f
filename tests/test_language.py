import unicodedata
from typing import SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.language import ALWAYS, Evidence, Found, KnownLanguages, home_languages, stated
from cleanwire.packs.load import builtin_packs

WORDS = {
    "ar": "في من على أن إلى التي عن مع هذا كان بعد ي ك ة أ إ ه",
    "bg": "на да за се от не ще че по това са към като ъ й щ",
    "cs": "se na je to že do si za ale pro jako po tak jsou která až při ještě č ě ř š ů ž",
    "da": "og at det en er af på der den til for med ikke som de har men et efter blev være også bliver når ud å æ ø",
    "de": "der die das und in den von ist nicht mit dem auf für wird ä ö ü ß",
    "en": "the and of to in is was for on that with are at be this by",
    "es": "de la que el en los se del las un por con una su para es al más pero ñ á é í ó ú",
    "et": "ja on ei et see oma kui ka mis ta aga või selle pärast ning aasta lõpuni ä õ ü",
    "fa": "به که در از را است این با آن های برای شد خود پ چ ژ گ ی ک ه",
    "fr": "de la le et les des en un du une que est pour dans par au sur à ç è é ê",
    "hr": "je se da na i u do jer za su od kao što nije ali već godine č ć đ š ž",
    "is": "að og er í á til sem ekki var það við með fyrir af eftir þar þess ð þ æ",
    "it": "di che il la non in per un le del si una al della con più sono nel à è ì ò ù",
    "lt": "ir kad yra iki ne bet po nes už jau tai buvo iš į metų ė ų š ž į",
    "lv": "un ir ka līdz nav bet pēc jo par jau tas bija no uz ē ī ļ ņ š ā",
    "no": "og det en er av på som den til for med ikke har men et etter ble være også blir når ut fra å æ ø",
    "pt": "de que do da em para se um os com uma não no na as por ao mais ç ã õ á é í ó ú",
    "ru": "не на что как то это для по за от из его при также й щ ы э ю я",
    "sk": "sa na je to že do si za ale pre ako po tak sú ktorá až pri ešte č ď ľ š ť ž ô",
    "sr": "да је на не се од за као су који што после је ћ ђ љ њ ј da je na ne se od za kao su koji što posle ć đ š ž",
    "sv": "och att det en är på som den till för med inte har men ett efter blev vara också blir när ut från å ä ö",
    "uk": "не на що та як за від це для по із його при також до і ї є й щ ю я",
    "ur": "میں کے ہے اور کی سے ہیں کہ کو نے اس یہ کا پر گا گیا رہے ٹ ڈ ں ے ہ",
    **dict.fromkeys(("bn", "el", "he", "hi", "ja", "ko", "ta", "th", "zh"), ""),
}
KNOWN = KnownLanguages({language: frozenset(words.split()) for language, words in WORDS.items()})

TEXTS = {
    "ar": "أعلنت بلدية المدينة أن الجسر القديم سيبقى مغلقا حتى نهاية العام بعد العاصفة. وقال المهندسون إن "
    "الأعمال في الأساسات تحتاج إلى ثلاثة أشهر على الأقل، وإن هذا التأخير كان متوقعا من البداية. ويعبر"
    " السكان مع بضائعهم بالقوارب.",
    "bg": "Старият мост остава затворен до края на годината, защото реката отнесе една от опорите. От "
    "общината казаха, че ремонтът ще струва повече, а хората от квартала са принудени да минават по "
    "другия бряг. Това не се харесва на никого.",
    "bn": "নদীর পুরোনো সেতুটি বছরের শেষ পর্যন্ত বন্ধ থাকবে। প্রকৌশলীরা বলেছেন, ঝড়ে একটি স্তম্ভ ভেঙে গেছে।",
    "cs": "Starý most zůstane zavřený až do konce roku, protože řeka podemlela jeden pilíř. Podle radnice "
    "se oprava prodraží, ale jiná cesta není. Lidé teď jezdí po druhém břehu a říkají, že je to pro "
    "ně o hodinu déle. Přívoz, která to má zlepšit, ještě nepluje, tak si musí počkat.",
    "da": "Den gamle bro er lukket resten af året, efter at stormen tog en af pillerne. Det bliver dyrt, "
    "siger kommunen, men der er ikke nogen anden vej over åen. Arbejdet blev udsat, og naboerne har "
    "også klaget over støjen. Når isen er væk, skal der være en færge, som sejler hver time.",
    "de": "Die alte Brücke bleibt bis zum Jahresende gesperrt, weil der Sturm einen Pfeiler unterspült hat."
    " Für die Anwohner ist das nicht neu, und auf dem anderen Ufer wird schon lange gebaut. Der "
    "Bürgermeister hofft, mit den Arbeiten in einer Woche fertig zu werden.",
    "el": "Η παλιά γέφυρα θα μείνει κλειστή ως το τέλος του χρόνου, επειδή η καταιγίδα παρέσυρε ένα στήριγμα.",
    "en": "The old bridge is to stay closed until the end of the year, after the storm washed out a pillar."
    " Engineers at the council said that this was expected, and that the repairs are going to be paid"
    " for by the county.",
    "es": "El viejo puente seguirá cerrado hasta el fin del año, porque la tormenta se llevó uno de los "
    "pilares. Para los vecinos es una noticia que no sorprende, pero piden al alcalde que ponga más "
    "barcas. La obra del puente, por su parte, empieza en otoño con una grúa nueva.",
    "et": "Vana sild on kinni aasta lõpuni, sest torm viis ühe samba minema. Linnavalitsus ütles, et parv "
    "hakkab sõitma kuu aja pärast, aga seda ei usu keegi. Inimesed käivad teise kalda kaudu ja see võtab "
    "tund aega rohkem kui enne.",
    "fa": "پل قدیمی شهر تا پایان سال بسته می‌ماند، چون سیل یکی از پایه‌های آن را برده است. شهرداری گفت که "
    "این کار با هزینه‌ای بیشتر انجام می‌شود و برای مردم محله قایق گذاشته شد. گروهی از ساکنان به این "
    "تصمیم اعتراض دارند و خود را در خطر می‌بینند.",
    "fr": "Le vieux pont reste fermé jusqu'à la fin de l'année, parce que la tempête a emporté une des "
    "piles. Pour les riverains, ce n'est pas une surprise, et la mairie promet un bac dans un mois. "
    "Les travaux sur le quai sont payés par le département.",
    "he": "הגשר הישן יישאר סגור עד סוף השנה, לאחר שהסערה סחפה את אחד העמודים. העירייה הבטיחה מעבורת.",
    "hi": "पुराना पुल साल के अंत तक बंद रहेगा, क्योंकि तूफ़ान एक खंभा बहा ले गया। नगर परिषद ने नाव का वादा किया है।",
    "hr": "Stari most ostaje zatvoren do kraja godine, jer je rijeka odnijela jedan stup. U gradu kažu da će "
    "skela voziti već za mjesec dana, ali to nitko ne vjeruje. Ljudi koji žive na drugoj obali kasne kao i "
    "poslije prošle poplave, što nije novo.",
    "is": "Gamla brúin er lokuð til ársloka, því að stormurinn tók einn stöpulinn. Bæjarstjórnin segir að "
    "ferjan fari af stað eftir mánuð, en það trúir því enginn. Fólkið sem býr hinum megin við ána kemur "
    "seint heim, og þar var ekki mikil gleði.",
    "it": "Il vecchio ponte resta chiuso fino alla fine dell'anno, perché la piena ha portato via uno dei "
    "piloni. Per il sindaco non è una sorpresa: i lavori nel letto del fiume sono più cari, e la "
    "gente si sposta con una barca. Al traghetto non ci crede che il barcaiolo.",
    "ja": "古い橋は年末まで通行止めになる。嵐で橋脚の一つが流されたためで、市は渡し船を出すと約束した。",
    "ko": "오래된 다리는 연말까지 통제된다. 폭풍으로 교각 하나가 떠내려갔기 때문이다. 시는 나룻배를 약속했다.",
    "lt": "Senasis tiltas uždarytas iki metų pabaigos, nes audra nunešė vieną atramą. Savivaldybė sako, kad "
    "keltas plauks po mėnesio, bet tuo niekas netiki. Žmonės, kurie gyvena už upės, jau dabar į darbą vėluoja, "
    "ir tai nėra naujiena.",
    "lv": "Vecais tilts ir slēgts līdz gada beigām, jo vētra aiznesa vienu balstu. Dome saka, ka prāmis kursēs "
    "pēc mēneša, bet tam neviens netic. Cilvēki, kas dzīvo otrā krastā, jau tagad kavē darbu, un tas nav "
    "nekas jauns.",
    "no": "Den gamle brua er stengt ut året, etter at stormen tok en av pilarene. Det blir dyrt, sier "
    "kommunen, men det finnes ikke en annen vei over elva. Arbeidet ble utsatt, og naboene har også "
    "klaget på støyen. Når isen er borte, kan det være en ferge som går fra kaia.",
    "pt": "A velha ponte continua fechada até ao fim do ano, porque a cheia levou um dos pilares. Os "
    "moradores não se espantam, mas pedem uma barca para as crianças da escola. No outro lado do rio,"
    " as obras começam com mais gente e por mais dinheiro, segundo a câmara.",
    "ru": "Старый мост останется закрытым до конца года: по словам инженеров, река подмыла одну из опор. "
    "Это не новость для тех, кто живёт на другом берегу, но за год его так и не починили. При мэрии "
    "также обещают пустить паром, как это было после войны, что вызвало смех.",
    "sk": "Starý most zostane zavretý až do konca roka, pretože rieka podmyla jeden pilier. Podľa radnice "
    "sa oprava predraží, ale iná cesta nie je. Ľudia teraz jazdia po druhom brehu a hovoria, že je to"
    " pre nich o hodinu dlhšie. Kompa, ktorá to má zlepšiť, ešte nepláva, tak si musia počkať.",
    "sr": "Стари мост остаје затворен до краја године, јер је река однела један од стубова. У општини кажу "
    "да се не зна када ће бити готов, а људи који живе на другој обали љути су као и после прошле "
    "поплаве. За њих је то сат више.",
    "sv": "Den gamla bron är stängd året ut, efter att stormen tog en av pelarna. Det blir dyrt, säger "
    "kommunen, men det finns inte någon annan väg över ån. Arbetet blev försenat, och grannarna har "
    "också klagat på bullret. När isen är borta ska det vara en färja som går från kajen.",
    "ta": "பழைய பாலம் ஆண்டு இறுதி வரை மூடப்பட்டிருக்கும். புயலில் ஒரு தூண் அடித்துச் செல்லப்பட்டது.",
    "th": "สะพานเก่าจะปิดไปจนถึงสิ้นปี เพราะพายุพัดเสาต้นหนึ่งหายไป เทศบาลสัญญาว่าจะจัดเรือข้ามฟาก",
    "uk": "Старий міст буде закритий до кінця року, бо річка підмила одну з опор. Це не новина для тих, що "
    "живуть на іншому березі, та за рік його так і не полагодили. При мерії також обіцяють пором із "
    "пристані, як це було від війни, і від того всім смішно.",
    "ur": "پرانا پل سال کے آخر تک بند رہے گا کیونکہ سیلاب میں اس کا ایک ستون بہہ گیا ہے۔ بلدیہ نے کہا کہ "
    "مرمت پر زیادہ خرچ آئے گا اور لوگوں کو کشتی سے جانا ہوگا۔ یہ خبر محلے والوں کے لیے نئی نہیں ہے۔",
    "zh": "旧桥将封闭到年底,因为暴风雨冲走了一个桥墩。市政府答应开设渡轮,居民对此并不感到意外。",
}
"""An original text in each language: news of a closed bridge."""


def home(text: str) -> set[str]:
    return set(home_languages(text, KNOWN).home.difference(ALWAYS))


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_a_text_has_one_home_language_beside_english(language: str) -> None:
    assert home(TEXTS[language]) == {language} - {"en"}


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("Füße im Fluss: Bürger klagen über nasse Straße\nStart\nKontakt\nWetter", "de"),
        ("Den nye bro blev dyrere\nForside\nSport\nVejret", "da"),
        ("Новий міст відкрили раніше\nГоловна\nПогода\nСпорт", "uk"),
        ("Řeka podemlela další pilíř\nDomů\nPočasí\nSport", "cs"),
        ("پل تازه گران‌تر از پیش شد\nخانه\nهوا\nورزش", "fa"),
    ],
)
def test_a_headline_with_three_menu_lines_is_told_by_few_words_and_letters(headline: str, language: str) -> None:
    assert language in home(headline)


@pytest.mark.parametrize("language", ["de", "el", "ja", "pt", "ru", "sv"])
def test_english_widgets_around_a_story_do_not_hide_its_language(language: str) -> None:
    widgets = (
        "Sign up for the newsletter\nShare this on Facebook\nThis site is powered by cookies\nTerms of use and more"
    )
    assert home(f"{widgets}\n{TEXTS[language]}\n{widgets}\n{widgets}") == {language}


@pytest.mark.parametrize(
    ("first", "second"),
    [("de", "fr"), ("ar", "fr"), ("cs", "es"), ("el", "de"), ("ru", "uk"), ("ja", "ko"), ("es", "pt")],
)
def test_both_languages_of_a_text_are_home(first: str, second: str) -> None:
    assert home(f"{TEXTS[first]}\n\n{TEXTS[second]}") == {first, second}


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_line_ends_change_nothing(language: str) -> None:
    text = f"{TEXTS[language]} " * 12
    assert home_languages(text.replace(". ", ".\n"), KNOWN) == home_languages(text, KNOWN)


@pytest.mark.parametrize("text", ["", " \n\t\n", "12:30 1-0 (2)", "{'a': [1, 2]}", "ab cd ef gh\n" * 50, "der"])
def test_too_little_evidence_leaves_only_what_is_home_in_every_text(text: str) -> None:
    assert home(text) == set()


def test_a_word_that_is_repeated_counts_once() -> None:
    assert home("La Paz, La Plata, La Spezia, La Rochelle, La Coruna") == set()


def test_a_few_common_words_in_a_long_table_are_no_evidence() -> None:
    table = "\n".join(f"{number} Nordhafen {number % 3}" for number in range(100))
    assert home(f"{table}\nTabelle der Liga\nHeim und Gast") == set()
    assert home("Tabelle der Liga\nHeim und Gast") == {"de"}


def test_a_few_common_words_in_a_long_text_without_spaces_are_no_evidence() -> None:
    assert home(TEXTS["zh"] * 8 + " Puerto de la Cruz") == {"zh"}


def test_a_few_lines_in_another_script_are_evidence() -> None:
    lines = "Зареждане на още статии, които не са за продажба\nКъм началната страница\n"
    assert home(f"{TEXTS['en'] * 3}\n{lines}" * 3) == {"bg"}
    assert home(f"{TEXTS['en'] * 12}\n{lines}") == set()


def test_japanese_is_told_from_chinese_by_kana() -> None:
    assert home("「さくら」という名前") == {"ja"}
    assert home("中国电视台播出了名为《春の歌》的纪录片,观众人数超过一千万,评论家对此片评价很高") == {"zh"}


def test_a_script_of_several_languages_makes_all_of_them_home_where_no_word_tells() -> None:
    assert home("Погода Спорт Авто Кино") == {"bg", "ru", "sr", "uk"}


def test_serbian_is_told_in_both_of_its_scripts() -> None:
    latin = (
        "Stari most ostaje zatvoren, jer je reka odnela jedan od stubova, kao i posle poplave. Ljudi koji su na obali"
    )
    assert home(latin).difference({"hr"}) == home(TEXTS["sr"]) == {"sr"}  # Croats write nearly the same


def test_a_language_that_cannot_be_recognised_is_always_home() -> None:
    known = KnownLanguages({"eo": frozenset(), "el": frozenset()})
    assert home_languages("Sola vorto", known).home == {"any", "en", "eo"}


def test_common_words_take_the_place_of_the_script() -> None:
    known = KnownLanguages({"hi": frozenset({"और", "तक", "एक", "के"}), "mr": frozenset({"आणि", "आहे", "एक", "या"})})
    assert home_languages("पुराना पुल और एक नाव साल के अंत तक", known).home == {"any", "en", "hi"}
    assert home_languages("जुना पूल बंद आहे आणि या गावात नाव एक", known).home == {"any", "en", "mr"}


def test_evidence_says_why() -> None:
    evidence = home_languages(TEXTS["no"], KNOWN)
    assert evidence.why("no").endswith("% of its common words occur")
    assert evidence.why("da").endswith("but those of no explain the text better")
    assert evidence.why("ta") == "no evidence"
    assert evidence.why("en") == "always home"
    assert home_languages(TEXTS["ta"], KNOWN).why("ta").endswith("% of the characters are of its script")
    assert stated(["da"]).why("da") == "stated by the caller"


def test_a_rival_is_a_home_language() -> None:
    for text in TEXTS.values():
        evidence = home_languages(text, KNOWN)
        assert {found.rival for found in evidence.found.values()} - {None} <= evidence.home


def test_stated_languages_are_home_and_others_are_not() -> None:
    assert stated(["de", "fr"]).home == {"any", "en", "de", "fr"}


def test_evidence_does_not_depend_on_the_order_of_the_tables_or_on_texts_before() -> None:
    backwards = KnownLanguages({language: frozenset(WORDS[language].split()) for language in reversed(WORDS)})
    before = {language: home_languages(text, KNOWN) for language, text in TEXTS.items()}
    for language in reversed(TEXTS):
        assert home_languages(TEXTS[language], backwards) == before[language] == home_languages(TEXTS[language], KNOWN)


class Sliced(str):
    """A text that counts the characters that are read of it."""

    __slots__ = ("read",)

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        part = super().__getitem__(key)
        self.read = getattr(self, "read", 0) + len(part)
        return part


def test_of_a_long_text_only_samples_are_read() -> None:
    text = Sliced(f"{TEXTS['de']}\n" * 2_000)
    assert home_languages(text, KNOWN).home == {"any", "de", "en"}
    assert 0 < text.read < 2_000


def test_a_second_language_is_found_in_any_part_of_a_long_text() -> None:
    for start in range(4):
        parts = [TEXTS["de"] * 20] * 4
        parts[start] = TEXTS["fr"] * 20
        assert home("\n".join(parts)) == {"de", "fr"}


@given(st.text(st.characters(), max_size=300))
def test_any_text_has_evidence(text: str) -> None:
    evidence = home_languages(text, KNOWN)
    assert evidence.home.issuperset(ALWAYS)
    assert evidence.home <= {*WORDS, *ALWAYS}
    assert all(0 < found.share <= 1 for found in evidence.found.values())


def test_evidence_is_a_value() -> None:
    assert Evidence({"de": Found("stated")}) == Evidence({"de": Found("stated")})


@pytest.fixture(scope="module")
def packs() -> dict[str, frozenset[str]]:
    return {pack.name: frozenset(pack.words.get("common", ())) for pack in builtin_packs() if pack.name in TEXTS}


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_the_common_words_of_the_packs_recognise_each_text(language: str, packs: dict[str, frozenset[str]]) -> None:
    assert home_languages(TEXTS[language], KnownLanguages(packs)).home == {*ALWAYS, language}


def test_the_common_words_of_the_packs_are_lower_case_and_composed(packs: dict[str, frozenset[str]]) -> None:
    words = {word for common in packs.values() for word in common}
    assert words
    assert words == {unicodedata.normalize("NFC", word.lower()) for word in words}
    assert not {word for word in words if not word.isalpha()}
