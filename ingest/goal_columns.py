"""The columns of a goal's tables: the words that head them, what each kind of column holds, and how its cells look.

Plans name the same few columns in many ways. The words stand here as data, so that a table is known by its header
whoever set it, and a row by the forms of its cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ingest.columns import is_numeric
from ingest.values import AMOUNT, UNIT, folded
from ingest.when import TIME, WHEN

Kind = Literal[
    "indicator", "activity", "target", "council", "outcome", "period", "who", "start", "end", "status", "source",
    "comment",
]  # fmt: skip
TableKind = Literal["indicators", "activities", "rows"]

_OF = rf"(?: (?:för |per )?(?:20\d\d[-–/]\d{{2,4}}|{TIME}))?(?: ?\([^)]{{1,24}}\))?"
_TARGET = r"(?:(?:(?:hel|halv|del)?års|period|tertial)?mål(?:värde|nivå|tal|sättning)?|riktvärde|börvärde|önskat värde)"
_COUNCIL = r"(?:kf:?s?|kommunfullmäktiges?|fullmäktiges?|stadens|kommunens|regionens|koncernens)"
_OWN = (
    r"(?:nämnde?n?s|nämndernas|styrelsens|enhetens|avdelningens|förvaltningens|bolagets|verksamhetens|skolans|vårt|eget|"
    r"årets)"
)
# The header words of each kind, the more particular first. All but the first two kinds may name a year or a unit.
_WORDS: dict[Kind, str] = {
    "indicator": rf"(?:nr\.? )?(?:namn på |{_OWN} |{_COUNCIL}[ -])?"
    r"(?:(?:mål|kvalitets|nämnd|enhets|kf:?s?[ -]?|verksamhets)?indikator(?:er)?|"
    r"(?:resultat|effekt|kvalitets)?mått|nyckeltal|styrtal|mätetal)(?: ?/ ?(?:mått|nyckeltal|indikator))?",
    "activity": rf"(?:nr\.? )?(?:prioriterade? |planerade |{_OWN} |{_COUNCIL}[ -])?"
    r"(?:(?:del|huvud|nämnd)?aktivitet(?:er)?|åtgärd(?:er)?|"
    r"(?:utvecklings)?insats(?:er)?|uppdrag(?! från)|åtagande(?:n)?|handling(?:ar)?|arbetssätt|vad(?: ska göras)?)",
    "council": rf"{_COUNCIL}[ -]{_TARGET}{_OF}",
    "target": rf"(?:{_OWN} )?{_TARGET}{_OF}",
    "outcome": r"(?:(?:senaste|tidigare|periodens|årets|föregående års?) )?"
    rf"(?:utfall|resultat|bokslut|prognos|nuläge|(?:utgångs|start|bas|ingångs|nu|referens)(?:läge|värde)){_OF}|20\d\d"
    r"|läge \S+(?: 20\d\d)?",
    "period": r"period(?:icitet)?|(?:mät|rapporterings|uppföljnings)(?:period|frekvens|intervall|tillfällen?)|"
    r"mätning(?:ar)?|mäts|frekvens|uppföljning|följs upp|rapporteras|hur ofta",
    "who": r"(?:huvud)?ansvar(?:ig(?:a|t)?)?(?: (?:enhet|nämnd|avdelning|chef|funktion|förvaltning|verksamhet|part|"
    r"roll|person|för genomförande))?|ägare|utförare|vem|(?:enhet|avdelning|den) som (?:leder|ansvarar)",
    "start": r"start(?:datum|tid|ar)?|påbörjas|börjar|från(?: och med)?",
    "end": r"slut(?:datum|tid)?|klart?(?:datum)?(?: (?:senast|till))?|färdigt?(?: senast)?|slutförs|avslutas|senast|"
    r"(?:ska |skall )?redovisas|återrapporter(?:as|ing)|återredovisning|när|tid(?:s?plan|punkt|s?ram)?|månad|datum|"
    r"vecka|deadline|(?:pågår |gäller |löper )?till(?: och med)?|genomförs",
    "status": r"status|läge|(?:önskad )?riktning|trend",
    "source": r"(?:data)?källa|uppdrag från|uppdragsgivare|mät(?:metod|sätt)|källa/\w+|"
    r"hur (?:\w+ )?mät(?:er|s)(?: \w+)?",
    "comment": r"kommentar(?:er)?|anmärkning(?:ar)?",
}  # fmt: skip
_PERIOD = (
    r"(?:Vartannat |Vart annat )?[Åå]r(?:lig(?:en)?|svis)?|Tertial(?:vis)?|Kvartal(?:svis)?|Månad(?:svis|ligen)?|"
    r"Halvår(?:svis)?|Delår|Termin|Löpande|"
    r"(?:\d{1,2}|[Ee]n|[Tt]vå|[Tt]re|[Ff]yra) gång(?:er)?(?: (?:om|per) |/)(?:år(?:et)?|månad|termin)|"
    r"Varje (?:år|halvår|termin|tertial|kvartal|månad|vecka)|T[123](?:[,/ ]+T[123])*"
)
_WORD = r"(?!(?:max|min|minst|högst|lägst|ca|cirka)\b)(?-i:[a-zåäö][^\s\d]*|[A-ZÅÄÖ]{2,})"
_IN_WORDS = (
    rf"(?-i:[Tt]as|[Ff]astställs?|[Ss]ätts?|[A-ZÅÄÖ]\w+(?<!b)as)(?: {_WORD}){{0,5}}"
    r"(?: (?:T?[1-3]|20\d\d)(?![\d,]| ?%| \d{3}))?+|"
    r"(?:[Ss]ka )?(?:[Öö]ka[rs]?|[Mm]inska[rs]?)|[Oo]förändra[dt]|"
    r"[Bb]ibehåll[as]+|[Nn]y(?:tt)?(?: indikator| mått)?|[Åå]rligt?|(?:[Uu]ppgift )?[Ss]aknas|[Ee]j \S+|Nej|Ja|"
    r"[Ii]nställ[dt]|"
    r"[Mm]ät(?:s|tes|ts) (?:ej|inte|vart\w* (?:\w+ )?år|först \S+)|"
    r"(?:[Mm]ål(?:värde)?|[Nn]ivå) (?:sätts|fastställs)(?: \S+){1,5}|"
    r"[-–—]"
)
_REPORT = (  # when something is told of
    rf"(?:i )?(?:(?:tertial|delårs|månads|halvårs)rapport(?:en)?|årsredovisning(?:en)?|verksamhetsberättelse(?:n)?|"
    rf"(?:års)?bokslut(?:et)?)(?: (?:{WHEN}|\d(?: och \d)?))?"
)
_STATUS = (
    r"(?:[Ii]nte|[Ee]j) \w+|[Pp]ågår|[Pp]ågående|[Pp]åbörja[dt]|[Pp]lanera[dt](?:e)?|[Kk]lart?|[Aa]vsluta[dt]|"
    r"[Ff]örsena[dt]|[Bb]esluta[dt]|[Uu]pphandla[dt]|[Ss]tarta[dt]|[Vv]ilande|[Gg]enomför[dt]|[Ff]ortsätter|"
    r"[Ff]ärdig|[Ee]nligt plan|[Nn]y|[Pp]ausa[dt]|[Ff]örbereds|[Ll]öpande|[Gg]rön|[Gg]ul|[Rr]öd|"
    r"[Öö]ka[rs]?|[Mm]inska[rs]?|[Bb]ibehåll\w*|[Oo]förändra[dt]|[-–—]"
)
_RANGE = rf"(?-i:Index |Betyg )?{AMOUNT}(?: ?%)?(?: ?[-–] ?{AMOUNT})?"
SHORT = r"[A-ZÅÄÖ]{3,4}"  # what stands for such words, as a plan explains ("FBN")
VALUE = rf"(?i:{_RANGE}{UNIT}|{_IN_WORDS})"
ANY_VALUE = (
    rf"(?i:(?:[-–] )?{_RANGE}(?:{UNIT}|(?-i: [a-zåäö]{{2,}}))|(?-i:{SHORT})|{_IN_WORDS})"  # with any word as its unit
)
# How the cells of a kind look; what a kind that isn't here holds can't be told by its form.
FORMS: dict[Kind, str] = {
    "target": ANY_VALUE,
    "council": ANY_VALUE,
    "outcome": ANY_VALUE,
    "period": _PERIOD,
    "start": rf"(?i:{WHEN})",
    "end": rf"(?i:{WHEN}|{_REPORT})",
    "status": _STATUS,
}
VALUES: frozenset[Kind] = frozenset(("target", "council", "outcome"))
FREE: frozenset[Kind] = frozenset(("who", "source", "comment"))
_KINDS = {kind: re.compile(words, re.IGNORECASE) for kind, words in _WORDS.items()}
_NAMES = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS.items()), re.IGNORECASE)
_FIRST = re.compile(f"{_WORDS['indicator']}|{_WORDS['activity']}", re.IGNORECASE)
_BOARDS = re.compile(r"(?:nämnde?n?s|nämndernas|styrelsens|förvaltningens) ", re.IGNORECASE)
_EXPLICIT = re.compile(rf"{_OWN} ", re.IGNORECASE)


def begins_header(words: str) -> bool:
    """True where a line may be the first of a header of a goal's table."""
    return words[:1].isupper() and _FIRST.match(words) is not None


