"""Claims that promise too much in Polish, and headlines that tease instead of telling."""

from leadstone.domains.vetting.linters import reasons
from leadstone.domains.vetting.linters.finding import Cue, Rule, RuleSet, Shape, shape_of, words

_HARD_NEWS = words(
    r"nie żyje|zmarł[ay]?|zginę(?:ło|ła|li|ły|ł)|zabit\w+|rann\w+|aresztowan\w+|skazan\w+|oskarżon\w+|zatrzyman\w+|ofiar\w*|wypad(?:ek|ku|kach)"
    r"|katastrof\w+|pożar\w*|mln|mld|milion\w*|miliard\w*|proc\.?|procent"
)
_YOUR = r"(?:twoj(?:e|ą|ego|ej|emu|im|ich|a)|twój|swoj(?:e|ą|ego|ej|ich|a)|swój|wasz\w*)"
_LIST = (
    r"(?:rzeczy|powod(?:y|ów)|sposob(?:y|ów)|znak(?:i|ów)|trik(?:i|ów)|sztucz(?:ki|ek)|trick(?:i|ów)|fakt(?:y|ów)|zdję(?:cia|ć)|mem(?:y|ów)"
    r"|pomysł(?:y|ów)|przepis(?:y|ów)|sekret(?:y|ów)|tajemnic(?:e)?|błęd(?:y|ów)|lekcj[ei]|cytat(?:y|ów)|hack(?:i|ów)|patent(?:y|ów)|objaw(?:y|ów)"
    r"|moment(?:y|ów)|typ(?:y|ów)|rad(?:y)?|porad|zasad(?:y)?|nawyk(?:i|ów)|krok(?:i|ów)|filmik(?:i|ów)|gadżet(?:y|ów)|ciekawost(?:ki|ek))"
)

