"""The form of an answer: what kind of thing a question asks for, and whether a text has one.

What kind a question names is told by its cues (`lexicon/cues.txt`); a text is tested for it here alone. Some kinds are
wished for, which draws a text to the front or a quote on; some are insisted on: what lacks them is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

from ingest.values import MONTHS, dates_in
from retrieval.language.cues import PATTERNS, Asks
from retrieval.language.dates import NUMBERS, Dates, names_year, number_of
from retrieval.language.swedish import STOP_WORDS, stem, tokens
from retrieval.question.extent import thing_listed
from retrieval.question.question import Question
from retrieval.store.search import Concept, analysed, terms_of
from retrieval.store.units import Kind

Form = Literal[
    "number", "count", "money", "kronor", "duration", "time", "date", "reason", "contact", "somebody", "staff",
    "person", "firm", "street", "law", "place", "price", "span", "extent", "address", "cost", "hours",
    "open", "share", "name", "where", "weekday",
    "sex", "often", "target", "age", "authority",
]  # fmt: skip

_NUMBERS = (
    "två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton"
    "|(?:tjugo|(?:tret|fyr|fem|sex|sjut|åt|nit)tio)(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio)?|hundra|tusen|hälften|halva"
    "|tredjedel|fjärdedel|dubbelt|båda|noll|ingen|inga|inget|gånger"
)
_HAS_NUMBER = re.compile(rf"\d|\b(?:{_NUMBERS})\b", re.IGNORECASE)
_PER_TIME = re.compile(
    r"\b(?:per|i|en gång (?:per|i|om)) (?:vecka|veckan|dag|dagen|dygn|år|året|månad|månaden|termin|timme|timmen)\b"
    r"|\b(?:kontinuerlig|löpande|regelbund|daglig|årlig|återkommande)\w*|\bvarje \w+",
    re.IGNORECASE,
)
_HAS_OFTEN = re.compile(
    rf"\b(?:tertial|kvartal|halvår|månads?vis|veckovis|mandatperiod|månatlig|dagligen|vartannat|var(?:je|annan|t)\b"
    rf"|(?:{_NUMBERS}|\d+) gånger|i taget\b|per \w+)",
    re.IGNORECASE,
)
_HAS_TIME = re.compile(
    rf"\b(?:{'|'.join(MONTHS)})\b|\d{{4}}|tertial|\b(?:våren|hösten|sommaren|vintern|halvår\w*|årsskiftet|kvartal\w*|vecka|veckor|månad\w*|"
    r"årligen|dagar|timmar|början av|slutet av)\b",
    re.IGNORECASE,
)
_HAS_REASON = re.compile(
    r"\b(?:på grund av|pga|p\.g\.a|därför|beror|eftersom|i syfte|syfte\w*|för att|till följd av|anledning"
    r"|då den|då det|förklar(?:as|ing)\w*|orsak\w*|genom att|möjliggöra)\b",
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
_HAS_ROLE = re.compile(_ROLES, re.IGNORECASE)
_HAS_BODY = re.compile(rf"{_BODIES}|{_ROLES}|\bAB\b", re.IGNORECASE)
# Who may do something, or whom it is for, is told by what people they are: "öppen för alla som har ett beslut".
_WHO_MAY = re.compile(
    r"\b(?:vem|who)(?:['’]s| \w+){0,4}"
    r" (?:får|kan|till för|gets? to|can|may|able|allowed|entitled|eligible|qualif\w+|for)\b",
    re.IGNORECASE,
)
_HAS_GROUP = re.compile(
    r"\b(?:alla|den|de|dem|samtliga|personer|barn|unga|ungdomar|äldre|elever|boende|familjer|föräldrar|vuxna|pensionärer"
    r"|föreningar|brukare|kunder|medlemmar|kvinnor|män)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n")
# A capital within a sentence: a name of somebody, or of a place.
_HAS_NAME = re.compile(r"(?<=[\w,;–] )(?:[A-ZÅÄÖ][a-zåäöé]+|[A-ZÅÄÖ]{2,})\b|\b[A-ZÅÄÖ]{2,}\b")
_HAS_MONEY = re.compile(r"\d[\d ,]*\s?(?:mnkr|tkr|kr\b|kronor|miljon|mkr|procent|%)", re.IGNORECASE)
_HAS_SUM = re.compile(r"\d[\d ,]*\s?(?:mnkr|tkr|kr\b|kronor|miljon|mkr)", re.IGNORECASE)
_OF_MONEY_TOO = re.compile(
    r"mnkr|\b(?:tkr|kr|kronor)\b|pris|avgift|taxa|ersättning|kostnad|hyra|belopp|budget|investering", re.IGNORECASE
)  # as the headers of a table say it
_HAS_PRICE = re.compile(r"\d[\d ,]*\s?(?:kr\b|kronor|kr/|procent|%)", re.IGNORECASE)
_HAS_KRONOR = re.compile(r"\bkr\b|kronor", re.IGNORECASE)
_IS_FREE = re.compile(
    r"\bgratis\b|\b(?:avgifts|kostnads)fri\w*|\bfri(?:tt)? (?:entré|inträde)|\b(?:utan|ingen) (?:avgift|kostnad)\b",
    re.IGNORECASE,
)
_HAS_DATE = re.compile(
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\b\d{{1,2}}(?:(?:\s+|:e )(?:{'|'.join(MONTHS)})|/\d{{1,2}}\b)"
    r"|\bv(?:ecka|eckorna|\.) ?\d",
    re.IGNORECASE,
)
# What stands for a day without its number: "från midsommar till slutet av september".
_HAS_FEAST = re.compile(
    r"\b(?:midsommar|jul|nyår|påsk|valborg|pingst|årsskifte)(?:en|et|afton(?:en)?|dag(?:en)?)?\b"
    rf"|\b(?:början|mitten|slutet) av (?:{'|'.join(MONTHS)})\b",
    re.IGNORECASE,
)
_HAS_DURATION = re.compile(
    rf"\b(?:\d[\d,]*|{_NUMBERS}|ett)(?:[-–]\d+)? "
    r"(?:första |hela |sista )?(?:år|månader|veckor|dagar|dygn|timmar|minuter|terminer)(?:na|en)?\b"
    rf"|\b(?:\d+ ?|{_NUMBERS})(?:års|månaders|veckors|dagars|timmars|minuters)"
    r"|\btill och med\b|\bt\.o\.m|\d[.:]\d\d[-–]"
    r"|\b(?:utan dröjsmål|omgående|omedelbart|skyndsamt|snarast|så snart som möjligt)\b",
    re.IGNORECASE,
)
_HAS_END = re.compile(
    r"\b(?:tills?|tom|t\.o\.m|to|until|senast|före|innan|fram|under|mellan|gäller|går ut|löper|upphör\w*|avsluta\w*"
    r"|slut\w*|utgång\w*|klar\w*|färdig\w*)\b|\d ?[-–] ?\d",
    re.IGNORECASE,
)
_HAS_CONTACT = re.compile(r"\b0\d{1,3}[- ]\d[\d ]{4,}|\S+@\S+\.\w+|www\.|https?://", re.IGNORECASE)
# Two numbers are hours where a day, or what is open, stands before them: "vecka 23–24" and "2025-03-31" are none.
_DAY = r"(?:(?:mån|tis|ons|tors|fre|lör|sön|var)dag(?:ar|en)?|alla dagar|helg(?:er|en)?|kväll(?:ar|en)?)"
_HAS_HOURS = re.compile(
    r"\b(?:kl(?:\.|ockan)? ?\d|klockan \w|\d{1,2}[.:]\d{2}(?!\.?\d)|dygnet runt"
    rf"|(?:{_DAY}|öppe[tn]|mellan) \d{{1,2}} ?(?:[-–]|och|till) ?\d{{1,2}}\b)",
    re.IGNORECASE,
)
_HAS_DAY = re.compile(rf"\b{_DAY}\b", re.IGNORECASE)
# On which days something is open, or comes again: "finns här måndagar och torsdagar".
_HAS_OPEN_DAYS = re.compile(
    rf"\böppe[tn]\b.*\b{_DAY}\b|\b{_DAY}\b.*\böppe[tn]\b|\b(?:mån|tis|ons|tors|fre|lör|sön|var)dagar\b",
    re.IGNORECASE,
)
_HAS_SHARE = re.compile(
    r"%|procent|\bandel\w*|\bindex\b|\b(?:av|på) (?:\d|(?:tio|tre|fyra|fem)\b)|hälften|halva|(?:tredje|fjärde)del",
    re.IGNORECASE,
)
# Two names in a row: that some places are written so too costs little, since this only refuses what has none.
_HAS_PERSON = re.compile(r"\b[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?(?: [A-ZÅÄÖ][a-zåäöé]+)+\b")
_HAS_PAST = re.compile(
    r"\b(?:VB|Bokslut|Utfall|utfall\w*|blev|var|hade|fick|gick|kom|gjorde|tog|gav|stod|fanns|uppgick|steg|sjönk|i fjol"
    r"|\w+(?:ade|dde|kte|rde|lde|(?<![ae])nde)s?)\b"
)
# What is to be, or is not to be gone beyond.
_HAS_TARGET = re.compile(
    r"\b(?:\w*mål(?:et|en|värde\w*|nivå\w*|sättning\w*|tal\w*)?|ska|skall|minst|högst|max\w*|target)\b", re.IGNORECASE
)
_HAS_SEX = re.compile(r"kvinn|\bmän|flick|tjej|pojk|kill|könsf", re.IGNORECASE)
_HAS_QUOTED = re.compile(r"\"[^\"]{2,60}\"")
# Where something is: a thing in the definite that it is in, on or at, and no time: "i biblioteket", "på kajen".
_HAS_SPOT = re.compile(
    r"\b(?:i|på|vid|hos|intill|bredvid|bakom|under|från|till) "
    r"(?!\w*(?:år|månad|veck|dag|tid|vår|sommar|höst|vinter|period)"
    r"|samband|början|slutet|mitten|stället|samarbete|följd)"
    r"\w{2,}(?:en|et|an|erna|arna|orna)\b|\b(?:bilaga|avsnitt) \d|\b(?:webb|intranät|hemsid)\w*",
    re.IGNORECASE,
)
_HAS_STREET = re.compile(
    r"\w{2,}(?:gat(?:a|an|or|orna)|väg(?:en|ar|arna)?|gränd(?:en)?|stig(?:en)?|allén?|backen?|led(?:en)?|torg(?:et)?)\b"
)
_HAS_ADDRESS = re.compile(
    r"\b\w+ ?(?:vägen|väg|gatan|gata|plan|gränd|torg|torget|stigen|allé|backe|backen) \d+|\S+@\S+\.\w+", re.I
)
_HAS_PLACE = re.compile(r"\w{2,}(?:skol|gymnasi|park|torg)\w*")
_HAS_LAW = re.compile(
    r"\w*(?:lag(?:en|ar|arna|stiftning(?:en)?)?|balk(?:en)?|förordning(?:en)?)\b|\b[A-ZÅÄÖ][A-ZÅÄÖo][A-ZÅÄÖ]{1,2}\b"
)
_HAS_AGE = re.compile(
    rf"\b(?:årskurs|åk|klass) ?\d|\w+(?:årsåldern?|åring(?:ar)?)\b|\balla åldrar\b|\b(?:fyllt|fyller) (?:\d|{_NUMBERS})"
    rf"|\b(?:\d+|{_NUMBERS}) (?:år|månader)\b|\b(?:{_NUMBERS})års\w*",
    re.IGNORECASE,
)
_HAS_AUTHORITY = re.compile(
    r"\b(?:[A-ZÅÄÖ]\w+(?:styrelsen?|verket|inspektionen|myndigheten|ombudsmannen|kassan|domstolen)|Polisen|IVO|JO|DO)\b"
    r"|\b(?:länsstyrelsen|polisen|regionen|kronofogden|domstol(?:en)?)\b"
)
# A firm is called so, or named as who does something or with whom: "driven av Havsro", "entreprenören Havsro".
_HAS_FIRM = re.compile(
    r"\b(?:AB|HB|KB)\b|\w+(?:bolaget|kompaniet|företaget)\b|[A-ZÅÄÖ]\w+ & [A-ZÅÄÖ]\w+"
    r"|\b(?:av|från|med|hos|genom|(?:[Ee]ntreprenör|[Ll]everantör|[Uu]tförare)(?:e?n|e?rna)?(?: är|:)?"
    r"|företaget|firman|bolaget) "
    r"(?:[A-ZÅÄÖ][a-zåäöé]+|[A-ZÅÄÖ]{2,})\b"
)
_CAPITAL = r"(?<=[\w,;–:] )[A-ZÅÄÖ]\w*"  # no first word of a sentence
_OF_FIRMS = re.compile(r"leverantör|entreprenör|utförare|företag|bolag|firma", re.IGNORECASE)  # in a table's header
# Numbers that count nothing: a year, a day of a month, a time of day, an annex, a school year, a house.
_NO_COUNT = re.compile(
    r"(?<![\d,.])(?:19|20)\d{2}(?:-\d{2}-\d{2})?(?!\d|,\d)"
    rf"|\b(?:den )?\d{{1,2}}(?:[-–]\d{{1,2}})? (?:{'|'.join(MONTHS)})\b|\b\d+(?:\.\d+){{2,}}"
    r"|(?:\b(?:bilaga|årskurs|åk|kapitel|kap\.?|sid\.?|klockan|kl\.?)|§) ?\d+(?:\.\d+)*"
    r"|\b\w+(?:vägen|väg|gatan|gata|gränd|stigen|allén?|backen?) \d+",
    re.IGNORECASE,
)
# Numbers that measure, and count no things: an age, energy, a length, a weight, a share.
_AGE = re.compile(r"\d[\d ,]*(?:[-–]\d+)?[ -]?år(?:s|ing\w*|iga?|en)?\b(?! sedan)", re.IGNORECASE)
_MEASURE = re.compile(
    rf"{_AGE.pattern}|\d[\d ,]*(?:[-–]\d+)?[ -]?(?:[kMGT]?Wh\b|k?m[²2]?\b|kvm\b|kvadratmeter|kilometer|meter"
    r"|kg\b|ton\b|%|procent)",
    re.IGNORECASE,
)
# Units as asked for, and those that a plan may tell them in.
_UNITS = (
    (re.compile(r"\b(?:minut\w*|minutes?)\b", re.I), "minut|timm"),
    (re.compile(r"\b(?:timmar|hours?|hrs)\b", re.I), r"timm|h\b|minut"),
    (re.compile(r"\b(?:dagar|days?|dygn)\b", re.I), "dag|dygn|timm|veck"),
    (re.compile(r"\b(?:veckor|weeks?|månader|manader|months?)\b", re.I), r"veck|månad|dag|dygn|år\b"),
    (re.compile(r"\b(?:kvadratmeter|kvm|m2|square met(?:er|re)s?)\b", re.I), "kvadratmeter|kvm|m2|m²|hektar"),
    (re.compile(r"\b(?:kilometer|kilometers?|kilometres?|km)\b", re.I), "kilometer|km"),
)


# What is asked how many there are of, and what a plan may count for it.
_HELD_AS = (
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


def has(form: Form, words: str, question: Question, labels: str = "") -> bool:
    """True where a text has something of a form; `labels` are the table headers beside it, which may tell a unit."""
    return bool(_HAS[form](words, question, labels))


# How a text shows each form. What a question says itself, no text answers it by.
_HAS: dict[Form, Callable[[str, Question, str], object]] = {
    "number": lambda words, asked, _: _HAS_NUMBER.search(_NO_COUNT.sub(" ", words)) or _PER_TIME.search(words),
    "often": lambda words, asked, _: _PER_TIME.search(words) or _HAS_OFTEN.search(words),
    "extent": lambda words, asked, labels: _lasts(words, labels),
    "count": lambda words, asked, labels: _counts(_HAS_MONEY.sub(" ", _unmeasured(words)), asked, labels),
    "span": lambda words, asked, labels: (
        _HAS_NUMBER.search(_AGE.sub(" ", _NO_COUNT.sub(" ", words))) and _in_unit(words, labels, asked)
    ),
    "money": lambda words, asked, labels: _HAS_MONEY.search(words) or _OF_MONEY_TOO.search(labels),
    "kronor": lambda words, asked, labels: _HAS_KRONOR.search(f"{words} {labels}") or _IS_FREE.search(words),
    "price": lambda words, asked, _: _HAS_PRICE.search(words) or _IS_FREE.search(words),
    "cost": lambda words, asked, labels: (
        _HAS_SUM.search(words) or _OF_MONEY_TOO.search(labels) or _IS_FREE.search(words)
    ),
    "duration": lambda words, asked, _: _HAS_DURATION.search(words),
    "time": lambda words, asked, _: any(each.search(words) for each in (_HAS_TIME, _HAS_HOURS, _HAS_DAY)),
    "date": lambda words, asked, _: (
        _is_within(words, asked.dates) if _HAS_DATE.search(words) else not asked.dates and _HAS_FEAST.search(words)
    ),
    "reason": lambda words, asked, _: _HAS_REASON.search(words),
    "contact": lambda words, asked, _: _HAS_CONTACT.search(words),
    "address": lambda words, asked, _: _HAS_ADDRESS.search(words),
    "person": lambda words, asked, labels: _names_person(words, labels) and _in_role(f"{words} {labels}", asked),
    "hours": lambda words, asked, _: _HAS_HOURS.search(words),
    "open": lambda words, asked, _: _HAS_HOURS.search(words) or _HAS_OPEN_DAYS.search(words),
    "share": lambda words, asked, labels: _HAS_SHARE.search(f"{words} {labels}") or has("money", words, asked, labels),
    "somebody": lambda words, asked, _: (
        _HAS_BODY.search(others := _unsaid(words, asked))
        or _HAS_NAME.search(others)
        or (_WHO_MAY.search(asked.text) and _HAS_GROUP.search(others))
    ),
    "staff": lambda words, asked, _: _HAS_ROLE.search(others := _unsaid(words, asked)) or _HAS_PERSON.search(others),
    "firm": lambda words, asked, labels: (
        _HAS_FIRM.search(others := _unsaid(words, asked))
        or _HAS_FIRM.search(_unsaid(words, asked, _CAPITAL))
        or (_OF_FIRMS.search(labels) and _HAS_NAME.search(others))
    ),
    "street": lambda words, asked, _: _HAS_STREET.search(_unsaid(words, asked)) or _HAS_ADDRESS.search(words),
    "age": lambda words, asked, _: _AGE.search(words) or _HAS_AGE.search(words),
    "authority": lambda words, asked, _: _HAS_AUTHORITY.search(words),
    "law": lambda words, asked, _: _HAS_LAW.search(_unsaid(words, asked)),
    "name": lambda words, asked, labels: any(_names(each, asked) for each in _SENTENCES.split(words)),
    "where": lambda words, asked, labels: _HAS_NAME.search(others := _unsaid(words, asked)) or _HAS_SPOT.search(others),
    "target": lambda words, asked, labels: _HAS_TARGET.search(f"{words} {labels}") and _HAS_NUMBER.search(words),
    "sex": lambda words, asked, labels: _HAS_SEX.search(f"{words} {labels}"),
    "weekday": lambda words, asked, _: _HAS_DAY.search(words) or _HAS_DATE.search(words),
    "place": lambda words, asked, _: _HAS_NAME.search(others := _unsaid(words, asked)) or _HAS_PLACE.search(others),
}


def _names(sentence: str, question: Question) -> bool:
    """True where a sentence names something beside what a question does, and all names of that or what it is called."""
    others = _unsaid(sentence, question)
    named = [concept for concept in question.concepts if concept.name]
    of_it = all(concept.is_in(terms_of(sentence)) for concept in named) or _CALLED.search(sentence)
    return bool(of_it and (_HAS_NAME.search(others) or _HAS_QUOTED.search(others)))


_CALLED = re.compile(r"\b(?:heter|hette|heta|kallas?|kallad\w*|namn\w*|namngav\w*|döp\w*)\b", re.IGNORECASE)


def _names_person(words: str, labels: str) -> bool:
    """True where a text names somebody; a table header or a role and the word beside it are no name."""
    headers = set(labels.split())
    names = [name[0].split() for name in _HAS_PERSON.finditer(words)]
    return any(
        headers.issuperset(name) or sum(_is_of_name(word) and word not in headers for word in name) > 1
        for name in names
    )


def _is_of_name(word: str) -> bool:
    return word.casefold() not in STOP_WORDS and not _HAS_ROLE.search(word)


def _in_role(words: str, question: Question) -> bool:
    """True where a text has the role whose holder a question asks for: the word that its cue ends with."""
    said = PATTERNS["person"].search(question.text)
    roles = [concept for concept in question.concepts if said and said[0].split()[-1] in concept.words.split()]
    return all(role.is_in(terms_of(words)) for role in roles if role.words not in _ANYBODY)


_ANYBODY = frozenset(("person", "one", "colleague"))


def _lasts(words: str, labels: str) -> bool:
    """True where a text tells how long, or until when, something is; the day on which it is tells neither, nor does a
    year in the header of a column."""
    if labels:
        when = re.search("tid|dag|veck|månad|tim|datum|slut", labels, re.I) or _HAS_DATE.search(words)
    else:
        when = _HAS_END.search(words) and (_HAS_TIME.search(words) or _HAS_DATE.search(words))
    return bool(_HAS_DURATION.search(words) or when)


def _counts(words: str, question: Question, labels: str) -> bool:
    """True where a number of a text may count what a question asks how many there are of: in sentences that name it,
    one stands near it; in a table, or where it is said in other words, there is one."""
    thing = thing_listed(question)
    if thing is not None and not labels:
        naming = [sentence for sentence in _SENTENCES.split(words) if _is_named(thing, dict(analysed(sentence)))]
        near = [f"{before} {after}" for sentence in naming for before, after in _NEAR_NUMBER.findall(sentence)]
        if naming:
            return any(_is_named(thing, dict(analysed(each))) for each in near) or _NONE.search(words) is not None
    if held := next((held for asked, held in _HELD_AS if asked.search(question.text)), None):
        return re.search(held, labels, re.I) is not None or any(
            re.search(held, f"{before} {after}", re.I) for before, after in _NEAR_NUMBER.findall(words)
        )
    return _HAS_NUMBER.search(words) is not None


def _is_named(thing: Concept, held: Mapping[str, float]) -> bool:
    """True where index terms say a thing, as a part of a compound at least."""
    return any(held.get(term, 0.0) * weight >= _NAMED for term, weight in thing.terms.items())


_NONE = re.compile(r"\b(?:ingen|inga|inget|noll)\b", re.IGNORECASE)
# The words before and after a number.
_NEAR_NUMBER = re.compile(
    rf"((?:[^\W\d]+,? ){{0,6}})(?:\d+(?:[ \u00a0\u2009]\d{{3}})*|\b(?:{_NUMBERS})\b)((?: [^\W\d]+){{0,5}})",
    re.IGNORECASE,
)


def _in_unit(words: str, labels: str, question: Question) -> bool:
    """True where a number counts a unit that may stand for the one asked for: it stands before it, or in a
    table whose row or column is named so."""
    units = next((units for asked, units in _UNITS if asked.search(question.text)), "")
    counted = rf"(?:\d|\b(?:{_NUMBERS})\b)[-–\d,]*[ -]?(?:\w+ )?(?:\b|[a-zåäö]+)(?:{units})"
    return re.search(rf"[a-zåäö]*(?:{units})" if labels else counted, f"{words} {labels}", re.IGNORECASE) is not None


def _is_within(words: str, dates: Dates | None) -> bool:
    """True unless a text has dates, and none of them within the days that a question names."""
    if dates is None:
        return True
    first, last = dates.first or date.min, dates.last or date.max
    found = dates_in(words, (dates.first or dates.last or date.min).year)
    return not found or any(first <= day <= last for day in found)


def _unmeasured(words: str) -> str:
    return _MEASURE.sub(" ", _NO_COUNT.sub(" ", words))


def _unsaid(words: str, question: Question, which: str = r"\w+") -> str:
    """A text without the words that the question says itself, in whichever form; of some kind alone."""
    said = {stem(word) for word in tokens(question.text) if word not in STOP_WORDS}
    return re.sub(which, lambda word: "–" if stem(word[0].casefold()) in said else word[0], words)


# What a question wishes for


def wished(question: Question) -> list[Form]:
    """The forms that a quote goes on to have, where there are such sentences beside it."""
    asks = question.asks
    found: list[Form] = []
    if asks & {"money", "price"} and "how_many" not in asks:
        found.append("money")
    elif asks & {"number", "how_many", "how_often"}:
        found.append("often" if "how_often" in asks else "number")
    if "lasting" in asks:
        found.append("duration")
    if asks & {"when", "until", "from"}:
        found.append("time")
    if "why" in asks:
        found.append("reason")
    if "who" in asks:
        found.append(_who(question))
    if "target" in asks:
        found.append("target")
    return found


def lacks_form(words: str, question: Question) -> bool:
    """True where a question wishes for some form, and a text has none of those."""
    wanted = wished(question)
    return bool(wanted) and not any(has(form, words, question) for form in wanted)


def tells(words: str, question: Question) -> bool:
    """True where a text has each form that a question wishes for, and each thing that it names."""
    held = dict(analysed(words))
    named = [concept for concept in question.concepts if concept.weight >= 0.5]
    return all(has(form, words, question) for form in wished(question)) and all(
        _is_named(concept, held) for concept in named
    )


_NAMED = 0.5  # of a concept: a synonym in full, or its own word as part of a compound


def fits(words: str, question: Question) -> float:
    """How far a text has the form of what is asked (a number, a time, a reason, a body): 1.0 neutral, up to 1.25."""
    asks = question.asks
    factor = 1.0
    if "money" in asks:
        factor *= 1.2 if _HAS_MONEY.search(words) else 0.9
    elif "number" in asks or "price" in asks:
        pattern = _HAS_PRICE if "price" in asks else _HAS_NUMBER
        factor *= 1.2 if pattern.search(words) else 0.8
        if "how_many" in asks and (thing := thing_listed(question)):
            factor *= 1.3 if any(thing.meant & terms_of(of[1]) for of in _COUNTED.finditer(words)) else 1.0
    if asks & {"when", "until", "from"}:
        factor *= 1.15 if _HAS_TIME.search(words) else 0.9
    if "why" in asks:
        factor *= 1.2 if _HAS_REASON.search(words) else 0.95
    if "age" in asks:
        factor *= 1.2 if has("age", words, question) else 0.8
    if "who" in asks:
        factor *= 1.1 if has(_who(question), words, question) else 0.9
    return factor


# What a number counts: "41 förskolor", "41 kommunala förskolor".
_COUNTED = re.compile(rf"\b(?:\d+|{_NUMBERS}) ((?:[a-zåäö]+ )?[a-zåäö]+)\b", re.IGNORECASE)


def _who(question: Question) -> Form:
    """A role or somebody's name, where a question asks who works somewhere; else a body, a role or a name."""
    return "staff" if "staff" in question.asks else "somebody"


