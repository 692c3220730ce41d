"""Who an activity's text makes responsible: the body that leads, and those it is to work with."""

from __future__ import annotations

import re

_BODY = re.compile(
    r"(?:[A-ZÅÄÖ][\wåäöÅÄÖ-]*s? )?"
    r"(?:[\wåäöÅÄÖ-]+- (?:och|,) )?[\wåäöÅÄÖ-]*"
    r"(?i:nämnd(?:en|er|erna|ernas|ens)?|styrelse(?:n|rna)?|förvaltning(?:en|arna|ens)?|kontor(?:et|en)?|enhet(?:en|erna)?|"
    r"avdelning(?:en|arna|ar)?|förmedling(?:en)?|bolag(?:et|en)?|direktör(?:en)?|chef(?:en|er|erna)?|förskol(?:a|an|or|orna)|"
    r"medarbetare|ombud(?:et)?|polis(?:en)?|vårdcentral(?:en|er|erna)?)\b|Jobbtorg(?: [A-ZÅÄÖ]\w+)?|"
    r"Region [A-ZÅÄÖ]\w+\b"
)  # fmt: skip
_NAME = r"[A-ZÅÄÖ][\w-]+(?: (?:och (?=\S+ AB\b))?[A-ZÅÄÖ][\w-]+)*"
_DEFINITE = r"[a-zåäö-]+(?:en|et|an|arna|orna|erna)(?![\w-])"
# A body in a list of them: a name, a body as above, or a noun in the definite form ("centrumägaren").
_COMPANY = rf"AB {_NAME}|{_NAME}(?: i [A-ZÅÄÖ]\w+)? AB\b(?: \([A-ZÅÄÖ]+\))?"
_LISTED = re.compile(rf"(?:{_COMPANY}|(?:{_NAME} )?(?:{_BODY.pattern})|{_NAME}|{_DEFINITE})")
_AND = re.compile(
    r",? ?(?:och|samt|,)? ?(?:(?:vid behov )?(?:i (?:nära )?(?:samarbete|samråd|samverkan)|tillsammans|med stöd)"
    r"(?: med| av| från)? )?"
)
_MODAL = re.compile(r"\b(?:ska|skall|kommer|bör|får|måste|har|deltar|väljer|fortsätter|arbetar|genomför)\b")
_PASSIVE = re.compile(r"\b(?!finns|finnas|hoppas|lyckas|trivas|minnas|syftas)\w{3,}(?<!rn)as\b")
_WITH = re.compile(
    r"\b(?:i (?:nära )?(?:samarbete(?:t)?|samråd|samverkan)(?: med)?|tillsammans med|med stöd (?:av|från)|"
    r"gemensam(?:t|ma)? \w+ med) "
)
_NO_SUBJECT = re.compile(r"^(?:För|Inom|Under|Utöver|I|På|Vid|Genom|Med|Efter|Inför)\b")


def responsible_in(text: str) -> tuple[str, ...]:
    """The bodies an activity's text makes responsible, the one that leads first, then those it is to work with.

    The leading bodies stand before the first "ska". Nobody is named where the text begins with what is to be done, or
    says what is to be done to something; an agent ("… ska godkännas av HR") is one all the same.
    """
    modal = _MODAL.search(text)
    if not modal or modal.start() > 160:
        return ()
    subject, rest = text[: modal.start()], text[modal.end() :]
    clause = re.split(r"[.;]|\bför att\b|\bi syfte\b|\bsom\b", rest)[0]
    passive = _PASSIVE.search(clause[:60])
    if passive:
        agent = re.match(rf" av ({_LISTED.pattern})", clause[passive.end() :])
        return (agent[1],) if agent else ()
    if _NO_SUBJECT.match(subject):
        return ()
    lead = _bodies(subject)
    if not lead:
        return ()
    others = [body for found in _WITH.finditer(clause) for body in _listed(clause[found.end() :])]
    return tuple(dict.fromkeys((*lead, *others)))


def _bodies(subject: str) -> list[str]:
    """The bodies that a subject names: a company's whole name, else each body by its ending."""
    company = re.match(_COMPANY, subject)
    return [company[0]] if company else [found.group().strip(" ,") for found in _BODY.finditer(subject)]


def _listed(words: str) -> list[str]:
    """The bodies in a list: "socialnämnden, polisen och Ljunghem ta fram …" → the three, and no word more."""
    found: list[str] = []
    at = 0
    while match := _LISTED.match(words, at):
        found.append(match.group().strip(" ,"))
        joint = _AND.match(words, match.end())
        if not joint or not re.search(r"och|samt|,", joint.group()):
            break
        at = joint.end()
    return found
