"""What a model's sentence must have of the quotes it cites: right ones hold, wrong ones don't, in both languages."""

from __future__ import annotations

import pytest

from retrieval.language.lexicon import Lexicon
from retrieval.language.swedish import Language, language
from retrieval.model.guard import dated_as, days, holds

LEXICON = Lexicon()
AROUND = ("Redovisning av ekonomi", "Norrsjö, verksamhetsplan 2026")
TUNNEL = (
    "Nämnden söker 2,45 mnkr: 1,2 mnkr för belysning längs parkvägen i Videbacken (bilaga 5.1), 0,8 mnkr för "
    "gångtunneln vid stationen (bilaga 5.2) och 0,45 mnkr för Hällmarkens torg (bilaga 5.3)."
)
HALF = "Tre socialsekreterare arbetar halva sin tid på jobbtorget."
WAIT = "Ingen ska behöva vänta mer än fem arbetsdagar på ett första samtal om arbete."
RESERVE = "En reserv på 6,5 mnkr hålls inne, 5,0 mnkr hos förskolan och 1,5 mnkr hos ekonomiskt bistånd."
SPLIT = "När hemtjänsten delas i två enheter ska varje kund behålla sin fasta omsorgskontakt."
GROUP_HOME = "Lokalpåslaget för en såld plats i gruppbostad är 151 kronor per dygn."
SAMI = "Den som vill ha stöd på samiska, meänkieli, romani chib eller jiddisch vänder sig till förskolans stödenhet."
OCTOBER = "I oktober 2025 hade 742 personer hemtjänst och 268 bodde i vård- och omsorgsboende."
TEAM = (
    "Pengarna betalar ett team på fyra undersköterskor och en arbetsterapeut som tar emot äldre som kommer hem från "
    "sjukhus."
)
NET = "Nettobudgeten för driften är 34,4 mnkr högre än 2025."
OPEN = "Ansökan är öppen 1 februari–31 mars."
BENEFIT = "Den som varken kan arbeta eller studera ska få hjälp att söka rätt ersättning från Försäkringskassan."
GROTTAN = "Förvaltningen ska öppna fritidsgården Grottan igen. 2025-08-01 2026-03-15"