def has_time(words: str, kind: Kind) -> bool:
    """True where a text of some kind tells a time; an activity always does."""
    return kind == "activity" or _HAS_TIME.search(words) is not None or _HAS_DATE.search(words) is not None


# What a question insists on

_OF_MONEY = {"money", "net", "costs", "revenue", "price", "compare", "share", "largest", "smallest", "sum", "target"}
# What a question asks for by its own word, and the form that each is: what has none of it is no answer, however like
# the question; and what may be told in other words where it is.
_KINDS: dict[Asks, Form] = {
    "somebody": "somebody", "staff": "staff", "firm": "firm", "span": "span", "street": "street", "law": "law",
    "person": "person", "hours": "hours", "open": "open", "date": "date",
    "weekday": "weekday", "name": "name", "age": "age", "within": "extent", "authority": "authority", "sex": "sex",
    "how_often": "often", "cost": "cost",
}  # fmt: skip
_FORMS: dict[Asks, Form] = {
    "contact": "contact", "address": "address", "place": "place", "where": "where",
}  # fmt: skip


# What so many texts have that it tells little to have it.
VAGUE: frozenset[Form] = frozenset(
    ("number", "often", "extent", "money", "time", "somebody", "staff", "place", "share", "where", "name")
)


def has_kind(words: str, question: Question, labels: str = "") -> bool:
    """True where a text has each kind of thing that a question names: who, a firm, a day, so many weeks."""
    return all(has(form, words, question, labels) for form in _kinds(question))


