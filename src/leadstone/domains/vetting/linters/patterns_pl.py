"""Haste, scarcity and shame in Polish."""

from leadstone.domains.vetting.linters import reasons
from leadstone.domains.vetting.linters.finding import Rule, RuleSet, shape_of, words

_UNIT = r"(?:dni|dzień|d|godz(?:in(?:y|a)?|\.)?|h|min(?:ut(?:y|a)?|\.)?|m|sek(?:und(?:y|a)?|\.)?|s)"
_STOCK = (
    r"(?:sztuk(?:i|a|ę)?|szt\.?|miejsc(?:e|a)?|egzemplarz(?:y|e|a)?|par(?:y|a)?|produkt(?:y|ów)?|bilet(?:y|ów)?|opakowa(?:ń|nia|nie)"
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
            unless=words(
                "temu",
                "czas pracy",
                "lektur[ay]",
                "czytania",
                "czas trwania",
                "trwa",
                "gotuj",
                "piecz",
                r"odjazd\w*",
                r"przyjazd\w*",
                "nagrani[ea]",
                "wersja",
            ),
        ),
        Rule(
            name="ends_soon",
            why=reasons.HASTE,
            pattern=words(
                rf"{_OFFER}(?: \w+){{0,3}} (?:kończy się|kończą się|wygasa|wygasają|ważn[ay] (?:tylko )?(?:do|dziś|dzisiaj|jeszcze)|trwa tylko"
                r"|rośnie|rosną|wzrośnie|wzrosną|zaraz zniknie|znika|znikną)(?: (?:za|dziś|dzisiaj|jutro|o północy|wkrótce|niedługo))?",
                r"(?:kończy|kończą) się (?:za|dziś|dzisiaj|jutro|o północy|wkrótce|już)",
                r"koniec (?:oferty|promocji|wyprzedaży) (?:za|już|dziś|dzisiaj|jutro|o północy)",
                r"(?:oferta|promocja|rabat|zniżka|okazja|akcja)(?: \w+){0,2} (?:zaraz |wkrótce |długo )?(?:się skończy|nie potrwa|zniknie|przepadnie|znika|wygaśnie)",
                r"(?:koniec|do końca) (?:oferty|promocji|wyprzedaży|akcji)(?: za)?:? ?(?=\d|już|dziś|jutro)|wygasa za \d+ \w+",
                r"(?:cena|ceny)(?: \w+)? (?:idą|idzie|pójdą|pójdzie|skaczą|skoczą) w górę|(?:o północy|jutro|dziś w nocy) (?:cen[ay] )?(?:rosn|wzrośn|idą|drożej)\w*",
                r"o północy cena \w+|(?:kończy się|kończą się) (?:dziś|jutro|za|już)|(?:zaraz|wkrótce) (?:się )?(?:kończ|skończ)\w+",
                r"(?:ważn[aey]|aktualn[aey]) tylko (?:przez |do |dziś)(?: ?\w+){0,3}|(?:trzymamy|trzymać)(?: \w+){0,3} (?:jeszcze|koszyk\w*|dłużej)(?: [\d:]+)?",
                r"(?:zniknie|przepadnie|stracisz),? (?:gdy|jeśli|kiedy|jak) (?:zamkniesz|wyjdziesz|opuścisz)(?: \w+)?",
                r"(?:zegar|licznik) (?:tyka|bije|odlicza)|zanim (?:się )?(?:wyprzeda|skończy|zniknie|ktoś)\w*|(?:zaraz|wkrótce) zamykamy|zamykamy zapisy",
                r"ostatni(?:e|a|ch)? (?:godziny?|minuty?|chwile?|dni|dzień|moment|szansa|okazja|wezwanie)",
                r"(?:nie przegap|nie zwlekaj|nie czekaj|nie trać czasu|nie prześpij)",
                r"zanim (?:będzie za późno|znikn(?:ie|ą)|zabraknie|wykupią|cena wzrośnie)",
                r"(?:koszyk|zamówienie|rezerwacja|miejsce|cena|produkt)\w*(?: \w+){0,2} (?:wygaśnie|wygasa|zarezerwowan[eay]|przepadnie) (?:za|na|przez)",
                r"(?:zamów|zamówisz|kup|kupisz|zapisz się|zapiszesz się|zarezerwuj|odbierz|aktywuj|dokończ (?:zamówienie|zakup\w*|rezerwację)) (?:w ciągu|przez) (?:najbliższych )?\d+",
            ),
        ),
        Rule(
            name="hurry",
            why=reasons.HASTE,
            pattern=words(
                r"(?<!nie )(?:po)?spiesz(?:cie)?(?: się)?|śpiesz się|pośpiesz(?: się)?",
                r"(?:działaj|kup|zamów|zapisz się|skorzystaj|decyduj) (?:już |od razu )?(?:teraz|natychmiast|szybko|póki (?:możesz|czas))",
                r"tylko (?:dziś|dzisiaj|teraz|do (?:północy|jutra|końca dnia|niedzieli)|przez (?:\d+|kilka|najbliższe)|w ten weekend|w tym tygodniu)",
                r"(?:jedynie|wyłącznie) (?:dziś|dzisiaj|teraz|do północy)",
                r"(?:oferta|promocja|cena|akcja)? ?(?:ograniczona|limitowana) (?:czasowo|w czasie)",
                r"(?:przez )?ograniczon(?:y|ym) czas(?:ie|em)?",
                r"(?:błyskawiczna|ekspresowa|szybka) (?:wyprzedaż|promocja|okazja)",
                r"teraz albo nigdy|taka okazja (?:się )?(?:nie|już nie)|druga taka okazja",
                r"póki (?:możesz|jeszcze (?:możesz|jest)|trwa|czas)|ani chwili dłużej",
                r"\d+[- ]godzinn[ay] (?:wyprzedaż|promocja|okazja|oferta)|okazja \d+[- ]godzinna|(?:jednorazow[ay]|jedyna taka) (?:oferta|okazja)",
                r"więcej (?:jej|tego|takiej) nie (?:zobaczysz|będzie)|kto pierwszy,? ten lepszy|(?:łap|bierz|chwytaj)(?:cie)?,? (?:póki|zanim|okazję|teraz)|szybko!",
            ),
        ),
        Rule(
            name="few_left",
            why=reasons.SCARCITY,
            pattern=words(
                rf"(?:został[oay]?|pozostał[oay]?|zostały|pozostały|mamy)(?: (?:już|nam|jeszcze|tylko|jedynie|ostatni[ea]?|zaledwie|w magazynie)){{0,3}}"
                rf" (?:\d+|jed(?:en|n[oa])|dwie|dwa|trzy|kilka|parę|ostatni[ea]) ?{_STOCK}?",
                rf"(?:tylko|jedynie|zaledwie|jeszcze tylko|już tylko) (?:\d+|jedn[oa]|dwie|trzy|kilka|parę) {_STOCK}",
                rf"(?:ostatni[ea]?|ostatnich) (?:\d+ |kilka |parę )?{_STOCK}",
                rf"\d+ {_STOCK} (?:w magazynie|na stanie|w tej cenie|na sklepie|do końca)",
                r"(?:zostało|pozostało)(?: \w+){0,2} (?:bardzo )?(?:mało|niewiele|kilka)(?: \w+)?|ostatnie wolne \w+",
                r"\d+ ?% (?:miejsc |sztuk |ofert |puli )?(?:już )?(?:zajętych|sprzedanych|wykupionych|sprzedane|zajęte|wykupione|odebrane|rozeszło się)",
                r"(?:prawie|niemal) (?:wyprzedane|wykupione|nic nie zostało|brak miejsc)",
            ),
            unless=words(r"zostało wam \d+ pytań", r"stron", r"pyta(?:ń|nia)", r"prawdziw\w+ liczb\w+", r"z ostatnich"),
        ),
        Rule(
            name="low_stock",
            why=reasons.SCARCITY,
            pattern=words(
                r"(?:mał[ay]|nisk[ia]|ograniczon[ay]|limitowan[ay]) (?:stan(?: magazynowy)?|ilość|liczba|pula|dostępność)(?: \w+)?",
                r"ilość (?:sztuk |miejsc )?ograniczona|liczba (?:miejsc|sztuk)(?: jest)? ograniczona|miejsca ograniczone|ograniczone miejsca",
                r"(?:sprzedaje|rozchodzi|wyprzedaje|kończy)(?:ą)? się (?:błyskawicznie|szybko|w mgnieniu oka|jak świeże bułeczki)",
                r"(?:szybko|zaraz|błyskawicznie) (?:znika(?:ją)?|się wyprzeda(?:je|ją)?|schodz(?:i|ą))",
                r"miejsca (?:szybko )?(?:znikają|uciekają|się kończą)|(?:zapas|zapasy|towar)\w*(?: \w+)? (?:nie (?:wystarcz|starcz)|się kończ|jest ograniczon|ograniczon|topniej)\w*",
                r"jak się skończ\w+,? to \w+|szybko się (?:wyprzedaje|rozchodzi|kończy)|się (?:wyprzeda|wyprzedaje)",
                r"do wyczerpania (?:zapasów|puli|nakładu)",
                r"(?:duże|ogromne|wielkie|rekordowe) zainteresowanie|(?:bardzo )?pożądany produkt|wysoki popyt",
                r"(?:więcej|drugi raz) nie (?:będzie|dodrukujemy|wyprodukujemy)|nie wrócą? do sprzedaży",
                r"wyprzedaje się|kończą się zapasy|zapasy się kończą|na wyczerpaniu",
            ),
        ),
        Rule(
            name="crowd",
            why=reasons.CROWD,
            pattern=words(
                r"\d+ (?:innych )?(?:osób|osoby|osoba|klient\w+|użytkownik\w+|gości)(?: właśnie| teraz| już| również| też)* "
                r"(?:ogląda|oglądają|przegląda|kupił\w*|zamówił\w*|zarezerwował\w*|ma to|patrzy|dodał\w*)(?: \w+){0,3}",
                r"(?:sprzedan\w+|kupion\w+|zarezerwowan\w+|zamówion\w+)(?: \w+){0,2} \d+ razy|\d+ (?:\w+ )?sprzedan\w+ (?:w|przez|dziś|dzisiaj|od)(?: \w+){0,3}",
                r"(?:zarezerwowano|sprzedano|kupiono|zamówiono) (?:już )?(?:dziś|dzisiaj|ostatnio|\d+)(?: \w+){0,3}",
                r"\d+\+? (?:innych )?(?:osób|osoby|osoba|klient\w+|użytkownik\w+)(?: \w+){0,2} (?:widział\w*|obejrzał\w*|przygląda\w*|dodał\w*|zapisał\w*)(?: \w+){0,3}",
                r"(?:obejrzan\w+|oglądan\w+|dodan\w+|wyświetlon\w+)(?: \w+){0,3} \d+ razy(?: \w+){0,4}|\d+ ?% (?:naszych )?klientów (?:dobrało|wybrało|kupiło|dodało|wybiera)",
                r"ostatni(?:e|a|o)? (?:zakup|zamówienie|rezerwacja|kupion\w+|sprzedaż):? \d+ (?:minut|godzin|sekund|dni)\w*(?: temu)?",
                r"^\W*\w+(?: \w\.?)? (?:z|spod) \w+(?: \w+)? (?:właśnie )?(?:kupił|zamówił|zarezerwował)[^.!?]{0,60} \d+ (?:minut|godzin|sekund|dni)\w* temu",
                r"(?:ktoś|\w+) z \w+ (?:właśnie|przed chwilą) (?:\w+ )?(?:kupił|zamówił|zapisał|zarezerwował)\w*(?: \w+)?",
                r"wszyscy (?:to )?(?:kupują|zamawiają|biorą)|(?:mają|ma) (?:to|ten produkt) w koszyku",
            ),
        ),
        Rule(
            name="shaming_no",
            why=reasons.SHAME,
            pattern=shape_of(
                r"(?:^|(?<=[!?.] ))\W*(?:nie|nie, nie)\b[,.!]*\s*(?:dziękuję|dzięki|dziekuje)\b[\s,.:!-]+(?=\S)(?:\w|[^.!?])*"
                r"|(?:^|(?<=[!?.] ))\W*nie, (?:wolę|wolałbym|wolałabym|lubię|nie lubię|nie chcę|nie zależy mi|poradzę|zostanę|niech|stać mnie)\b(?! (?:e-?mail|telefon|newsletter|żeby|aby|zadzwonić))[^.!?]*"
                r"|(?:^|(?<=[!?.] ))\W*(?:wolę|wolał(?:bym|abym)) (?:dalej |nadal )?(?:przepłac\w+|płacić|zapłacić|nie oszczędzać|marznąć|tracić|stracić|ryzykować|nie wiedzieć|zostać|błądzić|męczyć|cierpieć|stać w miejscu)[^.!?]*"
                r"|(?:^|(?<=[!?.] ))\W*(?:lubię|kocham|uwielbiam) (?:przepłac\w+|płacić|tracić|marznąć|wyrzucać pieniądze)[^.!?]*"
                r"|(?:^|(?<=[!?.] ))\W*nie (?:lubię|chcę|zależy mi na|interesują mnie|interesuje mnie|potrzebuję|obchodzi mnie|przepadam za)"
                r"[^.!?]{0,40}(?:oszczędz\w+|oszczędności\w*|rabat\w*|zniż\w+|darmow\w+|gratis\w*|prezent\w*|pieniędz\w+|pełn\w+ cen\w+|taniej|promocj\w+|okazj\w+|korzyści\w*|zdrow\w+|rozw[óo]j\w*|komfor\w+|rodzin\w+|sukces\w*|klient\w+|przyszłoś\w+)"
                r"|(?:^|(?<=[!?.] ))\W*(?:rezygnuję|odpuszczam|zapłacę)(?! z (?:newslettera|listów|konta)) (?:z |sobie |pełną |więcej |drożej )?[^.!?]*(?:oszczędn\w+|rabat\w*|zniż\w+|cen\w+|korzyści\w*|więcej|drożej|okazj\w+|prezent\w*)"
            ),
            unless=words(r"chcę (?:otrzymywać|dostawać)", r"newsletter\w*", r"telefon\w*"),
        ),
    ),
)