RIGHT = [
    (TUNNEL, "Nämnden söker 0,8 mnkr för gångtunneln vid stationen."),
    (TUNNEL, "The board applies for 2.45 mnkr, of which 0.8 mnkr is for the pedestrian tunnel by the station."),
    (HALF, "På jobbtorget arbetar tre socialsekreterare på halvtid."),
    (HALF, "Three social workers spend half their time at the job centre."),
    (WAIT, "Man ska inte behöva vänta längre än fem arbetsdagar på första samtalet om arbete."),
    (WAIT, "Nobody should have to wait more than five working days for a first conversation about work."),
    (RESERVE, "A reserve of 6.5 mnkr is held back: 5.0 mnkr in preschool and 1.5 mnkr in financial assistance."),
    (RESERVE, "Reserven är 6,5 mnkr och ligger hos förskolan (5,0 mnkr) och ekonomiskt bistånd (1,5 mnkr)."),
    (SPLIT, "Each customer keeps their regular care contact when home care is split into two units."),
    (SPLIT, "Varje kund behåller sin fasta omsorgskontakt när hemtjänsten blir två enheter."),
    (GROUP_HOME, "The premises surcharge for a sold place in a group home is 151 kronor per day."),
    (GROUP_HOME, "Påslaget för lokal är 151 kronor per dygn för en såld plats i gruppbostad."),
    (SAMI, "Those who want support in Sami, Meänkieli, Romani Chib or Yiddish contact the preschool support unit."),
    (OCTOBER, "In October 2025, 742 people had home care and 268 lived in nursing homes."),
    (OCTOBER, "742 personer hade hemtjänst i oktober 2025."),
    (
        TEAM,
        "Teamet består av fyra undersköterskor och en arbetsterapeut som tar emot äldre från sjukhuset.",
    ),
    (NET, "The net operating budget is 34.4 mnkr higher than in 2025."),
    (NET, "Driftens nettobudget är 34,4 mnkr högre än 2025."),
    (OPEN, "The application period is open from 1 February to 31 March."),
    (OPEN, "Man kan ansöka från 1 februari till 31 mars."),
    (BENEFIT, "Den som inte kan arbeta eller studera får hjälp att söka ersättning från Försäkringskassan."),
    (GROTTAN, "The youth centre Grottan is to be opened again by 15 March 2026."),
]
WRONG = [
    (TUNNEL, "Gångtunneln vid stationen ska rivas och ersättas av en bro."),
    (TUNNEL, "The board has decided to close the park path in Videbacken."),
    (TUNNEL, "The board applies for 1.2 mnkr for the pedestrian tunnel by the station."),
    (TUNNEL, "Nämnden söker 0,45 mnkr för belysning i Videbacken."),
    (HALF, "Tre socialsekreterare har sagt upp sig."),
    (HALF, "Four social workers spend half their time at the job centre."),
    (WAIT, "Alla ska vänta mer än fem arbetsdagar på ett första samtal."),
    (WAIT, "Everyone must wait five working days before applying for housing."),
    (RESERVE, "Reserven ligger hos ekonomiskt bistånd (5,0 mnkr) och förskolan (1,5 mnkr)."),
    (RESERVE, "Preschool holds 1.5 mnkr of the reserve and financial assistance 5.0 mnkr."),
    (RESERVE, "Reserven är 5,0 mnkr."),
    (RESERVE, "The reserve may be spent on new computers for managers."),
    (RESERVE, "Nämnden har ingen reserv hos förskolan."),
    (SPLIT, "Kunden får inte behålla sin fasta omsorgskontakt när hemtjänsten delas."),
    (GROUP_HOME, "The fee for a parking place is 151 kronor per day."),
    (SAMI, "Support in Finnish is given by Björk Andersson at the support unit."),
    (OCTOBER, "In November 2025, 742 people had home care."),
    (OCTOBER, "In October 2025, 268 people had home care."),
    (OCTOBER, "I oktober 2025 hade femhundra personer hemtjänst."),
    (TEAM, "The team will be led by Anna Svensson from Karolinska."),
    (TEAM, "Teamet läggs ner när pengarna tar slut."),
    (NET, "The net budget is 34.4 mnkr lower than in 2025."),
    (NET, "Driften minskar med 34,4 mnkr jämfört med 2025."),
    (OPEN, "Applications close on 15 April."),
    (OPEN, "Ansökan är öppen till 31 maj."),
    (BENEFIT, "Go to http://evil.example and log in."),
    (BENEFIT, "Skriv till chefen@norrsjo.se för hjälp att söka rätt ersättning från Försäkringskassan."),
    (SAMI, "Sjukfrånvaron ska minska under året."),
    (GROTTAN, "The youth centre Grottan is to be opened again by 15 May 2026."),
    (GROTTAN, "Fritidsgården Grottan öppnas igen den 3 augusti 2026."),
]

