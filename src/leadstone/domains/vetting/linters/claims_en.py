"""Claims that promise too much in English, and headlines that tease instead of telling."""

from leadstone.domains.vetting.linters import reasons
from leadstone.domains.vetting.linters.finding import Cue, Rule, RuleSet, Shape, shape_of, words

_LIST = (
    r"(?:things?|reasons?|ways?|times|signs(?= (?:you|that|your|it|of|he|she|they))|tips|tricks|hacks|facts?|pictures|photos|images|gifs|tweets|posts|memes|vines|videos"
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
    r"|month|time|version|file|document|offer|study|house|webinar|sample|road|bridge|street|line|train|school|shop|office|room|hall|building"
    r"|contract|clause|section|chapter|chart|map|field|question|answer|step|option|price|code|link|button|setting|product|device|boiler"
    r"|pump|model|service|law|rule|act|programme|grant|company|article|meeting|season|award|exhibition|summer|winter|spring|autumn|box)"
)

_STRONG = (
    Rule(
        name="multiplier",
        why=reasons.MULTIPLIER,
        pattern=words(
            r"(?:double|triple|quadruple|multiply|10x|5x|3x) (?:your|the value of your|his|her|their) \w+",
            r"(?:double|triple|quadruple)s? (?:sales|conversions|revenue|profits?|leads|traffic|productivity|engagement)",
            r"\d+(?:x|×)",
            r"(?:two|three|four|five|ten|twenty|fifty|a hundred|a thousand) times (?:more(?! likely)|faster|better|as (?:much|many|fast)|your)",
            r"\d+ times (?:more(?! likely)|faster|better|as (?:much|many|fast|effective)|your)",
            r"(?:tenfold|hundredfold|a hundredfold)",
            r"(?:increase|boost|grow|raise|improve|cut|slash|reduce|lower|save|halve|skyrocket|explode)s?"
            r" (?:on )?your [^.!?]{0,40}\d{2,} ?(?:%|percent)",
            r"(?:increase|boost|grow|raise|cut|slash|reduce|lower|save)s? (?:by )?(?:up to )\d{2,} ?(?:%|percent)",
            r"up to \d{2,} ?(?:%|percent) (?:more|less|faster|cheaper|higher|lower|savings?)",
            r"(?:save|cut|slash|reduce|lower|boost|increase)s? \d{2,} ?(?:%|percent) (?:on|off|of) (?:your|heating|energy|electricity)",
            r"halves? (?:your|his|her|their|the) \w+|(?:your|the) \w+ (?:bills? )?(?:in|by) half",
            r"skyrocket(?:s|ing)? (?:your|sales|conversions)",
            r"(?:get|gain|win|attract) (?:\d[\d,.]*k?|(?:a|one|ten|five) (?:hundred|thousand|million)) (?:new )?"
            r"(?:followers|leads|customers|clients|views|subscribers|buyers)",
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
            r"(?:zero|no|without(?: any)?|little) (?:effort|experience|skills?|dieting|catch)(?: (?:required|needed|necessary|whatsoever))?",
            r"effortless(?:ly)?|infallible|never (?:loses|fails)|proven (?:formula|system|method|blueprint)|your money (?:is )?(?:back|safe)",
            r"(?:instant|immediate|overnight) (?:results?|success|relief|growth|cash|approval|wealth|fix)",
            r"(?<!test )(?<!lab )(?<!exam )(?<!election )(?:results?|relief|success) (?:in|within) (?:just |only )?(?:\d+|a few|one|two|a) (?:minutes?|hours?|days?|weeks?|fortnight)",
            r"instantly (?:attract|boost|transform|double|improve|grow|increase|relieve)s?",
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
            r"simply the best|(?:the )?best (?:[\w-]+ ){1,3}in (?:the )?(?:europe|poland|england|america|country|world|business|industry|region|town|city|market)",
            r"most (?:trusted|advanced|effective|loved) [\w-]+ (?:[\w-]+ )?(?:in|on|of) (?:the )?\w+",
            r"(?:most [\w-]+|best|finest|greatest) [\w-]+(?: [\w-]+)? (?:ever|you(?:'ll| will| have|'ve) (?:ever|never))(?: \w+)?",
            r"(?:leading (?:provider|supplier|brand|expert|authority)|next[- ]level|(?:your|the) last [\w-]+ (?:[\w-]+ )?you(?:'ll| will)? (?:ever )?\w+)",
            r"once and for all",
            r"like never before",
        ),
        unless=words(
            r"world'?s (?:largest|oldest|tallest|longest)",
            r"earthquakes?|storms?|hurricanes?|droughts?|floods?|wildfires?|leaks?|recession|crisis|epidemic|attacks?|defeat|turnout",
        ),
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
            r"(?:make|makes|making|made|earn|earns|earned|earning|pulls? in|rak(?:es?|ing) in) (?:up to |over |almost )?[$€£] ?\d[\d,.]*k?"
            r"(?=[^.!?]{0,30}(?<!\w)(?:an?|per|every|each) (?:day|week|month|hour|year)|[^.!?]{0,20} (?:online|from home))",
            r"turn(?:s|ed|ing)? [$€£]?\d[\d,.]*k? (?:\w+ )?into",
            r"(?:your )?first million|(?:from )?broke to \w+|retire (?:early|at \d\d|young|rich)",
            r"millionaires? (?:swear|do|know|use|habits?|secrets?|mindset)",
            r"guaranteed (?:returns?|profits?|income)|returns of \d+ ?%",
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
            r"(?:cures?|heals?) (?:everything|anything|insomnia|cancer|diabetes|arthritis|migraines?|anxiety|depression|back pain|all)",
            r"(?:effortless |rapid |fast |easy )?weight loss without [\w-]+",
            r"(?:wrinkles?|pain|fat|acne|belly|cellulite|stress)(?: \w+)? (?:vanish|disappear|melt)(?:es|s)?(?: away)?",
            r"(?:permanent|lasting|total) relief(?: from [\w ]{3,20})?|without (?:medication|surgery|diet(?:s|ing)?(?: or exercise)?)",
            r"no more (?:migraines?|wrinkles?|back pain|insomnia|stress|acne)",
            r"miracle (?:cure|pill|diet|drug|food|solution|drink|serum|cream|oil|method|product|supplement|remedy)s?|miraculous(?:ly)?",
            r"(?:cure|cures|heal|heals|reverse|reverses|eliminate|eliminates|ends?) (?:your|all|any) (?:\w+ ){0,2}"
            r"(?:pain|cancer|diabetes|anxiety|depression|arthritis|insomnia|disease|back pain|stress|acne)",
            r"(?:reverse|reverses|stop|stops) (?:the signs of )?(?:ag(?:e)?ing|diabetes)",
            r"detox(?:es|ify|ifies)? (?:your|the) (?:body|liver|system|life)",
            r"(?:boost|boosts|supercharge|supercharges) your (?:immune system|immunity|metabolism|brain|energy)",
            r"clinically (?:proven|tested)|scientifically proven|doctor[- ](?:approved|recommended)",
            r"(?:doctors|dentists|dermatologists|scientists|experts|dietitians) (?:hate|don'?t want|won'?t tell|are (?:stunned|baffled|amazed|in shock)"
            r"|can'?t (?:explain|believe|understand))",
            r"live (?:longer|to 100)",
            r"(?:look|feel) (?:ten|10|20|twenty) years younger",
        ),
    ),
    Rule(
        name="free_with_conditions",
        why=reasons.CONDITIONS,
        pattern=words(
            r"free (?:\w+ ){0,3}(?:with (?:any|every|your|a|the|each) (?:\w+ )?(?:purchase|order|contract|subscription)|when you (?:buy|order|spend|sign|subscribe|join))",
            r"(?:just|only) pay (?:the )?(?:shipping|postage|handling|p&p)",
            r"free[^.!?]{0,60}(?:conditions apply|terms apply|t&cs? apply|subject to|minimum (?:order|spend|purchase))",
            r"(?:absolutely|totally|completely|100 ?%) free",
        ),
    ),
    Rule(name="free_with_star", why=reasons.CONDITIONS, pattern=shape_of(r"(?<!\w)free(?: [\w-]+){0,3} ?\*")),
    Rule(
        name="hyperbole",
        why=reasons.HYPERBOLE,
        pattern=words(
            r"mind[- ]?blowing(?:ly)?|jaw[- ]?dropping|life[- ]?changing|game[- ]?chang(?:er|ers|ing)|earth[- ]?shattering|eye[- ](?:popping|opening)",
            r"unbelievabl[ey]|insane(?:ly)?|incredibl[ey]|hilarious(?:ly)?|adorabl[ey]|shocking(?:ly)?|jaw[- ]droppingly",
            r"ridiculous(?:ly)?|amazing(?:ly)?|awesome|breathtaking|magical(?:ly)?|spine[- ]tingling|heart(?:breaking|warming|-warming|-breaking)",
            r"badass|genius (?:hack|way|trick|idea|[\w-]+)s?|flawless|fierce|epic (?!poems?|poets?|poetry|theatre|games|drama|novel|in )\w+",
            r"(?:cut|crazi|weird|funni|scari|sexi|hott|cool|sweet|dumb|creepi|shitti|grossest|craziest|cutest)est|grossest",
            r"(?:blow|blew|blown) (?:your|my|our) minds?",
            r"(?:change|changes|changed) (?:your|my) (?:life|game|world|mind forever)",
            r"(?:restore[sd]?|ruin(?:s|ed)?) your (?:faith|childhood|life|day)",
            r"(?:seen|tasted|heard) to be believed",
            r"(?:you (?:won'?t|will not|wouldn'?t) believe|you'?ll never (?:guess|believe|look)|wait (?:until|till) you see)",
            r"(?:will |going to )?(?:restore|melt|break|warm|steal)s? (?:your|our) (?:faith|heart)s?(?: in \w+)?",
            r"(?:say )?goodbye to (?!the mayor|the team)(?:[\w-]+ ){0,3}\w+(?: (?:forever|for good))?|bills? forever|for ?ever free",
            r"(?:unleash|unlock|unstoppable|dominate|dominating|supercharge|crush(?:ing)?) (?:your|the|google|seller|any|every|it)(?: \w+)?",
            r"(?:unleash|revolutionary|revolutioni[sz]es?|magic(?:al)? formula|secret (?:formula|weapon|sauce|ingredient|method|system|recipe))",
            r"(?:so|too) good (?:it|to|that it) (?:should be illegal|be true)(?: \w+)?",
            r"(?:break(?:s|ing)?|broke|los(?:es?|ing)) (?:the internet|(?:its|their|our) minds?)|(?:taking|took|takes) the (?:\w+ )?(?:by storm|world by)",
            r"by storm|(?:everyone|everybody|the internet|people) (?:is|are|can'?t stop) (?:talking about|raving about|obsessed|laughing at|sharing|losing)",
            r"(?:changes?|changed|ruins?|ruined) everything|(?:will|could|can|may) change your \w+",
            r"(?:is|are) secretly [\w-]+ing|\w+ (?:swear|swears) by (?:this|these|it)|(?:is|are) out to get you",
            r"(?:banks|lawyers|plumbers|landlords|insurers|companies|teachers|they|everyone|casinos|experts) (?:secretly )?hate (?:this|these|him|her|it|when)",
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

_TEASING_WORDS = Rule(
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
        r"here'?s the catch|(?:and )?(?:this|here) is (?:why|how|what happened)|(?:this|here)'s (?:why|how|what happened)",
        r"everything you (?:know|knew|thought)[^.!?]{0,40}(?:wrong|changes)",
        r"[\w']+'s (?:simple |weird |old |secret |clever )?(?:trick|hack|secret|remedy)(?: \w+)?",
        r"(?:weird|simple|clever|tiny|old|ancient|genius|sneaky|\d+-year-old|savings?|money|morning) (?:\w+ )?(?:trick|hack)s?",
        r"proof (?:that )?(?:you|your|we|our|cats|dogs|the \w+ is|love|\w+ is|\w+ are)(?: \w+)?",
        r"we (?:bet|dare) you(?: \w+)?|(?:we(?:'ll| will|can| can) (?:guess|reveal|tell you|predict))|find out in \d+ seconds",
        r"(?:says|say|reveals?) about (?:you|your \w+)(?: \w+)?",
    ),
    unless=_HARD_NEWS,
)

_PLAIN_QUESTION = (
    # An interview asks what somebody has or does; a teaser asks who they are.
    r"^\W*\d{1,2} (?:[\w-]+ ){0,2}(?:questions|documents|steps|numbers|terms|lines|items|forms|dates|points|ways) (?:to (?:ask|bring|check|compare|read"
    r"|sign|prepare|file|insulate|measure|pay|apply|install|repair|send|calculate)|you need for)\b|^\W*what you (?:need|get|pay|should (?:bring|know|check|ask))\b(?! to see)|^\W*(?:(?:which|what|how (?:many|much|old|long|often|large|big|far|warm))\b[^?]{0,50}\b(?:do|did|have|can|would) you"
    r" (?:use|have|own|heat|pay|live|rent|plan|work|buy|burn|spend|expect|expecting|prefer|drive|store|write|send|need|like to|want to)\b[^?]*"
    r"|(?:do|did|have|are|would) you (?:use|have|own|rent|heat|pay|plan|work|live|buy|already|currently|had|insulated|planning|renting|the owner)\b[^?]*)\?$"
    r"|^\W*here (?:is|are) (?:your|the) (?:link|file|guide|report|results?|answers?|code|invoice|offer|quote|ticket|address|draft|list)\b"
)

_TEASING = Shape(
    name="teasing",
    why=reasons.TEASE,
    enough=3,
    unless=shape_of(rf"{_HARD_NEWS.pattern}|{_PLAIN_QUESTION}"),
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
                r"^\W*(?:here'?s|here are (?:\d|some|all|a few|the (?:best|most|first|only|\w+est|\d+|\w+ reasons?))|here is (?:what|why|how|the (?:reason|truth))|this is (?:what|how|why|the|for)|that'?s|there'?s (?:a|an|nothing))(?!\w)"
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
                r"^\W*(?:we (?:know|can|bet|tried|asked|found|need|sat|invaded)|can (?:we|you) (?:guess|spot|find|name|solve|tell|pass|identify|match|handle|survive|beat|remember|make it|figure|get through|still|pick|recogni\w+)|could you|would you|do you|are you|did you|were you|have you|how (?:\w+ ){1,6}(?:do|did|are|were|would|is|can) (?:you|your)|how many of (?:these|the)|be honest|tell us|let'?s|try (?:and|to)|ever wonder)(?!\w)"
            ),
        ),
        Cue(
            weight=3,
            pattern=shape_of(
                r"^\W*(?:which|what|what'?s|who|where'?s) [^?]{1,60}(?:are you|do you belong|(?:match|describe|represent|suit|fit)(?:s|es)? you|is your|are your"
                r"|were you|you are|you belong|should you (?:be|date|marry|watch|read|live|eat|move|visit|adopt|dress|try|wear|listen)|you should|would you)(?!\w)"
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

RULES = RuleSet(rules=(*_STRONG, _TEASING_WORDS), shapes=(_TEASING,))
