"""Whose plan a question is about: what it names, else the asker's scope, else the only organisation; of which year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.plan import Description, Period, Status
from retrieval.question.scope import Chosen, Scope, all_of, choose, of_document, years_in_full
from retrieval.store.known import Known

TODAY = date(2026, 3, 1)
HOME = Scope("Norrsjö")


def known(
    name: str, organisation: str | None, year: int, status: Status | None = "adopted", unit: str | None = None
) -> Known:
    """A document that can be asked. Its id is its name's place in the alphabet, so that tests name what they expect."""
    period = Period(date(year, 1, 1), date(year, 12, 31))
    description = Description(f"Verksamhetsplan {year}", organisation, unit, "verksamhetsplan", period, status)
    return Known(sum(map(ord, name)), name, description)


PLANS = (
    known("n25", "Norrsjö", 2025),
    known("n26", "Norrsjö", 2026),
    known("n27", "Norrsjö", 2027),
    known("g26", "Granvalla-Östmo", 2026, "proposal"),
    known("h26", "Hamrinsberg-Åby", 2026),
)


def chosen(
    question: str, scope: Scope = HOME, plans: tuple[Known, ...] = PLANS, today: date = TODAY
) -> list[list[str]]:
    """The names of the documents to answer from, a list for each plan."""
    return [[document.name for document in group] for group in choose(question, plans, scope, today).groups]


# Whose


@pytest.mark.parametrize(
    "question",
    [
        "Vad är Granvalla-Östmos budget?",
        "budget i Granvalla-Östmo",
        "granvalla ostmo budget",
        "Vad är budgeten för granvalla-ostmo?",
        "What is the budget of Granvalla-Ostmo?",
        "GÖ:s budget",
        "Vad har GÖ för budget?",
        "Granvallas budget",
    ],
)
def test_named_organisation(question: str) -> None:
    """An organisation is known by its name, genitive, initials or first name, with diacritics and hyphen or without."""
    assert chosen(question) == [["g26"]]


def test_named_wins_over_scope() -> None:
    """What a question names wins over where the asker works, and is told as named, with the words that named it."""
    found = choose("Vad är Granvalla-Östmos budget?", PLANS, HOME, TODAY)
    assert found.named
    assert {"granvalla", "ostmo"} <= set(found.words)


@pytest.mark.parametrize(
    "home", ["Norrsjö", "norrsjo", "NORRSJÖ", "Norrsjö stadsdelsnämnd", "Norrsjös stadsdelsförvaltning", "Norrsjös"]
)
def test_own_plan(home: str) -> None:
    """A question that names nobody is about the asker's own organisation, however its name is written."""
    assert chosen("Vad är vårt mål?", Scope(home)) == [["n26"]]


def test_home_by_its_board_or_its_administration() -> None:
    """An asker's organisation may be given as its board or as its administration; another board is another."""
    plans = (known("s", "Socialnämnden", 2026), known("k", "Kulturnämnden", 2026))
    assert chosen("Vad är målet?", Scope("Socialförvaltningen"), plans) == [["s"]]
    assert choose("Vad är målet?", plans, Scope("Tekniska förvaltningen"), TODAY).missing == "Tekniska förvaltningen"


@pytest.mark.parametrize("question", ["Vad är målet i Norrsjös stadsdelsnämnd?", "Norrsjö stadsdelsförvaltnings mål?"])
def test_kind_of_body_beside_its_name(question: str) -> None:
    """What kind of body is named belongs to the words that name it: it is nothing to look for in the plan."""
    assert any(word.startswith("stadsdels") for word in choose(question, PLANS, HOME, TODAY).words)


def test_only_organisation() -> None:
    """Without a scope the only organisation there is answers."""
    assert chosen("Vad är målet?", Scope(), PLANS[:2]) == [["n26"]]


