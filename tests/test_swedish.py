"""Swedish words made comparable: tokens, stems, compounds, terms, language, spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.swedish import Vocabulary, language, near, parts, spans, stem, terms, tokens

FAMILIES = """
förskola förskolan förskolor förskolorna förskolornas förskolans förskole
nämnd nämnden nämndens nämnder nämnderna
mål målet målen målens
boende boenden boendet boendets boendes boendena
anställd anställda anställdas anställt
medarbetare medarbetarna medarbetaren medarbetarnas medarbetares
äldre äldres äldsta
barn barnen barns barnens barnet
ung unga ungas yngre yngst
ungdom ungdomar ungdomars ungdomarna
verksamhet verksamheten verksamheter verksamheternas verksamhets
insats insatser insatsen insatserna
plats platser platsen platserna
arbetsplats arbetsplatser arbetsplatsen
kostnad kostnader kostnaden kostnaderna
resultat resultatet resultaten
resurs resurser resurserna
budget budgeten budgets budgetens
ekonomi ekonomin ekonomins
kvalitet kvaliteten kvaliteter
aktivitet aktiviteter aktiviteten aktiviteterna
plan planen planer planerna
verksamhetsplan verksamhetsplanen verksamhetsplaner verksamhetsplans
cykel cykeln cyklar cyklarna
regel regeln regler reglerna
fönster fönstret fönstren
vinter vintern vintrar
rektor rektorn rektorer rektorerna
rum rummet rummen
program programmet programmen
centrum centret center
bok böcker boken böckerna
läroböcker lärobok läroboken
stad staden städer stadens
hand handen händer
förälder föräldrar föräldrarna föräldrarnas
ledamot ledamoten ledamöter ledamöterna
tjänsteman tjänstemän tjänstemännen
trygg tryggt trygga tryggare trygghet tryggheten
jämställd jämställt jämställdhet jämställdheten
sjukfrånvaro sjukfrånvaron sjukfrånvarons
ansökan ansökningar ansöka ansöker
stänga stänger stängs stängt stängd
utveckla utvecklas utvecklar utvecklats utvecklade utvecklad
öka ökar ökat ökad ökas
månad månader månaden månads
enhet enheter enheten enheterna enheternas
öppen öppet öppna
vuxen vuxna vuxnas
säker säkra säkert säkerhet
hinder hindret hindren
ålder åldern åldrar åldrarna
indikator indikatorer indikatorn indikatorerna
stadsdel stadsdelen stadsdelar stadsdels
strategi strategin strategier strategierna
miljö miljön miljöer miljöerna
nivå nivån nivåer
""".strip().splitlines()


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.split()[0])
def test_forms_of_one_word_share_a_stem(family: str) -> None:
    """Definite, plural, genitive and umlaut forms meet."""
    assert len({stem(word) for word in family.split()}) == 1, {word: stem(word) for word in family.split()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ung", "ungdom"),
        ("sjuk", "sjukskriven"),
        ("sjukskriven", "sjukfrånvaro"),
        ("kost", "kostnad"),
        ("mål", "mall"),
        ("plan", "plats"),
        ("verksam", "verksamhet"),
        ("stad", "stat"),
        ("barn", "bar"),
        ("park", "parkering"),
        ("boende", "bostad"),
        ("enhet", "en"),
        ("vård", "värd"),
        ("lokal", "lokalvårdare"),
    ],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    """Words that only look alike do not meet."""
    assert stem(one) != stem(other)


@given(st.text(alphabet="abcdefghijklmnoprstuvyåäö", min_size=1, max_size=25))
def test_a_stem_is_never_empty(word: str) -> None:
    """Any letters have a stem, and splitting them never fails."""
    assert stem(word)
    assert all(parts(word)) or parts(word) == ()


def test_tokens_keep_numbers_whole() -> None:
    """Thousands, decimals, ranges, dates and section numbers are one token each."""
    text = "KF:s mål 3.2.1 är 2\u202f415,7 mnkr, dag 1–14 senast 2021-12-31, för\u00adskola, 9 % i covid-19 12 500"
    assert tokens(text) == [
        "kf", "mål", "3.2.1", "är", "2415,7", "mnkr", "dag", "1-14", "senast", "2021-12-31", "förskola", "9", "i",
        "covid", "19", "12500",
    ]  # fmt: skip


def test_tokens_are_composed() -> None:
    """Letters typed as a base and a mark are the letters themselves."""
    assert tokens("fo\u0308rskola") == ["förskola"]


@given(st.text(st.characters() | st.sampled_from("aåÅ0123 ,.:-–\u0301\u00ad\u2009'’sn_"), max_size=40))
def test_tokens_are_the_words_of_spans(text: str) -> None:
    """Tokens are what spans find, whichever way they are read."""
    assert tokens(text) == [token.text for token in spans(text)]


@given(st.text(max_size=200))
def test_spans_point_at_their_words(text: str) -> None:
    """Each token has its place in the text, in order and without overlap."""
    end = 0
    for token in spans(text):
        assert end <= token.start < token.end <= len(text)
        assert token.text
        end = token.end


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("äldreomsorgsboende", ("äldre", "omsorg", "boende")),
        ("sjukfrånvaron", ("sjuk", "frånvaro")),
        ("trygghetsvandringar", ("trygghet", "vandring")),
        ("feriejobb", ("ferie", "jobb")),
        ("förskolelokaler", ("förskola", "lokal")),
        ("gatubelysningen", ("gata", "belysning")),
        ("hälsoskydd", ("hälsa", "skydd")),
        ("dagispersonal", ("dagis", "personal")),
        ("barngruppsstorlek", ("barn", "grupp", "storlek")),
        ("årsmål", ("år", "mål")),
        ("stadsdelsnämndens", ("stadsdel", "nämnd")),
        ("barnkonventionen", ("barn", "konvention")),
        ("tillkommande", ()),
        ("information", ()),
        ("markeringsfria", ()),
        ("fritid", ()),
    ],
)
def test_compounds_are_split_into_base_forms(word: str, expected: tuple[str, ...]) -> None:
    """Known building blocks are found through linking letters and inflection; other words stay whole."""
    assert parts(word) == expected


PLACES = """
stockholm göteborg malmö landskrona helsingborg trelleborg gällivare norrköping kristianstad halmstad mariestad
östersund sundbyberg huddinge botkyrka trollhättan falkenberg kungsbacka hudiksvall härnösand skellefteå
rågsved hagsätra östberga högdalen örby stureby bandhagen farsta skarpnäck hägersten liljeholmen bromma älvsjö
kungsholmen södermalm norrmalm östermalm spånga tensta rinkeby kista hässelby vällingby svedmyra enskede
"""


@pytest.mark.parametrize("name", PLACES.split())
def test_place_names_stay_whole(name: str) -> None:
    """A place is no compound of what its name happens to contain."""
    assert parts(name) == ()


def test_terms_weigh_a_word_above_its_parts() -> None:
    """A compound gives its stem, the shorter compounds in it and its parts, in falling weight."""
    found = dict(terms("äldreomsorgsboenden"))
    assert found[stem("äldreomsorgsboende")] == 1.0
    assert 1.0 > found[stem("äldreomsorg")] > found[stem("omsorg")] > 0
    assert stem("boende") in found


def test_terms_meet_through_the_verb() -> None:
    """A verbal noun also gives its verb: avvecklas finds avveckling."""
    assert stem("avvecklas") in dict(terms("avvecklingen"))
    assert stem("ökar") in dict(terms("ökningen"))


def test_terms_leave_out_what_says_nothing() -> None:
    """Stop words and chat words of both languages give no term; numbers do."""
    assert terms("asså vad är liksom typ vår plz, what is the?") == []
    assert terms("år 2021") == [("år", 1.0), ("2021", 1.0)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("budget for the Svedmyra swimming pool 2021?", "en"),
        ("how many kids per preschool group", "en"),
        ("who do we buy meals from", "en"),
        ("what is trygghetsvandring", "en"),
        ("sick leave target", "en"),
        ("any deadlines in march", "en"),
        ("Is Snösätra in Rågsved included?", "en"),
        ("AMI mål?", "sv"),
        ("sjukskrivningsmål", "sv"),
        ("vem koper vi mat av", "sv"),
        ("hur manga barn per grupp", "sv"),
        ("deadline för internkontrollplan", "sv"),
        ("Rågsved", "sv"),
        ("budget 2021?", "sv"),
        ("", "sv"),
    ],
)
def test_language_of_short_questions(question: str, expected: str) -> None:
    """Names do not make an English question Swedish, and doubt is Swedish."""
    assert language(question) == expected


PLAN_WORDS = Vocabulary(
    tokens(
        "feriejobb sjukfrånvaro sjukfrånvaron försörjningsstöd förskola budget jobbtorg trygghetsvandring "
        "årsmål indikator vräkning uppföljning rågsved lokaler hemtjänst"
    )
)


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("feriejob", "feriejobb"),
        ("sjukfranvaro", "sjukfrånvaro"),
        ("försörjningsttöd", "försörjningsstöd"),
        ("försörjningstöd", "försörjningsstöd"),
        ("trygghetvandring", "trygghetsvandring"),
        ("forskola", "förskola"),
        ("budgget", "budget"),
        ("jobtorg", "jobbtorg"),
        ("åsrmål", "årsmål"),
        ("indikatro", "indikator"),
        ("vräkninng", "vräkning"),
        ("ragsved", "rågsved"),
        ("hemtjänts", "hemtjänst"),
    ],
)
def test_misspellings_find_the_word_meant(misspelt: str, meant: str) -> None:
    """Lost dots and rings, doubled letters, swaps and slips are mended by the plan's own words."""
    assert near(misspelt, PLAN_WORDS)[0].word == meant


@pytest.mark.parametrize(
    "word", ["feriejobb", "lokalerna", "förskolornas", "mål", "2021", "kyrka", "simhall", "vårdplan", "hemtjänstlokal"]
)
def test_right_words_are_left_alone(word: str) -> None:
    """A form of a plan word, a known Swedish word and anything short or numeric is not corrected."""
    assert near(word, PLAN_WORDS) == []


def test_words_the_caller_knows_are_left_alone() -> None:
    """A word of the lexicon is no misspelling of a plan word."""
    assert near("bugdet", PLAN_WORDS)
    assert near("bugdet", PLAN_WORDS, known_words={"bugdet"}) == []


@given(st.text(alphabet="abcdefghijklmnoprstuåäö", min_size=4, max_size=14))
def test_nearness_is_ranked(word: str) -> None:
    """Whatever is typed, candidates come best first and from the vocabulary."""
    found = near(word, PLAN_WORDS)
    assert [close.cost for close in found] == sorted(close.cost for close in found)
    assert all(close.word in PLAN_WORDS for close in found)