_STRONG = (
    Rule(
        name="multiplier",
        why=reasons.MULTIPLIER,
        pattern=words(
            r"(?:podwój|podwoi|podwoić|podwoisz|podwaja|podwajaj|potrój|potroi|potroić|potroisz|potraja|zwielokrotni[jć]?|pomnóż|pomnożysz)(?:cie)?(?: \w+){1,3}",
            r"(?:obetnie|obniży|zmniejszy|skróci|obniż|obetnij|zmniejsz)(?: \w+){0,2} o połowę",
            r"(?:zdobądź|zyskaj|pozyskaj|przyciągnij) (?:\d[\d .]*|sto |tysiąc|tysiące|dziesięć|setki|pięć)(?: tysięcy)? (?:\w+ )?(?:obserwując\w+|klient\w+|lead\w*|subskry\w+|wyświetle\w+|kupując\w+)",
            r"(?:wystrzel|wystrzeli|zmiażdż|zdominuj|zdominujesz|rozbij|rozgrom)(?: \w+){1,3}",
            r"(?:dwa|trzy|cztery|pięć|dziesięć|sto|\d+)[ -]?(?:razy|krotnie|-krotnie) (?:więcej|szybciej|lepiej|taniej|mniej|większ\w+|wyższ\w+|wydajniej\w*|skuteczniej\w*|niższ\w+|szybsz\w+|lepsz\w+)",
            r"\d+x(?! dostępn)(?: \w+)?",
            r"(?:dwu|trzy|cztero|pięcio|dziesięcio|stu)krotnie (?:więcej|szybciej|lepiej|taniej|mniej|większ\w+|wyższ\w+|zwiększ\w+|podnieś\w*|obniż\w*|wydajniej\w*)|(?:zwiększ|podnieś|pomnóż)\w*(?: \w+){1,3} (?:dwu|trzy|cztero|pięcio|dziesięcio|stu|\d+[ -]?)krotnie",
            rf"(?:zwiększ|podnieś|obniż|zmniejsz|zredukuj|oszczędź|oszczędzaj|zaoszczędź|zaoszczędzi|obetnij|popraw)(?:ysz|isz|cie)? (?:{_YOUR} )?[^.!?]{{0,40}}\d{{2,}} ?(?:%|procent|proc\.)",
            r"(?:nawet|aż) (?:o |do )?\d{2,} ?(?:%|procent|proc\.)(?: (?:więcej|mniej|taniej|szybciej|oszczędności))?",
            r"do \d{2,} ?% (?:taniej|więcej|mniej|oszczędności|szybciej)",
        ),
    ),
    Rule(
        name="guarantee",
        why=reasons.GUARANTEE,
        pattern=words(
            r"gwarantujemy(?: \w+){0,2}",
            r"gwarantuje(?: \w+){0,2} (?:zysk|efekt|wynik|sukces|oszczędn|satysf|skuteczn|rezultat|zwrot|wzrost)\w*",
            r"gwarantowan\w+ (?:\w+ )?(?:zysk|zwrot|efekt|wynik|sukces|oszczędn|decyzj|satysf|skuteczn|rezultat|przyrost|zarob|doch|wzrost|pozycj|sprzeda)\w*|gwarantowan\w+\W*$",
            r"(?:z |ze )?gwarancj[aąę] (?:sukcesu|wyników?|efekt(?:u|ów)|zwrotu|zysk(?:u|ów)|satysfakcji|rezultat(?:u|ów)|oszczędności)",
            r"(?:100|sto) ?(?:%|procent|proc\.) (?:skuteczn\w+|pewn\w+|bezpieczn\w+|gwarancj\w+|satysfakcji|skuteczności|zysku|sukcesu)",
            r"bez (?:żadnego |jakiegokolwiek )?ryzyka|zero ryzyka|(?:całkowicie|zupełnie) bezpieczn\w+",
            r"(?:nie możesz|nie można|nie da się) (?:przegrać|stracić|się pomylić)",
            r"(?:zawsze|każdemu|na każdego|u każdego) (?:działa|się uda|pomaga)|działa (?:zawsze|u każdego|na każdego|za każdym razem)",
            r"niezawodn(?:y|a|e|ą|ego|ych) (?:sposób|metoda|system|przepis|metodą|sposoby)|pewny (?:zysk|sukces|sposób|zarobek)",
            r"bez (?:żadnego |najmniejszego |większego )?wysiłku|bez (?:wyrzeczeń|doświadczenia(?! w)|haczyków|żadnych kosztów)",
            r"(?:natychmiastow|błyskawiczn)\w+ (?:efekt\w*|rezultat\w*|ulg\w+|wynik\w*|zysk\w*)|(?:efekty|rezultaty|wyniki) (?:w|już (?:w|po)|po) \w+ (?:dni|godzin\w*|minut\w*|tygodni\w*|dniach)",
            r"(?:zwrot pieniędzy(?=,? (?:gwarant\w+|bez pytań|bez ryzyka)|!|\.?$)(?<!o zwrot pieniędzy)(?<!anuluj zwrot pieniędzy)(?<!pełny zwrot pieniędzy)|zwracamy (?:pieniądze|podwójnie|całość))|nieomyln\w+|(?:nigdy nie|nie można) (?:traci|zawodzi|straci)",
            r"sprawdzon\w+ (?:formuł\w+|system\w*|metod\w+|patent\w*|przepis\w*)(?: \w+)?",
            r"twoje pieniądze są (?:\w+ )?bezpieczne|nieograniczon\w+ (?:zysk\w*|możliwości|dochod\w*)",
            r"raz na zawsze|koniec z (?:migren\w+|ból\w+|wysokimi|rachunk\w+|nadwag\w+|stres\w+|problem\w+|zmartwi\w+)",
            r"(?:już nigdy|nigdy więcej) (?:się )?nie (?!zostanie|będzie|jest|są)(?:\w+)",
        ),
        unless=words(r"okres gwarancji", r"karta gwarancyjna", r"gwarancja producenta", r"(?:dwa|\d+) lat\w* gwarancji"),
    ),
    Rule(
        name="superlative",
        why=reasons.SUPERLATIVE,
        pattern=words(
            r"(?:naj(?!większ|starsz|wyższ|dłuższ|młodsz|mniejsz|niższ|głębsz|krótsz|droższ)\w{3,})(?: \w+){0,3} (?:na świecie|świata|w polsce|w europie|na rynku|w historii|wszech czasów|w internecie|w branży|kiedykolwiek)",
            r"(?:numer(?:em)?|nr\.?) (?:1|jeden)(?: (?:na rynku|w polsce|wśród|na świecie|w branży))?",
            r"(?:bezkonkurencyjn|niezrównan|bezapelacyjn|niekwestionowan|nieprześcignion|wiodąc|topow)\w+",
            r"światow\w+ (?:klas\w+|poziom\w*|jakoś\w+)|najwyższ\w+ (?:klas\w+|jakoś\w+)|na najwyższym poziomie",
            r"(?:jedyn[yae]|jedyny) (?:\w+ ){1,4}(?:potrzebujesz|będziesz potrzebować|warto)",
            r"raz na zawsze|jak nigdy (?:dotąd|wcześniej)",
            r"(?:kompletny|ostateczny|najlepszy|absolutnie najlepsz\w+) (?:przewodnik|poradnik|sposób|patent|hack|wybór|zestaw)",
            r"(?:po prostu )?najleps\w+ \w+(?: \w+)? (?:w|na) (?:europie|polsce|kraju|mieście|świecie|rynku|branży|regionie)",
            r"naj\w{4,}(?: \w+){1,2},? (?:jak(?:i|ą|ie|iego|ich)|o (?:jakim|którym|jakiej|której|których|jakich))(?: \w+){1,3}",
            r"(?:ostatni\w*|jedyn\w+) (?:\w+ ){1,4}(?:jak(?:i|ą|ie|iego|iej)|któr\w+) (?:\w+ )?(?:przeczytasz|kupisz|potrzebujesz|musisz|nigdy)(?: \w+)?",
            r"(?:najbardziej|najwięcej) \w+ (?:\w+ )?(?:w|na) (?:kraju|polsce|rynku|świecie|europie|branży)|nowej generacji|najwyższej próby",
            r"lider(?:em)? (?:rynku|branży|w branży)",
        ),
    ),
    Rule(
        name="income",
        why=reasons.INCOME,
        pattern=words(
            r"(?:zarób|zarabiaj|zarobisz|zarabia|zarobić|zarobił[ae]?m?|dorób|wyciągnij)(?: \w+){0,3} \d[\d .]*(?:zł|pln|tys\.?|tysięcy|euro|€|\$|dolarów)(?:[^.!?]{0,20}(?:miesięcznie|dziennie|tygodniowo|w (?:tydzień|miesiąc|godzinę|weekend)))?",
            r"zarabia(?:ć|m|sz|ją|j)?(?: \w+){0,3} \d[\d .]*(?:tys\w*|zł)[^.!?]{0,40}(?:przez internet|dzięki|z domu|nie wychodząc|przez aplikację)",
            r"(?:zarób|zarobić|zarobisz|zarobił\w*)(?: \w+){0,2} (?:pierwszy )?milion\w*|(?:do|od) (?:milion|długów do)\w*",
            r"zamień \d[\d .]*(?:zł|euro)?(?: \w+)? w \d[\d .]*(?:zł|euro)?|milioner(?:zy|ów|em|ami)?|bogać się|wzbogać się",
            r"emerytur\w+ (?:w wieku|przed) \w+|(?:rzucił|rzuciła|rzuciłem|rzuciłam) (?:etat|pracę)",
            r"(?:gwarantowan|pewn)\w+ (?:zysk|zwrot|dochód)\w*|(?:przyciągaj|przyciągnij|zdobywaj) (?:bogatych|zamożnych) \w+",
            r"(?:dochód|przychód|zysk) pasywny|pasywn(?:y|ego|e) (?:dochód|dochodu|przychód|zyski)",
            r"(?:sześcio|pięcio|siedmio)cyfrow\w+(?: \w+)?",
            r"(?:wolność|niezależność|wolności|niezależności) finansow\w+",
            r"(?:rzuć|rzucić|porzuć) (?:etat|pracę|pracę na etacie|szefa)",
            r"(?:zarabiaj|pieniądze|zarabia|zarabianie) (?:\w+ ){0,3}(?:kiedy|gdy|podczas|przez) (?:śpisz|snu|sen)|zarabiaj przez sen",
            r"(?:zostań|zostać|zostaniesz) (?:milioner\w+|bogat\w+)|szybk(?:ie|ich) pieni(?:ądze|ędzy)|łatw(?:e|y|ych) (?:pieniądze|zarobek|pieniędzy)",
            r"maszynk[aęi] do (?:zarabiania|robienia) pieniędzy|dodatkowy dochód|dorobisz się|zbij fortunę",
        ),
    ),
    Rule(
        name="health",
        why=reasons.HEALTH,
        pattern=words(
            r"(?:schudnij|schudniesz|schudnąć|schudł[ae]?m?|zrzuć|zrzucisz|zgub|zgubisz|strać|stracisz)(?: \w+){0,2} \d+ ?(?:kg|kilo|kilogram\w*|rozmiar\w*|cm)",
            r"(?:schudnij|schudniesz|spal|spalaj|spalisz|pozbądź się) (?:\w+ ){0,2}(?:bez wyrzeczeń|bez diety|bez wysiłku|w (?:tydzień|miesiąc|\d+ dni)|tłuszcz\w*|brzuch\w*|cellulit\w*)",
            r"cudown(?:y|a|e|ą|ego|ych|ym|ej) (?:lek|serum|krem\w*|olej\w*|napój|herbat\w+|preparat\w*|kaps\w+|dieta|środek|kuracja|diet[ęy]|sposób|tabletk\w+|metoda|suplement)",
            r"(?:wylecz|wyleczysz|leczy|uzdrawia|ulecz|cofnij|cofa|zlikwiduj|usuwa)(?: \w+){0,2} (?:cukrzyc\w+|rak\w*|nowotw\w+|depresj\w+|bezsenność|ból\w*|migren\w+|nadciśnienie|stres|trądzik|choroby?|alergi\w+)",
            r"(?:oczyść|oczyszcza|detoks|detox)(?: \w+){0,2} (?:organizm\w*|ciał\w+|wątrob\w+|toksyn\w*)",
            r"(?:wzmocnij|wzmacnia|podkręć|przyspiesz|przyspiesza) (?:\w+ ){0,2}(?:odporność|metabolizm|mózg|układ odpornościowy)",
            r"(?:klinicznie|naukowo) (?:udowodnion\w+|potwierdzon\w+|przebadan\w+)|lekarze (?:nienawidzą|ukrywają|nie chcą|są w szoku|zalecają)",
            r"(?:leczy|uleczy|wyleczy|cofnie|cofnij) (?:wszystko|każd\w+|wszystkie|bezsenność|cukrzyc\w+|raka|depresj\w+)",
            r"odchudzanie bez \w+|(?:spalani\w+|spalaj|spala|spal) (?:\w+ )?tłuszcz\w*|bez (?:leków|operacji|diety(?: i ćwiczeń)?)",
            r"(?:zmarszczki|ból|tłuszcz|cellulit|trądzik|stres) (?:znika\w*|zniknie|zniknął|topnieje)|(?:trwał|natychmiastow)\w+ ulg\w+",
            r"(?:lekarze|naukowcy|eksperci|dietetycy|dermatolodzy) (?:nie (?:mogą|potrafią|umieją)|są (?:zdumieni|zszokowani|w szoku))(?: \w+)?",
            r"(?:oczyść|oczyści) organizm|(?:o|całe) (?:dziesięć|dwadzieścia|\d+) lat młodzi?\w*|młodziej o \w+ lat",
            r"(?:odmłodni\w+|młodsz\w+) o \d+ lat|cofnij czas|zatrzymaj starzenie",
        ),
    ),
    Rule(
        name="free_with_conditions",
        why=reasons.CONDITIONS,
        pattern=words(
            r"(?:gratis|za darmo|darmow\w+|bezpłatn\w+)[^.!?]{0,40}(?:przy zakupie|przy zamówieniu|do każdego zamówienia|jeśli (?:kupisz|zamówisz)|po (?:zakupie|zapisaniu)|do (?:każdej|każdego) (?:umowy|zakupu|zamówienia|kotła))",
            r"(?:gratis|za darmo|darmow\w+|bezpłatn\w+)(?! (?:dostaw|wysyłk|przesyłk|zwrot)\w*)[^.!?]{0,40} (?:od|powyżej) \d+ ?zł",
            r"(?:gratis|za darmo|darmow\w+|bezpłatn\w+),? (?:szczegóły|warunki) w regulaminie",
            r"(?:płacisz|zapłać|pokrywasz|zapłacisz) (?:tylko|jedynie) (?:za )?(?:wysyłkę|przesyłkę|dostawę|koszt\w* (?:wysyłki|przesyłki|dostawy))",
            r"(?:całkowicie|zupełnie|absolutnie|w 100 ?%) (?:za darmo|darmow\w+|bezpłatn\w+|gratis)",
            r"(?:za 0 zł|za złotówkę|za 1 zł) (?:przy|do|z)",
        ),
    ),
    Rule(
        name="free_with_star",
        why=reasons.CONDITIONS,
        pattern=shape_of(r"(?<!\w)(?:za 0 zł|za złotówkę|za 1 zł|gratis|za darmo|darmow[aey]|bezpłatn(?:y|ie|a|e)) ?\*"),
    ),
    Rule(
        name="hyperbole",
        why=reasons.HYPERBOLE,
        pattern=words(
            r"(?:nie uwierzysz|nie uwierzycie|nie do wiary|nie do uwierzenia|uwierzysz|niewiarygodn\w+|niesamowit\w+|niebywał\w+|niesłychan\w+)",
            r"szok(?:ując\w+|uje)?!?|zszokowan\w+|wstrząsając\w+|oszałamiając\w+|powalając\w+|rewelacyjn\w+|fenomenaln\w+|genialn\w+ (?:spos|trik|tric|pomys|patent|rozwiąz|metod|produkt|ofert|plan|wynalaz|gadżet|porad|hack)\w*",
            r"(?:przełomow(?=\w+ (?:metod|odkryci|produkt|system|technolog|spos|program|kurs|poradnik|rozwiąz))|rewolucyjn|magiczn|bajeczn|obłędn|spektakularn|zniewalając|zapierając\w+ dech|hipnotyzując)\w*",
            r"(?:odmieni|zmieni|zmienia|zrewolucjonizuje|odmień|zrujnuje)(?: \w+){0,2} (?:życie|życia|świat|firmę|biznes na zawsze|codzienność|dzieciństwo)",
            r"(?:zwali|zwaliło|powali|ścina|zwalają)(?: \w+)? z nóg|opad(?:nie|ła|a) (?:ci )?szczęka|szczęka opada|zapiera dech|odjęło mowę|oniemie\w+",
            r"(?:sekret|sekrety|tajemnic[aęey]|tajn[aey]) (?:\w+ )?(?:bogaty\w+|ekspert\w+|którego|których|o którym|o których|broń|metod\w+|mistrz\w+|sukcesu|milioner\w+)",
            r"(?<!w )(?:jeden|ten|prosty|genialny|sprytny|banalny) (?:prosty |jeden |genialny |sprytny )?(?:trik|trick|sposób|patent)(?: \w+){0,2}(?=.*(?:zmieni|sprawi|pozwoli|odmieni|wystarczy|działa))",
            r"hit(?:em)? (?:sieci|internetu)|podbija (?:sieć|internet|serca)|internet (?:oszalał|płonie|wrze|zwariował)|wszyscy (?:oszaleli|mówią)|internauci (?:oszaleli|zachwyceni|w szoku|nie wierzą)",
            r"(?:absolutn(?:y|a|e)|totaln(?:y|a|e|ie)) (?:hit|must have|petard\w+|sztos|szok|odlot)|sztos|petarda|mega (?:hit|okazja)|prawdziwa bomba",
            r"(?:nie zgadniesz|zgadniesz)|(?:nie mogą|nie może|nie mogła|nie mógł) (?:uwierzyć|przestać|się nadziwić)(?: \w+)?",
            r"(?:roztopi|złamie|skradnie|rozgrzeje|poruszy)(?: \w+)? serc\w+|przywróci(?: \w+)? wiarę|przyprawi(?:ą)? (?:cię|was) o \w+",
            r"(?:pożegnaj|żegnajcie?|zapomnij o) (?:\w+ ){0,2}(?:rachunk\w+|ból\w*|kłopot\w*|problem\w*|stres\w*|nadwag\w+|zmartwieni\w+)",
            r"(?:tak dobr|zbyt (?:piękn|dobr))\w+,? (?:że|żeby|aby)(?: \w+){1,3}|nie da się zatrzymać|wywróci (?:\w+ )?do góry nogami",
            r"(?:brudn\w+|mroczn\w+|skrywan\w+|pilnie strzeżon\w+) (?:sekret\w*|tajemnic\w*)|(?:sekret(?! klienta)|tajemnica)\w*(?: \w+){0,2},? (?:któr\w+|o (?:czym|którym))(?: \w+){1,3}",
            r"tajn\w+ (?:formuł\w+|składnik\w*|patent\w*|sposób|technik\w+)|(?:dom|praca|pracę|prac[ay]|ciało|figura|wakacje) marzeń",
            r"(?:to )?(?:zmienia|zmieniło|zmieni|odmieniło|zepsuł[aoy]?) wszystko|(?:może|mogą) (?:zmienić|odmienić) (?:\w+ )?życie|ogromną różnicę|rządzą światem",
            r"(?:banki|instalatorzy|sąsiedzi|prawnicy|koncerny|sprzedawcy|producenci|dealerzy) (?:cię |tego )?(?:nienawidzą|ukrywają|milczą|boją się)(?: \w+)?|cię nienawidzi",
            r"(?:ludzie|wszyscy|internauci|polacy|nikt) nie (?:mogą|może) (?:przestać|wyjść)(?: \w+)?|(?:podbi[łj]\w*|rozgrzał\w*|rozbawił\w*|podbija) (?:\w+ )?(?:internet|sieć|polskę|serca|świat)",
            r"przygotuj się na (?:zachwyt|szok|rewolucję|coś)|obudź w sobie \w+|wyzwól (?:w sobie )?\w+",
            r"(?:popłaczesz|rozpłaczesz|uśmiejesz|zakochasz|wzruszysz|oszalejesz)(?: się)?",
        ),
        unless=_HARD_NEWS,
    ),
)