def _kinds(question: Question) -> list[Form]:
    asks = question.asks
    found = [form for kind, form in _KINDS.items() if kind in asks]
    if "staff" in asks and "somebody" in found:
        found.remove("somebody")
    if "how_many" in asks:  # "how many members, and how often do they meet?"
        found = [form for form in found if form not in ("often", "age")]
    if {"often", "weekday"} <= {*found}:  # "on which days, or how often?"
        found.remove("weekday")
    figures = {"number", "net"} if asks & {"when", "until", "from"} else {"number", "net", "costs", "revenue"}
    if "money" in asks and asks & figures and not asks & {"how_many", "somebody"}:
        found.append("money")
    return found


def _forms(question: Question) -> list[Form]:
    """The forms that a question insists on, but of what surely answers it."""
    asks = question.asks
    found = [form for kind, form in _FORMS.items() if kind in asks]
    if "contact" in found and asks & {"when", "hours", "open"}:
        found.remove("contact")  # "when can I phone …?"
    # "förra året" is when something was, and nothing to compare it with.
    of_money = _OF_MONEY - {"compare"} if "past" in asks else _OF_MONEY
    counts = "somebody" not in asks  # "who works out how many places are needed?" asks for no number
    if counts and "how_many" in asks and not asks & {"span", "how_often", *of_money}:
        found.append("count")
    elif (
        counts and asks & {"number", "outcome"} and not asks & {"span", "how_often", "within"}
    ):  # "hur länge": a day is as good as a number
        found.append("extent" if "lasting" in asks else "number")
    if "share" in asks:
        found.append("share")
    if "fee" in asks:
        found.append("price" if asks & {"compare", "why", "yes_no"} else "kronor")
    if asks & {"when", "until", "from"} and not asks & {"number", "how_many", "who", "list", "activities"}:
        found.append("time")
    return found


