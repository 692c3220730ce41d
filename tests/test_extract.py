"""Prose answered by the few sentences that answer: which form a text has, and how sentences are quoted."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.plan import Description, Origin, Passage, Plan, Section
from ingest.source import Span
from ingest.values import mended
from retrieval.evidence.answer_types import Statement
from retrieval.evidence.denials import contradicts, denies
from retrieval.evidence.extract import prose_statements
from retrieval.evidence.forms import answers_form, fits, insisted
from retrieval.evidence.lookup import Facts
from retrieval.evidence.year_told import asks_how_it_was
from retrieval.language.cues import asked
from retrieval.language.dates import Dates
from retrieval.language.swedish import STOP_WORDS, language, terms, tokens
from retrieval.question.question import Question
from retrieval.store.search import Concept, Searchable

PASSAGES = (
    "Kajen sopas varje vecka. Sopbilen är \nny och går på el. Den kostar 2,4 mnkr.",
    "Under året ska hamnen:\n• måla bryggorna\n• laga fyren\n\uf0b7 köpa tio livbojar",
    "Fyren stängs eftersom lampan är trasig.",
    "Hamnen prövar metoden Ankar. Den innebär att båtar möts av en lots. Syftet är lugn. Hamnen växer. "
    + "Vid kajen ligger båtar av trä och båtar av plåt. " * 6,
    "Tre nät lagas i boden. Det sker på initiativ av fiskarna. Boden hyrs till och med juni.",
    "Bodens färg är röd. Boden får dessa tavlor:\n• skylt\n• karta",
    "Måsen bor på taket. Mat finns i hamnen. Bon är av tång.",
    "Kranen kostar 9 mnkr. Av dessa är 2 mnkr till vajer. Pengarna räcker till mars.",
    "Elever får lön av hamnen. Motkravet är två vintrar till. Hamnen sover. "
    + "Vid kajen ligger tunga båtar av plåt. " * 8,
    "Tulldirektören hyr ett magasin till och med juni.",
    "Därefter flyttar tullen till fyren.",
    "Kajen mäts i fot. " + "Kajen är lång och bred och rak och platt och grå. " * 40,
)
TEXT = "\n\n".join(PASSAGES)
PLAN = Plan(
    Description("Plan"),
    TEXT,
    sections=(Section("Hamnen", "", "", 1, None, Span(0, 1)),),
    passages=tuple(Passage(p, Origin(0, (Span(TEXT.index(p), TEXT.index(p) + len(p)),))) for p in PASSAGES),
)
SEARCHABLE = Searchable(PLAN)
FACTS = Facts(3, PLAN, 2026)


def question(text: str) -> Question:
    concepts = tuple(Concept(w, dict(terms(w))) for w in tokens(text) if w not in STOP_WORDS and terms(w))
    years = tuple(int(y) for y in re.findall(r"\b20\d\d\b", text))
    return Question(text, language(text), language(text), concepts, asked(text), years)


def quoted(text: str, room: int = 700) -> list[Statement]:
    asking = question(text)
    return prose_statements(FACTS, SEARCHABLE, SEARCHABLE.search(asking.concepts), asking, room)


def quotes(statements: list[Statement]) -> list[str]:
    return [TEXT[r.span.start : r.span.end] for statement in statements for r in statement.support]


# Form


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hur många livbojar?", "Hamnen köper tio livbojar."),
        ("Hur mycket kostar bilen?", "Den kostar 2,4 mnkr."),
        ("När målas bryggorna?", "Bryggorna målas i maj."),
        ("När målas bryggorna?", "Bryggorna målas under våren."),
        ("Varför stängs fyren?", "Fyren stängs eftersom lampan är trasig."),
        ("Vem leder arbetet?", "Hamnnämnden leder arbetet."),
    ],
)
def test_fitting_form(text: str, words: str) -> None:
    """A text with the form asked for (a number, a sum, a time, a reason, a body) counts more than one without."""
    assert fits(words, question(text)) > fits("Bryggan är blå.", question(text))


def test_no_form_asked() -> None:
    """Where a question asks for no form, any is as good."""
    assert fits("Bryggan är blå.", question("Berätta om bryggan")) == 1.0


@pytest.mark.parametrize(
    ("text", "answer", "other"),
    [
        ("Hur många livbojar finns?", "Tio livbojar.", "Livbojar finns på kajen."),
        ("Hur många båtar kom 2026?", "Det kom 40 båtar 2026.", "Båtarna kom 2026."),
        ("Vilket datum öppnar fyren?", "Den öppnar den 3 maj.", "Den öppnar i maj."),
        ("När tänds fyren?", "Den tänds i maj.", "Den tänds för alla."),
        ("När öppnar fyren?", "Den öppnar i maj.", "Den är ny."),
        ("Vilket telefonnummer har hamnen?", "Ring 08-123 45 67.", "Hamnen har telefon."),
        ("Vad heter chefen?", "Chef är Stina Bergström.", "Hamnchefen leder hamnen."),
        ("Vem tänder fyren?", "Fyrvaktaren tänder den.", "Den tänds klockan fem."),
        ("Vem tänder Norrfyren?", "Det gör kommunstyrelsen.", "På kajen står Norrfyren."),
        ("Vem tänder fyren?", "Den tänds av Sjöbergs.", "Fyren tänds i maj."),
        ("Vilka jobbar på hamnkontoret?", "Två lotsar och en controller.", "Hamnkontoret ligger på kajen."),
        ("Hur många båtar finns?", "Det finns tolv.", "Båtarna kom den 3 maj."),
        ("Hur många båtar finns?", "Det finns 12 båtar.", "Båtarna kostar 2,4 mnkr."),
        ("Hur många båtar finns?", "Tolv, se bilaga 3.", "Båtarna står i bilaga 3."),
        ("Vad heter hamnchefen?", "Hamnchef är Stina Bergström.", "Hamnchefen leder."),
        ("Vem blir hamnchef?", "Hamnchef blir Stina Bergström.", "Hamnkontoret byggs i Kvarnvik."),
        ("Vilka veckor är hamnen stängd?", "Hamnen stänger vecka 28.", "Hamnen är öppen tre dagar i veckan."),
        ("Vad kostar en båtplats per månad?", "Den kostar 300 kr.", "Båtplatser är dyra."),
        ("Vad blev utfallet?", "Utfallet var 3 mnkr.", "Budgeten är 3 mnkr."),
        ("Hur många båtar finns?", "Det finns 12 båtar.", "Båtar lånas av unga 12–23 år."),
        ("How many boats do we have?", "Hamnen har tolv båtar.", "Båtarna drar 3 GWh."),
        ("Hur många veckor är väntetiden?", "Väntetiden är tre veckor.", "Det är väntetid för unga 12–23 år."),
        ("How many minutes is the trip?", "Turen tar 20 minuter.", "Turen har två semesterveckor."),
        ("Vilken firma lagar kajen?", "Kajen lagas av Sjöbergs.", "Kajen är av sten."),
        ("Which company runs the ferry?", "Färjan drivs av Havsro AB.", "Färjan går två gånger om dagen."),
        ("Vilken gata ligger fyren på?", "Fyren ligger på Kvarngatan 4.", "Fyren ligger i Norrsjö."),
        ("Vilken lag gäller kajen?", "Det står i miljöbalken.", "Kajen är lång."),
        ("Vilken lön får fyrvaktaren?", "Han får 30 000 kronor.", "Fyren får 3 mnkr."),
        ("What's the monthly rent for the boathouse?", "Hyran är 900 kr.", "Boden hyrs ut till en fiskare."),
        ("Hur många båtar sålde vi förra året?", "Hamnen sålde fyra båtar.", "Fyra båtar väntas säljas."),
        ("Hur länge är det kö till kajen?", "Kötiden är två månader.", "Det står 12 10 båtar i kö."),
        ("Hur länge håller båtmässan på?", "Båtmässan pågår till den 9 maj.", "Båtmässan hålls den 8 april."),
        ("How long does the course take?", "Kursen är en tredagarskurs.", "Kursen ges den 8 april."),
        (
            "Hur många båtar finns?",
            "Det finns 12 nya båtar.",
            "Båtarna vid kajen lånas ut till de yngsta barnen i 10 skolor.",
        ),
        ("Vad heter båten?", "Båten heter Sjöbris.", "Båten sjösätts i maj."),
        ("What's the name of the boat?", "Den kallas Sjöbris.", "Båten sjösätts i maj."),
        ("Var träffas seglarna?", "Seglarna träffas i biblioteket.", "Seglarna träffas två gånger om året."),
        ("Vilka veckodagar är kajen öppen?", "Den är öppen tisdag och lördag.", "Den är öppen tre dagar."),
        ("What number do I call to reach the harbour?", "Ring 08-123 45 67.", "Hamnen svarar i telefon."),
        ("Vad skulle en ny kaj kosta?", "En ny kaj kostar 3 mnkr.", "Kajen är 80 meter."),
        ("How much do we pay the ferry company?", "Rederiet får 3 mnkr.", "Rederiet har 12 båtar."),
        ("How many of the men fish?", "Av männen fiskar 12.", "Det är 12 som fiskar."),
        ("Hur ofta målas båtarna?", "Båtarna målas regelbundet.", "Båtarna målas röda."),
    ],
)
def test_form_insisted_on(text: str, answer: str, other: str) -> None:
    """What is on the subject, but lacks the figure, date, person or outcome asked for, is no answer."""
    assert answers_form(answer, question(text), 2026)
    assert not answers_form(other, question(text), 2026)


def test_what_is_not_insisted_on() -> None:
    """Who is asked for by the word that asks, and not by one that only goes on; of whom no number is asked as well."""
    assert "somebody" not in insisted(question("Target for sailors who swim?"))
    assert insisted(question("Who works out how many boats we need?")) == ["somebody"]


def test_how_it_was() -> None:
    """How a figure turned out is asked of what was, not of what is meant to be."""
    assert asks_how_it_was(question("How many sailors said they felt safe?"))
    assert not asks_how_it_was(question("How many sailors were expected?"))
    assert not asks_how_it_was(question("Vad var målet för tryggheten?"))


def test_day_insisted_on() -> None:
    """A question for a date in some month is answered by no date in another."""
    may = replace(question("Which date in May?"), dates=Dates(date(2026, 5, 1), date(2026, 5, 31)))
    assert answers_form("Mötet hålls den 12 maj.", may, 2026)
    assert not answers_form("Planen fastställdes den 14 december 2025.", may, 2026)


def test_cost_insisted_on() -> None:
    """What something costs is told by a sum, and where it is by an address: a sentence that has none is no answer."""
    assert not answers_form("Fyren har plats för tio barn.", question("Vad kostar Fyren?"), 2026)
    assert answers_form("Till Fyren går 3 mnkr.", question("Vad kostar Fyren?"), 2026)
    assert not answers_form("Kontoret är litet.", question("Vad är adressen till kontoret?"), 2026)
    assert answers_form("Kontoret ligger på Hamngatan 4.", question("Vad är adressen till kontoret?"), 2026)


def test_denied() -> None:
    """That a thing asked about is not so is an answer, whatever figure was asked for; on another thing it is none."""
    asks = question("Hur mycket kostar badhuset?")
    assert denies("Badhuset kostar inte något i år.", asks)
    assert not denies("Badhuset öppnar i maj. Parken är inte klar.", asks)
    assert denies("Båtmässan har flyttats till januari 2027.", question("Vilket datum är båtmässan?"))


def test_year_insisted_on() -> None:
    """A question about another year than the plan's is answered only by words that name that year."""
    assert answers_form("Budgeten var 3 mnkr 2024.", question("Vad var budgeten 2024?"), 2026)
    assert answers_form("Budgeten var 3 mnkr.", question("Vad var budgeten 2024?"), 2026, "VB 2024")
    assert not answers_form("Budgeten är 3 mnkr.", question("Vad var budgeten 2024?"), 2026)
    assert answers_form("Budgeten är 3 mnkr.", question("Vad är budgeten 2026?"), 2026)


