"""Headlines in English that tease instead of telling: whole phrases, and habits that together make a shape."""

from leadstone.domains.vetting.linters import reasons
from leadstone.domains.vetting.linters.finding import Cue, Rule, Shape, shape_of, words

HARD_NEWS = words(
    r"dead|dies?|died|killed|kills?|injured|injures|wounded|arrested|charged|sentenced|accused|shot|missing|hurt|hanged|jailed"
    r"|killing|convicted|indicted|rescued|trapped|feared|displaced|detained|deaths?|casualties|percent|million|billion"
)
_LIST = (
    r"(?:things?|reasons?|ways?|times|signs(?= (?:you|that|your|it|of|he|she|they))|tips|tricks|hacks|facts?|pictures|photos|images|gifs|tweets|posts|memes|vines|videos"
    r"|gifts?|ideas?|recipes?|questions?|thoughts?|moments?|stages?|struggles|secrets?|mistakes|lessons|quotes|lyrics|songs?|movies?"
    r"|films|books|novels|tattoos|costumes|outfits|gadgets|snacks|treats|desserts|dishes|foods?|words"
    r"|phrases|adventures|confessions|excuses|texts|instagrams|crafts|upgrades|swaps|rules"
    r"|habits|situations|cameos"
    r"|portraits|essentials|must-haves|looks|faces|fails|suggestions|techniques|sweets)"
)
_DOCUMENT = (
    r"(?:guide|report|e-?book|checklist|page|book|booklet|brochure|paper|course|letter|newsletter|form|tool|calculator|table|year|week"
    r"|month|time|version|file|document|offer|study|house|webinar|sample|road|bridge|street|line|train|school|shop|office|room|hall|building"
    r"|contract|clause|section|chapter|chart|map|field|question|answer|step|option|price|code|link|button|setting|product|device|boiler"
    r"|pump|model|service|law|rule|act|programme|grant|company|article|meeting|season|award|exhibition|summer|winter|spring|autumn|box)"
)
_PLAIN_THIS = (
    rf"(?:{_DOCUMENT}|way|text|message|address|feature|package|module|library|project|plugin|program|software|source|data|component|extension|voucher|ticket|site|page|user|order|item|number|list|e-?mail|process|change|card|value"
    r"|(?:is|are|was|were|will|would|might|may|can|could|should|does|means?|makes|also|needs|has|have)(?= (?!what|why|how|for|just)))"
)

