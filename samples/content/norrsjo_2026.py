"""Norrsjö stadsdelsnämnd, operational plan 2026. Norrsjö and Ljungköping do not exist."""

from samples.content.budget import Detail, line, main, main_table, number
from samples.content.model import (
    AREA_GOAL,
    BOARD_GOAL,
    ORIENTATION,
    UNIT_GOAL,
    Activities,
    Activity,
    Flattening,
    Heading,
    Indicator,
    Indicators,
    Plan,
    plan_blocks,
)

ADMINISTRATION = Detail(
    "Nämnd- och förvaltningsadministration",
    2026,
    (
        line("Nämnd", "1.9", "0", "1.8"),
        line("Administration", "41.3", "0.4", "40.2"),
        line("Facklig tid", "3.6", "1.2", "2.5", "1.2"),
    ),
    blank_zero=True,
)
ELDERLY = Detail(
    "Äldreomsorg",
    2026,
    (
        line("Vård och omsorg, varav:", "438.2", "61.5", "369.4", "48.3"),
        line("Vård- och omsorgsboende", "251.7", "40.2", "203.9", parent="Vård och omsorg, varav:"),
        line("Hemtjänst i ordinärt boende", "139.6", "11.8", "125.1", parent="Vård och omsorg, varav:"),
        line("Servicehus", "46.9", "9.5", "40.4", parent="Vård och omsorg, varav:"),
        line("Biståndsenheten", "17.4", "0", "16.8"),
        line("Gemensamt", "9.3", "2.1", "7.0", "2.1"),
    ),
    blank_zero=True,
    notes=("* Exklusive medel för tryggt mottagande i hemmet, som söks särskilt.",),
)
MAIN = main_table(
    "Redovisning av ekonomi",
    2026,
    (main(ADMINISTRATION.total, "43.7", "Nämnd- och förvaltningsadm."), main(ELDERLY.total, "384.6", "Äldreomsorg")),
    (main(line("Parkinvesteringar", "12.4", "0", "10.9"), "11.2"),),
)

PLAN = Plan(
    slug="verksamhetsplan-2026-norrsjo",
    title="Verksamhetsplan 2026 för Norrsjö stadsdelsnämnd",
    organisation="Norrsjö stadsdelsnämnd",
    city="Ljungköpings stad",
    year=2026,
    status="adopted",
    decided="2025-12-18",
    dated="2025-12-18",
    reference="NSJ 2025/412",
    contact="ljungkoping.example",
    label_on_own_line=True,
    flattening=Flattening(False, frozenset({3}), "•", "\N{THIN SPACE}", 12, marks=True),
    blocks=plan_blocks(
        Heading(1, "Inledning"),
        """
        Norrsjö är ett stadsdelsområde med 48 300 invånare. Här beskriver nämnden vad förvaltningen ska
        uträtta under 2026 och vad det får kosta.

        - Ett Ljungköping där alla får plats
        - Ett Ljungköping som växer varsamt
        """,
        Heading(1, "Ett Ljungköping där alla får plats", ORIENTATION, "1."),
        Heading(2, "Den som kan arbeta har ett arbete att gå till", AREA_GOAL, "1.1"),
        "Jobbtorg Norr och förvaltningen delar lokaler i Norrsjö centrum sedan mars 2025.",
        Indicators(
            (
                Indicator(
                    "Andel vuxna med ekonomiskt bistånd i förhållande till befolkningen", "2,1 %", "1,9 %", "Tertial"
                ),
                Indicator("Antal ungdomar som fått feriejobb i stadens regi", "310 st", "4 200 st", "Tertial"),
                Indicator(
                    "Antal tillhandahållna platser för feriejobb", "340 st", "Tas fram av nämnd/styrelse", "Tertial"
                ),
                Indicator(
                    "Andel brukare inom socialpsykiatrin som upplever att stödet har gett dem en bättre vardag",
                    None,
                    "Fastställs 2026",
                    "År",
                    "Målet fastställs i tertialrapport 1 när mätmetoden är prövad.",
                ),
            )
        ),
        Activities(
            (
                Activity(
                    "Kommunstyrelsen ska i samarbete med socialnämnden och stadsdelsnämnderna pröva en gemensam "
                    "ingång för den som söker bistånd första gången.",
                    "2026-01-01",
                    "2026-10-15",
                    ("Kommunstyrelsen", "Socialnämnden", "Stadsdelsnämnderna"),
                ),
            )
        ),
        Heading(3, "Fler i Norrsjö lever på egen inkomst", BOARD_GOAL, "1.1.1"),
        Heading(4, "Beskrivning"),
        "Ingen ska behöva vänta mer än fem arbetsdagar på ett första samtal om arbete.",
        Heading(4, "Mottagningen svarar samma dag", UNIT_GOAL),
        Heading(5, "Förväntat resultat"),
        "Den som ringer före klockan 14 får svar samma dag.",
        Activities((Activity("Öppna kvällsmottagning på tisdagar.", "2025-11-01", "2026-03-31"),)),
        Heading(1, "Redovisning av ekonomi"),
        MAIN,
        Heading(2, "Nämnd- och förvaltningsadministration"),
        ADMINISTRATION.table(),
        f"Verksamhetsområdet budgeteras med netto {number(ADMINISTRATION.total.net)} mnkr.",
        Heading(2, "Äldreomsorg"),
        ELDERLY.table(),
    ),
)