# Quotes


def test_sentence() -> None:
    """The best sentence answers, quoted as it stands, with its section."""
    statements = quoted("Varför stängs fyren?")
    assert quotes(statements)[0] == "Fyren stängs eftersom lampan är trasig."
    reference = statements[0].support[0]
    assert (reference.document, reference.section, reference.table) == (3, "Hamnen", None)


def test_sentence_over_a_line() -> None:
    """A quote keeps the line break of the text; the answer shows it on one line."""
    statement = next(s for s in quoted("Vad går sopbilen på?") if "Sopbilen" in s.text)
    assert "är \nny" in "".join(quotes([statement]))
    assert "Sopbilen är ny och går på el." in statement.text


def test_list() -> None:
    """A list is answered whole, its items each on a line, whatever their bullets."""
    statements = quoted("Vilka saker ska hamnen göra under året?")
    said = "\n".join(s.text for s in statements)
    assert [item in said for item in ("– måla bryggorna", "– laga fyren", "– köpa tio livbojar")] == [True] * 3
    assert "\uf0b7" not in said


def test_thought_goes_on() -> None:
    """An open question is answered by what leans on the sentence found too, as far as the thought goes."""
    assert quotes(quoted("Vad är Ankar?")) == [
        "Hamnen prövar metoden Ankar. Den innebär att båtar möts av en lots. Syftet är lugn."
    ]