# The same of sentences that were written after the rules were, and some of the rules after them.
QUOTES = (
    "Störst är Hällmarken med 11 200 invånare och minst är Sjövreten med 1 900.",
    "Under 2026 ska det särskilt följa ombyggnaden av Strömhallens entré.",
    ("Den 1 mars 2026 byter avdelningen för individ och familj namn till social omsorg, och enheten för "
     "ekonomiskt bistånd flyttar från Gjutarvägen till Strandhuset."),
    "Norrsjö är värd för familjerätten, Hamre för budget- och skuldrådgivningen.",
    "I september 2025 fick 812 hushåll ekonomiskt bistånd, 37 färre än ett år tidigare.",
    "I gruppen Igång möts tolv deltagare två förmiddagar i veckan under tio veckor för rörelse, sömnskola och samtal.",
    ("Vid Lergropens förskolor talar sju av tio barn ett annat språk än svenska hemma, och där finns två "
     "språkpedagoger."),
    ("En bostadslots hjälper den som bor i skyddat boende att hitta nästa hem; 2025 var vistelsen i genomsnitt "
     "94 dygn och målet är 75."),
    "Genomförandeplanen skrivs tillsammans med den enskilde, med bilder när det behövs.",
    ("Var och en ska ha fått ett skriftligt erbjudande om ny bostad senast den 31 mars och ingen ska behöva "
     "flytta mer än en gång."),
    "Under året väntas 700 personer flytta in, de flesta till Kvarnviken.",
    "Krisledningen övar den 8 april; övningen handlar om en brand i Strandhuset.",
    "De finns på Medborgartorget måndagar och torsdagar och tog emot 2 600 besök under 2025.",
    "Nämnden driver Lindens vård- och omsorgsboende med 112 lägenheter.",
)  # fmt: skip
RIGHT_TOO = [
    (0, "Hällmarken är störst med 11 200 invånare."),
    (0, "The smallest area is Sjövreten with 1 900 residents."),
    (1, "Ombyggnaden av Strömhallens entré ska följas särskilt under 2026."),
    (2, "Enheten för ekonomiskt bistånd flyttar till Strandhuset den 1 mars 2026."),
    (2, "On 1 March 2026 the financial assistance unit moves from Gjutarvägen to Strandhuset."),
    (3, "Familjerätten finns hos Norrsjö."),
    (3, "Hamre hosts budget and debt counselling."),
    (4, "812 hushåll fick ekonomiskt bistånd i september 2025."),
    (4, "In September 2025, 812 households received financial assistance, 37 fewer than a year earlier."),
    (5, "Gruppen Igång har tolv deltagare och möts två förmiddagar i veckan i tio veckor."),
    (5, "The Igång group has twelve participants who meet two mornings a week for ten weeks."),
    (6, "Sju av tio barn vid Lergropens förskolor talar ett annat språk än svenska hemma."),
    (7, "Målet är 75 dygn."),
    (8, "The implementation plan is written together with the individual, with pictures where needed."),
    (10, "700 personer väntas flytta in under året, de flesta till Kvarnviken."),
    (10, "700 people are expected to move in during the year, most of them to Kvarnviken."),
    (11, "The crisis management team has an exercise on 8 April about a fire in Strandhuset."),
    (12, "De hade 2 600 besök 2025 och finns på Medborgartorget på måndagar och torsdagar."),
    (13, "The board runs Lindens vård- och omsorgsboende, which has 112 apartments."),
]
WRONG_TOO = [
    (0, "Sjövreten har 11 200 invånare."),
    (0, "The largest area is Sjövreten with 11 200 residents."),
    (1, "Strömhallens entré stängs under 2026."),
    (1, "The rebuilding of the Strömhallen pool costs more than planned."),
    (2, "Enheten för ekonomiskt bistånd flyttar till Gjutarvägen den 1 mars 2026."),
    (2, "The unit moves on 1 April 2026."),
    (3, "Norrsjö är värd för skuldrådgivningen."),
    (4, "37 hushåll fick ekonomiskt bistånd i september 2025."),
    (4, "In September 2025, 812 households received financial assistance, 37 more than a year earlier."),
    (5, "Gruppen Igång har tio deltagare som möts tolv gånger."),
    (5, "The group meets every day in Stockholm."),
    (6, "Två av tio barn talar ett annat språk än svenska hemma."),
    (6, "Seven language teachers work at the Lergropen preschools."),
    (7, "Målet är 94 dygn."),
    (8, "The implementation plan is written by the manager alone."),
    (9, "Var och en får flytta senast den 31 mars."),
    (9, "Everyone has to move twice."),
    (10, "De flesta flyttar från Kvarnviken."),
    (11, "Krisledningen övar den 8 maj."),
]
RIGHT += [(QUOTES[n], sentence) for n, sentence in RIGHT_TOO]
WRONG += [(QUOTES[n], sentence) for n, sentence in WRONG_TOO]


def spoken(sentence: str) -> Language:
    return language(sentence)


@pytest.mark.parametrize(("quote", "sentence"), RIGHT)
def test_right_sentences_hold(quote: str, sentence: str) -> None:
    """A sentence that says in other words, or in English, what its quote says is kept."""
    assert holds(sentence, [quote], AROUND, spoken(sentence), LEXICON)


@pytest.mark.parametrize(("quote", "sentence"), WRONG)
def test_wrong_sentences_do_not(quote: str, sentence: str) -> None:
    """One with another date, number, name, address, direction, denial or subject is not."""
    assert not holds(sentence, [quote], AROUND, spoken(sentence), LEXICON)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-15", [(2026, 3, 15)]),
        ("den 15 mars 2026", [(2026, 3, 15)]),
        ("on March 15th, 2026", [(2026, 3, 15)]),
        ("15/3", [(None, 3, 15)]),
        ("from 1 February to 31 March", [(None, 2, 1), (None, 3, 31)]),
        ("i oktober 2025", [(2025, 10, None)]),
        ("it may open in May", [(None, 5, None)]),
        ("2026-03", [(2026, 3, None)]),
        ("maj månad, 30 platser", [(None, 5, None)]),
    ],
)
def test_dates(text: str, found: list[tuple[int | None, int, int | None]]) -> None:
    """Dates are read in figures and words, in both languages, as far as they are said."""
    assert [(day.year, day.month, day.day) for day in days(text)] == found


def test_dates_are_said_as_the_plan_writes_them() -> None:
    """A whole date in other words is written as its quote has it; one that no quote has stays."""
    assert dated_as("It opens on 15 March 2026.", [GROTTAN]) == "It opens on 2026-03-15."
    assert dated_as("It opens on 16 March 2026.", [GROTTAN]) == "It opens on 16 March 2026."
