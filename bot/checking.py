"""What plans contradict themselves on, for the command: each finding verified and cited like an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.asking import citation_record, on_terminal, sources
from bot.cited import Opened, cited
from bot.words import words
from retrieval.check.check import SEVERITIES, Finding, check
from retrieval.evidence.answer_types import Citation
from retrieval.language.swedish import Language


@dataclass(frozen=True, slots=True)
class Checked:
    """A finding of a document, in the language it is told in, with its citations."""

    document: str
    finding: Finding
    language: Language
    line: str
    citations: tuple[Citation, ...]

    def record(self) -> dict[str, object]:
        """The finding as JSON has it."""
        sources = [citation.n for citation in self.citations]
        return {
            "document": self.document,
            "severity": self.finding.severity,
            "kind": self.finding.kind,
            "finding": self.finding.words[self.language],
            "language": self.language,
            "citations": [citation_record(citation) for citation in self.citations],
            "computed": [{"value": each.value, "formula": each.formula, "from": sources} for each in self.finding.sums],
        }


def checked(plans: Iterable[Opened], language: Language) -> Iterator[Checked]:
    """What each plan contradicts itself on; a finding that its own quotes don't support is not told."""
    for plan in plans:
        for finding in check(plan.facts):
            said = cited([finding.statement(language)], [plan])
            if said.lines:
                yield Checked(plan.known.name, finding, language, said.lines[0], said.citations)


def report(found: Sequence[Checked], documents: int, language: Language) -> Iterator[str]:
    """The findings for a person to read, by document, then how many there are of each severity."""
    w, document = words(language), ""
    for each in found:
        if each.document != document:
            document = each.document
            yield document
        yield f"  {getattr(w, each.finding.severity)}: {on_terminal(each.line)}"
        for made in each.finding.sums:
            yield f"      {on_terminal(f'{made.formula} = {made.value}')}"
        for line in sources(each.citations, language):
            yield f"      {line}"
        yield ""
    counts = Counter(each.finding.severity for each in found)
    of_each = [f"{getattr(w, severity).lower()} {counts[severity]}" for severity in SEVERITIES if counts[severity]]
    if found:
        yield w.check_found.format(count=len(found), documents=documents, severities=", ".join(of_each))
    else:
        yield w.check_nothing.format(documents=documents)
