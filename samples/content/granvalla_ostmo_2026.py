"""Granvalla-Östmo stadsdelsnämnd, proposed operational plan 2026: another district of the same invented city."""

from decimal import Decimal

from samples.content.budget import Detail, line, main, main_table, mnkr, number, operations, sum_of, total
from samples.content.ljungkoping import COUNCIL_ACTIVITIES, IN_REPORT_1, asked, goal, orientation, ours, unnamed
from samples.content.model import (
    BOARD_GOAL,
    UNIT_GOAL,
    Activities,
    Activity,
    Column,
    Flattening,
    Heading,
    Indicator,
    Indicators,
    Plan,
    Row,
    Table,
    plan_blocks,
)

YEAR = 2026

OFFICE = Detail(
    "Nämnd- och förvaltningsadministration",
    YEAR,
    (
        line("Nämnd", "2.4", "0", "2.3"),
        line("Administration", "58.7", "0.9", "57.0"),
        line("Facklig tid", "5.1", "1.6", "3.4", "1.6"),
        line("Medborgartorget", "3.9", "0", "3.8"),
    ),
)
FAMILIES = Detail(
    "Individ- och familjeomsorg",
    YEAR,
    (
        line("Barn och unga", "141.8", "27.4", "110.9", "26.2"),
        line("Vuxna", "44.0", "8.8", "34.7", "7.9"),
        line("Socialpsykiatri", "52.3", "10.6", "41.2", "10.6"),
    ),
)
PARKS = Detail(
    "Stadsmiljö",
    YEAR,
    (
        line("Parkdrift", "16.9", "0", "17.4"),
        line("Administration", "3.8", "0", "3.7"),
        line("Avskrivningar", "9.6", "0", "9.1"),
        line("Räntor", "0.8", "0", "1.1"),
    ),
    blank_zero=True,
)
PRESCHOOL = Detail(
    "Förskola",
    YEAR,
    (
        line("Grundbelopp", "331.2", "30.5", "293.8", "1.1"),
        line("Verksamhetsstöd", "26.4", "0", "25.0"),
        line("Lokaler", "71.9", "1.3", "69.7"),
        line("Ledning", "14.2", "0", "13.9"),
        line("Öppna förskolor", "5.8", "0.3", "5.2", "0.3"),
    ),
)
ELDERLY = Detail(
    "Äldreomsorg",
    YEAR,
    (
        line("Vård- och omsorgsboende", "318.6", "52.9", "259.8", "30.8"),
        line("Hemtjänst", "201.4", "17.0", "179.5", "6.2"),
        line("varav trygghetslarm", "7.7", "2.3", "5.1", parent="Hemtjänst"),
        line("varav övrig hemtjänst", "193.7", "14.7", "174.4", parent="Hemtjänst"),
        line("Dagverksamhet", "9.2", "0.6", "8.3"),
        line("Biståndsenheten", "24.5", "0", "23.6"),
        line("Gemensamt", "12.8", "3.0", "10.1", "3.0"),
    ),
    blank_zero=True,
    glued=True,
)
DISABILITY = Detail(
    "Stöd och service till personer med funktionsnedsättning",
    YEAR,
    (
        line("Bostad med särskild service", "208.1", "33.5", "169.4", "31.7"),
        line("Daglig verksamhet", "74.4", "8.2", "64.7", "7.9"),
        line("Personlig assistans", "63.0", "47.8", "15.6", "47.8"),
        line("Ledning och biståndshandläggning", "18.3", "0", "17.8"),
    ),
)
CULTURE = Detail(
    "Fritid och kultur",
    YEAR,
    (
        line("Öppna mötesplatser *", "22.7", "2.9", "18.6", "2.9"),
        line("Föreningsbidrag", "1.4", "0", "1.4"),
        line("Kolonier", "4.6", "1.5", "3.2", "1.5"),
        line("Gemensamt", "3.3", "0", "3.0"),
    ),
    notes=("* Inklusive Östmo kvarn och parkleken Kotten.",),
)
INCOME = Detail(
    "Ekonomiskt bistånd och arbetsmarknadsåtgärder",
    YEAR,
    (
        line("Utbetalt bistånd", "112.5", "13.1", "101.8", "10.4"),
        line("Handläggning och ledning", "33.6", "3.5", "29.2", "3.5"),
        line("Arbetsmarknadsåtgärder", "27.9", "8.1", "19.0", "6.6"),
    ),
)
INVESTMENTS = Detail(
    "Investeringar",
    YEAR,
    (
        line("Granvallaparken, etapp 2", "7.4", "0", "5.8"),
        line("Parkleken Kotten", "1.9", "0", "0"),
        line("Mindre åtgärder", "6.3", "0", "6.6"),
    ),
    head="Parkinvesteringar, mnkr",
)
OPERATIONS = operations(
    OFFICE,
    FAMILIES,
    PARKS,
    PRESCHOOL,
    ELDERLY,
    DISABILITY,
    CULTURE,
    INCOME,
    "64.9 182.6 107.3 34.9 40.4 20.8 8.4 0.9 402.7 468.2 258.9 25.8 18.2 134.6 28.0",
)
EQUIPMENT = line("Maskiner och inventarier", "2.6", "0", "2.5")
INVESTED = (main(total("Parkinvesteringar", INVESTMENTS.lines), "13.3"), main(EQUIPMENT, "2.2"))
ALL = sum_of("Drift totalt", OPERATIONS)
INVESTED_ALL = sum_of("Investeringar totalt", INVESTED)
RESERVES = (Decimal("5.0"), Decimal("1.5"))
SAFETY = (Decimal("2.0"), Decimal("1.1"))