def insisted(question: Question) -> list[Form]:
    """The forms that a text must have to be an answer."""
    return _kinds(question) + _forms(question)


def asked_of(question: Question) -> list[Concept]:
    """The things that a question asks something of, known or not, beside the words that say what it asks."""
    kinds = question.asks & (_KINDS.keys() | _FORMS.keys() | {"outcome"})
    said = [PATTERNS[kind].search(question.text) for kind in kinds]
    how = " ".join(match[0] for match in said if match)
    things = [*question.things, *(concept for concept in question.concepts if concept.words in question.unknown)]
    return [thing for thing in things if thing.words not in how]


def denies(words: str, question: Question) -> bool:
    """True where a sentence says of each thing that a question names that it is not so, or no longer: an answer that
    has none of the figure, the time or the person that is asked for."""
    things = [thing for thing in asked_of(question) if thing.words not in question.unknown]
    # What a question says itself denies nothing: that the crane is moved, where it asks what that costs.
    said = (sentence for sentence in _SENTENCES.split(words) if is_denial(_unsaid(sentence, question)))
    return (bool(things) and any(not _unheld(sentence, things) for sentence in said)) or any(
        contradicts(sentence, question) or awaits(sentence, question) or ends(sentence, question)
        for sentence in _SENTENCES.split(words)
    )


