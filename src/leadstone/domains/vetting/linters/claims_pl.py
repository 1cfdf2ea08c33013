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
            r"(?:podwój|podwoić|podwoisz|potrój|potroić|potroisz|zwielokrotnij|pomnóż|pomnożysz)(?:cie)?(?: \w+){1,3}",
            r"(?:dwa|trzy|cztery|pięć|dziesięć|sto|\d+)[ -]?(?:razy|krotnie|-krotnie)(?: (?:więcej|szybciej|lepiej|taniej|mniej|większ\w+|wyższ\w+|wydajniej\w*))?",
            r"\d+x(?: \w+)?",
            r"(?:dwu|trzy|cztero|pięcio|dziesięcio|stu)krotnie(?: \w+)?",
            rf"(?:zwiększ|podnieś|obniż|zmniejsz|zredukuj|oszczędź|zaoszczędź|obetnij|popraw)(?:ysz|isz|cie)? (?:{_YOUR} )?[^.!?]{{0,40}}\d{{2,}} ?(?:%|procent|proc\.)",
            r"(?:nawet|aż) (?:o |do )?\d{2,} ?(?:%|procent|proc\.)(?: (?:więcej|mniej|taniej|szybciej|oszczędności))?",
            r"do \d{2,} ?% (?:taniej|więcej|mniej|oszczędności|szybciej)",
        ),
    ),
    Rule(
        name="guarantee",
        why=reasons.GUARANTEE,
        pattern=words(
            r"(?:gwarantujemy|gwarantowan[eyai]|gwarantowany(?:ch|m)?|gwarantuje(?:my)?)(?: \w+){0,2}",
            r"(?:z |ze )?gwarancj[aąę] (?:sukcesu|wyników?|efekt(?:u|ów)|zwrotu|zysk(?:u|ów)|satysfakcji|rezultat(?:u|ów)|oszczędności)",
            r"(?:100|sto) ?(?:%|procent|proc\.) (?:skuteczn\w+|pewn\w+|bezpieczn\w+|gwarancj\w+|satysfakcji|skuteczności|zysku|sukcesu)",
            r"bez (?:żadnego |jakiegokolwiek )?ryzyka|zero ryzyka|(?:całkowicie|zupełnie) bezpieczn\w+",
            r"(?:nie możesz|nie można|nie da się) (?:przegrać|stracić|się pomylić)",
            r"(?:zawsze|każdemu|na każdego|u każdego) (?:działa|się uda|pomaga)|działa (?:zawsze|u każdego|na każdego|za każdym razem)",
            r"niezawodn(?:y|a|e|ą|ego|ych) (?:sposób|metoda|system|przepis|metodą|sposoby)|pewny (?:zysk|sukces|sposób|zarobek)",
            r"(?:już )?nigdy więcej nie (?:\w+)",
        ),
        unless=words(r"okres gwarancji", r"karta gwarancyjna", r"gwarancja producenta", r"(?:dwa|\d+) lat\w* gwarancji"),
    ),
    Rule(
        name="superlative",
        why=reasons.SUPERLATIVE,
        pattern=words(
            r"(?:naj\w{3,})(?: \w+){0,3} (?:na świecie|świata|w polsce|w europie|na rynku|w historii|wszech czasów|w internecie|w branży|kiedykolwiek)",
            r"(?:numer(?:em)?|nr\.?) (?:1|jeden)(?: (?:na rynku|w polsce|wśród|na świecie|w branży))?",
            r"(?:bezkonkurencyjn|niezrównan|bezapelacyjn|niekwestionowan|nieprześcignion|wiodąc|topow)\w+",
            r"(?:światow\w+|najwyższ\w+) (?:klas\w+|poziom\w*|jakoś\w+)",
            r"(?:jedyn[yae]|jedyny) (?:\w+ ){1,4}(?:potrzebujesz|będziesz potrzebować|warto)",
            r"raz na zawsze|jak nigdy (?:dotąd|wcześniej)",
            r"(?:kompletny|ostateczny|najlepszy|absolutnie najlepsz\w+) (?:przewodnik|poradnik|sposób|patent|hack|wybór|zestaw)",
            r"lider(?:em)? (?:rynku|branży|w branży)",
        ),
    ),
    Rule(
        name="income",
        why=reasons.INCOME,
        pattern=words(
            r"(?:zarób|zarabiaj|zarobisz|zarabia|zarobić|zarobił[ae]?m?|dorób|wyciągnij)(?: \w+){0,3} \d[\d .]*(?:zł|pln|tys\.?|tysięcy|euro|€|\$|dolarów)(?:[^.!?]{0,20}(?:miesięcznie|dziennie|tygodniowo|w (?:tydzień|miesiąc|godzinę|weekend)))?",
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
            r"cudown(?:y|a|e|ą|ego|ych) (?:lek|dieta|środek|kuracja|diet[ęy]|sposób|tabletk\w+|metoda|suplement)",
            r"(?:wylecz|wyleczysz|leczy|uzdrawia|ulecz|cofnij|cofa|zlikwiduj|usuwa)(?: \w+){0,2} (?:cukrzyc\w+|rak\w*|nowotw\w+|depresj\w+|bezsenność|ból\w*|migren\w+|nadciśnienie|stres|trądzik|choroby?|alergi\w+)",
            r"(?:oczyść|oczyszcza|detoks|detox)(?: \w+){0,2} (?:organizm\w*|ciał\w+|wątrob\w+|toksyn\w*)",
            r"(?:wzmocnij|wzmacnia|podkręć|przyspiesz|przyspiesza) (?:\w+ ){0,2}(?:odporność|metabolizm|mózg|układ odpornościowy)",
            r"(?:klinicznie|naukowo) (?:udowodnion\w+|potwierdzon\w+|przebadan\w+)|lekarze (?:nienawidzą|ukrywają|nie chcą|są w szoku|zalecają)",
            r"(?:odmłodni\w+|młodsz\w+) o \d+ lat|cofnij czas|zatrzymaj starzenie",
        ),
    ),
    Rule(
        name="free_with_conditions",
        why=reasons.CONDITIONS,
        pattern=words(
            r"(?:gratis|za darmo|darmow\w+|bezpłatn\w+)[^.!?]{0,40}(?:przy zakupie|przy zamówieniu|do każdego zamówienia|jeśli (?:kupisz|zamówisz)|po (?:zakupie|zapisaniu)|od \d+ ?zł)",
            r"(?:płacisz|zapłać|pokrywasz|zapłacisz) (?:tylko|jedynie) (?:za )?(?:wysyłkę|przesyłkę|dostawę|koszt\w* (?:wysyłki|przesyłki|dostawy))",
            r"(?:całkowicie|zupełnie|absolutnie|w 100 ?%) (?:za darmo|darmow\w+|bezpłatn\w+|gratis)",
            r"(?:za 0 zł|za złotówkę|za 1 zł)(?:\*| przy)",
        ),
    ),
    Rule(
        name="free_with_star",
        why=reasons.CONDITIONS,
        pattern=shape_of(r"(?<!\w)(?:gratis|za darmo|darmow[aey]|bezpłatn(?:y|ie|a|e)) ?\*"),
    ),
    Rule(
        name="hyperbole",
        why=reasons.HYPERBOLE,
        pattern=words(
            r"(?:nie uwierzysz|nie uwierzycie|nie do wiary|nie do uwierzenia|uwierzysz|niewiarygodn\w+|niesamowit\w+|niebywał\w+|niesłychan\w+)",
            r"szok(?:ując\w+|uje)?!?|zszokowan\w+|wstrząsając\w+|oszałamiając\w+|powalając\w+|rewelacyjn\w+|fenomenaln\w+|genialn\w+",
            r"(?:przełomow|rewolucyjn|magiczn|bajeczn|obłędn|spektakularn|zniewalając|zapierając\w+ dech|hipnotyzując)\w*",
            r"(?:odmieni|zmieni|zmienia|zrewolucjonizuje|odmień|zrujnuje)(?: \w+){0,2} (?:życie|życia|świat|firmę|biznes na zawsze|codzienność|dzieciństwo)",
            r"(?:zwali|zwaliło|powali|ścina|zwalają)(?: \w+)? z nóg|opad(?:nie|ła|a) (?:ci )?szczęka|szczęka opada|zapiera dech|odjęło mowę|oniemie\w+",
            r"(?:sekret|sekrety|tajemnic[aęey]|tajn[aey]) (?:\w+ )?(?:bogaty\w+|ekspert\w+|którego|których|o którym|o których|broń|metod\w+|mistrz\w+|sukcesu|milioner\w+)",
            r"(?:jeden|ten|prosty|genialny|sprytny|banalny) (?:prosty |jeden |genialny |sprytny )?(?:trik|trick|sposób|patent)(?: \w+){0,2}(?=.*(?:zmieni|sprawi|pozwoli|odmieni|wystarczy|działa))",
            r"hit(?:em)? (?:sieci|internetu)|podbija (?:sieć|internet|serca)|internet (?:oszalał|płonie|wrze|zwariował)|wszyscy (?:oszaleli|mówią)|internauci (?:oszaleli|zachwyceni|w szoku|nie wierzą)",
            r"(?:absolutn(?:y|a|e)|totaln(?:y|a|e|ie)) (?:hit|must have|petard\w+|sztos|szok|odlot)|sztos|petarda|mega (?:hit|okazja)|prawdziwa bomba",
            r"(?:popłaczesz|rozpłaczesz|uśmiejesz|zakochasz|wzruszysz|oszalejesz)(?: się)?",
        ),
        unless=_HARD_NEWS,
    ),
)