_TEASING_WORDS = Rule(
    name="clickbait",
    why=reasons.TEASE,
    pattern=words(
        r"(?:to, )?co (?:zobaczył|zrobił|znalazł|usłyszał|powiedział|odkrył|stało się)\w*(?: \w+){0,2},? (?:zmienił|zszokował|wzruszył|zaskoczył|zaparł|odebrał|odjęł)\w*(?: \w+)?",
        r"(?:zobacz|zobaczcie),? (?:co|jak|kto) (?:zrobił|powiedział|odpowiedział|zareagował|stało|się stało|zmienił)\w*(?: \w+){0,3}|poznaj (?:człowieka|kobietę|mężczyznę|rodzinę|sekret\w*),? (?:któr\w+)?(?: \w+){0,3}|\. zobacz jak\W*$",
        r"oto (?:czego|co|jak|dlaczego|kto|ile)(?: \w+){1,3}",
        r"(?:przestań|przestańcie) (?:\w+ ){0,2}(?:robić|używać|kupować|wyrzucać|jeść|płacić|to)(?: \w+){0,3}",
        r"nie (?:kupuj|podpisuj|jedz|wyrzucaj|płać|sprzedawaj|zamawiaj|wkładaj|wyjeżdżaj)[^.!?]{2,50}(?:dopóki|zanim|póki)(?: \w+){0,2} (?:przeczyta|zobacz|obejrz|pozna)\w+",
        r"zanim (?:cokolwiek )?(?:kupisz|podpiszesz|sprzedasz|zapłacisz|zamówisz|zjesz|wyrzucisz)[^.!?]{0,40}(?:przeczytaj|zobacz|obejrzyj)",
        r"(?:musisz|musicie|koniecznie) (?:to )?(?:zobacz|przeczyta|obejrze|wiedzie|pozna)\w+|(?:musisz|musicie) zobaczyć|wypróbuj to|podziękujesz (?:nam|mi|sobie)",
        r"tylko (?:1|jeden|jedna|2|3|5) na \d+(?: \w+)?|tylko (?:geniusz\w*|prawdziw\w+|najbystrzejs\w+|nieliczni)",
        r"(?:czego|tego|o tym)(?: o \w+)? (?:nikt|nie) (?:ci |wam |nas )?(?:\w+ )?(?:nie )?(?:powie|uczą|mówi|mówią|nauczą|zdradzi|powiedzą|nie)\w*",
        r"nikt (?:\w+ ){0,2}nie (?:mówi|powie|spodziewał|przewidział|zauważył|uwierzył)\w*(?: \w+)?|(?:nie chce|nie chcą|woli|wolą|wolałby),? (?:żebyś|abyś|żebyście)(?: \w+)?",
        r"(?:ukryt\w+|prawdziw\w+|szokując\w+|brutaln\w+|smutn\w+|gorzk\w+|niewygodn\w+) (?:zagrożeni\w+|powód|prawd\w+|przyczyn\w+|koszt\w+ \w+ nikt)(?: \w+)?",
        r"(?:prawda|prawdy) o \w+(?: \w+)?(?=.*(?:cię|was|nikt|szok|ukryw))|nikt nie mówi (?:ci|wam) prawdy",
        r"(?:całe życie|od lat|codziennie|prawdopodobnie|na pewno|pewnie) (?:źle |popełniasz |robisz |niszczysz )(?:\w+ ?){1,3}|popełniasz (?:ten|te|każdego|od lat) \w+",
        r"(?:robisz|używasz|jesz|pijesz) to (?:\w+ ){0,2}\w*(?=.*(?:niszczysz|tracisz|przestań|szkodzisz))|po cichu (?:\w+)",
        r"(?:mówi|mówią|zdradza|zdradzają) o (?:tobie|twoj\w+|was)(?: \w+)?|(?:a )?(?:zdradzimy|powiemy|zgadniemy|odgadniemy)(?: ci)?(?: \w+){1,2}",
        r"(?:babcin\w+|prost\w+|genialn\w+|sprytn\w+|star\w+|domow\w+|jeden|ten) (?:\w+ )?(?:trik|trick|patent)\w*(?: \w+)?|(?:babcin|domow)\w+ spos(?:ób|obem|oby)(?: \w+)?",
        r"dowód na to,? że (?:tw\w+|koty|psy|życie)(?: \w+){1,2}|założymy się,? że|tak (?:zareagował|skomentował|wygląda teraz)\w*(?: \w+)?",
        r"dlaczego (?:wszyscy|mądrzy|bogaci|nikt|nie powinieneś|warto natychmiast|coraz więcej|szczęśliwi|każdy)(?: \w+){1,3}",
        r"bliżej,? niż myślisz|nie tak,? jak myślisz|wszystko,? co wiesz o \w+|jest (?:tylko )?jeden haczyk|sprawdź w \d+ \w+",
        r"któr\w+ (?:zrozumie\w*|zna(?:ją)?|pozna(?:ją)?|docenią?|pamięta(?:ją)?) (?:tylko |każdy |każda )?\w+|któr\w+ (?:ma|zna|popełnia|robi|pamięta) każd\w+",
        r"(?:jakim|jaką|którym|którą) (?:typem|postacią|zwierzęciem|kawą|miastem|serialem|bohaterem)(?: \w+){0,2} jesteś|jesteś \w+ czy \w+\?",
    ),
    unless=_HARD_NEWS,
)