TEASING_WORDS = Rule(
    name="clickbait",
    why=reasons.TEASE,
    pattern=words(
        r"what (?:he|she|they|it|happened|happens|this \w+) (?:\w+ )?(?:next|saw|did|does|found|said|says|discovered)"
        r"(?=.{0,60}(?<!\w)(?:will|left|changed?|shock\w*|stun\w*|surpris\w*|when|next|amaz\w*|speechless)(?!\w))",
        r"what happen(?:s|ed) next",
        r"(?:will|may|might|could) (?:surprise|shock|amaze|stun|astonish|blow|terrify|disgust) you",
        r"(?:experts|scientists|doctors|nobody|no one|anyone) can'?t explain(?: \w+)?",
        r"(?:stop|quit) (?:doing|using|eating|drinking|buying|wasting|paying|throwing|making) [^.!?]{2,50}(?:right )?(?:now|immediately|today|again)",
        r"(?:don'?t|do not|never) (?:ever )?(?:buy|sign|order|eat|sell|rent|pay|install|start|throw|leave) [^.!?]{2,50}(?:until|before|without)"
        r" (?:you(?:'ve)? )?(?:read|see|saw|watch|know|reading|seeing|watching)\w*",
        r"before you (?:buy|sign|eat|sell|rent|pay|install|order)[^.!?]{0,40}(?:read|see|watch) (?:this|these)",
        r"(?:see|read|watch) this (?:before|if|video|story|shocking)",
        r"(?:thank (?:us|me) later|you'?ll thank|try this (?:tonight|today|at home|trick|once))",
        r"(?:watch|see|look at) what (?:\w+ ){1,4}(?:does|did|do|happens|happened)",
        r"only (?:1|one|two|three|2|3|5|ten|10) (?:in|out of|of) \d[\d,]* (?:people|men|women|readers|adults)?",
        r"only (?:a )?(?:genius(?:es)?|true fans|real \w+|smart people|the smartest)",
        r"closer than you think|it'?s not what you think|not what you (?:think|expect)",
        r"what (?:nobody|no one|they|your \w+|schools?) (?:tells?|told|teach(?:es)?|don'?t|doesn'?t|won'?t|says?)(?: \w+)?",
        r"(?:nobody|no one|everyone|everybody|they|nobody else|your \w+) (?:tells|told|hopes|wants|expected|saw|warned|talks) (?:you )?"
        r"(?=.{0,60}(?<!\w)(?:you|what|this|about|coming)(?!\w))",
        r"(?:don'?t|doesn'?t|won'?t|didn'?t) (?:want|tell|teach|let) you(?: to)?(?: know)?",
        r"the (?:\w+ )?(?:shocking|ugly|surprising|brutal|honest|hidden|real|dirty|awful|terrifying|untold|inconvenient) (?:truth|reason|story|danger|secret)s?",
        r"hidden (?:dangers?|truth|secrets?)|(?:truth|secret)s? (?:about|behind) [^.!?]{2,40}(?:revealed|exposed|surprise|shock)\w*",
        r"(?:you'?ve been|you(?:'re| are)(?: probably| all)?) (?:\w+ing )[^.!?]{2,40}(?:wrong|mistakes?)|(?:this|these) common \w* ?mistakes?",
        r"here'?s the catch|(?:and )?(?:this|here) is (?:why|how|what happened)|(?:this|here)'s (?:why|how(?! (?:to|we|our|it works|you can|the \w+ works))|what happened)",
        r"everything you (?:know|knew|thought)[^.!?]{0,40}(?:wrong|changes)",
        r"[\w']+'s (?:simple |weird |old |secret |clever )?(?:trick|hack|remedy|secret(?= (?:to|for|of|that|is)|\W*$))(?: \w+)?",
        r"(?:weird|simple|clever|tiny|old|ancient|genius|sneaky|\d+-year-old|savings?|money|morning) (?:\w+ )?(?:trick|hack)s?",
        r"proof (?:that )?(?:you|your|we|our|cats|dogs|the \w+ is|love|\w+ is|\w+ are)(?: \w+)?",
        r"we (?:bet|dare) you(?: \w+)?|(?:we(?:'ll| will|can| can) (?:guess|reveal|tell you|predict))|find out in \d+ seconds",
        r"(?:says|say|reveals?) about (?:you|your \w+)(?: \w+)?",
    ),
    unless=HARD_NEWS,
)

_PLAIN_QUESTION = (
    # An interview asks what somebody has or does; a teaser asks who they are.
    r"^\W*\d{1,2} (?:[\w-]+ ){0,2}(?:questions|documents|steps|numbers|terms|lines|items|forms|dates|points|ways) (?:to (?:ask|bring|check|compare|read"
    r"|sign|prepare|file|insulate|measure|pay|apply|install|repair|send|calculate)|you need for)\b|^\W*what you (?:need|get|pay|should (?:bring|know|check|ask))\b(?! to see)|^\W*(?:(?:which|what|how (?:many|much|old|long|often|large|big|far|warm))\b[^?]{0,50}\b(?:do|did|have|can|would) you"
    r" (?:use|have|own|heat|pay|live|rent|plan|work|buy|burn|spend|expect|expecting|prefer|drive|store|write|send|need|like to|want to)\b[^?]*"
    r"|(?:do|did|have|are|would) you (?:use|have|own|rent|heat|pay|plan|work|live|buy|already|currently|had|insulated|planning|renting|the owner)\b[^?]*)\?$"
    r"|^\W*here (?:is|are) (?:your|the) (?:link|file|guide|report|results?|answers?|code|invoice|offer|quote|ticket|address|draft|list)\b"
)

_FULL_STOP = shape_of(r"(?<!\.)(?<![A-Z]\.[A-Z])\.(?!\.)\W*$")
_HANDLING = words(
    r"click(?:ing)?|e-?mails?|accounts?|orders?|settings?|passwords?|carts?|baskets?|checkout|invoices?|payments?|delet(?:e|ed|ing)|fields?|forms?"
    r"|please|thank you|returns?|refund(?:s|ed)?|deliver(?:y|ed)|shipp(?:ing|ed)|log(?:ged)? in|sign(?:ed)? in|newsletters?|cancel(?:led|ed)?|confirm(?:ed)?"
    r"|sure you want|select(?:ed)?|enter(?:ed)?|required|valid|invalid|tickets?|vouchers?|saved|updat(?:e|ed|ing)"
)