def is_denial(sentence: str) -> bool:
    """True where a sentence says that something is not so, no longer, or not yet."""
    return _DENIED.search(sentence) is not None


def awaits(sentence: str, question: Question) -> bool:
    """True where a question takes for granted that there is money, and a sentence says that it is applied for."""
    return "granted" in question.asks and _APPLIED.search(sentence) is not None


def ends(sentence: str, question: Question) -> bool:
    """True where a sentence says of what a question names by its name that it is no longer, or not yet: who leads it,
    and when it opens, no plan tells then; what it costs is another thing."""
    return not question.asks & _OF_FIGURES and any(
        re.search(rf"{_IN}\b{re.escape(name)}s?\b(?:,? [\w-]+){{0,5}}?,? {_ENDED}", sentence, re.IGNORECASE)
        for name in (c.words.removesuffix("s") for c in question.concepts if c.name and c.weight > 1)
    )


_OF_FIGURES: frozenset[Asks] = frozenset(
    ("money", "net", "costs", "cost", "fee", "price", "how_many", "number", "share", "target", "compare")
)
_IN = r"(?<!\bi )(?<!\bpå )(?<!\bvid )(?<!\bfrån )(?<!\btill )"  # what is in a place is not the place
_ENDED = (
    r"(?:stäng(?:s|des|t|d)|avveckla(?:s|des|ts|t|d|de)|lades? ned|läggs ned|lagts ned|nedlag[dt]|upphör(?:de|t)?"
    r"|rivs|revs|såldes|har sålts|finns inte|inte längre|skulle ha \w+|skjut(?:s|its) (?:upp|fram)|sköts (?:upp|fram)"
    r"|senareläg\w+|försena\w*|dröjer|avbr(?:yts|öts|utits|ut(?:en|et|na))|ställ(?:s|ts|des) in|inställd?a?"
    r"|bl(?:ir|ev) inte av|skrinla\w+)\b"
)