_PLAIN_QUESTION = (
    # An interview asks what somebody has or does; a teaser asks who they are.
    r"^\W*(?:czy|ile|jak(?:i|a|ie|im|ą|iej)?|któr\w+|skąd|gdzie|kiedy|od kiedy)\b[^?]{0,60}\b(?:masz|macie|ogrzewasz|używasz|płacisz|mieszkasz"
    r"|planujesz|wynajmujesz|potrzebujesz|zużywasz|spodziewasz się|kupujesz|jeździsz|chcesz)\b[^?]*\?$"
    r"|^\W*oto (?:twój|twoja|twoje|pański|pani) (?:link|plik|poradnik|raport|wynik\w*|kod|oferta|wycena|bilet)"
)

_FULL_STOP = shape_of(r"(?<!\.)\.(?!\.)\W*$")
_HANDLING = words(
    r"kliknij|e-?mail\w*|kont[aoe]|kontem|zamówie(?:nie|nia|niu|ń|niem)|ustawieni\w+|hasł[oaem]\w*|koszyk\w*|faktur\w+|płatnoś\w+|formularz\w*|prosz[ęe]|dziękujemy"
    r"|zwrot\w*|dostaw\w+|wysył\w+|zaloguj\w*|zalogowan\w+|newsletter\w*|anul\w+|potwier\w+|wybierz|wybrać|wpisz|zapisan\w+|wymagan\w+|bilet\w*|voucher\w*"
    r"|na pewno (?:chcesz|usunąć)|(?:jest|są|był\w*|zosta\w+|będzie|będą) (?:już |tylko |obecnie )?(?:\w+(?:any|ana|ane|ani|ony|ona|one|eni|ięty|ięta|ięte)|ważn\w|dostępn\w+|widoczn\w+)"
)

