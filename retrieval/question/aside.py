"""What a question says beside what it asks: what it sets aside or takes for granted, and where its answer stands."""

from __future__ import annotations

import re

# Whether there are any that are so is asked to hear which: "is there any area that gets less?".
_EXISTING = re.compile(
    r"^(?P<sv>(?:är|finns|har|blir|var) (?:det|vi|ni|man) (?:någo[nt]|några|nå[nt]|nåra)(?: av (?:våra|de|dom))?)"
    r"(?= \w+ (?:som|där|vars)\b)"
    r"|^(?:is|are|was|were|do|does|have) (?:there|we|you)(?: have| got)? (?:any|some)(?: of (?:our|the))?"
    r"(?= \w+(?: \w+)? (?:that|which|who|whose|where)\b)",
    re.IGNORECASE,
)
_IF_SO = re.compile(r",? \b(?:i så fall|if so|in that case)\b", re.IGNORECASE)


def asked_plainly(text: str) -> str:
    """A text that asks whether there are any that are so, as one that asks which are, without "if so"."""
    return _IF_SO.sub("", _EXISTING.sub(_which, text))


def _which(found: re.Match[str]) -> str:
    return "vilka" if found["sv"] else "which"


def subject(text: str) -> str:
    """A text without what it sets aside first ("Apart from the catering unit, …"), without where it says that the
    answer stands ("according to the plan"), without what the asker needs it for ("Need it for my calendar.") and
    without what asks for a yes at its end ("…, right?"), which are not what it asks about."""
    return without_source(_NEEDED.sub("?", _AGREED.sub("?", _EXCEPTED.sub("", text))))


def aside_parted(text: str) -> tuple[str, str]:
    """A text without what it says that it is not about, and that: "the target for food (not in day centres)"."""
    found = _NOT_MEANT.search(text)
    return (text, "") if found is None else (f"{text[: found.start()]} {text[found.end() :]}", found[1])


def without_aside(text: str) -> str:
    """A text without what it says that it is not about."""
    return aside_parted(text)[0]


_NOT_MEANT = re.compile(
    r"(?:(?:\(|[,.?!] ?| [–-] )(?:alltså |dvs |i\.e\. )?(?:inte|ej|not)"
    r"|[ (,.?!]+(?:exkl(?:usive|\.)?|excluding|förutom|bortsett från|except(?: for)?|apart from"
    r"|bortse från|räkna bort|räkna inte med|undantaget|leav(?:e|ing) out|don['’]t count|not counting))"
    r" (?:(?:the|for|in|på|i|för|till|de|den|det|om) )*"
    r"([^,()?]{3,50}?) ?(?:\)|(?=[,?.!]| [–-] |$))",
    re.IGNORECASE,
)


def without_source(text: str) -> str:
    """A text without where it says that its answer stands: in the plan, or in what follows it up."""
    return FROM_REPORT.sub("", _FROM_PLAN.sub("", _PLAN_BEFORE_YEAR.sub("", text)))


_PLAN_BEFORE_YEAR = re.compile(r"\b(?:vp|verksamhetsplan(?:en)?) (?=(?:19|20)\d\d\b)", re.IGNORECASE)
_EXCEPTED = re.compile(
    r"^(?:förutom|utöver|bortsett från|apart from|aside from|besides|other than|except(?: for)?) [^,.?!:]{2,60}, ",
    re.IGNORECASE,
)
# What the asker says last of themselves: "Jobbar där och måste planera.", "I need it for my calendar."
_NEEDED = re.compile(
    r"\?\s+(?:(?:jag|i) )?(?:behöver|måste|jobbar|arbetar|ska|skriver|planerar|frågar|need|have to|must|work|write|plan"
    r"|ask(?:ing)?)\b[^?]*$",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r",? (?:right|correct|is(?:n['’]?t| that)(?: it| right| so)?|eller hur|(?:inte|visst?) sant|stämmer det|va)\s*\?+$",
    re.IGNORECASE,
)
# Where a question says that its answer stands: in what follows a plan up, or in the plan.
FROM_REPORT = re.compile(
    r",? ?\b(?:according to|enligt) (?:(?:the|our|den|vår|senare|senaste|later|latest|(?:19|20)\d\d) )*"
    r"(?:follow-?up(?: report)?|feedback|report|uppföljning(?:en)?|återkoppling(?:en)?"
    r"|(?:åter)?rapport(?:ering)?(?:en)?)\b"
    r"(?: (?:on|of|to|av|på|till) [^,?.!]+(?=[?.!]*$))?",
    re.IGNORECASE,
)
_FROM_PLAN = re.compile(
    r",? ?\b(?:according to|enligt) (?:(?:the|our) (?:operational )?plan|(?:verksamhets|enhets)?planen)\b",
    re.IGNORECASE,
)
# When something is so, said before what is asked; where the verb comes first, that is asked itself.
WHILE = re.compile(
    r"^\W*(?:när (?:man|någon|nån|ni|vi|jag|du|en|ett|det|den|de|\w+(?:na|en|et))"
    r"|when (?!is|are|was|were|do|does|did|will|would|can|could|should|must|has|have|had|shall|may|exactly)\w+)"
    r"\b[^,?]*, (?!(?:och|and)\b)",
    re.IGNORECASE,
)
# What is taken for granted, or is not meant, is when something else is than what is asked for.
_GRANTED = r"^(?:nu när|eftersom|now that|since|given that|seeing (?:as|that)) (?P<granted>[^,.?!]{4,90}), "
_PREMISE = re.compile(
    rf"{_GRANTED}"
    r"|, [^,.?!]{0,40}\b(?:som|which|that|who) [^,.?!]{4,60}(?=,)"
    r"|\((?:\w+ )?(?:inte|ej|not) (?!före|innan|förrän|senare|before|until|later)[^()]*\)",
    re.IGNORECASE,
)


def without_premise(text: str) -> str:
    """A text without what it takes for granted, or says that it does not mean."""
    return _PREMISE.sub("", text)


def granted(text: str) -> str:
    """What a text takes for granted first: "Now that the school opens, when …?"; "" for nothing."""
    found = re.match(_GRANTED, text, re.IGNORECASE)
    return found["granted"] if found else ""
