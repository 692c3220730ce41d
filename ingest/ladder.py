"""The words headings are known by: the rungs of the goal ladder, the rubrics of a goal's form, and common chapters.

A rung's label may stand alone on its line, before its title, and with a number before or after it.
"""

from __future__ import annotations

import re
from functools import lru_cache

# The rungs of a goal ladder from the top: what each is called here, its level, and its label as plans print it.
_LADDER = (
    ("KF:s inriktningsmål", 1, r"(?:KF:?s|Kommunfullmäktiges|Stadens|Kommunens) inriktningsmål"),
    ("Inriktningsmål", 1, "Inriktningsmål"),
    ("Inriktning", 1, "Inriktning"),
    ("Perspektiv", 1, "Perspektiv"),
    ("Målområde", 1, "Målområde|(?:Strategiskt|Prioriterat) (?:mål)?område"),
    ("Kommunmål", 2, "Kommunmål|Kommungemensamt mål|(?:Kommun)?[Ff]ullmäktigemål|Övergripande mål"),
    ("Regionfullmäktiges mål", 2, "Region(?:fullmäktige)?(?:ns|s)? ?mål"),
    ("Prioritering", 2, "Prioritering|Prioriterat mål|Utvecklingsområde"),
    ("KF:s mål för verksamhetsområdet", 2,
     r"(?:KF:?s|(?:Kommunf|F)ullmäktiges) (?:övergripande )?mål(?: för (?:verksamhetsområdet|verksamheten|nämnden))?|"
     r"KF-mål"),
    ("Fokusområde", 2, "Fokusområde"),
    ("Nämndmål", 3, r"(?:Obligatoriskt |Eget )?(?:(?:Nämnd|Styrelse)(?:ens )?mål|Nämndsmål|Styrelsens mål)"),
    ("Åtagande", 3, r"(?:Nämndens|Styrelsens) åtagande|Åtagande(?=:| \d)"),
    ("Mål", 3, r"Mål(?= \d{1,2}\b|: [^.]{4,150}$)"),
    ("Effektmål", 3, "Effektmål|Resultatmål"),
    ("Enhetsmål", 4, r"Enhet(?:ens|s) ?mål|Avdelning(?:ens|s) ?mål"),
    ("Delmål", 4, "Delmål"),
)  # fmt: skip
# A label stands alone, before a colon, or with its number ("Nämndens mål SN 2: …", "Fokusområde 1 Trygghet"). The
# number may come first ("4.2 KF:s mål: …"), but "3 Nämndens mål" is a chapter about them.
_RUNGS = [
    (label, level, re.compile(
        rf"^(?:(?P<before>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})\.?\s+)?(?:{words})"
        r"(?:\s+(?P<number>(?:(?-i:[A-ZÅÄÖ]{1,4}) ?)?\d{1,2}(?:\.\d{1,2})*|(?(before)(?!)|[A-ZÅÄÖ](?=:)))"
        r"(?:\s*[:.–-]\s*|\s+(?=[A-ZÅÄÖ])|$)"
        r"|\s*:\s*|(?<=perspektiv) (?=(?-i:[A-ZÅÄÖ])[^.:]{3,50}$)|(?(before)(?!)|\s*$))", re.IGNORECASE))
    for label, level, words in _LADDER
]  # fmt: skip
_RUBRICS = frozenset(
    ("beskrivning", "förväntat resultat", "förväntade resultat", "arbetssätt", "resursanvändning", "uppföljning",
     "utveckling", "aktiviteter", "indikatorer", "kommentar", "analys", "åtgärder", "resultat")
)  # fmt: skip
_FOLLOWED = re.compile(r"(?:Hur|Så) (?:(?:arbetet|målet|det|detta) följs|följs (?:arbetet|målet|det|detta)) upp[?:]?")
_CHAPTERS = re.compile(
    r"^(?:redovisning av ekonomi|ekonomi(?:sk redovisning)?|(?:intern)?budget|pengarna|"
    r"(?:hur|så) (?:vi )?följer (?:vi )?upp.*|"
    r"övriga ekonomiska redovisningar|särskilda redovisningar|systematiskt kvalitetsarbete|övrigt|bilagor|"
    r"synpunkter och klagomål|intern kontroll|uppföljning av .*|ekonomiska förutsättningar|"
    r"(?:nämndens|styrelsens) (?:ekonomi|uppdrag|organisation)|verksamhetsplan \d{4}.*)$",
    re.IGNORECASE,
)


def is_rubric(words: str) -> bool:
    """True for the rubrics of a goal's form ("Beskrivning", "Förväntat resultat", …)."""
    return words[:1].isupper() and (words.lower().rstrip(":") in _RUBRICS or _FOLLOWED.fullmatch(words) is not None)


def is_common_chapter(words: str) -> bool:
    """True for what chapters are called in most plans ("Ekonomi")."""
    return _CHAPTERS.match(words) is not None


def is_chapter(words: str) -> bool:
    """True for a common chapter, numbered or with its year or not, and for any heading numbered "5.1"."""
    numbered = re.match(r"\d{1,2}(\.\d{1,2})*\.? (?=[A-ZÅÄÖ])", words)
    title = re.sub(r" 20\d\d$", "", words[numbered.end() :]) if numbered else words
    return bool(numbered and numbered[1]) or is_common_chapter(title)


def is_rung(words: str) -> bool:
    """True where words begin with a label of the goal ladder ("Nämndmål 1.1 …")."""
    return bool(rungs_of(words))


@lru_cache(maxsize=1024)  # the same line is asked about at every step
def rungs_of(words: str) -> tuple[tuple[str, int, re.Match[str]], ...]:
    """The rungs of the goal ladder whose label words begin with: what each is called, its level, and what matched."""
    return tuple((label, level, found) for label, level, pattern in _RUNGS if (found := pattern.match(words)))


def without_label(words: str) -> str:
    """A heading's number and title, what the rung of the goal ladder is called left out ("4.1 Staden ställer om")."""
    for _, _, found in rungs_of(words):
        number = found["number"] or found["before"]
        return " ".join(filter(None, (number, words[found.end() :].strip())))
    return words


def leads_with_number(words: str) -> bool:
    """True where words are a rung of the goal ladder that its number stands before."""
    return any(found["before"] for _, _, found in rungs_of(words))


def rung_level(words: str) -> int:
    """The level of a rung of the goal ladder, 0 for anything else."""
    return next((level for _, level, _ in rungs_of(words)), 0)


def is_bare_label(words: str) -> bool:
    """True for a rung's label that stands alone, its title to follow ("Nämndmål:", "KF:s mål 1.1")."""
    return any(found.end() == len(words) for _, _, found in rungs_of(words))