_TEASING = Shape(
    name="teasing",
    why=reasons.TEASE,
    enough=3,
    unless=shape_of(rf"{_HARD_NEWS.pattern}|{_PLAIN_QUESTION}"),
    cues=(
        # A headline has no full stop, and does not say what to click.
        Cue(weight=-2, pattern=_FULL_STOP),
        Cue(weight=-2, pattern=_HANDLING),
        Cue(
            weight=3,
            pattern=shape_of(
                rf"^\W*(?:oto |te |tych )?(?:\d{{1,3}}|pięć|siedem|dziesięć|trzy|cztery|sześć|osiem) (?:\S+ ){{0,4}}{_LIST}(?!\w)(?=.*(?<!\w)(?:które|których|którym|jakie|musisz|powinieneś|powinnaś|każdy|nikt|nigdy|nie|twój|twoje|cię|ci|zna|znają|żeby|dzięki)(?!\w))"
            ),
        ),
        # A number, a thing, and a clause that tells nothing: "21 kitchens that you will envy".
        Cue(
            weight=3,
            pattern=shape_of(
                r"^\W*(?:oto |te |tych )?(?:\d{1,3}|pięć|sześć|siedem|osiem|dziewięć|dziesięć) \w+(?: \w+){0,2},? (?:że|które|których|którym|z których|w których|jakie|który|nigdy|po których)(?!\w)(?! (?:warto|trzeba|należy))"
            ),
        ),
        Cue(weight=2, pattern=shape_of(rf"^\W*(?:oto |te )?(?:\d{{1,3}}) (?:\S+ ){{0,4}}{_LIST}(?!\w)")),
        Cue(
            weight=3,
            pattern=shape_of(
                r"^\W*(?:oto (?:co|jak|dlaczego|powód|dlatego|sposób|prawda)|tak (?:wygląda|zareagował\w*|właśnie)|to (?:właśnie )?(?:dlatego|stało się|dzieje się)|zobacz,? (?:co|jak|kto)(?= (?:zrobił|powiedział|odpowiedział|zareagował|wygląda|się stało|stało|zmienił|żyje|mieszka))|sprawdź,? (?:kim|czy (?:też|i ty|jesteś|nie jesteś|należysz|nie popełniasz|twój|znasz|potrafisz))|zgadnij|musisz to|to musisz|tylko (?:prawdziw\w+|geniusz\w*|nieliczn\w+)|mało kto|większość (?:ludzi|polaków|osób) (?:nie|robi|popełnia))(?!\w)"
            ),
        ),
        Cue(
            weight=3,
            pattern=words(
                r"co (?:się )?(?:stanie|stało|zrobił\w*|było) (?:się )?(?:dalej|potem|później|gdy|kiedy|jeśli)",
                r"(?:to,? )?co (?:zrobił\w*|zobaczył\w*|powiedział\w*)(?: \w+){0,3} (?:cię|was|zaskoczy|zaskoczyło|zszokowało|wzruszyło)",
                r"(?:zaskoczy|zdziwi|zszokuje|rozbawi|wzruszy|zachwyci) (?:cię|was)|(?:cię|was|was wszystkich) (?:zaskoczy|zdziwi|zszokuje|zaskoczą)",
                r"numer \d+ (?:cię|was|to)|ostatni[ea] (?:cię|was|to)",
            ),
        ),
        Cue(
            weight=3,
            pattern=words(
                r"na podstawie (?:twoj\w+|jednego|tego|znaku)",
                r"(?:znak(?:u|iem)? zodiaku|horoskop\w*|bratni\w+ dusz\w+)",
                r"(?:jakim|jaką|którą|którym|kim|jakiego|ile) (?:\w+ ){0,4}(?:jesteś|byłbyś|byłabyś|masz|jesteście|pasuje do ciebie|powinieneś|powinnaś)",
                r"(?:czy|ile) (?:rozpoznasz|odgadniesz|pamiętasz|potrafisz|znasz|dasz radę|rozwiążesz)",
                r"(?:jak dobrze|na ile) (?:znasz|pamiętasz)",
                r"wiemy,? (?:jak|kim|co|kiedy|który|jaki)",
                r"powiedz nam|powiemy ci|zgadniemy",
            ),
        ),
        Cue(
            weight=2,
            pattern=shape_of(
                r"^\W*(?:ten|ta|ci|te|to(?= (?:zdjęcie|wideo|nagranie|dziecko|miejsce|miasto|urządzenie|jedno|co)(?!\w))) (?!poradnik|raport|przewodnik|dokument|plik|tydzień|rok|miesiąc|artykuł|formularz|e-?book|kurs|arkusz|kalkulator|list|dom|strona|krok|odcinek|budynek|most|ulica|pytani|umowa|przepis|punkt|rozdział|tabela|wykres|formularz|produkt|model|kod|link|przycisk|cena)\w+(?!\w)"
            ),
        ),
        Cue(
            weight=2,
            pattern=words(
                r"(?:musisz|powinieneś|powinnaś|zakochasz|pożałujesz|zapomnisz|będziesz (?:zaskoczon\w+|w szoku|żałować)|uśmiejesz|zrozumiesz|poczujesz)"
            ),
        ),
        Cue(
            weight=2,
            pattern=words(
                r"(?:i|a) (?:to|tak) (?:co|jest|było|zrobił\w*|wyszło)|(?:prawda|to) jest (?:taka|inna|zaskakując\w+)|nikt (?:się )?(?:tego|o tym|ci) (?:nie|tego)",
                r"nie (?:powie|powiedzą|zdradzi|zdradzą|mówią|mówi) (?:ci|wam|nikt|żaden)?",
            ),
        ),
        Cue(weight=1, pattern=words(r"cię|ciebie|ci|tobie|tobą|twoj\w+|twój|was|wam")),
        Cue(
            weight=1,
            pattern=words(
                r"naprawdę|dosłownie|totalnie|absolutnie|kompletnie|wreszcie|w końcu|podobno|zdecydowanie|serio|po prostu|zupełnie|tak bardzo"
            ),
        ),
        Cue(weight=1, pattern=words(r"wszyscy|każdy|nikt|nigdy|zawsze|tylko|wszystko|nic|coś|ktoś|nikomu")),
        Cue(
            weight=1,
            pattern=words(
                r"najleps\w+|najgors\w+|najpiękniejs\w+|najśmieszniejs\w+|najdziwniejs\w+|najsłods\w+|urocz\w+|przesłodk\w+|zabawn\w+|dziwn\w+|ulubion\w+|idealn\w+|perfekcyjn\w+|piękn\w+|słodk\w+"
            ),
        ),
        Cue(weight=1, pattern=words(r"my|nasz\w*|ja|mój|moja|moje|mnie")),
        Cue(weight=1, pattern=shape_of(r"(?:\.\.\.|…|!!+|\?!|!\?)")),
        # A sentence broken off where the news would be.
        Cue(
            weight=3,
            pattern=shape_of(r"(?<!\w)(?:że|bo|już|się|jest|aż|z|to|gdy|nagle|okazało się)(?: \w+)?(?:\.\.\.|…)(?: \w+)?\W*$"),
        ),
        Cue(
            weight=3,
            pattern=words(
                r"(?:tego|czegoś takiego|takiego \w+) (?:nikt )?(?:się )?(?:nikt )?nie (?:spodziewa\w+|przewidzia\w+)(?: się)?|(?:zaskakując|poruszając|sensacyjn|mocn)\w+ (?:wyznani\w+|informacj\w+|słow\w+|zwrot\w*|zmian\w+)",
                r"(?:to )?(?:może|mogła|będzie) być (?:bomba|hit|przełom)|co za (?:okazja|wstyd|zmiana|widok|historia)|nie (?:wytrzymał|wytrzymała)\W+musiał\w*",
                r"wyszło na jaw|wyciekł\w* (?:nagrani\w+|zdjęci\w+|wideo)|prawda (?:ją|go|ich|nas|mnie|wszystkich) \w+",
                r"(?:tym|o tym) (?:żyje|mówi|huczy) (?:cał\w+ \w+|\w+ sieć|internet|polska)|o czym (?:ci|wam) nie (?:mówił\w*|powiedział\w*)",
                r"(?:gdy|kiedy|jak) \w+(?: \w+){0,2} (?:to|go|ją) (?:zobaczy|usłyszy|przeczyta)\w*",
            ),
        ),
        Cue(
            weight=1,
            pattern=words(
                r"instagram\w*|tiktok\w*|selfie|celebryt\w+|gwiazd[ay]|gwiazdor\w*|chłopak\w*|dziewczyn\w*|babci\w*|teściow\w+"
            ),
        ),
    ),
)

RULES = RuleSet(rules=(*_STRONG, _TEASING_WORDS), shapes=(_TEASING,))