_TEASING = Shape(
    name="clickbait",
    why=reasons.TEASE,
    enough=3,
    unless=_HARD_NEWS,
    cues=(
        Cue(
            weight=3,
            pattern=shape_of(
                rf"^\W*(?:oto |te |tych )?(?:\d{{1,3}}|pięć|siedem|dziesięć|trzy|cztery|sześć|osiem) (?:\S+ ){{0,4}}{_LIST}(?!\w)(?=.*(?<!\w)(?:które|których|którym|jakie|musisz|powinieneś|powinnaś|każdy|nikt|nigdy|nie|twój|twoje|cię|ci|zna|znają|żeby|dzięki)(?!\w))"
            ),
        ),
        Cue(weight=2, pattern=shape_of(rf"^\W*(?:oto |te )?(?:\d{{1,3}}) (?:\S+ ){{0,4}}{_LIST}(?!\w)")),
        Cue(
            weight=3,
            pattern=shape_of(
                r"^\W*(?:oto (?:co|jak|dlaczego|powód|dlatego|sposób|prawda)|tak (?:wygląda|zareagował\w*|właśnie)|to (?:właśnie )?(?:dlatego|stało się|dzieje się)|zobacz,? (?:co|jak|kto)|sprawdź,? (?:czy|co|jak|kim|ile)|zgadnij|musisz to|to musisz|tylko (?:prawdziw\w+|geniusz\w*|nieliczn\w+)|mało kto|nikt (?:się )?nie|większość (?:ludzi|polaków|osób) (?:nie|robi|popełnia))(?!\w)"
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
                r"^\W*(?:ten|ta|to|ci|te) (?!poradnik|raport|przewodnik|dokument|plik|tydzień|rok|miesiąc|artykuł|formularz|e-?book|kurs|arkusz|kalkulator|list)\w+(?!\w)"
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
        Cue(
            weight=1,
            pattern=words(
                r"instagram\w*|tiktok\w*|selfie|celebryt\w+|gwiazd[ay]|gwiazdor\w*|chłopak\w*|dziewczyn\w*|babci\w*|teściow\w+"
            ),
        ),
    ),
)

RULES = RuleSet(rules=_STRONG, shapes=(_TEASING,))