def test_known_side_goes_on() -> None:
    """What begins with a thing as known is told with what it is a side of, unless the plan names that everywhere."""
    told = quotes(quoted("Vad får elever, och vad gör de sedan?"))
    assert told == ["Elever får lön av hamnen. Motkravet är två vintrar till."]


def test_announced_items() -> None:
    """A sentence that ends with a colon is told with the items that it announces."""
    assert quotes(quoted("När får boden tavlor?"))[0].endswith("tavlor:\n• skylt\n• karta")


def test_short_paragraph() -> None:
    """A short paragraph is told whole where a question is open, and not where it asks for one thing."""
    assert quotes(quoted("Varför bor måsen där?")) == ["Måsen bor på taket. Mat finns i hamnen. Bon är av tång."]
    assert quotes(quoted("När bor måsen där?")) == ["Måsen bor på taket."]


@pytest.mark.parametrize(
    ("text", "sentence", "otherwise"),
    [
        ("När öppnar fyren på måndagar?", "Fyren stänger på måndagar.", True),
        ("När öppnar fyren på måndagar?", "Fyren stänger på fredagar.", False),
        ("Varför lagas nät bara i boden?", "Nät lagas i hela hamnen.", True),
        ("Varför lagas nät bara i boden?", "Nät lagas i hamnen.", False),
        ("Varför har vi bara en kran?", "Hamnen har två kranar.", True),
        ("Varför har vi bara två kranar?", "Hamnen har två kranar.", False),
        ("Varför har vi en kran?", "Hamnen har två kranar.", False),
        ("Är flytväst frivilligt i hamnen?", "I hamnen är flytväst obligatoriskt.", True),
    ],
)
def test_said_otherwise(text: str, sentence: str, otherwise: bool) -> None:
    """A sentence contradicts a question where it says the opposite of one of its things, all instead of only some, or
    another number."""
    assert contradicts(sentence, question(text)) == otherwise


