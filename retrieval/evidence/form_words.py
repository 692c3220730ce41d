"""What the words of a text look like that has a number, a sum, a day, a name or another kind of answer."""

from __future__ import annotations

import re

from ingest.values import MONTHS

NUMBERS = (
    "två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton"
    "|(?:tjugo|(?:tret|fyr|fem|sex|sjut|åt|nit)tio)(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio)?|hundra|tusen|hälften|halva"
    "|tredjedel|fjärdedel|dubbelt|båda|noll|ingen|inga|inget|gånger"
)
HAS_NUMBER = re.compile(rf"\d|\b(?:{NUMBERS})\b", re.IGNORECASE)
PER_TIME = re.compile(
    r"\b(?:per|i|en gång (?:per|i|om)) (?:vecka|veckan|dag|dagen|dygn|år|året|månad|månaden|termin|timme|timmen)\b"
    r"|\b(?:kontinuerlig|löpande|regelbund|daglig|årlig|återkommande)\w*|\bvarje \w+",
    re.IGNORECASE,
)
HAS_OFTEN = re.compile(
    rf"\b(?:tertial|kvartal|halvår|månads?vis|veckovis|mandatperiod|månatlig|dagligen|vartannat|var(?:je|annan|t)\b"
    rf"|(?:{NUMBERS}|\d+) gånger|i taget\b|per \w+)",
    re.IGNORECASE,
)
HAS_TIME = re.compile(
    rf"\b(?:{'|'.join(MONTHS)})\b|\d{{4}}|tertial|\b(?:våren|hösten|sommaren|vintern|halvår\w*|årsskiftet|kvartal\w*|vecka|veckor|månad\w*|"
    r"årligen|dagar|timmar|början av|slutet av)\b",
    re.IGNORECASE,
)
HAS_REASON = re.compile(
    r"\b(?:på grund av|pga|p\.g\.a|därför|beror|eftersom|i syfte|syfte\w*|för att|till följd av|anledning"
    r"|så att|mot bakgrund|med hänsyn|då den|då det|förklar(?:as|ing)\w*|orsak\w*|genom att|möjliggöra)\b",
    re.IGNORECASE,
)
_BODIES = (
    "nämnd|förvaltning|styrelse|enhet|avdelning|kontor|bolag|myndighet|verk(?:et)?\\b|polis|region|råd(?:et|en)?\\b|team|grupp"
    "|förening|organisation|sekretariat|kansli|stab(?:en)?\\b|företag|högskola|universitet|socialtjänst|försäkringskassa"
)
_ROLES = (
    "chef|direktör|ledare|rektor|ordförande|ledamot|ledamöter|samordnare|handläggare|sekreterare|controller|registrator"
    "|ansvarig|ombud|sköterska|lärare|pedagog|coach|konsult|assistent|medarbetare|personal|anställd|utförare|leverantör"
    "|entreprenör|ägare|hyresvärd|värd(?:en|ar)?\\b|ingenjör|vakt|lots|utredare|kommunikatör|politiker|tjänsteman|invånare"
    "|terapeut|curator|kurator|psykolog|fältassistent|kontaktperson|specialist|strateg|inspektör|kock|arbetare"
    "|ekonom(?:en|er)?\\b|jurist|upphandlare|skötare|tekniker|vaktmästare|bibliotekarie|rådgivare|kundtjänst|reception"
)
HAS_ROLE = re.compile(_ROLES, re.IGNORECASE)
HAS_BODY = re.compile(rf"{_BODIES}|{_ROLES}|\bAB\b", re.IGNORECASE)
# Who may do something, or whom it is for, is told by what people they are: "öppen för alla som har ett beslut".
WHO_MAY = re.compile(
    r"\b(?:vem|who)(?:['’]s| \w+){0,4}"
    r" (?:får|kan|till för|gets? to|can|may|able|allowed|entitled|eligible|qualif\w+|for)\b",
    re.IGNORECASE,
)
HAS_GROUP = re.compile(
    r"\b(?:alla|den|de|dem|samtliga|personer|barn|unga|ungdomar|äldre|elever|boende|familjer|föräldrar|vuxna|pensionärer"
    r"|föreningar|brukare|kunder|medlemmar|kvinnor|män)\b",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"(?<=[.!?])\s+|\n")