def contradicts(sentence: str, question: Question) -> bool:
    """True where a sentence holds each thing that a question names but one, and of that the opposite: it closes, it is
    for all and not only for some; or there are not "only" so many."""
    if question.unknown or question.unknown_names or question.asks & {"hours", "open"}:
        return False
    unheld = _unheld(sentence, question.things)
    if len(unheld) > 1 or len(unheld) == len(question.things):
        return False
    if not unheld:
        so_many = _ONLY_SO_MANY.search(question.text)
        counts = {number_of(number) for number in _NUMBER.findall(sentence)} - {0, 1}
        return so_many is not None and bool(counts) and number_of(so_many[1]) not in counts
    held, only = dict(analysed(sentence)), _ONLY.search(question.text)
    if any(_OPPOSITE.get(term) in held for term in unheld[0].terms):
        return True
    return only is not None and unheld[0].words in question.text[only.end() :] and _EVERY.search(sentence) is not None


# "Nämnden söker 2,4 mnkr", "Medel har sökts": "den som söker bistånd" applies for no money of the board's.
_APPLIED = re.compile(
    r"\b(?:nämnden|förvaltningen|stadsdelen|kommunen|vi|har|ska|avser att|kommer att)(?: \w+){0,8}?"
    r" (?:an)?(?:sök(?:er|a|t|ts)|äska(?:r|ts?)?)\b"
    r"|\b(?:söks|ansöks|äskas) (?:\w+ )?(?:hos|från|ur|av|särskilt|centralt)\b",
    re.IGNORECASE,
)
_OPPOSITE = {"öpp": "stäng", "stäng": "öpp"}  # what is said instead of what is asked, by its stem
_ONLY = re.compile(r"\b(?:bara|endast|enbart|only)\b", re.IGNORECASE)
_ONLY_SO_MANY = re.compile(rf"\b(?:bara|endast|enbart|only) (\d+|{'|'.join(NUMBERS)})\b", re.IGNORECASE)
_NUMBER = re.compile(rf"\b(?:\d+|{'|'.join(NUMBERS)})\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:hela|alla|samtliga|varje|båda)\b", re.IGNORECASE)


