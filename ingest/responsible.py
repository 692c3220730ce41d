"""Who an activity's text makes responsible: the body that leads, and those it is to work with."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

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


_ROLE = re.compile(
    r"(?i:[\w-]*(?:chef|konsulent|ledare|samordnare|strateg|handläggare|controller|sekreterare|direktör|utvecklare|rektor|"
    r"avdelning|enhet|förvaltning|nämnd|styrelse|kontor|team|grupp|partner|stab|ombud|ansvarig|ledning|service|bolag|"
    r"förskola|skola|verksamhet|centrum|specialist|koordinator|pedagog|ingenjör|tekniker|assistent|rådgivare|psykolog|"
    r"administratör|förvaltare|värd|kock|ekonom|planerare|arkitekt|sjuksköterska)(?:en|n|et|na|er|erna|rna|ar|arna|or|orna|t)?)$"
)
_BINDS = frozenset(
    """i på vid med för till av från hos om och eller samt mot inom under efter över mellan utan enligt per genom via
    kring ur åt där som den det de alla nya""".split()  # noqa: SIM905
)
_OF_ROLE = re.compile(r"\w+(?:ande|iska?|ativ)$|Medicinskt$")  # "Samordnande rektor"
_MAY_END = frozenset(("om", "över", "efter", "åt"))  # a verb's particle: "se över"
# In "Lerviks enhet".
_UNIT = re.compile(r"enhet(?:en)?|avdelning(?:en)?|förvaltning(?:en)?|hemtjänst(?:en)?|stab(?:en)?|team(?:et)?")
_CUT_SHORT = re.compile(r"^\w+-$|(?:,| och| med| samt| för)$")  # who wraps too
_MOST_WORDS = 7


def is_role(words: str) -> bool:
    """True where a word of some is one for an office ("biträdande rektor", "HR-chef")."""
    return any(_ROLE.match(word.rstrip(",")) for word in words.split())


def who_begins(
    text: str,
    apart: Sequence[bool],
    known: Collection[str],
    counted: Callable[[str], int],
    sure: bool,
    goes_on: bool = False,
) -> int | None:
    """Where in a text and who answers for it, one after the other, who begins; None where nothing tells.

    `text` has a newline at each line's end, and `apart` tells for each whether a blank line stands there. A new line, a
    word for an office, a name that answers for something else too (`known`) or that the document also has elsewhere
    (`counted`) each speak for a place; a word that binds the name to the text before it speaks against, unless
    the text `goes_on` below. Only places that a line or an office shows are given where it must be `sure`.
    """
    words = list(re.finditer(r"\S+", text))
    best: tuple[int, int] | None = None
    for n, word in enumerate(words):
        if n == 0 or not word[0][0].isupper() or len(word[0]) == 1 or not re.search(r"[^\W\d]", text[: word.start()]):
            continue
        rest = words[n:]
        if len(rest) > _MOST_WORDS or rest[-1][0].endswith((".", "," * (not goes_on) or ".")):
            continue
        phrase = " ".join(each[0] for each in rest)
        before = words[n - 1]
        new_line = "\n" in text[before.end() : word.start()]
        line = text.count("\n", 0, word.start()) - 1
        office = _ROLE.match(word[0].rstrip(",")) is not None or (
            len(rest) > 1 and _OF_ROLE.match(word[0]) is not None and _ROLE.match(rest[1][0].rstrip(",")) is not None
        )
        office = office or (len(rest) == 2 and _UNIT.fullmatch(rest[1][0]) is not None)
        worth = 4 * office
        worth += (5 if apart[line] else 3) if new_line else 0
        worth += 4 if phrase in known else 0
        if sure and not worth:
            continue
        worth += 2 if counted(phrase) > 1 else 0
        worth += 3 if before[0].endswith((".", ")")) else 0
        worth += 4 if word[0] == before[0] else 0  # "… på Fyren Fyren"
        if goes_on and not new_line:
            worth += 4 if _CUT_SHORT.search(phrase) else 0
        several = len(rest) > 2 and word[0] in known and rest[1][0] in ("och", "samt", "med")
        worth += 4 * several
        small = sum(each[0][0].islower() and each[0] not in ("och", "för") for each in rest)
        worth += 1 if not small else 0
        worth -= 8 * new_line if before[0].lower() in _BINDS and before[0].lower() not in _MAY_END else 0
        if not new_line:
            worth -= 4 if before[0].lower() in _BINDS and not goes_on else 0
            if before[0][0].isupper() and n > 1 and not office and counted(phrase) <= counted(f"{before[0]} {phrase}"):
                worth -= 3
        if not office and not new_line and not several and phrase not in known:
            worth -= small + 3 * any(_ROLE.match(each[0].rstrip(",")) for each in rest[1:])
        if worth > 0 and (best is None or worth > best[0]):
            best = worth, word.start()
    return best[1] if best else None