TEASING = Shape(
    name="teasing",
    why=reasons.TEASE,
    enough=3,
    unless=shape_of(rf"{HARD_NEWS.pattern}|{_PLAIN_QUESTION}"),
    cues=(
        # A headline has no full stop, and does not say what to click.
        Cue(weight=-3, pattern=_FULL_STOP),
        Cue(weight=-2, pattern=_HANDLING),
        Cue(
            weight=-2,
            pattern=words(
                r"(?:is|are|was|were|be|been) (?:currently |only |also |not |already )?(?:used|shown|displayed|created|available|supported|applied|enabled|disabled|added|sold|closed|sent|found)"
            ),
        ),
        # Numbered lists of things.
        Cue(
            weight=3,
            pattern=shape_of(
                rf"^\W*(?:the |these |here are |just )?\d{{1,3}} (?:of (?:the |our )?)?(?:[^\s\d]+ ){{0,5}}{_LIST}(?!\w)"
            ),
        ),
        Cue(
            weight=3,
            pattern=shape_of(
                r"^\W*(?:the |these |just )?\d{1,3} [^\d]{3,60}? (?:that|who|you|your|you'll|you've|you're|every|everyone|anyone|only|we|we've"
                r"|all|ever|never|will|should|according)(?!\w)"
            ),
        ),
        Cue(weight=1, pattern=shape_of(r"^\W*(?:the |these |just )?\d{1,2} [a-z]")),
        # Pointing at something that is not named.
        Cue(
            weight=3,
            pattern=shape_of(
                r"^\W*(?:here'?s(?! (?:how (?:to|we|our|it works|you can)|your|the (?:link|file|guide|list)))|here are (?:\d+|some|all|a few|the (?:best|most|first|only|\w+est|\d+|\w+ reasons?))|here is (?:what|why|how|the (?:reason|truth))|this is (?:what|how|why|for|the(?= (?:[\w-]+ ){0,3}(?:\w+est|most|worst|only|reason|moment|truth|secret|one|kind|story|thing|look|song|video|photo)))|that'?s|there'?s (?:a|an|nothing))(?!\w)"
            ),
        ),
        Cue(
            weight=3,
            pattern=shape_of(
                rf"^\W*(?:this|these) (?!{_PLAIN_THIS}(?!\w))(?:[^\s]+ ){{1,9}}(?:is|are|was|were|will|just|has|have|wants?|uses?|dressed|went|decided|turned|found|built|proves?|schooled|shows?|took|made|makes?|looks?|got|gets?|gives?|had|did|can|sum|prove|recreated|tried|pranked|capture|perfectly|saw)(?!\w)"
            ),
        ),
        Cue(weight=2, pattern=shape_of(rf"^\W*(?:this|these) (?!{_PLAIN_THIS}(?!\w))[a-z]")),
        Cue(
            weight=2,
            pattern=words(
                r"(?:and )?(?:this is|here'?s) what (?:happened|i|we|it)",
                r"what happen(?:s|ed) (?:when|if|next|to)",
                r"the (?:real |only )?reasons? (?:why|you|that)",
            ),
        ),
        # Quizzes about the reader.
        Cue(
            weight=3,
            pattern=words(
                r"based on (?:your|one|how|what|these|the first|totally|a single)",
                r"(?:zodiac|horoscope|soulmate|spirit animal|bucket list)",
            ),
        ),
        Cue(
            weight=3,
            pattern=shape_of(
                r"^\W*(?:we (?:know|can|bet|tried|asked|found(?! (?:some|no|\d+) (?:errors?|results?|matches))|need|sat|invaded)|can (?:we|you) (?:guess|spot|find|name|solve|tell|pass|identify|match|handle|survive|beat|remember|make it|figure|get through|still|pick|recogni\w+)|could you|would you|do you(?! (?:really |still |also )?(?:want|wish|need|agree|accept|offer))|are you(?! (?:really |absolutely )?(?:sure|certain|a customer|already|still))|did you(?! (?:forget|mean))|were you|have you|how (?:\w+ ){1,6}(?:do|did|are|were|would|is|can) (?:you|your)|how many of (?:these|the)|be honest|tell us|let'?s|try (?:and|to)|ever wonder)(?!\w)"
            ),
        ),
        Cue(
            weight=3,
            pattern=shape_of(
                r"^\W*(?:which|what|what'?s|who|where'?s) [^?]{1,60}(?:are you|do you belong|(?:match|describe|represent|suit|fit)(?:s|es)? your?(?: personality)?|is your|are your"
                r"|were you|you are|you belong|belong in|should be your|should you (?:be|date|marry|watch|read|live|eat|move|visit|adopt|dress|try|wear|listen)|you should|would you)(?!\w)"
            ),
        ),
        Cue(
            weight=1,
            pattern=shape_of(
                r"^\W*(?:which|what|what'?s|is this|are these|why|how|when|if|for everyone|just a reminder|watch|check out|meet|take this|see|everything|every|everyone|people are|so|thank goodness|please enjoy|according to|only|i|my|poll|alert)(?!\w)(?! to )"
            ),
        ),
        Cue(
            weight=3,
            pattern=shape_of(
                r"^\W*why (?:smart|rich|successful|clever|happy|wealthy|everyone|everybody|nobody|no one|all|most|so many|more and more|(?:you|we|your \w+)(?=.*(?<!\w)(?:always|never|should|can't|love|hate|all|wrong|still)(?!\w)))(?!\w)"
            ),
        ),
        Cue(weight=3, pattern=shape_of(r"^\W*why i (?:\w+ )|^\W*if [^,?]{3,60} were (?!to)[^,?]+$")),
        Cue(
            weight=3,
            pattern=words(
                r"and (?:it'?s|they'?re|he'?s|she'?s|the results? (?:is|are)|things got|it was) (?:\w+ ){0,3}\w+(?=\W*$)",
                r"(?:is|are|was|looks?|gets?) (?:basically|literally|absolutely|actually|somehow|totally|seriously|honestly|just so)",
                r"(?:will |can )?reveals? (?:a|the|how|what|your|everything)(?: \w+){0,2} (?:about )?(?:your|you|yourself)",
                r"slay(?:s|ed|ing)?|bonkers|whoa|drop everything|clap(?:s|ped)? back|haters|must be stopped|forgot about|even stand for|super hot",
                r"(?:personality|dominant|true|inner|secret) (?:\w+ )?(?:traits?|self|type|animal|age)",
            ),
        ),
        Cue(
            weight=2,
            pattern=shape_of(
                r"^\W*(?:(?:millions|thousands) of )?(?:people|men|women|guys|girls|parents|fans) are (?:\w+ing|in love|obsessed|so)(?!\w)"
            ),
        ),
        # Speaking to the reader, and in the first person.
        Cue(weight=1, pattern=words(r"you'(?:ll|ve|re|d)", r"you (?:need|should|have to|must|can't|won't|will|want)")),
        Cue(
            weight=2,
            pattern=words(
                r"you (?:didn'?t|never|know|probably)",
                r"will (?:make|give|get|leave|change|blow|melt|break|help|teach|tell|reveal|inspire|warm|put|have) (?:you|us|your)",
            ),
        ),
        Cue(weight=1, pattern=words(r"you(?!')|your|yours|yourself")),
        Cue(weight=1, pattern=words(r"we|we're|we've|our|my|i'm|me|let's")),
        # Filling words of the genre.
        Cue(
            weight=1,
            pattern=words(
                r"actually|literally|totally|definitely|basically|seriously|absolutely|truly|really|perfectly|completely|finally|utterly|surprisingly|honestly|apparently|probably|secretly|accidentally|deeply|super"
            ),
        ),
        Cue(
            weight=1,
            pattern=words(
                r"everyone|everybody|everything|anyone|anything|nobody|no one|something|somebody|someone|things?|stuff|ever|never|always|every|only|just|so|too|such a|way too"
            ),
        ),
        Cue(
            weight=1,
            pattern=words(
                r"perfect(?:ion)?|best|worst|cute|weird|funny|favou?rite|love|hate|crush|goals|delicious|gorgeous|stunning|fabulous|fantastic|wonderful(?:ly)?|brilliant|beautiful(?:ly)?|terrifying|horrifying|haunting|embarrassing|awkward(?:ly)?|iconic|honest|real|simple|easy|happy|sweet|hot|glorious|random"
            ),
        ),
        Cue(
            weight=1,
            pattern=words(
                r"instagrams?|selfies?|tumblr|tweets?|memes?|hashtag|emojis?|buzzfeed|snapchat(?:ted)?|tinder|pinterest|gif|celebrit(?:y|ies)|bestie|boyfriend|girlfriend|moms?|dads?|dudes?|guys?"
            ),
        ),
        Cue(weight=1, pattern=words(r"\w+(?:'ll|n't|'re|'ve)")),
        Cue(
            weight=1,
            pattern=words(
                r"(?:the )?(?:most|least) [\w-]+",
                r"(?:is|are|was) (?:the|so|too|now|just|everything|as)",
                r"(?:look|looks|looked|looking) like",
                r"what it'?s like",
                r"and it(?:'s|s| will| is| was)?",
            ),
        ),
    ),
)