def _unheld(sentence: str, things: Sequence[Concept]) -> list[Concept]:
    """Those of some things that a sentence does not name."""
    held = dict(analysed(sentence))
    return [
        thing
        for thing in things
        if not _is_named(thing, held)
        and not any(weight >= _NAMED and set(phrase) <= held.keys() for weight, phrase in thing.phrases)
    ]


_DENIED = re.compile(
    r"\b(?:inte|ej|aldrig|ing(?:en|et|a)|utanför|upphör\w*|upphört|stäng(?:s|d|t|des|da)|avskaffa\w*"
    r"|avbr(?:y|ö|u)t\w*|flytta(?:s|ts|des)|skjuts|sköts upp|uppskjut\w+|senarelägg\w*|senarelagd\w*"
    r"|ställ(?:s|ts|des) in|inställ\w+|ta(?:s|gits) bort|uteblir|oförändra\w*)\b",
    re.IGNORECASE,
)


def answers_form(words: str, question: Question, plan_year: int | None, labels: str = "") -> bool:
    """True where a text has the form that the question insists on: a figure, a date, a person, the year asked about.

    `words` are what is said and quoted, `labels` the table headers beside them. What lacks the form may be on the
    subject, but is no answer.
    """
    if not all(has(form, words, question, labels) for form in insisted(question)):
        return False
    if plan_year is None:
        return True
    asks, said = question.asks, f"{words} {labels}"
    if not tells_year(said, question, plan_year):
        return False
    if "target" in asks and _other_years(question, plan_year) and not has("number", words, question):
        return False
    past = tells_how_it_was(said)
    if "outcome" in asks and not past:
        return False
    return "past" not in asks or past or any(int(year) < plan_year for year in _YEAR.findall(said))