# A capital within a sentence: a name of somebody, or of a place.
HAS_NAME = re.compile(r"(?<=[\w,;–] )(?:[A-ZÅÄÖ][a-zåäöé]+|[A-ZÅÄÖ]{2,})\b|\b[A-ZÅÄÖ]{2,}\b")
HAS_MONEY = re.compile(r"\d[\d ,]*\s?(?:mnkr|tkr|kr\b|kronor|miljon|mkr|procent|%)", re.IGNORECASE)
HAS_SUM = re.compile(r"\d[\d ,]*\s?(?:mnkr|tkr|kr\b|kronor|miljon|mkr)", re.IGNORECASE)
OF_MONEY_TOO = re.compile(
    r"mnkr|\b(?:tkr|kr|kronor)\b|pris|avgift|taxa|ersättning|kostnad|hyra|belopp|budget|investering", re.IGNORECASE
)  # as the headers of a table say it
HAS_PRICE = re.compile(r"\d[\d ,]*\s?(?:kr\b|kronor|kr/|procent|%)", re.IGNORECASE)
HAS_KRONOR = re.compile(r"\bkr\b|kronor", re.IGNORECASE)
IS_FREE = re.compile(
    r"\bgratis\b|\b(?:avgifts|kostnads)fri\w*|\bfri(?:tt)? (?:entré|inträde)|\b(?:utan|ingen) (?:avgift|kostnad)\b",
    re.IGNORECASE,
)
HAS_DATE = re.compile(
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\b\d{{1,2}}(?:(?:\s+|:e )(?:{'|'.join(MONTHS)})|/\d{{1,2}}\b)"
    r"|\bv(?:ecka|eckorna|\.) ?\d",
    re.IGNORECASE,
)
# What stands for a day without its number: "från midsommar till slutet av september".
HAS_FEAST = re.compile(
    r"\b(?:midsommar|jul|nyår|påsk|valborg|pingst|årsskifte)(?:en|et|afton(?:en)?|dag(?:en)?)?\b"
    rf"|\b(?:början|mitten|slutet) av (?:{'|'.join(MONTHS)})\b",
    re.IGNORECASE,
)
HAS_DURATION = re.compile(
    rf"\b(?:\d[\d,]*|{NUMBERS}|ett)(?:[-–]\d+)? "
    r"(?:första |hela |sista )?(?:år|månader|veckor|dagar|dygn|timmar|minuter|terminer)(?:na|en)?\b"
    rf"|\b(?:\d+ ?|{NUMBERS})(?:års|månaders|veckors|dagars|timmars|minuters)"
    r"|\btill och med\b|\bt\.o\.m|\d[.:]\d\d[-–]"
    r"|\b(?:utan dröjsmål|omgående|omedelbart|skyndsamt|snarast|så snart som möjligt)\b",
    re.IGNORECASE,
)
HAS_END = re.compile(
    r"\b(?:tills?|tom|t\.o\.m|to|until|senast|före|innan|fram|under|mellan|gäller|går ut|löper|upphör\w*|avsluta\w*"
    r"|slut\w*|utgång\w*|klar\w*|färdig\w*)\b|\d ?[-–] ?\d",
    re.IGNORECASE,
)
HAS_CONTACT = re.compile(r"\b0\d{1,3}[- ]\d[\d ]{4,}|\S+@\S+\.\w+|www\.|https?://", re.IGNORECASE)
# Two numbers are hours where a day, or what is open, stands before them: "vecka 23–24" and "2025-03-31" are none.
_DAY = r"(?:(?:mån|tis|ons|tors|fre|lör|sön|var)dag(?:ar|en)?|alla dagar|helg(?:er|en)?|kväll(?:ar|en)?)"
HAS_HOURS = re.compile(
    r"\b(?:kl(?:\.|ockan)? ?\d|klockan \w|\d{1,2}[.:]\d{2}(?!\.?\d)|dygnet runt"
    rf"|(?:{_DAY}|öppe[tn]|mellan) \d{{1,2}} ?(?:[-–]|och|till) ?\d{{1,2}}\b)",
    re.IGNORECASE,
)
HAS_DAY = re.compile(rf"\b{_DAY}\b", re.IGNORECASE)
# On which days something is open, or comes again: "finns här måndagar och torsdagar".
HAS_OPEN_DAYS = re.compile(
    rf"\böppe[tn]\b.*\b{_DAY}\b|\b{_DAY}\b.*\böppe[tn]\b|\b(?:mån|tis|ons|tors|fre|lör|sön|var)dagar\b",
    re.IGNORECASE,
)
HAS_SHARE = re.compile(
    r"%|procent|\bandel\w*|\bindex\b|\b(?:av|på) (?:\d|(?:tio|tre|fyra|fem)\b)|hälften|halva|(?:tredje|fjärde)del",
    re.IGNORECASE,
)
# Two names in a row: that some places are written so too costs little, since this only refuses what has none.
HAS_PERSON = re.compile(r"\b[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?(?: [A-ZÅÄÖ][a-zåäöé]+)+\b")
HAS_PAST = re.compile(
    r"\b(?:VB|Bokslut|Utfall|utfall\w*|blev|var|hade|fick|gick|kom|gjorde|tog|gav|stod|fanns|uppgick|steg|sjönk|i fjol"
    r"|\w+(?:ade|dde|kte|rde|lde|(?<![ae])nde)s?)\b"
)
# What is to be, or is not to be gone beyond.
HAS_TARGET = re.compile(
    r"\b(?:\w*mål(?:et|en|värde\w*|nivå\w*|sättning\w*|tal\w*)?|ska|skall|target"
    r"|(?:minst|högst|max\w*)(?= (?:ca |cirka )?\d))\b",
    re.IGNORECASE,
)
HAS_SEX = re.compile(r"kvinn|\bmän|flick|tjej|pojk|kill|könsf", re.IGNORECASE)
HAS_QUOTED = re.compile(r"\"[^\"]{2,60}\"")
# Where something is: a thing in the definite that it is in, on or at, and no time: "i biblioteket", "på kajen".
HAS_SPOT = re.compile(
    r"\b(?:i|på|vid|hos|intill|bredvid|bakom|under|från|till) "
    r"(?!\w*(?:år|månad|veck|dag|tid|vår|sommar|höst|vinter|period)"
    r"|samband|början|slutet|mitten|stället|samarbete|följd)"
    r"\w{2,}(?:en|et|an|erna|arna|orna)\b|\b(?:bilaga|avsnitt) \d|\b(?:webb|intranät|hemsid)\w*",
    re.IGNORECASE,
)
HAS_STREET = re.compile(
    r"\w{2,}(?:gat(?:a|an|or|orna)|väg(?:en|ar|arna)?|gränd(?:en)?|stig(?:en)?|allén?|backen?|led(?:en)?|torg(?:et)?)\b"
)
HAS_ADDRESS = re.compile(
    r"\b\w+ ?(?:vägen|väg|gatan|gata|plan|gränd|torg|torget|stigen|allé|backe|backen) \d+|\S+@\S+\.\w+", re.I
)
HAS_PLACE = re.compile(r"\w{2,}(?:skol|gymnasi|park|torg)\w*")
HAS_LAW = re.compile(
    r"\w*(?:lag(?:en|ar|arna|stiftning(?:en)?)?|balk(?:en)?|förordning(?:en)?)\b|\b[A-ZÅÄÖ][A-ZÅÄÖo][A-ZÅÄÖ]{1,2}\b"
)
HAS_AGE = re.compile(
    rf"\b(?:årskurs|åk|klass) ?\d|\w+(?:årsåldern?|åring(?:ar)?)\b|\balla åldrar\b|\b(?:fyllt|fyller) (?:\d|{NUMBERS})"
    rf"|\b(?:\d+|{NUMBERS}) (?:år|månader)\b|\b(?:{NUMBERS})års\w*",
    re.IGNORECASE,
)
HAS_AUTHORITY = re.compile(
    r"\b(?:[A-ZÅÄÖ]\w+(?:styrelsen?|verket|inspektionen|myndigheten|ombudsmannen|kassan|domstolen)|Polisen|IVO|JO|DO)\b"
    r"|\b(?:länsstyrelsen|polisen|regionen|kronofogden|domstol(?:en)?)\b"
)
# What was found: by whom, or that it is so.
HAS_FOUND = re.compile(
    r"\b(?:visa(?:r|de|t|s)|fram(?:gick|går|kom(?:mit|mer)?)|hitta(?:de|t|des|ts)|upptäck\w+|tyck(?:te|er)|ans(?:er|åg)"
    r"|upplev(?:de|er)|svara(?:de|r|t)|uppg(?:av|er)|anger|angav|konstatera\w*|identifiera\w*|påpeka\w*|slutsats\w*"
    r"|brister|kritik\w*|lär(?:t|dom\w*)|resultatet|ännu inte)\b",
    re.IGNORECASE,
)
# A firm is called so, or named as who does something or with whom: "driven av Havsro", "entreprenören Havsro".
HAS_FIRM = re.compile(
    r"\b(?:AB|HB|KB)\b|\w+(?:bolaget|kompaniet|företaget)\b|[A-ZÅÄÖ]\w+ & [A-ZÅÄÖ]\w+"
    r"|\b(?:av|från|med|hos|genom|(?:[Ee]ntreprenör|[Ll]everantör|[Uu]tförare)(?:e?n|e?rna)?(?: är|:)?"
    r"|företaget|firman|bolaget) "
    r"(?:[A-ZÅÄÖ][a-zåäöé]+|[A-ZÅÄÖ]{2,})\b"
)
CAPITAL = r"(?<=[\w,;–:] )[A-ZÅÄÖ]\w*"  # no first word of a sentence
OF_FIRMS = re.compile(r"leverantör|entreprenör|utförare|företag|bolag|firma", re.IGNORECASE)  # in a table's header
# Numbers that count nothing: a year, a day of a month, a time of day, an annex, a school year, a house.
NO_COUNT = re.compile(
    r"(?<![\d,.])(?:19|20)\d{2}(?:-\d{2}-\d{2})?(?!\d|,\d)"
    rf"|\b(?:den )?\d{{1,2}}(?:[-–]\d{{1,2}})? (?:{'|'.join(MONTHS)})\b|\b\d+(?:\.\d+){{2,}}"
    r"|(?:\b(?:bilaga|årskurs|åk|kapitel|kap\.?|sid\.?|klockan|kl\.?)|§) ?\d+(?:\.\d+)*"
    r"|\b\w+(?:vägen|väg|gatan|gata|gränd|stigen|allén?|backen?) \d+",
    re.IGNORECASE,
)
# Numbers that measure, and count no things: an age, energy, a length, a weight, a share.
AGE = re.compile(r"\d[\d ,]*(?:[-–]\d+)?[ -]?år(?:s|ing\w*|iga?|en)?\b(?! sedan)", re.IGNORECASE)
MEASURE = re.compile(
    rf"{AGE.pattern}|\d[\d ,]*(?:[-–]\d+)?[ -]?(?:[kMGT]?Wh\b|k?m[²2]?\b|kvm\b|kvadratmeter|kilometer|meter"
    r"|kg\b|ton\b|%|procent)",
    re.IGNORECASE,
)
# Units as asked for, and those that a plan may tell them in.
UNITS = (
    (re.compile(r"\b(?:minut\w*|minutes?)\b", re.I), "minut|timm"),
    (re.compile(r"\b(?:timmar|hours?|hrs)\b", re.I), r"timm|h\b|minut"),
    (re.compile(r"\b(?:dagar|days?|dygn)\b", re.I), "dag|dygn|timm|veck"),
    (re.compile(r"\b(?:veckor|weeks?|månader|manader|months?)\b", re.I), r"veck|månad|dag|dygn|år\b"),
    (re.compile(r"\b(?:kvadratmeter|kvm|m2|square met(?:er|re)s?)\b", re.I), "kvadratmeter|kvm|m2|m²|hektar"),
    (re.compile(r"\b(?:kilometer|kilometers?|kilometres?|km)\b", re.I), "kilometer|km"),
)
# What is asked how many there are of, and what a plan may count for it.
HELD_AS = (
    (
        re.compile(r"\b(?:hur många|how many|antal(?:et)?|number of) (?:anställda|medarbetare|employees|staff)\b"
                   r"|\b(?:hur många|how many)(?: \w+){0,2} (?:jobbar|arbetar|work)\b", re.I),
        rf"(?!ledam|politi|invån)(?:{_ROLES})|tjänst|årsarbet|person|bemann|heltid|avlön|anställ|medarbet",
    ),
    (
        re.compile(r"\b(?:hur många|how many|antal(?:et)?|number of) (?:platser|places|spots|beds)\b", re.I),
        r"plats|lägenhet|person|boende|deltag|elev|rum\b|besök|gäst|bädd|säng|barn(?:en)?\b|ungdom|vuxna|kund|brukar",
    ),
)  # fmt: skip
CALLED = re.compile(r"\b(?:heter|hette|heta|kallas?|kallad\w*|namn\w*|namngav\w*|döp\w*)\b", re.IGNORECASE)
# The words before and after a number.
NEAR_NUMBER = re.compile(
    rf"((?:[^\W\d]+,? ){{0,6}})(?:\d+(?:[ \u00a0\u2009]\d{{3}})*|\b(?:{NUMBERS})\b)((?: [^\W\d]+){{0,5}})",
    re.IGNORECASE,
)
