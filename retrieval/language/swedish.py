"""Swedish words made comparable without a model: tokens, stems, compound parts, index terms, spelling, language.

A stem is a key, not a word: forms of one word share it, and nothing else is asked of it. The rules are Snowball's
idea (strip endings) with what plans need beyond it: definite forms, contracted endings (cykel, cyklar), umlaut plurals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

import numpy as np

Language = Literal["sv", "en"]

STEM_WEIGHT = 1.0
COMPOUND_WEIGHT = 0.6  # "äldreomsorg" found inside "äldreomsorgsboende"
PART_WEIGHT = 0.5
ROOT_WEIGHT = 0.4  # "avveckla" for "avveckling", "budget" for "budgetera"


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# --- tokens ---------------------------------------------------------------------------------------------------------


class Token(NamedTuple):
    """A casefolded word or number, and where it stands: `text[start:end]` of the text it was found in."""

    text: str
    start: int
    end: int


_SPACE = "\u0020\u00a0\u2009\u202f\u2007"
_SOFT = "\u00ad\u200b\u200c\u200d\ufeff"
_MARKS = "\u0300-\u036f"
_TOKEN = re.compile(
    rf"""
    (?=\d)(?P<number>(?<![\w.,])\d{{1,3}}(?:[{_SPACE}]\d{{3}})+(?![\w])(?:,\d+)?     # 2 415,7
      |(?<!\w)\d+(?:[.,:/\-–]\d+)*(?![^\W\d_]))                                # 3,5  1.4.2  1–14  2021-12-31
    |(?P<word>(?:[^\W_]+|[{_MARKS}{_SOFT}])+)
     (?P<ending>[:'’](?:s|n|t|en|ens|et|ets|ar|arna|arnas|ars|er|erna|ernas|ers|or|orna|na|nas)(?![^\W_]))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_UNSEEN = re.compile(rf"[{_SOFT}]")
_NUMBER_SIGNS = str.maketrans({"–": "-", **dict.fromkeys(_SPACE)})


def spans(text: str) -> Iterator[Token]:
    """The words and numbers of `text` in order, with their places; endings after a colon or apostrophe dropped."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "number":
            yield Token(match.group().translate(_NUMBER_SIGNS), match.start(), match.end())
            continue
        word = match.group("word")
        if not word.isascii():
            word = unicodedata.normalize("NFC", word.translate(_DROP))
        if word:
            yield Token(word.casefold(), match.start(), match.end())


_DROP = dict.fromkeys(map(ord, _SOFT))


def tokens(text: str) -> list[str]:
    """Casefolded words and numbers: "KF:s mål 2 415,7" → ["kf", "mål", "2415,7"]."""
    if _UNSEEN.search(text) or not unicodedata.is_normalized("NFC", text):
        return [token.text for token in spans(text)]
    return [word.casefold() if word else number.translate(_NUMBER_SIGNS) for number, word, _ in _TOKEN.findall(text)]


# --- stems ----------------------------------------------------------------------------------------------------------

# Endings of whole words or of a compound's last word → the form whose stem they share.
_IRREGULAR_ENDS = {
    "köpt": "köp", "köpta": "köp", "höjt": "höj", "höjda": "höj", "använt": "använd",
    "böcker": "bok", "böckerna": "bok", "städer": "stad", "städerna": "stad", "händerna": "hand", "händer": "hand",
    "länder": "land", "länderna": "land", "döttrar": "dotter", "mödrar": "mor", "mödrarna": "mor", "nätter": "natt",
    "nätterna": "natt", "rötter": "rot", "rötterna": "rot", "söner": "son", "tänder": "tand", "tänderna": "tand",
    "fötter": "fot", "stränder": "strand", "stränderna": "strand", "ledamöter": "ledamot", "ledamöterna": "ledamot",
    "tjänstemän": "tjänsteman", "tjänstemännen": "tjänsteman", "männen": "man", "bönder": "bonde", "bröder": "bror",
    "museer": "museum", "museet": "museum", "museerna": "museum", "centret": "centrum", "center": "centrum",
    "centra": "centrum", "centrumet": "centrum", "gymnasiet": "gymnasium", "gymnasier": "gymnasium",
    "gymnasie": "gymnasium", "gymnasierna": "gymnasium", "stadierna": "stadium", "stadiet": "stadium",
    "stadier": "stadium", "seminariet": "seminarium", "seminarier": "seminarium", "laboratoriet": "laboratorium",
    "somrar": "sommar", "somrarna": "sommar", "sommaren": "sommar", "frånvaron": "frånvaro", "närvaron": "närvaro",
    "knän": "knä", "träd": "träd", "kön": "kön", "könen": "kön", "köer": "kö", "köerna": "kö", "köen": "kö",
    "säkert": "säker", "interna": "intern", "externa": "extern", "moderna": "modern", "miljön": "miljö",
    "sjön": "sjö", "nivån": "nivå", "anmälningar": "anmälan", "anmälningarna": "anmälan", "ansökningar": "ansökan",
    "ansökningarna": "ansökan", "anmälning": "anmälan", "ansökning": "ansökan", "ögon": "öga", "öron": "öra",
    "fritt": "fri",
}  # fmt: skip

_IRREGULAR_ENDINGS = tuple(_IRREGULAR_ENDS)

# Whole words only.
_IRREGULAR = {
    "högre": "hög", "högst": "hög", "högsta": "hög", "lägre": "låg", "lägst": "låg", "lägsta": "låg",
    "större": "stor", "störst": "stor", "största": "stor", "mindre": "liten", "minst": "liten", "minsta": "liten",
    "små": "liten", "lilla": "liten", "yngre": "ung", "yngst": "ung", "yngsta": "ung", "längre": "lång",
    "längst": "lång", "längsta": "lång", "bättre": "bra", "bäst": "bra", "bästa": "bra", "sämre": "dålig",
    "sämst": "dålig", "sämsta": "dålig", "fler": "många", "flera": "många", "flest": "många", "flesta": "många",
    "män": "man", "vårt": "vår", "våra": "vår", "nytt": "ny", "nya": "ny", "nyare": "ny",
    "äldst": "äldre", "äldsta": "äldre", "gamla": "gammal", "gammalt": "gammal", "år": "år", "året": "år",
    "åren": "år", "årets": "år", "årens": "år", "åkt": "åk", "nådd": "nå", "nås": "nå", "når": "nå", "nått": "nå",
    "nådde": "nå", "sker": "ske", "sett": "se", "ses": "se", "ser": "se", "ger": "ge", "ges": "ge", "gett": "ge",
    "gav": "ge", "givit": "ge", "får": "få", "fått": "få", "fick": "få", "gör": "göra", "görs": "göra",
    "gjort": "göra", "gjorde": "göra", "gjorts": "göra", "leder": "led", "ledde": "led", "lett": "led",
    "satt": "sätt", "sattes": "sätt", "sätts": "sätt", "lagt": "lägg", "lades": "lägg", "lagts": "lägg",
    "lade": "lägg", "tog": "ta", "tar": "ta", "tas": "ta", "tagit": "ta", "tagits": "ta", "valt": "välj",
    "valts": "välj", "sålt": "sälj", "säljs": "sälj", "köpte": "köp", "köpts": "köp", "byggt": "bygg",
    "byggts": "bygg", "byggdes": "bygg", "skett": "ske", "gått": "gå", "går": "gå", "gick": "gå", "står": "stå",
    "stått": "stå", "bor": "bo", "bott": "bo", "dygn": "dygn", "dygnet": "dygn", "mars": "mars", "ens": "ens",
    "hälso": "hälsa", "ökar": "öka", "ökas": "öka", "ökat": "öka", "ökad": "öka", "ökade": "öka", "ökats": "öka",
    "ökande": "öka", "äger": "äga", "ägs": "äga", "ägde": "äga", "ägt": "äga", "övar": "öva", "övas": "öva",
    "uppgår": "uppgå", "uppgått": "uppgå", "uppgick": "uppgå", "ingår": "ingå", "ingått": "ingå", "ingick": "ingå",
    "pågår": "pågå", "pågått": "pågå", "består": "bestå", "bestått": "bestå", "utgår": "utgå", "utgått": "utgå",
    "framgår": "framgå", "framgått": "framgå", "uppnår": "uppnå", "uppnås": "uppnå", "uppnått": "uppnå",
    "uppnåtts": "uppnå", "uppnådd": "uppnå", "uppnådda": "uppnå", "uppnåddes": "uppnå", "uppstår": "uppstå",
    "uppstått": "uppstå", "föreslås": "föreslå", "föreslår": "föreslå", "föreslagit": "föreslå", "bistår": "bistå",
    "bistått": "bistå",
}  # fmt: skip

# A final s, et, er, … that belongs to the word: "plats" is no genitive, "budget" no definite form.
_OWN_S = (
    "sats", "plats", "lots", "kurs", "resurs", "puls", "hals", "petens", "ferens", "kvens", "evidens", "leverans",
    "balans", "ambulans", "assistans", "relevans", "finans", "distans", "tolerans", "chans", "allians", "instans",
    "substans", "gräns", "prins", "existens", "krets", "spets", "ridans", "intelligens", "kadens", "tendens",
)  # fmt: skip
_OWN_ENDING = re.compile(
    r"""(?:
      plan|organ|(?<!m)man|gran|veteran|roman
    | itet|budget|paket|banket|diet|internet|planet|poet|staket|alfabet
    | svar|(?<!b)bar|^o?klar|sommar|seminar|kvar|radar
    | kvarter|papper|karaktär|reporter|partner|charter
    | (?<!g)ator|[kc]tor|kontor|motor|senior|junior|monitor|mentor|revisor|fessor|sponsor|sensor
    | plast|last|kast|hast|rast|mast|gäst|fast|bast
    | modern|intern|extern|koncern|kasern|barn|hörn|tarn|järn|stjärn
    | resultat|klimat|(?<!ut)format|mandat|referat|apparat|sekretariat|kandidat|advokat|privat|internat|plakat|separat
    | demokrat
    | månad|byggnad|kostnad|marknad|skillnad|levnad|vårdnad
    )$""",
    re.VERBOSE,
)
_AGENT_N = re.compile(
    r"(?:ktor|(?<!g)ator|mentor|motor|visor|fessor|sponsor|dator|ntor|itor|[bcdfghjklmnprstv]el|er|sommar)n$"
)
_MODERN = re.compile(r"(?:modern|(?<!v)intern|extern|koncern|kasern|lantern|tavern)$")
_IN = re.compile(r"(?:om|eg|tr|or|erg|og|at|af|of|em|er|ism|iv|ol|on|krat)in$")
_ADJECTIVE_HET = re.compile(r"(?<=ig|am|ar|är|ng|ad|ld|yg|gg|el|er|jd|ik|ös|rk|fi|lv|kt|ör|yr|nd)het$")
_AST = re.compile(
    r"(?<=ig|sk|iv|gg|nk|am|ll|al)ast$|(?<=ig|sk|iv|gg|nk|am|ll|al)aste$|(?<=ig|sk|iv|gg|nk|am|ll|al)asta$"
)
_VOWELS = frozenset("aeiouyåäöéü")

_SUFFIXES = sorted(
    _words("arna erna orna aren ande andet anden andena ades ade ad at ats ar er or en et ena an are a e"),
    key=len,
    reverse=True,
)
_GENITIVE_S = re.compile(r"(?<=[bcdfghjklmnoprtvyaeåäö])s$")


def _without_s(word: str) -> str:
    return word if word.endswith(_OWN_S) else _GENITIVE_S.sub("", word)


def _cut(word: str) -> str:
    """`word` without its longest inflectional ending, if three letters with a vowel are left."""
    if word.endswith(_OWN_S) or _OWN_ENDING.search(word):
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            rest = word[: -len(suffix)]
            if not _VOWELS.isdisjoint(rest):
                return rest
    return word


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The key that the forms of a casefolded word share: förskola, förskolornas, förskole → "förskol"."""
    if len(word) < 3 or word[0].isdigit():
        return word
    if word in _IRREGULAR:
        word = _IRREGULAR[word]
        if len(word) < 4:
            return word
    word = _without_s(word)
    if word in _IRREGULAR:
        word = _IRREGULAR[word]
        if len(word) < 4:
            return word
    for size in range(min(len(word), 13), 2, -1):
        base = _IRREGULAR_ENDS.get(word[-size:])
        if base is not None:
            word = word[:-size] + base
            break
    if word.endswith("heten") or word.endswith("heter"):
        word = word[:-2]
    elif word.endswith("heterna"):
        word = word[:-4]
    if word.endswith("het"):
        if not word.endswith(("verksamhet", "enhet", "nyhet")) and len(word) >= 7:
            return _finish(_cut(_ADJECTIVE_HET.sub("", word)))
        return word
    word = _AST.sub("", word)
    if _AGENT_N.search(word) and not _MODERN.search(word):
        word = word[:-1]
        if word.endswith(("or", "mar")):
            return _finish(word)
    elif _IN.search(word):
        word = word[:-1]
        return _finish(word)
    if word.endswith("el") and len(word) > 4:
        return _finish(word)
    rest = _cut(word)
    if rest != word and rest.endswith(("ad", "at")) and not _OWN_ENDING.search(rest) and len(rest) > 5:
        rest = rest[:-2]
    return _finish(_without_s(rest) if rest != word else rest)


def _finish(word: str) -> str:
    """What endings leave behind made alike: cyklar and cykel → "cykl", fönstret and fönster → "fönst"."""
    if len(word) < 4:
        return word
    last, before = word[-1], word[-2]
    if last == before and last in "mn":
        return word[:-1]
    if last == "l" and before == "e" and word[-3] not in _VOWELS and not _VOWELS.isdisjoint(word[:-3]):
        return word[:-2] + "l"
    if last == "n" and before not in _VOWELS and before not in "rlng":
        return word[:-1]
    if last == "r" and before not in _VOWELS and before not in "rl":
        return word[:-1]
    if last == "t" and before in "bgklrvmnj" and len(word) > 4:
        return word[:-1]
    if word.endswith(("gd", "lld")):
        return word[:-1]
    return word


_ROOT = re.compile(r"^(.{4,}?)(?:ning|ing|else|els)$")


def root(stemmed: str) -> str | None:
    """What a stemmed verbal noun or verb is made from, as a stem, or None.

    Avveckling has the verb avveckla, budgetera the noun budget.
    """
    if stemmed in ("ökning", "övning"):
        return stemmed[:2] + "a"
    if stemmed.endswith("er"):
        noun = _without_s(stemmed[:-2])
        return noun if noun in _blocks().last else None
    match = _ROOT.match(stemmed)
    return _finish(match.group(1)) if match else None


# --- compounds ------------------------------------------------------------------------------------------------------

_UNKNOWN_COST = 3.5  # a first element nobody listed: a name or a new word before a known head
_SHORT_COST = {2: 1.6, 3: 0.8, 4: 0.3}


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The vocabulary compounds are made of: looks inside a compound → base form, and stem → base form."""

    inside: dict[str, str]
    last: dict[str, str]
    beginnings: frozenset[str]  # the first three and the first five letters of the base forms


def _linked(base: str) -> Iterator[str]:
    """How a word may look when another follows it in a compound: trygghet → trygghet, trygghets."""
    yield base
    if not base.endswith("s"):
        yield base + "s"
    if base[-1] == "a" and len(base) > 3:
        yield from (base[:-1], base[:-1] + "e", base[:-1] + "o", base[:-1] + "u")
    elif base[-1] == "e" and len(base) > 3:
        yield from (base[:-1], base[:-1] + "s")
    elif base[-2:] in ("el", "er") and len(base) > 4:
        yield base + "s"


@cache
def _blocks() -> _Blocks:
    inside: dict[str, str] = {}
    last: dict[str, str] = {}
    bases: list[str] = []
    listed: list[tuple[str, str]] = []
    for line in (files("retrieval") / "lexicon" / "parts.txt").read_text("utf-8").splitlines():
        for entry in line.partition("#")[0].split():
            base, *looks = entry.split("/")
            listed += ((base, look) for look in looks)
            bases.append(base)
            inside[base] = base
    for base, look in listed:
        inside.setdefault(look, base)
    for base in sorted(bases, key=len):  # of two words with one stem the shorter names both: besök, besökare
        last.setdefault(stem(base), base)
        for look in _linked(base):
            inside.setdefault(look, base)
    return _Blocks(inside, last, frozenset(base[:size] for base in last.values() for size in (3, 5)))


def known(word: str) -> bool:
    """Whether a casefolded word is a building block itself, in any form."""
    return stem(word) in _blocks().last


@cache
def blocks_without_marks() -> dict[str, str]:
    """The building blocks with å, ä or ö, by their stems without."""
    return {bare: base for whole, base in _blocks().last.items() if (bare := whole.translate(BARE)) != whole}


class _Split(NamedTuple):
    cost: float
    bases: tuple[str, ...]
    starts: tuple[int, ...]


@lru_cache(maxsize=100_000)
def _split(word: str) -> _Split | None:
    """The cheapest reading of `word` as a compound: few parts, long ones, all known but perhaps the first."""
    blocks = _blocks()
    if len(word) < 6 or not word.isalpha() or stem(word) in blocks.last:
        return None
    best: dict[int, _Split] = {0: _Split(0.0, (), ())}
    for start in range(len(word) - 2):
        before = best.get(start)
        if before is None:
            continue
        for end in range(start + 2, min(len(word), start + 20)):
            base = blocks.inside.get(word[start:end])
            if base is None:
                continue
            cost = before.cost + 1 + _SHORT_COST.get(end - start, 0.0)
            if end not in best or cost < best[end].cost:
                best[end] = _Split(cost, (*before.bases, base), (*before.starts, start))
    whole: _Split | None = None
    for start in range(2, len(word) - 2):
        rest = word[start:]
        length = len(rest)
        before = best.get(start)
        first = word[:start]
        # What can't be is seen here, before the stem is made: that takes most of the time.
        if before is None:
            if start < 4 or length < 5 or rest[:5] not in blocks.beginnings:
                continue
            if _VOWELS.isdisjoint(first) or first.endswith("be"):
                continue
        elif rest[:3] not in blocks.beginnings and not rest.endswith(_IRREGULAR_ENDINGS):
            continue
        last = blocks.last.get(stem(rest))
        if last is None or (rest[:3] != last[:3] and not rest.endswith(_IRREGULAR_ENDINGS)):
            continue
        if before is None:
            if rest[:5] != last[:5]:
                continue
            before = _Split(
                _UNKNOWN_COST, (first[:-1] if first[-1] == "s" and first[-2] not in _VOWELS else first,), (0,)
            )
        cost = before.cost + 1 + _SHORT_COST.get(length, 0.0)
        if whole is None or cost < whole.cost:
            whole = _Split(cost, (*before.bases, last), (*before.starts, start))
    return whole


def parts(word: str) -> tuple[str, ...]:
    """The base forms a compound is made of, () for a word that is none: sjukfrånvaron → ("sjuk", "frånvaro")."""
    split = _split(word)
    return split.bases if split else ()


def compounds_within(word: str) -> Iterator[str]:
    """The shorter compounds inside one of three parts or more, longest first: äldreomsorg, omsorgsboende."""
    split = _split(word)
    if not split:
        return
    count = len(split.starts)
    for size in range(count - 1, 1, -1):
        for first in range(count - size + 1):
            end = split.starts[first + size] if first + size < count else len(word)
            yield word[split.starts[first] : end].removesuffix("s")


def is_definite(word: str) -> bool:
    """True for a word that ends as nouns do in the definite: "ledamöterna", "huset"."""
    return _DEFINITE.fullmatch(word) is not None


_DEFINITE = re.compile(r"\w{3,}(?:en|et|an|na)", re.IGNORECASE)


# --- terms ----------------------------------------------------------------------------------------------------------

_STOP_SV = _words(
    """
    och att det den de dom dem som en ett i på av för från till med om är var vara varit blir bli blev blivit
    har ha hade haft ska skall skulle kan kunna kunde vill vilja ville måste bör borde får få fick fått kommer komma kom
    gör göra gjort görs gäller gälla finns finnas fanns står stå säger säga sägs heter ligger
    inte icke ej ju nog väl bara också även men eller utan så då nu här där dit hit än
    hur vad vilka vilken vilket vem vems när varför vart varifrån hurdan
    jag du han hon vi ni mig dig oss er min mitt mina din ditt dina vår vårt våra ert era sin sitt sina hans hennes
    dess deras denna detta dessa man någon något några nån nåt nåra ngn ngt ngra varje alla allt all andra annan annat
    samma sådan sådana sådant själv mycket mer mest mkt många ganska väldigt lite
    under över inom vid hos mot mellan efter före innan förrän genom enligt utifrån samt via kring upp ner ut in
    ta tar tog tas ge ger ges se ser ses gå går vet veta visa visar berätta säg hitta kolla undrar undra tror
    hej hejsan hallå tja tjena tack snälla plz pls asså alltså liksom typ ba va eh öh hmm aa ah ok okej okay lr eller
    bla både alls ngt ngn oxå iaf btw jo ja nej jaha exakt precis egentligen tydligen kanske
    ar ga nar pa for fran ocksa aven vart gor
    """
)
_STOP_EN = _words(
    """
    a an the and or but of for to in on at by with from about into as per than then there here
    is are was were be been being am do does did done has have had having will would shall should can could may might
    must what which who whom whose when where why how
    i me my we us our ours you your he she it its they them their this that these those some any each every
    not no yes so too very just only also more most much many few lot lots
    please plz hey hi hello thanks thank tell show give say says said get gets got going go know find want wants
    isn aren doesn don dont doesnt didn didnt s t re ve ll whats im ok okay
    his him her hers himself herself myself yourself ourselves themselves itself if up over off back because well
    even really through both between always another again without though although however yet ever else anyone
    anybody anything anywhere someone somebody something somewhere everyone everybody everything everywhere nobody
    nothing nowhere whether unless upon among along away rather quite pretty perhaps maybe probably actually
    basically literally simply especially certainly definitely clearly obviously apparently generally usually
    normally typically sometimes therefore thus otherwise indeed make makes made making take takes took taking put
    puts putting see sees seen saw think thinks thought believe guess understand remember let lets like likes gonna
    wanna gotta yeah wow etc mr mrs cannot won wouldn couldn shouldn hasn haven wasn weren
    """
)
STOP_WORDS = _STOP_SV | _STOP_EN
BARE = str.maketrans("åäöÅÄÖ", "aaoAAO")
# Swedish words that say little, by how they are typed without å, ä and ö: but not where that is another word.
_OTHERS = _STOP_SV | _words("bor val nara halla saga over oh")
ACCENTED = {bare: word for word in sorted(_STOP_SV) if (bare := word.translate(BARE)) not in _OTHERS}


@lru_cache(maxsize=100_000)
def _word_terms(word: str) -> tuple[tuple[str, float], ...]:
    if word in STOP_WORDS or (len(word) == 1 and not word.isdigit()):
        return ()
    whole = stem(word)
    found = {whole: STEM_WEIGHT}
    split = _split(word)
    if split:
        only = split.bases[0] if len(split.bases) == 2 and _SAYS_NO_MORE.match(split.bases[1]) else ""
        for base in split.bases:
            if base not in STOP_WORDS:
                found.setdefault(stem(base), _ONLY_WEIGHT if base == only and len(base) > 4 else PART_WEIGHT)
        for shorter in compounds_within(word):
            found.setdefault(stem(shorter), COMPOUND_WEIGHT)
    verb = root(stem(split.bases[-1])) if split else root(whole)
    if verb:
        found.setdefault(verb, ROOT_WEIGHT if not split else ROOT_WEIGHT * PART_WEIGHT)
    return tuple(found.items())


# What is carried on says no more than what it is carried on with: "förskoleverksamhet".
_SAYS_NO_MORE = re.compile("verksamhet")
_ONLY_WEIGHT = 0.75


def terms(text: str) -> list[tuple[str, float]]:
    """The index terms of a question or a unit, in order, each occurrence with its weight in (0, 1].

    A word's own stem weighs 1; compounds within it, its parts and its verb weigh less. Stop words give nothing, but in
    capitals they are names: IT, VA.
    """
    names = capitals(text)
    if names:
        return [t for token in tokens(text) for t in (_word_terms(token) or ([(token, 1.0)] if token in names else []))]
    return [term for token in tokens(text) for term in _word_terms(token)]


def capitals(text: str) -> frozenset[str]:
    """The stop words that a text has in capitals, casefolded: names, unless all of it is in capitals."""
    found = {word.casefold() for word in _CAPITALS.findall(text)} & STOP_WORDS
    return frozenset(found) if found and not text.isupper() else frozenset()


_CAPITALS = re.compile(r"\b[A-ZÅÄÖ]{2,3}\b")


# --- language -------------------------------------------------------------------------------------------------------

_SAYS_SWEDISH = _words(
    """
    vad hur många mycket vilka vilken vilket vem vems när var varför är ska skall skulle kan kunde har hade den det de
    en ett av för till på om med från vår vårt våra vi oss ni dem deras finns fanns som att och eller inte någon något
    några blir bli gör göra får få enligt hos mellan nar ar vart hej asså alltså mkt nåt nån vill måste varje alla sin
    sitt sina din ditt min mitt jag du pa gor manga vilket fran ocksa också sker äger står står säger år mål malet
    """
)
_SAYS_SWEDISH |= {word.translate(BARE) for word in _SAYS_SWEDISH} - _words("a at for far star mal")
_SAYS_ENGLISH = _words(
    """
    what whats which who whom whose when where why how is are was were does do did has have had will would should could
    can the an of to by with from about our we us they their there this that these those and or not any it its be been
    get give tell please my your many much you if than into during before after hello hi hey thanks thank
    """
)
_SAYS_EITHER = {
    "for": -0.5, "per": 0.0, "in": -0.5, "a": -0.5, "at": -0.5, "on": -0.5, "i": 0.5, "man": 0.25, "list": -0.5,
    "all": -0.2, "under": 0.0,
}  # fmt: skip


@cache
def _english_words() -> frozenset[str]:
    """English words of the lexicon that are no Swedish ones."""
    words: set[str] = set()
    for path in (files("retrieval") / "lexicon").iterdir():
        if path.name.startswith("en-") and path.name.endswith(".tsv"):
            for line in path.read_text("utf-8").splitlines():
                if not line.startswith("#"):
                    words.update(tokens(line.partition("\t")[0]))
    return frozenset(word for word in words if len(word) > 2 and word not in _STOP_SV and not known(word))


def _leaning(token: str, written: str) -> float:
    """How much a word speaks for Swedish (above 0) or for English (below)."""
    if token in _SAYS_EITHER:
        return -0.2 if written == "I" else _SAYS_EITHER[token]
    swedish, english = token in _SAYS_SWEDISH, token in _SAYS_ENGLISH
    if swedish or english:
        return 1.0 * swedish - 1.0 * english
    if token[0].isdigit() or len(token) < 3:
        return 0.0
    vocabulary = _english_words()
    if token in vocabulary or (token.endswith("s") and token[:-1] in vocabulary):
        return -0.8
    if written[0].islower() and not _SWEDISH_LETTERS.isdisjoint(token):
        return 0.8
    return 0.6 if known(token) or parts(token) else 0.0


_SWEDISH_LETTERS = frozenset("åäö")


def language(text: str) -> Language:
    """The language a question is asked in; Swedish when in doubt, as the plans are."""
    leaning = sum(_leaning(token.text, text[token.start : token.end]) for token in spans(text))
    return "en" if leaning < -0.3 else "sv"


# --- spelling -------------------------------------------------------------------------------------------------------

_LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
_FOLDED = str.maketrans("åäöéèüáàæø", "aaoeeuaaao")
_FOLD_COST = 0.2  # a for å or ä, o for ö: how a keyboard without them writes
_DOUBLE_COST = 0.4  # one consonant for two, or two for one
_SWAP_COST = 0.8
_EDIT_COST = 1.0
_FIRST_LETTER_COST = 0.3


class Near(NamedTuple):
    """A word of a vocabulary close to a misspelt one; `cost` is 0 for the same spelling, about 1 an error."""

    word: str
    cost: float


class Vocabulary:
    """The casefolded words that misspellings are corrected to, ready for `near`.

    Each word is kept with a signature: the letters it has, and those it has more than once. An error changes at most
    two of its bits, so that a few of thousands are left to compare letter by letter.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._stems: frozenset[str] | None = None
        self.words = sorted({word for word in words if len(word) > 2 and word.isalpha()})
        self._all = frozenset(self.words)
        self._signatures = np.array([_signature(word) for word in self.words], dtype=np.uint64)
        self._lengths = np.array([len(word) for word in self.words], dtype=np.int16)

    def __contains__(self, word: object) -> bool:
        return word in self._all

    def stems(self) -> frozenset[str]:
        """The stems of the words, made when first asked for."""
        if self._stems is None:
            self._stems = frozenset(map(stem, self.words))
        return self._stems

    def alike(self, word: str, errors: int) -> Iterator[str]:
        """The words that may be within so many errors of `word`, and some that are not."""
        signature = np.uint64(_signature(word))
        different = np.bitwise_count(self._signatures ^ signature)
        close = (different <= 2 * errors) & (np.abs(self._lengths - len(word)) <= errors)
        return (self.words[i] for i in np.flatnonzero(close))


def _signature(word: str) -> int:
    """Two bits a folded letter: it is there, it is there more than once."""
    bits = 0
    for letter in word.translate(_FOLDED):
        at = _LETTERS.find(letter)
        if at >= 0:
            once = 1 << (2 * at)
            bits |= once << 1 if bits & once else once
    return bits


def near(word: str, vocabulary: Vocabulary, known_words: Container[str] = ()) -> list[Near]:
    """The words of `vocabulary` that a casefolded word may be a misspelling of, best first; [] when it is right.

    A word is right when it, or another form of it, is in the vocabulary or in `known_words`, when it is a Swedish
    building block or a compound of known parts, or when it is shorter than four letters or has digits in it.
    """
    if len(word) < 4 or not word.isalpha() or word in vocabulary or word in known_words or word in STOP_WORDS:
        return []
    if stem(word) in vocabulary.stems() or known(word):
        return []
    bases = parts(word) if _is_known_compound(word) else ()
    allowed = 1.0 if len(word) < 6 else 1.6 if len(word) < 9 else 2.0
    found = []
    for other in vocabulary.alike(word, 2 if len(word) >= 5 else 1):
        cost = _distance(word, other, allowed)
        # A first letter is seldom wrong, and a compound that makes sense is wrong only in what links its parts.
        cost += _FIRST_LETTER_COST if word[0] != other[0] else 0.0
        same = other.translate(_FOLDED) == word  # typed without its dots and rings
        if cost <= allowed and (same or not bases or parts(other) == bases):
            found.append(Near(other, round(cost, 2)))
    return sorted(found, key=lambda close: (close.cost, close.word))[:5]


def _is_known_compound(word: str) -> bool:
    split = _split(word)
    return split is not None and split.bases[0] in _blocks().inside


def _distance(word: str, other: str, most: float) -> float:
    """Damerau's edit distance (neighbours may swap) with cheaper errors where keyboards and ears make them."""
    before: list[float] = []
    row = [float(i) for i in range(len(other) + 1)]
    for i, letter in enumerate(word, 1):
        earlier, before, row = before, row, [before_first := float(i)]
        lowest = before_first
        for j, wanted in enumerate(other, 1):
            if letter == wanted:
                cost = before[j - 1]
            else:
                same = letter.translate(_FOLDED) == wanted.translate(_FOLDED)
                extra = _DOUBLE_COST if i > 1 and letter == word[i - 2] else _EDIT_COST
                missing = _DOUBLE_COST if j > 1 and wanted == other[j - 2] else _EDIT_COST
                cost = min(
                    before[j - 1] + (_FOLD_COST if same else _EDIT_COST), before[j] + extra, row[j - 1] + missing
                )
                if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == wanted:
                    cost = min(cost, earlier[j - 2] + _SWAP_COST)
            row.append(cost)
            lowest = min(lowest, cost)
        if lowest > most:
            return lowest
    return row[-1]