def test_thought_begins_before() -> None:
    """A sentence that points back is quoted with the one that it points to."""
    assert quotes(quoted("Vem tog initiativ?")) == ["Tre nät lagas i boden. Det sker på initiativ av fiskarna."]


def test_paragraph_points_back() -> None:
    """A paragraph that begins by pointing back is quoted with the sentence before it, which a page break may part."""
    told = "Tulldirektören hyr ett magasin till och med juni.\n\nDärefter flyttar tullen till fyren."
    assert quotes(quoted("Vart flyttar tullen?")) == [told]


def test_sum_and_its_parts() -> None:
    """A part of a sum is quoted with the sum before it, and what the money is for with what it is."""
    assert quotes(quoted("Hur mycket kostar vajer?")) == ["Kranen kostar 9 mnkr. Av dessa är 2 mnkr till vajer."]
    assert quotes(quoted("Vad kostar kranen, och hur länge räcker pengarna?"))[0].endswith("räcker till mars.")


def test_one_figure() -> None:
    """Where one figure is asked for, the sentence that has it is enough."""
    assert quotes(quoted("Hur många nät lagas?")) == ["Tre nät lagas i boden."]


def test_each_form_asked_for() -> None:
    """A quote goes on to each thing that a question asks for: how many, and how long."""
    assert quotes(quoted("Hur många nät lagas, och hur länge hyrs boden?"))[0].endswith("till och med juni.")


def test_room() -> None:
    """No more is said than there is room for, beyond the best sentence."""
    assert sum(len(s.text) for s in quoted("Hur är kajen, lång eller bred?", room=120)) <= 120


def test_nothing() -> None:
    """Without a hit nothing is said."""
    assert prose_statements(FACTS, SEARCHABLE, [], question("Rymdraketer?"), 700) == []


def test_english() -> None:
    """For an English question the Swedish words stand in an English sentence, between quotation marks."""
    text = quoted("Why is fyren closed, lampan?")[0].text
    assert text.startswith("The plan says: “")
    assert "Fyren stängs eftersom lampan är trasig." in text


WORDS = sorted({w for p in PASSAGES for w in tokens(p) if w.isalpha() and w not in STOP_WORDS})
CUES = ("Vad är", "Vilka", "Hur många", "När", "Varför", "What is", "Which", "Lista")


@given(st.sampled_from(CUES), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), st.integers(50, 900))
def test_any_question(cue: str, words: list[str], room: int) -> None:
    """Whatever is asked, every statement cites words of the text, says no other words, and cites none twice."""
    statements = quoted(f"{cue} {' '.join(words)}?", room)
    spans = [r.span for s in statements for r in s.support]
    assert all(0 <= span.start < span.end <= len(TEXT) for span in spans)
    assert len(spans) == len(set(spans)) == len(statements)
    for statement, quote in zip(statements, quotes(statements), strict=True):
        said = statement.text.removeprefix("The plan says: ").strip("“”")
        bare = " ".join(re.sub(r"[–•\uf0b7]", " ", said).split())
        assert bare == " ".join(re.sub(r"[–•\uf0b7]", " ", mended(quote)).split())
