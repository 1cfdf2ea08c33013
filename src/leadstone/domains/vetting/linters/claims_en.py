"""Claims that promise too much in English, and headlines that tease instead of telling."""

from leadstone.domains.vetting.linters import reasons
from leadstone.domains.vetting.linters.finding import Cue, Rule, RuleSet, Shape, shape_of, words

_LIST = (
    r"(?:things?|reasons?|ways?|times|signs?|tips|tricks|hacks|facts?|pictures|photos|images|gifs|tweets|posts|memes|vines|videos"
    r"|gifts?|ideas?|recipes?|questions?|thoughts?|moments?|stages?|struggles|secrets?|mistakes|lessons|quotes|lyrics|songs?|movies?"
    r"|films|books|novels|tattoos|costumes|outfits|gadgets|snacks|treats|desserts|dishes|foods?|words"
    r"|phrases|adventures|confessions|excuses|texts|instagrams|crafts|upgrades|swaps|rules"
    r"|habits|situations|cameos"
    r"|portraits|essentials|must-haves|looks|faces|fails|suggestions|techniques|sweets)"
)
_HARD_NEWS = words(
    r"dead|dies?|died|killed|kills?|injured|injures|wounded|arrested|charged|sentenced|accused|shot|missing|hurt|hanged|jailed"
    r"|killing|convicted|indicted|rescued|trapped|feared|displaced|detained|deaths?|casualties|percent|million|billion"
)
_DOCUMENT = (
    r"(?:guide|report|e-?book|checklist|page|book|booklet|brochure|paper|course|letter|newsletter|form|tool|calculator|table|year|week"
    r"|month|time|version|file|document|offer|study|house|webinar|sample)"
)