def test_no_scope_and_several_organisations() -> None:
    """Without a scope, which of several organisations is meant is left open."""
    assert choose("Vad är målet?", PLANS, Scope(), TODAY) == Chosen((), open=True)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Vad är Ekstorps stadsdelsnämnds budget?", "Ekstorp"),
        ("What is the budget of Ekstorp district?", "Ekstorp"),
        ("Vad är Sjövik-Ekas mål?", "Sjövik-Ekas"),
    ],
)
def test_unknown_organisation(question: str, missing: str) -> None:
    """An organisation without a plan here is missing, and no other plan answers for it."""
    assert choose(question, PLANS, HOME, TODAY) == Chosen((), missing=missing)


def test_unknown_home() -> None:
    """An asker whose organisation has no plan here gets no other's."""
    assert choose("Vad är målet?", PLANS, Scope("Ekstorp"), TODAY) == Chosen((), missing="Ekstorp")


@pytest.mark.parametrize(
    "question",
    [
        "Vilka stadsdelar finns?",
        "Vår stadsdel, hur många bor där?",
        "Hela stadsdelsnämndens budget?",
        "Which district are we?",
        "Vad händer under Januari-Mars?",
        "What opens during January-March?",
    ],
)
def test_first_word_is_no_organisation(question: str) -> None:
    """Not every capital is of a name: not a question's first word's, nor two months'."""
    assert chosen(question) == [["n26"]]


@pytest.mark.parametrize(("home", "other"), [("Bro", "Broby"), ("Norrås", "Ås")])
def test_home_is_not_part_of_a_word(home: str, other: str) -> None:
    """An asker's organisation is not taken for one whose name it is a part of."""
    assert choose("Vad är målet?", [known("x", other, 2026)], Scope(home), TODAY).missing == home


def test_home_by_its_initials() -> None:
    """An asker's organisation may be given by its initials."""
    assert chosen("Vad är målet?", Scope("GÖ")) == [["g26"]]


# Which year's


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Vad var målet 2025?", "n25"),
        ("Vad är Norrsjös mål 2027?", "n27"),
        ("Vad ska vara klart senast 2025-12-31?", "n26"),
    ],
)
def test_year_in_the_question(question: str, name: str) -> None:
    """A year in the question chooses that year's plan; a date is not a year."""
    assert chosen(question) == [[name]]


def test_year_of_the_scope() -> None:
    """The scope's year chooses the plan, unless the question names another."""
    scope = Scope("Norrsjö", year=2025)
    assert chosen("Vad är målet i år?", scope) == [["n25"]]
    assert chosen("Vad är målet 2027?", scope) == [["n27"]]


@pytest.mark.parametrize(("today", "name"), [(date(2025, 6, 1), "n25"), (TODAY, "n26"), (date(2029, 1, 1), "n27")])
def test_newest_begun(today: date, name: str) -> None:
    """Without a year the newest plan that has begun answers."""
    assert chosen("Vad är målet?", today=today) == [[name]]


def test_year_of_the_scope_without_a_plan() -> None:
    """A scope's year that has no plan is missing; another year's plan does not answer for it."""
    assert choose("Vad är målet?", PLANS, Scope("Norrsjö", year=2031), TODAY) == Chosen((), missing="Norrsjö 2031")
    assert chosen("Vad var målet 2025?", Scope("Norrsjö", year=2031)) == [["n25"]]


def test_part_of_a_year() -> None:
    """A plan for half a year is the plan of its year."""
    half = Description("Plan", "Norrsjö", period=Period(date(2024, 1, 1), date(2024, 6, 30)))
    assert chosen("Vad var målet 2024?", plans=(*PLANS, Known(7, "half", half))) == [["half"]]


# Which of several


def test_adopted_before_proposal() -> None:
    """A proposal gives way to the adopted plan of the same year, and answers where there is no other."""
    proposal, adopted = known("p", "Norrsjö", 2026, "proposal"), known("q", "Norrsjö", 2026)
    assert chosen("Vad är målet?", plans=(proposal, adopted)) == [["q"]]
    assert chosen("Vad är målet?", plans=(proposal,)) == [["p"]]


UNITS = (known("n", "Norrsjö", 2026), known("u", "Norrsjö", 2026, unit="Näckrosen"))


