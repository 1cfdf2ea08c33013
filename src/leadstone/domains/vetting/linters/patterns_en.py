"""Haste, scarcity and shame in English."""

from leadstone.domains.vetting.linters import reasons
from leadstone.domains.vetting.linters.finding import Rule, RuleSet, shape_of, words

_UNIT = r"(?:days?|hours?|hrs?|hr|minutes?|mins?|min|seconds?|secs?|sec|d|h|m|s)"
_STOCK = (
    r"(?:items?(?:\(s\))?|item\(s\)|units?|pieces?|pairs?|bottles?|seats?|spots?|places?|rooms?|tickets?|copies|yards?|boxes)"
)

RULES = RuleSet(
    rules=(
        Rule(
            name="countdown",
            why=reasons.HASTE,
            pattern=shape_of(
                rf"(?<![\w:.])\d{{1,2}}\s?:\s?\d{{2}}\s?:\s?\d{{2}}(?:\s?:\s?\d{{2}})?(?![\w:])"
                rf"|(?<!\w)(?:\d+\s*{_UNIT}\s*[:,]?\s*(?:and\s+)?){{2,}}(?!\w)"
                rf"|(?<!\w)(?:days?|hours?|hrs)\s*[:|]?\s*(?:hours?|hrs|minutes?|mins?)\s*[:|]?\s*(?:minutes?|mins?|seconds?|secs?)(?!\w)"
                rf"|time (?:remaining|left)\s*:?|time is running out"
            ),
            unless=words("ago"),
        ),
        Rule(
            name="ends_soon",
            why=reasons.HASTE,
            pattern=words(
                r"(?:offer|sale|deal|deals|promotion|promo|discount|price|prices|delivery|registration|enrol?lment|bonus|event)s?"
                r"(?: \w+){0,3} (?:ends?|ending|expires?|expiring|closes?|closing|increases?|go(?:es)? up)"
                r"(?: (?:in|on|at|soon|today|tonight|tomorrow|once|this|midnight|sunday|monday))?",
                r"ends? (?:in|soon|today|tonight|tomorrow|at midnight|this (?:week|weekend|sunday))",
                r"ending (?:soon|today|tonight)",
                r"expires? (?:in|soon|today|tonight|at midnight)",
                r"(?:cart|order|items?|basket|price|spot|seat)s? (?:will expire|(?:is|are)? ?(?:reserved|prioriti[sz]ed|held|saved)) (?:for|in)",
                r"(?:order|check ?out|buy|book|register|reply) (?:with)?in (?:the next )?\d[\d:]*",
                r"(?:final|last) (?:hours?|minutes?|days?|call|chance)",
                r"last[- ]chance",
                r"don'?t (?:miss (?:out|this|it|your)|wait|delay)",
                r"before (?:it'?s|they'?re) (?:too late|gone)",
            ),
            unless=words("weekend trip", "deadline for tax"),
        ),
        Rule(
            name="hurry",
            why=reasons.HASTE,
            pattern=words(
                r"hurry(?: up)?",
                r"act (?:now|fast|today|quickly)",
                r"limited[- ]time(?: only| offers?| deal)?",
                r"for a (?:very )?(?:limited|short) time",
                r"(?:today|tonight|this weekend|one day|24 hours?|48 hours?) only",
                r"only (?:today|tonight|this weekend)",
                r"flash (?:sale|offer|deal)s?",
                r"\d+[- ]hour (?:sale|deal|offer)",
                r"now or never",
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
                r"(?:only|just) \d+ (?:in stock|available|more)",
                r"\d+ in stock",
                r"in stock:? ?(?:only )?\d+(?: left)?",
                rf"(?:only |just )?a? ?few ?{_STOCK}? (?:are )?(?:left|remaining|remain)(?: in stock)?",
                rf"(?:only |the )?last (?:few )?{_STOCK}(?: left| remaining| in stock)?",
                r"(?:last|final) (?:few|one|ones)",
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
                r"in (?:(?:high|strong|great|huge|heavy) )?demand",
                r"(?:high|strong) demand",
                r"while (?:stocks?|suppl(?:y|ies)) lasts?",
                r"get (?:yours|it|one) (?:now )?before",
                r"(?:rarely|won'?t|never) (?:be )?restock(?:ed)?",
            ),
            unless=words(r"back by demand", r"on demand", r"by popular demand"),
        ),
        Rule(
            name="shaming_no",
            why=reasons.SHAME,
            pattern=shape_of(
                r"(?:^|(?<=[!?.] )|(?<=[!?.]))\W*(?:no|nah|nope)\b[,.!]*(?: thanks?| thank you)?[\s,.:!-]*"
                r"(?:(?:i|i'?ll|i'?d|i'?m|i'?ve|my|let me|we|don'?t|free|money|saving|not)\b[^.!?]*|[^.!?]*\b(?:isn'?t|aren'?t) for me\b)"
                r"|(?:^|(?<=[!?.] ))\W*i (?:don'?t|do not|hate|prefer|want to|would rather|love paying|like paying|enjoy paying|am fine|already)\b"
                r"[^.!?]*\b(?:feel lucky|full price|pay(?:ing)? (?:more|full|for|extra)|sav(?:e|ing|ings)|discounts?|money|free|deals?"
                r"|offers?|protect|bonus(?:es)?|miss(?:ing)? out|win(?:ning)?|gifts?|help|healthy?|grow|rewards?|perks?|better|lucky|add this)\b"
                r"|(?:^|(?<=[!?.] ))\W*i'?(?:ll|d| will| would) (?:rather |prefer |just |shop |pay |pass|skip|risk|take my chances|stay|stick)[^.!?]*"
                r"|(?:^|(?<=[!?.] ))\W*(?:maybe later|skip),? i (?:don'?t|hate|like)[^.!?]*"
            ),
        ),
    ),
)