def kind_of(name: str) -> Kind | None:
    """What a column of this name holds, None where the name is none of those known."""
    words = folded(name).rstrip("?")
    return next((kind for kind, pattern in _KINDS.items() if pattern.fullmatch(words)), None)


def kinds_of(names: Sequence[str], of_unit: bool = False) -> tuple[TableKind, list[Kind | None]]:
    """What a table of these columns is, and what each column holds.

    A table of indicators has at least a target or an outcome beside them, one of activities a time or a status, one
    named after figures ("Nyckeltal") a target. Of two targets the one that says whose it is tells whose the other is;
    in the plan `of_unit` the board's is the one above its own.
    """
    kinds = [kind_of(name) for name in names]
    targets = [n for n, kind in enumerate(kinds) if kind == "target"]
    boards = [n for n in targets if of_unit and _BOARDS.match(folded(names[n]))]
    if boards and len(boards) < len(targets):
        for n in boards:
            kinds[n] = "outcome"  # told with its column's name, as what is aimed at in other years
        targets = [n for n in targets if n not in boards]
    own = [n for n in targets if _EXPLICIT.match(folded(names[n]))]
    if len(targets) > 1 and own and "council" not in kinds:
        first = next((n for n in targets if n not in own), None)
        if first is not None:
            kinds[first] = "council"
    subject = next((n for n, kind in enumerate(kinds) if kind in ("indicator", "activity")), None)
    for n, name in enumerate(names[:subject]):
        if kinds[n] == "target" and folded(name).lower() == "mål":
            kinds[n] = None  # the goal in words
    if subject is not None and folded(names[subject]).lower() == "vad" and None in kinds:
        return "rows", kinds  # "Vad" heads whatever is listed
    amounts = any(kind is None and is_numeric(name) for kind, name in zip(kinds, names, strict=True))
    if subject is None or (subject > 0 and amounts):
        return "rows", kinds  # what is listed has amounts, and what is done to it beside them
    has = set(kinds)
    if kinds[subject] == "activity":
        return ("activities" if has & {"start", "end"} or {"who", "status"} <= has else "rows"), kinds
    aims = {"target", "council"}
    if re.search("indikator", names[subject], re.IGNORECASE):
        aims |= {"outcome", "period"}
    return ("indicators" if has & aims else "rows"), kinds


def header_in(words: str) -> list[str] | None:
    """The names of a flattened header's columns, None where the words are no header of a goal's table.

    The first is what the table lists, and every word belongs to a name; names may stand without a space between them.
    """
    first = _FIRST.match(words)
    if first is None or not words[0].isupper():
        return None
    names, at = [first[0]], first.end() + words.startswith("?", first.end())
    while at < len(words):
        at += words[at] == " "
        found = _NAMES.match(words, at)
        if found is None or found.end() == at:
            return None
        names.append(found[0])
        at = found.end() + words.startswith("?", found.end())
        if at < len(words) and words[at].islower():
            return None
    return names