def test_unit_of_the_scope() -> None:
    """A unit's own plan answers somebody who works there, or who names it; everybody else has the organisation's."""
    assert chosen("Vad är målet?", Scope("Norrsjö", "Näckrosen"), UNITS) == [["u"]]
    assert chosen("Vad är Näckrosens mål?", HOME, UNITS) == [["u"]]
    assert chosen("Vad är målet?", HOME, UNITS) == [["n"]]


def test_organisation_that_is_a_unit() -> None:
    """Whoever gives a unit's name, or that of a file, as their organisation's is answered from its plan."""
    plans = (*PLANS, known("u", "Norrsjö", 2026, unit="Näckrosens förskola"), known("p-havsbyn.txt", "Ostmo", 2026))
    assert chosen("", Scope("Näckrosens förskola"), plans) == [["u"]]
    assert chosen("", Scope("Havsbyn"), plans) == [["p-havsbyn.txt"]]


def test_named_unit_wins_over_scope() -> None:
    """The unit that a question names wins over the asker's own."""
    plans = (*UNITS, known("v", "Norrsjö", 2026, unit="Tranan"))
    assert chosen("Vad är Tranans mål?", Scope("Norrsjö", "Näckrosen"), plans) == [["v"]]


def test_words_that_name_a_unit() -> None:
    """A unit that a question names is among the words that name the plan, and is no subject of the question."""
    named = choose("Vad kostar lunchen på Näckrosen i Norrsjö?", UNITS, HOME, TODAY)
    assert "nackrosen" in named.words
    assert named.marks == (("Norrsjö", "Näckrosen"),)


@pytest.mark.parametrize("said", ["tekniska avdelningen", "Norrsjös tekniska avdelning", "tekn avd"])
def test_unit_in_another_form(said: str) -> None:
    """A unit may be named in another form of its words, or cut short; a plan without one is named by none."""
    plans = (known("n", "Norrsjö", 2026), known("u", "Norrsjö", 2026, unit="Tekniska avdelningen"))
    named = choose(f"Vad har {said} för adress?", plans, HOME, TODAY)
    assert [[document.name for document in group] for group in named.groups] == [["u"]]
    assert said.removeprefix("Norrsjös ") in [mark for marks in named.marks for mark in marks]
    assert choose("Vad har tekn avd för adress?", plans[:1], HOME, TODAY).words == ()


def test_word_of_a_unit_is_named_whole() -> None:
    """A unit of one word is named by that alone: "for" is no beginning of Förskoleenheten."""
    plans = (known("n", "Norrsjö", 2026), known("u", "Norrsjö", 2026, unit="Förskoleenheten"))
    assert [d.name for d in choose("What is the target for sick leave?", plans, HOME, TODAY).groups[0]] == ["n"]
    assert [d.name for d in choose("Vad är förskoleenhetens mål?", plans, HOME, TODAY).groups[0]] == ["u"]


# Two plans


def test_two_organisations() -> None:
    """A question that names two organisations is about both, in the order they are named."""
    assert chosen("Jämför Granvalla-Östmo med Norrsjö") == [["g26"], ["n26"]]
    assert chosen("Har Norrsjö högre mål än Granvalla-Östmo?") == [["n26"], ["g26"]]


def test_two_organisations_of_different_years() -> None:
    """Each of two organisations answers for the year that stands by its name."""
    assert chosen("Jämför Norrsjö 2025 med Granvalla-Östmo 2026") == [["n25"], ["g26"]]


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between 2025 and 2026?",
        "Vad skiljer mellan 2025 och 2026?",
        "Jämför målet 2025 och 2026",
    ],
)
def test_two_years(question: str) -> None:
    """Two years of one organisation, compared, are two plans."""
    assert chosen(question) == [["n25"], ["n26"]]


