"""Rows whose cells wrap beside one another, and headers and cells that go on below."""

from __future__ import annotations

from datetime import date

from test_flattened import PROSE

from ingest.plan import Plan
from ingest.read import plan_of
from ingest.readers.text import plain


def read(text: str) -> Plan:
    return plan_of(plain(f"Verksamhetsplan 2031\n\nLerviks hamnnämnd\n\n{PROSE}\n{text}\n\n{PROSE}"), "plan-2031.txt")


def rows(plan: Plan) -> list[tuple[str | None, ...]]:
    return [(row.row, *(cell.written for cell in row.cells)) for row in plan.rows]


def test_who_answers_wraps_beside_what_is_to_be_done() -> None:
    """Of the line under a row the first words are the text's, and those that make who answers whole are theirs."""
    plan = read(
        "Aktivitet Ansvarig Start Slut\n"
        "Rusta den västra piren och Norra Drift och 2031-01-01 2031-05-31\n"
        "kajen underhåll\n"
        "Pröva digital bokning av platser vid Gästhamns- 2031-02-01 2031-06-30\n"
        "Skäret enheten\n"
        "Måla om fyren Drift och 2031-03-01 2031-08-31\n"
        "underhåll\n"
        "Se över ljuset i hamnen Lerviks enhet 2031-03-01 2031-09-30\n"
    )
    assert [(each.text, *each.responsible) for each in plan.activities] == [
        ("Rusta den västra piren och Norra kajen", "Drift och underhåll"),
        ("Pröva digital bokning av platser vid Skäret", "Gästhamnsenheten"),
        ("Måla om fyren", "Drift och underhåll"),
        ("Se över ljuset i hamnen", "Lerviks enhet"),
    ]


def test_last_column_wraps_beside_the_first() -> None:
    """A surname under a first name is who answers, and what is said elsewhere without more is whole."""
    plan = read(
        "Nr Uppdrag Klart Ansvarig\n"
        "H1 Ta fram en plan för isfri 2031-02-28 Hamnchef Ada\n"
        "farled Lindros\n"
        "H2 Öppna en ny brygga för kajaker i 2031-05-31 Sjöavdelningen\n"
        "Torsvik\n"
        "H3 Byta livbojar 2031-05-31 Sjöavdelningen\n"
    )
    assert [(each.text, *each.responsible, each.end) for each in plan.activities] == [
        ("H1 Ta fram en plan för isfri farled", "Hamnchef Ada Lindros", date(2031, 2, 28)),
        ("H2 Öppna en ny brygga för kajaker i Torsvik", "Sjöavdelningen", date(2031, 5, 31)),
        ("H3 Byta livbojar", "Sjöavdelningen", date(2031, 5, 31)),
    ]


def test_target_in_words_wraps_beside_the_indicator() -> None:
    """The words that a council's target stops short of stand at the end of the line below."""
    plan = read(
        "Indikator Årsmål KF:s årsmål Periodicitet\n"
        "Andel båtgäster som känner sig 74 % Tas fram av År\n"
        "trygga vid kajen nämnden\n"
        "Antal barn i seglarskolan som 40 st Fastställs i Tertial\n"
        "kan simma tertialrapport\n"
        "1\n"
        "Antal lotsar 9 st 12 st År\n"
    )
    assert [(i.name, i.target, i.council_target, i.period) for i in plan.indicators] == [
        ("Andel båtgäster som känner sig trygga vid kajen", "74 %", "Tas fram av nämnden", "År"),
        ("Antal barn i seglarskolan som kan simma", "40 st", "Fastställs i tertialrapport 1", "Tertial"),
        ("Antal lotsar", "9 st", "12 st", "År"),
    ]


def test_years_on_a_line_below_the_header() -> None:
    """A line of as many years as there are columns of figures without one has the year of each."""
    plan = read("Indikator Utfall Mål KF:s mål Mäts\n2029 2031 2031\nAntal bojar 5 st 7 st 90 st År\nFyrar 2 3 4 År\n")
    [first, _] = plan.indicators
    assert (first.name, first.target, first.council_target, first.period) == ("Antal bojar", "7 st", "90 st", "År")
    assert [(each.column, each.written) for each in first.outcomes] == [("Utfall 2029", "5 st")]


def test_rows_of_words_that_wrap_up_to_a_blank_line() -> None:
    """Under a header without a blank line below it every line up to one is of a row, however long its cells are."""
    plan = read(
        "Avdelning Huvudsakliga uppgifter Antal enheter\n"
        "Drift Kajer, bryggor, bojar, belysning och renhållning, tillsyn av privata\n"
        "bryggor 11\n"
        "Gästhamn Bokning, gästplatser, hamnkrog och service till båtgäster\n"
        "och föreningar 4\n"
        "Sjöavdelningen Lotsar, farleder, sjöräddning tillsammans med föreningen Tång 6\n"
        "Staben Ekonomi, personal, kommunikation, upphandling och\n"
        "registratur 3\n\n"
        "Bolaget sköter kajer, bokning, lotsar och ekonomi för andra hamnar.\n"
    )
    assert rows(plan) == [
        ("Drift", "Kajer, bryggor, bojar, belysning och renhållning, tillsyn av privata bryggor", "11"),
        ("Gästhamn", "Bokning, gästplatser, hamnkrog och service till båtgäster och föreningar", "4"),
        ("Sjöavdelningen", "Lotsar, farleder, sjöräddning tillsammans med föreningen Tång", "6"),
        ("Staben", "Ekonomi, personal, kommunikation, upphandling och registratur", "3"),
    ]