GRANTS = (
    ("Granvalla Norra förskolor", "1.6", "1.4"),
    ("Granvalla Södra förskolor", "0.8", "0.9"),
    ("Östmo förskolor", "1.2", "1.2"),
    ("Hammardals förskolor", "0.3", "0.3"),
)
SOCIOECONOMIC = Table(
    "rows",
    "Socioekonomiskt anslag",
    (
        Column("Enhet", width=30),
        Column("2026 Socioekonomiskt anslag (mnkr)", YEAR, "mnkr", width=22),
        Column("2025 Socioekonomiskt anslag (mnkr)", 2025, "mnkr", width=22),
    ),
    (
        *(Row(unit, (mnkr(now), mnkr(before))) for unit, now, before in GRANTS),
        Row(
            "Summa",
            tuple(number(sum((Decimal(grant[i]) for grant in GRANTS), Decimal(0))) for i in (1, 2)),
            strong=True,
        ),
    ),
)
PRICES = Table(
    "rows",
    "Priser",
    (
        Column("Insats", width=40),
        Column("Pris 2026", YEAR, "kr", width=14),
        Column("Pris 2025", 2025, "kr", width=14),
        Column("Per", width=14),
    ),
    (
        Row("Korttidsplats inklusive mat och hyra", ("2 715 kr", "2 690 kr", "dygn")),
        Row("Trygghetslarm", ("145 kr", "145 kr", "månad")),
        Row("Lunch i dagverksamhet", ("82 kr", "80 kr", "portion")),
    ),
)
VOLUMES = Table(
    "rows",
    "Volymer inom äldreomsorgen",
    (
        Column("Verksamhet", width=26),
        Column("VP 2026", YEAR),
        Column("varav kvinnor", YEAR),
        Column("varav män", YEAR),
        Column("Oktober 2025", 2025),
    ),
    (
        Row("Vård- och omsorgsboende, helårsplatser", ("361", "242", "119", "355")),
        Row("Hemtjänst, helårspersoner", ("1 108", "735", "373", "1 084")),
        Row("Hemtjänst, timmar / månad", ("31 400", "20 930", "10 470", "30 650")),
        Row("Dagverksamhet, dagar / månad", ("1 020", "640", "380", "985")),
    ),
)
SCHOOLS, CARE, REST = "Förskola", "Äldreomsorg", "Övrigt"
PREMISES = Table(
    "rows",
    "Lokalförändringar",
    (Column("Lokal", width=34), Column("Kommentar", width=62)),
    (
        Row(SCHOOLS, (None,), group=True),
        Row("Förskolan Tornet, Granvalla", ("Ny förskola med åtta avdelningar. Öppnar 10 augusti 2026.",), SCHOOLS),
        Row(
            "Bergsstigen 7",
            ("Lämnas i juli eftersom huset ska rivas. Barnen flyttar till Tornet.",),
            SCHOOLS,
        ),
        Row(CARE, (None,), group=True),
        Row("Dagverksamheten Linden", ("Flyttar i mars till Östmo kvarn för att få plats med fler.",), CARE),
        Row(REST, (None,), group=True),
        Row("Medborgartorget, Granvalla centrum", ("Byggs om i maj. Tillfällig ingång från Torggatan.",), REST),
        Row("Östmo kvarn", ("Taket läggs om under hösten. Verksamheten är kvar under tiden.",), REST),
    ),
)
UNITS = Table(
    "rows",
    "Resultatenheter",
    (Column("Enhet", width=40), Column("Avdelning", width=40)),
    (
        Row("Östmo förskolor", ("Förskola",)),
        Row("Hammardals förskolor", ("Förskola",)),
        Row("Hemtjänsten Granvalla", ("Äldreomsorg",)),
        Row("Daglig verksamhet Kvarnhjulet", ("Funktionsnedsättning",)),
    ),
)