_STRONG = (
    Rule(
        name="multiplier",
        why=reasons.MULTIPLIER,
        pattern=words(
            r"(?:double|triple|quadruple|multiply|10x|5x|3x) (?:your|the value of your|his|her|their) \w+",
            r"(?:double|triple|quadruple)s? (?:sales|conversions|revenue|profits?|leads|traffic|productivity|engagement)",
            r"\d+(?:x|×)",
            r"\d+ times (?:more|faster|better|as (?:much|many|fast|effective)|your)",
            r"(?:tenfold|hundredfold|a hundredfold)",
            r"(?:increase|boost|grow|raise|improve|cut|slash|reduce|lower|save|halve|skyrocket|explode)s?"
            r" (?:on )?your [^.!?]{0,40}\d{2,} ?(?:%|percent)",
            r"(?:increase|boost|grow|raise|cut|slash|reduce|lower|save)s? (?:by )?(?:up to )\d{2,} ?(?:%|percent)",
            r"up to \d{2,} ?(?:%|percent) (?:more|less|faster|cheaper|higher|lower|savings?)",
            r"skyrocket (?:your|sales|conversions)",
        ),
    ),
    Rule(
        name="guarantee",
        why=reasons.GUARANTEE,
        pattern=words(
            r"(?:are |is )?guaranteed (?:to|results?|success|income|profits?|returns?|way|ways|approval|savings?|growth|weight loss)",
            r"(?:results?|success|satisfaction|savings?|profits?|returns?) (?:is |are )?guaranteed",
            r"guaranteed[!.]?$",
            r"we guarantee",
            r"money[- ]back guarantee",
            r"100 ?% (?:guaranteed?|safe|effective|success(?: rate)?|results|satisfaction|certain|secure|natural cure)",
            r"(?:completely |totally |100% )?risk[- ]free",
            r"(?:no|zero|without any|without) risk",
            r"(?:can'?t|cannot|won'?t|never) (?:fail|go wrong|lose)",
            r"works? every (?:single )?time",
            r"works? for (?:everyone|everybody|anyone)",
            r"fool[- ]?proof|fail[- ]?(?:safe|proof)",
            r"never (?:worry|pay|struggle|fail)s? (?:about|for|with|again)?[^.!?]{0,30}again",
        ),
        unless=words(r"loan guarantees?", r"guaranteed by the constitution"),
    ),
    Rule(
        name="superlative",
        why=reasons.SUPERLATIVE,
        pattern=words(
            r"(?:the )?(?:world|country|nation|europe|poland|america|industry|market|region)'?s"
            r" (?:best|leading|no\.? ?1|number[- ]one|#1|finest|favou?rite|most (?:trusted|loved|advanced|powerful|effective|popular))",
            r"(?:the )?(?:no\.? ?1|number[- ]one) (?:choice|provider|tool|solution|brand|guide|method|secret|reason|thing|way|trick)",
            r"(?:the |your )?(?:very |absolute |single )?(?:best|greatest|worst|biggest|coolest|most [\w-]+)"
            r" (?:[\w'-]+ ){0,4}(?:ever|in the (?:world|universe)|on (?:earth|the (?:market|planet|internet))|of all time|money can buy|imaginable)",
            r"(?:absolute(?:ly)? )?(?:best|greatest|worst) [\w'-]+ (?:\w+ )?ever",
            r"unbeatable|unrival+ed|unmatched|unparalleled|second to none|best[- ]in[- ]class|world[- ]class|state[- ]of[- ]the[- ]art",
            r"(?:the )?ultimate (?:\w+ )?(?:guide|checklist|list|solution|secret|hack|course|toolkit|collection|gift|test|quiz|way)",
            r"the only (?:[\w-]+ ){1,4}(?:you(?:'ll| will)? (?:ever )?need|you should)",
            r"once and for all",
            r"like never before",
        ),
        unless=words(r"world'?s (?:largest|oldest|tallest|longest)"),
    ),
    Rule(
        name="superlative_number",
        why=reasons.SUPERLATIVE,
        pattern=shape_of(r"(?<!\w)#1(?!\d)"),
    ),
    Rule(
        name="income",
        why=reasons.INCOME,
        pattern=words(
            r"(?:four|five|six|seven|eight|4|5|6|7|8)[- ]figures?(?: (?:salary|income|business|job|year|launch))?",
            r"passive income",
            r"(?:make|making|earn|earning|earned|made|bank|pocket) (?:up to |over )?(?:[$€£] ?\d[\d,.]*k?|\d[\d,. ]*(?:dollars|euros?|pounds|zł|pln))"
            r"(?:[^.!?]{0,20}(?:a|per|every|each|in (?:a|one|\d+)) ?(?:day|week|month|hour|year|days|weeks|months|hours))?",
            r"get rich(?: quick)?",
            r"financial(?:ly)? (?:freedom|free|independen(?:t|ce))",
            r"(?:quit|fire|leave) your (?:day )?(?:job|boss)",
            r"(?:while|when) you sleep",
            r"(?:become|became|becoming) (?:a )?(?:millionaire|rich|wealthy)",
            r"(?:easy|fast|quick) money",
            r"money[- ]making (?:secret|machine|system|method)s?",
            r"work from home and (?:earn|make)",
            r"extra income",
        ),
    ),
    Rule(
        name="health",
        why=reasons.HEALTH,
        pattern=words(
            r"(?:lose|losing|lost|drop|shed|burn)(?:s|ed)? (?:up to |over )?\d+ ?(?:lbs?|pounds|kg|kilos?|kilograms|inches|dress sizes|sizes)",
            r"(?:burn|melt|blast|torch)s?(?:ing)? (?:away )?(?:belly |body |your )?fat",
            r"(?:lose|losing) (?:weight|belly fat) (?:fast|quickly|overnight|without|in \d+)",
            r"miracle (?:cure|pill|diet|drug|food|solution|drink)s?|miraculous(?:ly)?",
            r"(?:cure|cures|heal|heals|reverse|reverses|eliminate|eliminates|ends?) (?:your|all|any) (?:\w+ ){0,2}"
            r"(?:pain|cancer|diabetes|anxiety|depression|arthritis|insomnia|disease|back pain|stress|acne)",
            r"(?:reverse|reverses|stop|stops) (?:the signs of )?(?:ag(?:e)?ing|diabetes)",
            r"detox(?:es|ify|ifies)? (?:your|the) (?:body|liver|system|life)",
            r"(?:boost|boosts|supercharge|supercharges) your (?:immune system|immunity|metabolism|brain|energy)",
            r"clinically (?:proven|tested)|scientifically proven|doctor[- ](?:approved|recommended)",
            r"doctors (?:hate|don'?t want|won'?t tell|are stunned|are baffled)",
            r"live (?:longer|to 100)",
            r"(?:look|feel) (?:ten|10|20|twenty) years younger",
        ),
    ),
    Rule(
        name="free_with_conditions",
        why=reasons.CONDITIONS,
        pattern=words(
            r"free (?:\w+ ){0,2}(?:with (?:any|every|your|a|the) (?:purchase|order)|when you (?:buy|order|spend|sign|subscribe|join))",
            r"(?:just|only) pay (?:the )?(?:shipping|postage|handling|p&p)",
            r"free[^.!?]{0,60}(?:conditions apply|terms apply|t&cs? apply|subject to|minimum (?:order|spend|purchase))",
            r"(?:absolutely|totally|completely|100 ?%) free",
        ),
    ),
    Rule(name="free_with_star", why=reasons.CONDITIONS, pattern=shape_of(r"(?<!\w)free ?\*")),
    Rule(
        name="hyperbole",
        why=reasons.HYPERBOLE,
        pattern=words(
            r"mind[- ]?blowing(?:ly)?|jaw[- ]?dropping|life[- ]?changing|game[- ]?chang(?:er|ers|ing)|earth[- ]?shattering|eye[- ](?:popping|opening)",
            r"unbelievabl[ey]|insane(?:ly)?|incredibl[ey]|hilarious(?:ly)?|adorabl[ey]|shocking(?:ly)?|jaw[- ]droppingly",
            r"ridiculous(?:ly)?|amazing(?:ly)?|awesome|breathtaking|magical(?:ly)?|spine[- ]tingling|heart(?:breaking|warming|-warming|-breaking)",
            r"badass|genius (?:hack|way|trick|idea|[\w-]+)s?|flawless|fierce|epic (?:\w+)",
            r"(?:cut|crazi|weird|funni|scari|sexi|hott|cool|sweet|dumb|creepi|shitti|grossest|craziest|cutest)est|grossest",
            r"(?:blow|blew|blown) (?:your|my|our) minds?",
            r"(?:change|changes|changed) (?:your|my) (?:life|game|world|mind forever)",
            r"(?:restore[sd]?|ruin(?:s|ed)?) your (?:faith|childhood|life|day)",
            r"(?:seen|tasted|heard) to be believed",
            r"you won'?t believe",
            r"in (?:all )?the feels|all the feels|nail(?:s|ed) it|totally nail(?:s|ed)|faith in humanity",
            r"omf?g|wtf|lol|irl|fomo|bff|yolo|af",
            r"freak(?:s|ed|ing)? (?:you |us |me )?out|obsessed with|go(?:ing|es)? (?:nuts|wild|crazy)|lose your mind",
            r"(?:you'll|will) (?:laugh|cry|scream|die|weep|swoon|love|never forget)(?: out loud| with \w+)?",
            r"(?:(?:little|dirty|best[- ]kept|closely guarded|one|weird|simple|ancient|magic) )(?:secrets?|tricks?|hacks?)",
            r"(?:secrets?|tricks?) (?:of the (?:rich|pros|stars)|that (?:\w+ ){1,3}(?:don'?t|won'?t|doesn'?t)|they don'?t|nobody|no one|revealed)",
            r"[\w-]+ hacks",
            r"f+u+c+k\w*|shit\w*|asshole|bitchy?",
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
                r"^\W*(?:here'?s|here are|here is|this is (?:what|how|why|the|for)|that'?s|there'?s (?:a|an|nothing))(?!\w)"
            ),
        ),
        Cue(
            weight=3,
            pattern=shape_of(
                rf"^\W*(?:this|these) (?!{_DOCUMENT}(?!\w))(?:[^\s]+ ){{1,9}}(?:is|are|was|were|will|just|has|have|shows?|took|made|makes?|looks?|got|gets?|gives?|had|did|can|sum|prove|recreated|tried|pranked|capture|perfectly|saw)(?!\w)"
            ),
        ),
        Cue(weight=2, pattern=shape_of(rf"^\W*(?:this|these) (?!{_DOCUMENT}(?!\w))[a-z]")),
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
                r"^\W*(?:we (?:know|can|bet|tried|asked|found|need|sat|invaded)|can (?:we|you)|could you|would you|do you|are you|did you|were you|should you|have you|how (?:well|much|many|badly|[a-z]+) (?:of an? |like |do |does |are |is |would |these |of these )?[^?]{0,40}(?:you|your)|be honest|tell us|let'?s|try (?:and|to)|ever wonder)(?!\w)"
            ),
        ),
        Cue(
            weight=3,
            pattern=shape_of(
                r"^\W*(?:which|what|what'?s|who|where'?s) (?:[^?]{1,60} )?(?:are|is|should|would|do|does|did|was|were|matches|represents|describes)? ?(?:[^?]{0,40} )?(?:you|your|you've)(?!\w)"
            ),
        ),
        Cue(
            weight=1,
            pattern=shape_of(
                r"^\W*(?:which|what|what'?s|is this|are these|why|how|when|if|for everyone|just a reminder|watch|check out|meet|take this|see|everything|every|everyone|people are|so|thank goodness|please enjoy|according to|only|i|my|poll|alert)(?!\w)(?! to )"
            ),
        ),
        # Speaking to the reader, and in the first person.
        Cue(
            weight=2,
            pattern=words(
                r"you(?:'ll|'ve|'re|'d)",
                r"you (?:need|should|have to|must|can't|won't|didn'?t|never|will|can now|want|know|probably)",
                r"will (?:make|give|get|leave|change|blow|melt|break|help|teach|tell|reveal|inspire|warm|put|have) (?:you|us|your)",
            ),
        ),
        Cue(weight=1, pattern=words(r"you|your|yours|yourself")),
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

RULES = RuleSet(rules=_STRONG, shapes=(_TEASING,))