def test_column_name_that_goes_on_below() -> None:
    """A unit below a header belongs to the name that stops short, and not to the last."""
    plan = read(
        "Projekt Finansiär Belopp 2031, Slut\nmnkr\nTång Havsfonden 1,6 juni 2032\nKajlyft Sjöbolaget 2,4 maj 2033\n"
        "Isfritt Länsstyrelsen 0,9 mars 2032\nSumma 4,9\n"
    )
    assert rows(plan)[:2] == [("Tång", "Havsfonden", "1,6", "juni 2032"), ("Kajlyft", "Sjöbolaget", "2,4", "maj 2033")]
    assert (plan.rows[0].cells[1].column, plan.rows[0].cells[1].unit) == ("Belopp 2031, mnkr", "mnkr")


def test_line_below_a_header_that_ends_in_a_preposition_is_its_last_name() -> None:
    """No row ends in "från", so the line is a name and what stands under it a column."""
    plan = read(
        "Upphandling Värde per år, mnkr Nuvarande avtal till och med\nNytt avtal från\n"
        "Snöröjning av kajer 3,4 2030-04-30 2031-05-01\n"
        "Drift av hamnkrogen, eventuell\nförlängning 2,6 2031-08-31 2031-09-01\n"
        "Livbojar 0,7 2031-12-31 2032-01-01\nMatlådor 1,9 2031-06-30 2031-07-01\n\n"
        "Vid en upphandling vägs värde, nuvarande avtal och vad ett nytt avtal kan ge mot varandra.\n"
    )
    assert rows(plan)[1] == ("Drift av hamnkrogen, eventuell förlängning", "2,6", "2031-08-31", "2031-09-01")
    assert [cell.column for cell in plan.rows[0].cells][2] == "Nytt avtal från"


def test_column_that_holds_words_makes_no_table_of_figures() -> None:
    """What somebody gives money for is words, and the amount after it is not parted at its thousands."""
    plan = read(
        "Förening Ändamål Ersättning 2031, tkr\nTång Läxhjälp på kajen 2 350\nSjöbris Vakt vid badet 1 480\n"
        "Isbrytarna Väntjänst 820\nSumma 4 650\n"
    )
    assert rows(plan)[0] == ("Tång", "Läxhjälp på kajen", "2 350")
    assert rows(plan)[-1] == ("Summa", None, "4 650")


def test_risks_whose_names_wrap_beside_what_is_done() -> None:
    """A risk's name and its measure go on below, each by its own words, and no figure is another risk's."""
    plan = read(
        "Risk Sannolikhet Konsekvens Värde Åtgärd\n"
        "Oljeutsläpp upptäcks för 3 5 15 Daglig rond, jour på\n"
        "sent helger\n"
        "Brist på lotsar under sommaren 4 4 16 Tidig rekrytering\n"
        "Entreprenören brister i 2 4 8 Två avtalsbesök\n"
        "bemanning\n"
    )
    assert rows(plan) == [
        ("Oljeutsläpp upptäcks för sent", "3", "5", "15", "Daglig rond, jour på helger"),
        ("Brist på lotsar under sommaren", "4", "4", "16", "Tidig rekrytering"),
        ("Entreprenören brister i bemanning", "2", "4", "8", "Två avtalsbesök"),
    ]


def test_what_happens_in_each_month() -> None:
    """A month begins a row, and the sentences up to the next are what happens in it."""
    plan = read(
        "Månad Händelser\nJanuari Bokslutet görs. Isen mäts varje dag och bojar tas\nin.\n"
        "Mars Nämnden träffas. Platser delas ut.\nJuni Hamndagen den 6. Krogen öppnar.\n"
    )
    assert rows(plan) == [
        ("Januari", "Bokslutet görs. Isen mäts varje dag och bojar tas in."),
        ("Mars", "Nämnden träffas. Platser delas ut."),
        ("Juni", "Hamndagen den 6. Krogen öppnar."),
    ]


def test_assignments_with_a_status_between_words() -> None:
    """The word of a status tells where the assignment ends and the comment begins."""
    plan = read(
        "Uppdrag 2030 Status Kommentar\nKartlägga buller vid kajen Fortsätter Mätningen blev försenad, klar i\nmars\n"
        "Ny färja Avslutat Ersätts av en förstudie\nSamordna platser för Avslutat Lokalen var för liten\nföreningar\n"
    )
    assert rows(plan) == [
        ("Kartlägga buller vid kajen", "Fortsätter", "Mätningen blev försenad, klar i mars"),
        ("Ny färja", "Avslutat", "Ersätts av en förstudie"),
        ("Samordna platser för föreningar", "Avslutat", "Lokalen var för liten"),
    ]


def test_premises_with_words_for_the_change_and_the_time() -> None:
    """A street's number before the words of a change is no amount of it."""
    plan = read(
        "Lokal Förändring Tidpunkt\nMagasinet, Kajgatan 2 Ny hyresgäst och nytt golv augusti 2031\n"
        "Båthuset, Sjögatan 15 Avvecklas juli 2031\nFörrådet, Tångvägen 40 Ombyggnad till verkstad juni 2031\n"
    )
    assert rows(plan)[0] == ("Magasinet, Kajgatan 2", "Ny hyresgäst och nytt golv", "augusti 2031")


def test_line_that_ends_in_a_preposition_goes_on() -> None:
    """A paragraph's line that stops at "till" goes on below, though a name would have fitted on it."""
    plan = read("I år ställs bryggorna i ordning efter isen, och\ninventarier köps till\nSjöboden, Ladan och Hinden.\n")
    assert any("köps till Sjöboden" in passage.text for passage in plan.passages)
