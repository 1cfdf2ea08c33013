"""Haste, scarcity and shame in Polish."""

from leadstone.domains.vetting.linters import reasons
from leadstone.domains.vetting.linters.finding import Rule, RuleSet, shape_of, words

_UNIT = r"(?:dni|dzień|d|godz(?:in(?:y|a)?|\.)?|h|min(?:ut(?:y|a)?|\.)?|m|sek(?:und(?:y|a)?|\.)?|s)"
_STOCK = (
    r"(?:sztuk(?:i|a|ę)?|szt\.?|miejsc(?:e|a)?|egzemplarz(?:y|e)?|par(?:y|a)?|produkt(?:y|ów)?|bilet(?:y|ów)?|opakowa(?:ń|nia|nie)"
    r"|pokoi|pokoje|zestaw(?:y|ów)?|rozmiar(?:y|ów)?|termin(?:y|ów)?)"
)
_OFFER = (
    r"(?:oferta|promocja|wyprzedaż|zniżka|rabat|okazja|akcja|cena|ceny|sprzedaż|rejestracja|zapisy|darmowa dostawa|przedsprzedaż"
    r"|gratis|bonus)"
)

RULES = RuleSet(
    rules=(
        Rule(
            name="countdown",
            why=reasons.HASTE,
            pattern=shape_of(
                rf"(?<![\w:.])\d{{1,2}}\s?:\s?\d{{2}}\s?:\s?\d{{2}}(?:\s?:\s?\d{{2}})?(?![\w:])"
                rf"|(?<!\w)(?:\d+\s*{_UNIT}\s*[:,]?\s*(?:i\s+)?){{2,}}(?!\w)"
                r"|(?<!\w)dni\s*[:|]?\s*godz\w*\s*[:|]?\s*min\w*"
                r"|(?<!\w)(?:pozostał[oay]?|zostało|pozostały) (?:ci |ci jeszcze |tylko |jeszcze |czas\b ?:? ?)*\d*[\d:]* ?(?:godzin\w*|minut\w*|sekund\w*|dni|dzień)(?!\w)"
                r"|czas (?:ucieka|się kończy|do końca|leci)|(?:odliczanie|zegar tyka)"
            ),
            unless=words("temu", "czas pracy", "lektur[ay]", "czytania"),
        ),
        Rule(
            name="ends_soon",
            why=reasons.HASTE,
            pattern=words(
                rf"{_OFFER}(?: \w+){{0,3}} (?:kończy się|kończą się|wygasa|wygasają|ważn[ay] (?:tylko )?(?:do|dziś|dzisiaj|jeszcze)|trwa tylko"
                r"|rośnie|rosną|wzrośnie|wzrosną|zaraz zniknie|znika|znikną)(?: (?:za|dziś|dzisiaj|jutro|o północy|wkrótce|niedługo))?",
                r"(?:kończy|kończą) się (?:za|dziś|dzisiaj|jutro|o północy|wkrótce|już)",
                r"koniec (?:oferty|promocji|wyprzedaży) (?:za|już|dziś|dzisiaj|jutro|o północy)",
                r"ostatni(?:e|a|ch)? (?:godziny?|minuty?|chwile?|dni|dzień|moment|szansa|okazja|wezwanie)",
                r"(?:nie przegap|nie zwlekaj|nie czekaj|nie trać czasu|nie prześpij)",
                r"zanim (?:będzie za późno|znikn(?:ie|ą)|zabraknie|wykupią|cena wzrośnie)",
                r"(?:koszyk|zamówienie|rezerwacja|miejsce|cena|produkt)\w*(?: \w+){0,2} (?:wygaśnie|wygasa|zarezerwowan[eay]|przepadnie) (?:za|na|przez)",
                r"(?:zamów|kup|zapisz się|zarezerwuj|odbierz) (?:w ciągu|przez) (?:najbliższych )?\d+",
            ),
        ),
        Rule(
            name="hurry",
            why=reasons.HASTE,
            pattern=words(
                r"(?:po)?spiesz(?:cie)?(?: się)?|śpiesz się|pośpiesz(?: się)?",
                r"(?:działaj|kup|zamów|zapisz się|skorzystaj|decyduj) (?:już |od razu )?(?:teraz|natychmiast|szybko|póki (?:możesz|czas))",
                r"tylko (?:dziś|dzisiaj|teraz|do (?:północy|jutra|końca dnia|niedzieli)|przez (?:\d+|kilka|najbliższe)|w ten weekend|w tym tygodniu)",
                r"(?:jedynie|wyłącznie) (?:dziś|dzisiaj|teraz|do północy)",
                r"(?:oferta|promocja|cena|akcja)? ?(?:ograniczona|limitowana) (?:czasowo|w czasie)",
                r"(?:przez )?ograniczon(?:y|ym) czas(?:ie|em)?",
                r"(?:błyskawiczna|ekspresowa|szybka) (?:wyprzedaż|promocja|okazja)",
                r"teraz albo nigdy|taka okazja (?:się )?(?:nie|już nie)|druga taka okazja",
                r"póki (?:możesz|jeszcze (?:możesz|jest)|trwa|czas)|ani chwili dłużej",
                r"\d+[- ]godzinna (?:wyprzedaż|promocja)",
            ),
        ),
        Rule(
            name="few_left",
            why=reasons.SCARCITY,
            pattern=words(
                rf"(?:został[oay]?|pozostał[oay]?|zostały|pozostały|mamy)(?: (?:już|nam|jeszcze|tylko|jedynie|ostatni[ea]?|zaledwie|w magazynie)){{0,3}}"
                rf" (?:\d+|jedn[oa]|dwie|dwa|trzy|kilka|parę|ostatni[ea]) ?{_STOCK}?",
                rf"(?:tylko|jedynie|zaledwie|jeszcze tylko|już tylko) (?:\d+|jedn[oa]|dwie|trzy|kilka|parę) {_STOCK}",
                rf"(?:ostatni[ea]?|ostatnich) (?:\d+ |kilka |parę )?{_STOCK}",
                rf"\d+ {_STOCK} (?:w magazynie|na stanie|w tej cenie|na sklepie|do końca)",
                r"\d+ ?% (?:miejsc |sztuk |ofert |puli )?(?:już )?(?:sprzedane|zajęte|wykupione|odebrane|rozeszło się)",
                r"(?:prawie|niemal) (?:wyprzedane|wykupione|nic nie zostało|brak miejsc)",
            ),
            unless=words(r"zostało wam \d+ pytań", r"stron", r"pyta(?:ń|nia)"),
        ),
        Rule(
            name="low_stock",
            why=reasons.SCARCITY,
            pattern=words(
                r"(?:mał[ay]|nisk[ia]|ograniczon[ay]|limitowan[ay]) (?:stan(?: magazynowy)?|ilość|liczba|pula|dostępność)(?: \w+)?",
                r"ilość (?:sztuk |miejsc )?ograniczona|liczba (?:miejsc|sztuk)(?: jest)? ograniczona|miejsca ograniczone|ograniczone miejsca",
                r"(?:sprzedaje|rozchodzi|wyprzedaje|kończy)(?:ą)? się (?:błyskawicznie|szybko|w mgnieniu oka|jak świeże bułeczki)",
                r"(?:szybko|zaraz|błyskawicznie) (?:znika(?:ją)?|się wyprzeda(?:je|ją)?|schodz(?:i|ą))",
                r"do wyczerpania (?:zapasów|puli|nakładu)",
                r"(?:duże|ogromne|wielkie|rekordowe) zainteresowanie|(?:bardzo )?pożądany produkt|wysoki popyt",
                r"(?:więcej|drugi raz) nie (?:będzie|dodrukujemy|wyprodukujemy)|nie wrócą? do sprzedaży",
                r"wyprzedaje się|kończą się zapasy|zapasy się kończą|na wyczerpaniu",
            ),
        ),
        Rule(
            name="shaming_no",
            why=reasons.SHAME,
            pattern=shape_of(
                r"(?:^|(?<=[!?.] ))\W*(?:nie|nie, nie)\b[,.!]*\s*(?:dziękuję|dzięki|dziekuje)\b[\s,.:!-]+(?=\S)(?:\w|[^.!?])*"
                r"|(?:^|(?<=[!?.] ))\W*nie,? (?:wolę|wolałbym|wolałabym|lubię|będę|poradzę|zostanę|chcę|potrzebuję|obchodzi|zależy|stać|jestem|mam)[^.!?]*"
                r"|(?:^|(?<=[!?.] ))\W*(?:wolę|wolał(?:bym|abym)) (?:dalej |nadal )?(?:przepłac\w+|płacić|zapłacić|nie oszczędzać|marznąć|tracić|ryzykować|nie wiedzieć|zostać|błądzić)[^.!?]*"
                r"|(?:^|(?<=[!?.] ))\W*(?:lubię|kocham|uwielbiam) (?:przepłac\w+|płacić|tracić|marznąć|wyrzucać pieniądze)[^.!?]*"
                r"|(?:^|(?<=[!?.] ))\W*(?:nie )?(?:lubię|chcę|zależy mi na|interesują mnie|interesuje mnie|potrzebuję|przepadam za)"
                r"[^.!?]{0,40}(?:oszczędz\w+|oszczędności\w*|rabat\w*|zniż\w+|darmow\w+|gratis\w*|prezent\w*|pieniędz\w+|pełn\w+ cen\w+|taniej|promocj\w+|okazj\w+|korzyści\w*|zdrow\w+)"
                r"|(?:^|(?<=[!?.] ))\W*(?:rezygnuję|odpuszczam|zapłacę) (?:z |sobie |pełną |więcej |drożej )?[^.!?]*(?:oszczędn\w+|rabat\w*|zniż\w+|cen\w+|korzyści\w*|więcej|drożej|okazj\w+|prezent\w*)"
            ),
            unless=words(r"chcę (?:otrzymywać|dostawać)"),
        ),
    ),
)