def council(number: str) -> Activities:
    return Activities(COUNCIL_ACTIVITIES[number])


PLAN = Plan(
    slug="verksamhetsplan-2026-granvalla-ostmo",
    title="Förslag till verksamhetsplan 2026 för Granvalla-Östmo stadsdelsnämnd",
    organisation="Granvalla-Östmo stadsdelsnämnd",
    city="Ljungköpings stad",
    year=YEAR,
    status="proposal",
    decided=None,
    dated="2025-11-27",
    reference="GÖ 2025/977",
    contact="ljungkoping.example/granvalla-ostmo",
    label_on_own_line=False,
    flattening=Flattening(
        title_page=True,
        furniture=frozenset(),
        bullet="\uf0b7",
        thousands="\N{NO-BREAK SPACE}",
        target_width=16,
        marks=True,
        page_lines=40,
        rows_break=True,
    ),
    blocks=plan_blocks(
        Heading(1, "Inledning"),
        """
        Förvaltningen lämnar här sitt förslag till plan för Granvalla-Östmo 2026. Nämnden behandlar det den 18 december
        2025.

        Granvalla-Östmo har 71 900 invånare och är stadens till ytan största stadsdelsområde. Det har sex stadsdelar:
        Bergsmon, Granvalla, Hammardal, Lindesta, Östmo och Östmo gård. I Granvalla finns stadens näst största
        centrum.
        """,
        Heading(2, "Nämnden och råden"),
        """
        Nämnden har 13 ledamöter och 13 ersättare och sammanträder elva gånger om året på Medborgartorget, alltid en
        tisdag. Den har två råd: pensionärsrådet med tio ledamöter och rådet för tillgänglighet med åtta.
        """,
        Heading(2, "Förvaltningen"),
        """
        Förvaltningen har 2 310 tillsvidareanställda i fyra avdelningar. I förskolan arbetar ungefär 900 och i
        äldreomsorgen 640. En kommunikatör och en HR-specialist delas med Norrsjö till och med augusti 2026.
        """,
        Heading(2, "Vad som är nytt 2026"),
        """
        - Förskolan Tornet öppnar i augusti.
        - Nämnden tar över skötseln av Hammarsjöns badplats från idrottsnämnden.
        - Hemtjänsten delas i två enheter, Granvalla och Östmo, från den 1 april.
        - Socialtjänsten byter till systemet Valvet den 4 maj.
        """,
        Heading(2, "Beredskap"),
        """
        Trygghetspunkter finns på Medborgartorget och i Östmo kvarn. Övningen 2026 hålls den 6 oktober och gäller
        avbrott i vattenförsörjningen.
        """,
        orientation("1"),
        "Fler vägar in på arbetsmarknaden och kortare köer till socialtjänsten är viktigast.",
        goal("1.1", "."),
        """
        I september 2025 fick 1 426 hushåll ekonomiskt bistånd. Budgeten för feriejobb är 9,3 mnkr och räcker till 560
        ungdomar. Ansökan är öppen 1 februari–31 mars. Det första samtalet ska hållas inom sju arbetsdagar.
        """,
        Heading(3, "Samhällsguider"),
        """
        Fyra samhällsguider hjälper nyanlända på arabiska, dari, tigrinja och ukrainska. De finns på Medborgartorget
        måndagar och torsdagar och tog emot 2 600 besök under 2025.
        """,
        Indicators(
            (
                asked("bistånd", "2,6 %"),
                asked("långvarigt", "1,5 %"),
                asked("feriejobb", "520 st"),
                asked("platser", "560 st"),
                asked("unga", "70"),
            )
        ),
        council("1.1"),
        Heading(
            3,
            "Fler i Granvalla-Östmo har en lön att leva på och vet vart de vänder sig den dag de förlorar den",
            BOARD_GOAL,
        ),
        Heading(4, "Beskrivning"),
        "Jobbcoacher och socialsekreterare delar kontor i Granvalla centrum från den 1 september.",
        Heading(4, "Förväntat resultat"),
        "Antalet hushåll med bistånd är högst 1 380 i december.",
        Activities(
            (
                ours(
                    "Förvaltningen ska öppna ett gemensamt kontor med jobbtorget.",
                    "2026-03-01",
                    "2026-08-31",
                    "Jobbtorget",
                ),
                ours(
                    "Förvaltningen ska ta fram en yrkeskurs i fastighetsskötsel för sexton deltagare.",
                    "2026-01-01",
                    "2026-06-30",
                ),
            )
        ),
        goal("1.2", "."),
        """
        Nio trygghetsrundor ska gås, fyra av dem i Granvalla. Åtta fältassistenter arbetar i två lag,
        ett för Granvalla och ett
        för Östmo.
        """,
        Indicators((asked("mörkt", "64 %"), asked("parker", "71 %"), asked("torg", "66 %"))),
        council("1.2"),
        Heading(3, "Granvalla centrum är en plats att stanna på", BOARD_GOAL),
        Heading(4, "Förväntat resultat"),
        "Antalet polisanmälda brott i centrum är tio procent lägre än 2025.",
        Activities(
            (
                ours(
                    "Förvaltningen ska tillsammans med centrumägaren och polisen inrätta platsvärdar i "
                    "Granvalla centrum.",
                    "2026-01-01",
                    "2026-03-31",
                    "Centrumägaren",
                    "Polisen",
                ),
                ours("Förvaltningen ska gå nio trygghetsrundor.", "2026-04-01", "2026-10-31"),
            )
        ),
        goal("1.3", "."),
        """
        Nämnden driver 34 förskolor i fyra enheter. Antalet barn väntas vara oförändrat. Vid Östmo förskolor prövas
        undervisning utomhus hela förmiddagen för de äldsta barnen.
        """,
        Indicators(
            (
                asked("nöjda", "85 %"),
                asked("förskollärare", "34,0 %"),
                asked("grupp", "15,8"),
                asked("anställd", "5,3"),
                Indicator("Förskolornas egen bedömning av undervisningen i språk (skala 1–5)", "3,9", None, "År"),
            )
        ),
        council("1.3"),
        Heading(3, "Alla barn möter utbildade lärare", BOARD_GOAL),
        Heading(4, "Beskrivning"),
        "Förskollärarna fördelas så att varje avdelning har minst en.",
        Heading(4, "Förväntat resultat"),
        "Andelen förskollärare är minst 34 procent i varje enhet.",
        Activities(
            (ours("Förvaltningen ska erbjuda tolv barnskötare betald vidareutbildning.", "2026-01-01", "2026-08-31"),)
        ),
        goal("1.4", "."),
        """
        Under 2025 kom 2 210 orosanmälningar om 1 340 barn. En barnfamilj som hotas av vräkning ska få träffa en
        budgetrådgivare inom fem arbetsdagar. Mötesplatsen Klockan för personer med psykisk ohälsa har öppet alla
        dagar.
        """,
        Indicators(
            (
                asked("till tals", "82 %"),
                asked("fyra månader", "91 %"),
                asked("boende", "80 %"),
                asked("daglig", "86 %"),
                asked("vardag", None, "Målet fastställs i tertialrapport 1 när enkäten har gjorts om."),
                asked("vräkningar", IN_REPORT_1),
            )
        ),
        council("1.4"),
        Heading(3, "Utredningar blir klara i tid", BOARD_GOAL),
        Heading(4, "Förväntat resultat"),
        "Ingen utredning är äldre än fem månader vid årets slut.",
        Activities(
            (
                unnamed("Inrätta ett lag som avslutar gamla utredningar.", "2025-10-01", "2026-06-30"),
                ours(
                    "Förvaltningen ska ta fram en rutin för hur barn som bor i två hem får information "
                    "om sin egen utredning "
                    "i båda hemmen, på ett språk som de vuxna där förstår.",
                    "2026-01-01",
                    "2026-10-15",
                ),
            )
        ),
        goal("1.5", "."),
        """
        I oktober 2025 hade 1 084 personer hemtjänst. Nämnden driver Lindens vård- och omsorgsboende med 112
        lägenheter. Träffpunkten i Hammardal har finskt café varje fredag.
        """,
        Indicators(
            (
                asked("kontinuitet", "max 13 personer"),
                asked("trygg hemma", "83 %"),
                asked("trygg boende", "85 %"),
                asked("mat", "72 %"),
            )
        ),
        council("1.5"),
        Heading(3, "Äldre får hjälp av medarbetare som känner dem", BOARD_GOAL),
        Heading(4, "Beskrivning"),
        "När hemtjänsten delas i två enheter ska varje kund behålla sin fasta omsorgskontakt.",
        Heading(4, "Förväntat resultat"),
        "Kunder med minst två besök om dagen möter högst 13 medarbetare på fjorton dagar.",
        Heading(
            4,
            "Lindens boende ställer frågan vad en bra dag är för just dig och planerar veckan efter svaret",
            UNIT_GOAL,
        ),
        Heading(5, "Förväntat resultat"),
        "Alla boende har en egen veckoplan senast den 30 april.",
        Heading(5, "Arbetssätt"),
        "Kontaktpersonen går igenom veckan med den boende varje söndag.",
        Heading(5, "Resursanvändning"),
        "Två timmar i veckan per kontaktperson tas från möten.",
        Heading(5, "Uppföljning"),
        "Tio veckoplaner läses varje månad av enhetschefen.",
        Heading(5, "Utveckling"),
        "Anhöriga får se planen i en app från hösten.",
        Activities(
            (
                ours("Förvaltningen ska dela hemtjänsten i två enheter.", "2025-11-01", "2026-03-31"),
                unnamed("Erbjuda alla kunder över 90 år ett förebyggande hembesök.", "2026-01-01", "2026-12-31"),
            )
        ),
        orientation("2"),
        goal("2.1", "."),
        "I Lindesta planeras 600 lägenheter. Nämnden vill ha två gruppbostäder i området.",
        Indicators((asked("lägenheter", "12 st"),)),
        council("2.1"),
        goal("2.2", "."),
        "Förvaltningen har 34 bilar, varav 19 går på el.",
        Indicators((asked("resor", "62 %"),)),
        Heading(3, "Färre resor med bil", BOARD_GOAL),
        Activities((unnamed("Införa en bilpool för alla avdelningar.", "2026-02-01", "2026-08-31"),)),
        goal("2.3", "."),
        """
        Östmo kvarn är både konsthall, café och fritidsgård. Under 2025 hade den 36 500 besök.
        Hammarsjöns badplats sköts
        av nämnden från den 1 maj; badvakter finns 15 juni–15 augusti.
        """,
        Indicators((asked("kultur", "55 %"), asked("idrott", "61 %"))),
        Activities(
            (
                *COUNCIL_ACTIVITIES["2.3"],
                Activity(
                    "Granvalla-Östmo stadsdelsnämnd ska i samarbete med idrottsnämnden ta över driften "
                    "av Hammarsjöns badplats.",
                    "2026-01-01",
                    "2026-05-01",
                    ("Granvalla-Östmo stadsdelsnämnd", "Idrottsnämnden"),
                ),
            )
        ),
        goal("2.4", "."),
        "Svinnet i förskolan var 39 gram per portion 2025. Sex förskolor får egna odlingslådor.",
        Indicators(
            (
                asked("ekologiskt", "50 %"),
                Indicator("Matsvinn i förskolan, gram per portion", "max 34 gram", None, "Tertial"),
                asked("energi", "6,9 GWh"),
            )
        ),
        council("2.4"),
        orientation("3"),
        goal("3.1", "."),
        f"""
        Nämnden får {number(ALL.line.net)} mnkr netto till drift och {number(INVESTED_ALL.line.net)}
        mnkr till investeringar.
        En reserv på {number(RESERVES[0] + RESERVES[1])} mnkr hålls inne, {number(RESERVES[0])} mnkr hos förskolan och
        {number(RESERVES[1])} mnkr hos ekonomiskt bistånd.
        """,
        Indicators((asked("efter", "100 %"), asked("före", "100 %"), asked("prognos", "+/- 1,5 %"))),
        goal("3.2", "."),
        "Sjukfrånvaron var 8,0 procent i oktober 2025. En chef ska ha högst 32 medarbetare.",
        Indicators((asked("sjuk", "7,4 %"), asked("sjuk kort", "2,8 %"), asked("index", "78"))),
        council("3.2"),
        Heading(3, "Medarbetare vill stanna", BOARD_GOAL),
        Activities(
            (
                ours("Förvaltningen ska intervjua alla som slutar.", "2026-01-01", "2026-12-31"),
                unnamed("Införa mentorskap för nya socialsekreterare.", "2026-02-01", "2026-10-15"),
            )
        ),
        goal("3.3", "."),
        "Nio superanvändare stöder kollegorna när Valvet tas i bruk. Idéfonden är på 0,6 mnkr.",
        Indicators((asked("avtal", "92 %"),)),
        Heading(1, "Redovisning av ekonomi"),
        main_table("Redovisning av ekonomi", YEAR, OPERATIONS, INVESTED),
        f"Nettobudgeten för driften är {number(ALL.line.change)} mnkr högre än 2025.",
        Heading(2, OFFICE.name),
        OFFICE.table(),
        "Administrationen betalas genom att varje område lämnar 3,1 procent av sin budget.",
        Heading(2, FAMILIES.name),
        FAMILIES.table(),
        Heading(2, PARKS.name),
        PARKS.table(),
        "Parkdriften minskar med 0,5 mnkr eftersom det nya avtalet är billigare.",
        Heading(2, PRESCHOOL.name),
        PRESCHOOL.table(),
        Heading(3, SOCIOECONOMIC.name),
        SOCIOECONOMIC,
        Heading(2, ELDERLY.name),
        ELDERLY.table(),
        Heading(3, VOLUMES.name),
        VOLUMES,
        Heading(3, PRICES.name),
        PRICES,
        Heading(2, DISABILITY.name),
        DISABILITY.table(),
        "Lokalpåslaget för en såld plats i gruppbostad är 151 kronor per dygn.",
        Heading(2, CULTURE.name),
        CULTURE.table(),
        Heading(2, INCOME.name),
        INCOME.table(),
        "Budgeten för utbetalt bistånd bygger på 1 400 hushåll.",
        Heading(2, "Lokalförändringar"),
        PREMISES,
        Heading(2, INVESTMENTS.name),
        INVESTMENTS.table(),
        Heading(2, "Resultatenheter"),
        UNITS,
        Heading(2, "Budgetjusteringar"),
        Heading(3, "Trygghet i den fysiska miljön (Bilaga 3)"),
        f"""
        Nämnden söker {mnkr(SAFETY[0] + SAFETY[1])} mnkr: {mnkr(SAFETY[0])} mnkr för Granvalla centrum (bilaga 3.1) och
        {mnkr(SAFETY[1])} mnkr för stigen runt Hammarsjön (bilaga 3.2).
        """,
        Heading(3, "Badplatsen (Bilaga 4)"),
        "Nämnden söker 1,4 mnkr för bryggor och badvakter vid Hammarsjön.",
    ),
)