@pytest.mark.parametrize(
    "question",
    [
        "Hur många planeras 2026, och hur många var det i oktober 2025?",
        "How many in 2026 and how many in October 2025?",
    ],
)
def test_month_of_a_year(question: str) -> None:
    """The year of a month is a time that the plan of the year after tells of too, and names no plan of its own."""
    assert chosen(question) == [["n26"]]


@pytest.mark.parametrize(
    "question",
    [
        "What is the exercise about this year, and what was it about last year?",
        "vad var målet förra året och vad är det nu?",
    ],
)
def test_this_year_and_last(question: str) -> None:
    """What is asked of this year and of last year apart is answered from each year's plan, in the order asked."""
    assert sorted(chosen(question)) == [["n25"], ["n26"]]
    assert chosen(question, plans=PLANS[1:]) == [["n26"]]


@pytest.mark.parametrize(
    ("question", "marks"),
    [
        ("Hur många bilar hade vi 2025 och hur många är det 2026?", [("2025",), ("2026",)]),
        ("What was the reserve in 2025, and what is it now?", [("2025",), ("now",)]),
        ("Vad säger planen 2025 och vad säger årets plan?", [("2025",), ("årets",)]),
        ("lunchen 2026 jmf m 2025", [("2026",), ("2025",)]),
        ("Vad kostar lunchen i Granvalla-Östmo och hos oss?", [("Granvalla-Östmo",), ("hos oss",)]),
    ],
)
def test_marks(question: str, marks: list[tuple[str, ...]]) -> None:
    """Two years, or another's and ours, are two plans though nothing is compared, each with what names it."""
    made = choose(question, [*PLANS], Scope("Norrsjö", None, 2026), date(2026, 3, 1))
    assert list(made.marks) == marks


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("netto VP25 mot VP26", "netto 2025 mot 2026"),
        ("vad har ändrats sedan 25", "vad har ändrats sedan 2025"),
        ("utfallet mot bokslut-19", "utfallet mot bokslut 2019"),
        ("in ’21", "in 2021"),
        ("Är de fler än 25?", "Är de fler än 25?"),
        ("mellan 65 och 80 år", "mellan 65 och 80 år"),
        ("budget 25 mnkr", "budget 25 mnkr"),
    ],
)
def test_years_in_full(question: str, full: str) -> None:
    """Two digits are a year after what has one, where a plan is near; other numbers are not."""
    assert years_in_full(question, PLANS) == full


@pytest.mark.parametrize(
    ("question", "names", "marks"),
    [
        ("Vad gäller enligt återkopplingen?", [["svar"]], [("enligt återkopplingen",)]),
        (
            "What does the plan say, and what does the follow-up say?",
            [["plan"], ["svar"]],
            [("the plan",), ("the follow-up",)],
        ),
        (
            "Vad lovade planen om kajen, och vad har hänt sedan dess?",
            [["plan"], ["svar"]],
            [("lovade planen",), ("hänt sedan dess",)],
        ),
        (
            "What did the plan promise, and what was done according to the follow-up?",
            [["plan"], ["svar"]],
            [("the plan promise",), ("according to the follow-up",)],
        ),
        ("Vad har hänt sedan dess?", [["plan", "svar"]], [()]),
        ("Vad har hänt sedan 2019 enligt planen?", [["plan", "svar"]], [()]),
        ("Hur följs planen upp?", [["plan", "svar"]], [()]),
        ("Vad säger planen om uppföljning?", [["plan", "svar"]], [()]),
    ],
)
def test_documents_of_a_plan(question: str, names: list[list[str]], marks: list[tuple[str, ...]]) -> None:
    """Of a plan's several documents the one is asked that a question names, or each for what it asks of it."""
    reply = known("svar", "Norrsjö", 2026)
    reply = replace(reply, description=replace(reply.description, kind="uppföljning av uppdrag"))
    made = of_document(question, choose(question, [known("plan", "Norrsjö", 2026), reply], HOME, TODAY))
    assert [[document.name for document in group] for group in made.groups] == names
    assert list(made.marks) == marks


def test_more_than_last_year() -> None:
    """This year set against last year is asked of this year's plan, which has both."""
    assert chosen("Får vi mer i år än förra året, och hur mycket?") == [["n26"]]