def tells_year(words: str, question: Question, plan_year: int | None) -> bool:
    """True unless a question asks of other years than its plan's, and a text names none of them."""
    other = _other_years(question, plan_year)
    return not other or any(names_year(words, year, plan_year) for year in other)


def _other_years(question: Question, plan_year: int | None) -> list[int]:
    """The years that a question names, where none of them is its plan's."""
    return [] if plan_year is None or plan_year in question.years else list(question.years)


def asks_how_it_was(question: Question) -> bool:
    """True where a question asks how a figure turned out, or is by now, which no target tells."""
    asked = "outcome" in question.asks or any(each.search(question.text) for each in (_WAS, _NOW))
    return asked and not asks_what_was_meant(question)


def asks_what_was_meant(question: Question) -> bool:
    """True where a question asks what is planned, or why or when, not how a figure turned out."""
    return bool(question.asks & {"target", "council", "when", "why", "list"}) or bool(_MEANT.search(question.text))


def tells_beforehand(words: str, question: Question, plan_year: int | None) -> bool:
    """True where a question asks how a year ended, and a text tells it beforehand: the plan is that year's own, or what
    is told is a forecast."""
    if not _HOW_ENDED.search(question.text) or not asks_how_it_was(question):
        return False
    return plan_year in question.years or _FORESEEN.search(words) is not None


_HOW_ENDED = re.compile(
    r"\b(?:slutlig\w*|slutgiltig\w*|reviderad\w*|hela (?:året|(?:19|20)\d\d)|helår\w*|(?:slutet|utgången) av"
    r"|(?:full|whole|entire)(?: of)?(?: the)? (?:year|(?:19|20)\d\d)|final|audited|(?:the )?end of)\b",
    re.IGNORECASE,
)
_FORESEEN = re.compile(r"\b(?:prognos\w*|väntas|beräknas|bedöms|förväntas|delår\w*)\b", re.IGNORECASE)


def tells_how_it_was(words: str) -> bool:
    """True where a text tells how something turned out, or was."""
    return _HAS_PAST.search(words) is not None


_MEANT = re.compile(
    r"\b(?:ska|skall|skulle|bör|måste|planera\w*|räkna\w*|vill|tänk\w*|sikta\w*|nå|\w*plan(?:en)?|vp|will|shall|should|must|plan\w*|aim\w*"
    r"|want\w*|expect\w*|need\w*|going to|supposed|minst|högst|max\w*|least|most)\b",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"\b(?:was|were|did|said|got|scored|came|had|felt|answered|turned|blev|hade|svarade|tyckte|sa|sade|uppgav|fick|kom|gick"
    r"|gjorde|nådde|låg|kände|ansåg)\b|\b(?:vad|som|hur \w+|procent|andel(?:en)?|många) var\b",
    re.IGNORECASE,
)


_NOW = re.compile(
    r"\b(?:i ?dag|nu|för närvarande|i dagsläget|today|now|currently|at (?:present|the moment))\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
