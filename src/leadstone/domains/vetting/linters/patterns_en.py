"""Haste, scarcity and shame in English."""

from leadstone.domains.vetting.linters import reasons
from leadstone.domains.vetting.linters.finding import Rule, RuleSet, shape_of, words

_UNIT = r"(?:days?|hours?|hrs?|hr|minutes?|mins?|min|seconds?|secs?|sec|d|h|m|s)"
_STOCK = r"(?:items?(?:\(s\))?|item\(s\)|units?|products?|pieces?|pcs\.?|pairs?|bottles?|seats?|spots?|places?|rooms?|tickets?|copies|yards?|boxes)"

RULES = RuleSet(
    rules=(
        Rule(
            name="countdown",
            why=reasons.HASTE,
            pattern=shape_of(
                rf"(?<![\w:.])\d{{1,2}}\s?:\s?\d{{2}}\s?:\s?\d{{2}}(?:\s?:\s?\d{{2}})?(?![\w:])"
                rf"|(?<!\w)(?:\d+\s*{_UNIT}\s*[:,]?\s*(?:and\s+)?){{2,}}(?!\w)"
                rf"|(?<!\w)(?:days?|hours?|hrs)\s*[:|]?\s*(?:hours?|hrs|minutes?|mins?)\s*[:|]?\s*(?:minutes?|mins?|seconds?|secs?)(?!\w)"
                rf"|(?<!\w)days?\s*/\s*(?:hours?|hrs?)\s*/\s*(?:minutes?|mins?)"
                rf"|time (?:remaining|left)\s*:?|time is running out"
            ),
            unless=words(
                r"ago|duration|run[- ]?time|departures?|arrivals?|build|version|boil|cook|bake|video|recording|lasts?|length|walk|drive|log(?:ged)?"
            ),
        ),
        Rule(
            name="ends_soon",
            why=reasons.HASTE,
            pattern=words(
                r"(?:offer|sale|deal|deals|promotion|promo|discount|price|prices|delivery|registration|enrol?lment|bonus)s?"
                r"(?: \w+){0,3} (?:ends?|ending|expires?|expiring|closes?|closing|increases?|go(?:es)? up)"
                r"(?: (?:in|on|at|soon|today|tonight|tomorrow|once|this|midnight|sunday|monday))?",
                r"(?:event|webinar|course)s? (?:ends?|closes?) (?:in \d|soon|today|tonight|tomorrow)",
                r"ends? (?:in|soon|today|tonight|tomorrow|at midnight|this (?:week|weekend|sunday))",
                r"ending (?:soon|today|tonight)",
                r"expires? (?:in|soon|today|tonight|at midnight)",
                r"(?:cart|order|items?|basket|price|spot|seat)s? (?:will expire|will be (?:reserved|held|released)|(?:is|are)? ?(?:reserved|prioriti[sz]ed|held|saved)) (?:for|in) (?:\d|the next|a limited|only|just)[\d:]*",
                r"(?:complete|finish|place) your (?:purchase|order|booking|checkout) (?:with)?in (?:the )?(?:next )?\d[\d:]*",
                r"(?:order|check ?out|buy|book|register|reply|activate|claim|redeem)(?: it| now)? (?:with)?in (?:the next )?\d[\d:]*",
                r"(?:final|last) (?:hours?|minutes?|days?|call|chance)(?! of)",
                r"last[- ]chance",
                r"don'?t (?:miss (?:out|this|it|your)|wait|delay)",
                r"before (?:it'?s|they'?re|they|it|somebody|someone|time) (?:too late|gone|sells?(?: out)?|else|runs? out|disappears?)",
                r"(?:valid|good|yours|available) (?:only )?for (?:the )?(?:next )?\d+ (?:more )?(?:minutes?|hours?) ?(?:only)?",
                r"(?:price|prices|cost|fee)s? (?:goes|go|rises?|increases?|jumps?) (?:up )?(?:tonight|tomorrow|at midnight|soon|in \d+ \w+)",
                r"(?:can'?t|won'?t|cannot) (?:hold|keep|reserve) (?:your|this) (?:cart|basket|seat|spot|price|order)\w*",
                r"(?:disappears?|vanish(?:es)?|gone|lost) (?:when|if|as soon as|once) you (?:leave|close)",
                r"clos(?:es|ing) soon|(?:clock|timer) (?:is )?ticking",
            ),
            unless=words("weekend trip", "deadline for tax"),
        ),
        Rule(
            name="hurry",
            why=reasons.HASTE,
            pattern=words(
                r"(?<!no )(?<!not )(?<!any )(?<!a )(?<!to )(?<!without )hurry(?: up)?",
                r"act (?:now|fast|today|quickly)",
                r"limited[- ](?:time(?: only| offers?| deal)?|offers?|deals?)",
                r"for a (?:very )?(?:limited|short) time",
                r"(?:today|tonight|this weekend|one day|24 hours?|48 hours?) only",
                r"only (?:today|tonight|this weekend)",
                r"flash (?:sale|offer|deal)s?",
                r"\d+[- ]hour (?:sale|deal|offer)",
                r"now or never",
                r"(?:one|1)[- ]time (?:only )?(?:offer|deal|chance)|(?:never|not) see (?:this|it) again|24[- ]hour (?:deal|offer|sale)",
                r"(?:be|act) quick|quick!|snap (?:it|one|them) up|grab (?:it|yours|one) (?:now|before|while)",
                r"won'?t last(?: long)?|going,? going",
                r"while (?:you|it) (?:still )?(?:can|lasts?)",
                r"this offer (?:won'?t|will not) (?:last|be repeated|come back)",
                r"once (?:it'?s|they'?re) gone",
                r"discount pending",
            ),
        ),
        Rule(
            name="few_left",
            why=reasons.SCARCITY,
            pattern=words(
                rf"(?:only|just|less than|fewer than|over|last|final)? ?\(?\d[\d.,]* ?{_STOCK}? ?(?:\(s\) )?(?:are |is )?(?:left|remaining|remain)"
                r"(?: in (?:stock|inventory|this size|size \w+))?",
                rf"(?:{_STOCK} )?left:? ?\d+",
                rf"(?:only|just) one (?:last )?{_STOCK} (?:left|remaining|available)|(?:only|just) one left",
                r"(?:only|just) \d+ (?:in stock|available|more)",
                r"\d+ in stock|in stock ?\(\d+\) left",
                r"in stock:? ?(?:only )?\d+(?: left)?",
                rf"(?:only |just )?a? ?few ?{_STOCK}? (?:are )?(?:left|remaining|remain)(?: in stock)?",
                rf"(?:only |the )?last (?:few )?{_STOCK}(?: left| remaining| in stock)?",
                r"(?:last|final) (?:few|one|ones)",
                r"(?:only )?a handful (?:left|remaining|available)",
                r"(?:very )?few (?:\w+ )?(?:left|remaining|remain)(?: this \w+)?",
                r"\d+ (?:left|remaining) (?:at|for) this price|only \d+ (?:\w+ )?(?:at|for) this price|\d+ ?% claimed",
                r"\d+ ?% (?:offers? )?(?:claimed|sold|gone|reserved)",
                r"\d+ claimed",
            ),
            unless=words("out of stock", "turn left", "years? left", "minutes? left to read", "dead", "injured"),
        ),
        Rule(
            name="low_stock",
            why=reasons.SCARCITY,
            pattern=words(
                r"low (?:in )?stock(?: alert)?",
                r"stock (?:is )?(?:low|limited|running (?:low|out))",
                r"running (?:low|out)(?: of stock| fast)?",
                r"run out of stock",
                r"limited (?:stock|quantit(?:y|ies)|availability|supply|supplies|number|items?|spots?|places?|seats?|edition sale)"
                r"(?: (?:left|remaining|available))?",
                r"(?:very |only )?limited items? left",
                r"(?:selling|going) (?:out )?(?:fast|quickly)",
                r"sell(?:s|ing)? out (?:fast|quickly|soon)",
                r"(?:almost|nearly) (?:gone|sold out|full|over)",
                r"in (?:(?:high|strong|great|huge|heavy) )?demand(?! (?:for|of)\b)",
                r"(?:spaces?|spots?|seats?|places?) (?:are )?(?:filling|going|disappearing)(?: up| fast)?|(?:stock|supplies|they|it) won'?t last",
                r"once (?:they|it)(?:'re|'s| are| is) gone",
                r"sell[- ]?out (?:risk|warning|alert)|(?:you )?just missed it",
                r"(?:high|strong) demand(?=\W*$|!| item| product)",
                r"while (?:stocks?|suppl(?:y|ies)) lasts?",
                r"get (?:yours|it|one) (?:now )?before",
                r"(?:rarely|won'?t|never) (?:be )?restock(?:ed)?",
            ),
            unless=words(r"back by demand", r"on demand", r"by popular demand"),
        ),
        Rule(
            name="crowd",
            why=reasons.CROWD,
            pattern=words(
                r"\d+ (?:other )?(?:people|persons|visitors|customers|shoppers|users|others|guests)(?: are| have|'ve| is)?(?: also| currently| just| already)?"
                r" (?:looking|viewing|watching|browsing|bought|ordered|booked|added|reserved|in (?:their|other) carts?)(?: \w+){0,2}",
                r"(?:in|on) \d+ (?:other )?(?:people'?s|carts?|baskets?|wish ?lists?)(?: carts?| baskets?)?",
                r"\d+\+? (?:other )?(?:people|persons?|visitors|customers|shoppers|users|others|guests) (?:\w+ ){0,2}(?:looking|looked|viewing|viewed|watching|eyeing|checking|checked|browsing|adding|bought|ordered|purchased|saved)"
                r"(?! by| for)(?: \w+){0,3}|\d+ (?:\w+ )?(?:viewing|watching)(?: \w+)?",
                r"\d+\+? (?:\w+ )?sold in (?:the )?(?:last|past)? ?\d+ (?:hours?|days?|months?|minutes?)",
                r"(?:have|has) (?:this|it|these) in (?:their|his|her) (?:carts?|baskets?|bags?)(?: \w+){0,2}|last (?:purchased|bought|ordered|sold) (?:at )?\d[\d:]*(?: ?[ap]m)?(?: \w+)?",
                r"(?:in|from|near) [\w .,'-]{0,50}(?:just |recently )?(?:bought|purchased|ordered|booked|started buying)[^.!?]{2,120}? \d+ (?:minutes?|hours?|days?|seconds?) ago",
                r"(?:someone|somebody|\w+) (?:in|from|near) [\w .,'-]{0,40}(?:just|recently) (?:bought|purchased|ordered|booked|started buying)(?: \w+)?",
                r"(?:in|from) [\w .,'-]{0,50}(?:bought|purchased|ordered|booked) [^.!?]{2,120}?\b(?:an?|about \w+) (?:minute|hour|day|week|month)s? ago",
                r"\d+\+? (?:\w+ )?(?:sold|bought|booked|ordered|purchased|added)(?: \w+)? (?:in the (?:last|past)|today|this (?:week|hour|month)|within)(?: \w+){0,2}",
                r"(?:booked|bought|sold|ordered|viewed|purchased|added)(?: \w+){0,4} \d+ times (?:today|in the|this)(?: \w+){0,3}",
                r"trending now|\d+ ?% of (?:our )?(?:customers|shoppers|buyers) (?:added|chose|buy|bought|also)|^\W*\d+\+? (?:bought|sold|ordered)\W*$",
                r"last (?:purchase|order|sale|booking) (?:was )?\d+ (?:minutes?|hours?|days?|seconds?) ago",
                r"^\W*[a-z]+(?: [a-z]\.?)? (?:in|from|near) (?:[a-z.'-]+,? ){1,5}(?:has )?(?:just )?(?:bought|purchased|ordered|booked)(?! (?:by|for|from|a (?:house|company|majority|stake)))(?: [^.!?]{2,80})?",
                r"(?:someone|somebody|[A-Z]\w+ [A-Z]\.?) (?:in|from) [\w .,'-]{2,40} (?:just |recently )?(?:bought|purchased|ordered|booked|signed up|added)(?: \w+)?",
                r"(?:just|recently) (?:purchased|bought|booked) (?:by|in|from|this|a|the)(?: \w+)?|everyone is (?:buying|getting|ordering)(?: \w+)?",
                r"(?:people|others|customers) are (?:looking at|viewing|buying|watching) (?:this|it)",
            ),
        ),
        Rule(
            name="shaming_no",
            why=reasons.SHAME,
            pattern=shape_of(
                r"(?:^|(?<=[!?.] )|(?<=[!?.]))\W*(?:no|nah|nope)\b[,.!]*(?: thanks?| thank you)?[\s,.:!-]*"
                r"(?:(?:i(?! (?:rent|live|own|have|am not|do not have|already have))|i'?ll|i'?d|i'?m(?! not sure)|i'?ve|my|let me|don'?t|free|money|saving|not|keep my)\b[^.!?]*|[^.!?]*\b(?:isn'?t|aren'?t) for me\b)"
                r"|(?:^|(?<=[!?.] ))\W*i (?:don'?t|do not|hate|prefer|want to (?:pay|lose|miss|waste|overpay|keep)|would rather|love paying|like paying|enjoy paying|am fine|already)\b"
                r"[^.!?]*\b(?:feel lucky|full price|pay(?:ing)? (?:more|full|for|extra)|sav(?:e|ing|ings)|discounts?|money|free|deals?"
                r"|offers?|protect|bonus(?:es)?|miss(?:ing)? out|win(?:ning)?|gifts?|help|healthy?|grow|rewards?|perks?|better|lucky|add this)\b"
                r"|(?:^|(?<=[!?.] ))\W*i'?(?:ll|d| will| would) (?:rather |prefer |just |shop |pay |pass|skip|risk|take my chances|stay|stick)[^.!?]*"
                r"|(?:^|(?<=[!?.] ))\W*(?:not interested in|i don'?t care about|i have no interest in|i'?m fine with) (?:\w+ ){0,3}"
                r"(?:sav\w+|grow\w+|bills?|money|discounts?|health|comfort|family|future|business|better|free|success|paying|customers|profits?)\b[^.!?]*"
                r"|(?:^|(?<=[!?.] ))\W*i prefer to (?:struggle|overpay|pay|lose|waste|miss|suffer|freeze|stay)[^.!?]*"
                r"|(?:^|(?<=[!?.] ))\W*(?:maybe later|skip),? i (?:don'?t|hate|like)[^.!?]*"
            ),
        ),
    ),
)