@given(st.text(max_size=80))
def test_any_question(question: str) -> None:
    """Any text chooses plans or says what is missing; never both, never a plan twice in a group."""
    found = choose(question, PLANS, HOME, TODAY)
    assert bool(found.groups) != bool(found.missing)
    assert all(group and len({d.id for d in group}) == len(group) for group in found.groups)


def test_year_beside_the_name_is_the_plans() -> None:
    """Of two years the one that stands by the organisation's name chooses the plan: the other one names a column."""
    assert chosen("Vad var VP 2025 för biblioteket i Norrsjö 2026?") == [["n26"]]
    assert chosen("What was VP 2025 for the library in Norrsjö in 2026?", Scope("Granvalla-Östmo")) == [["n26"]]


def test_both_plans() -> None:
    """Both plans of one body are chosen by their being two, and only where there are two."""
    two = PLANS[:2]
    for question in ("What changed between the two plans?", "Vad skiljer mellan planerna?", "sjukfrånvaron båda åren"):
        assert chosen(question, plans=two) == [["n25"], ["n26"]]
    assert chosen("What changed between the two plans?") == [["n26"]]


# Set beside one another


def test_we_in_the_plan_that_is_named() -> None:
    """ "We" before a clause about another organisation's things sets nothing against our own."""
    question = "När ska vi vara klara med lamporna i de lokaler som används i Granvalla-Östmo?"
    assert chosen(question, plans=PLANS[:4]) == [["g26"]]


@pytest.mark.parametrize(
    "question",
    [
        "Har Granvalla-Östmo lägre mål än vi?",
        "is the target of Granvalla-Östmo higher than ours?",
        "Granvallas budget jämfört med vår",
        "Jämför målet i Granvalla-Östmo 2026 med vårt",
        "Which goals does Granvalla-Östmo have that we lack?",
        "How does our target compare with Granvalla-Östmo's",
        "Hur skiljer sig vårt mål för sjukfrånvaron från Granvalla-Östmos?",
        "Vad skiljer de båda nämndernas mål?",
        "How do the two districts differ?",
        "the target in both districts",
    ],
)
def test_ours_beside_theirs(question: str) -> None:
    """What is set against ours, or said of both, is asked of both plans."""
    assert sorted(chosen(question, plans=PLANS[:4])) == [["g26"], ["n26"]]


@pytest.mark.parametrize("question", ["trygghet mellan stadsdelarna", "vilken av stadsdelarna är störst?"])
def test_districts_within_one(question: str) -> None:
    """Districts without a number may be parts of the asker's own."""
    assert chosen(question, plans=PLANS[:4]) == [["n26"]]


def test_all_of() -> None:
    """A question that chooses among years is put to every year's plan of the body, one among districts to each."""
    plans = [
        Known(n, name, Description("Plan", name, None, "verksamhetsplan", Period(date(y, 1, 1), date(y, 12, 31))))
        for n, (name, y) in enumerate([("Fiskhamnen", 2030), ("Fiskhamnen", 2031), ("Norrsjö", 2031)])
    ]

    def groups(question: str) -> list[list[int]]:
        every = all_of(question, plans, Scope("Fiskhamnen", None, 2031), date(2031, 3, 1))
        return [[document.id for document in group] for group in every.groups] if every else []

    assert groups("Which year has the highest target for swimming?") == [[0], [1]]
    assert groups("Vilken av stadsdelarna har högst mål?") == [[1], [2]]
    assert groups("Vilket mål är högst?") == []


def test_two_years_of_one_plan() -> None:
    """A plan of several years is one plan, however many of those a question names."""
    period = Period(date(2026, 1, 1), date(2028, 12, 31))
    plan = Known(1, "n26", Description("Nämndplan", "Norrsjö", None, "verksamhetsplan", period, "adopted"))
    assert chosen("Vad får hamnen 2027 och vad får den 2026?", plans=(plan,)) == [["n26"]]
