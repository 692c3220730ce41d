"""Norrsjö stadsdelsnämnd, operational plan 2025: the same district a year earlier, with other targets and amounts."""

from decimal import Decimal
from functools import partial

from samples.content import ljungkoping
from samples.content.budget import Detail, line, main, main_table, mnkr, number, operations, sum_of, total
from samples.content.ljungkoping import goal, orientation, ours, unnamed
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

YEAR = 2025
asked = partial(ljungkoping.asked, year=YEAR)

OFFICE = Detail(
    "Nämnd- och förvaltningsadministration",
    YEAR,
    (
        line("Nämnd och råd", "1.8", "0", "1.8"),
        line("Administration", "40.6", "0.4", "39.7"),
        line("Facklig tid", "3.6", "1.1", "2.4", "1.1"),
        line("Kontaktcenter Strandhuset", "2.8", "0.5", "2.6", "0.5"),
    ),
    blank_zero=True,
)
FAMILIES = Detail(
    "Individ- och familjeomsorg",
    YEAR,
    (
        line("Barn och unga", "91.0", "16.1", "72.8", "15.9"),
        line("Vuxna", "31.2", "6.1", "25.6", "5.4"),
        line("Socialpsykiatri", "37.0", "7.8", "28.0", "7.8"),
    ),
)
PARKS = Detail(
    "Stadsmiljö",
    YEAR,
    (
        line("Parkskötsel", "10.9", "0", "10.7"),
        line("Administration", "2.7", "0", "2.8"),
        line("Avskrivningar", "7.0", "0", "6.3"),
        line("Räntor", "0.7", "0", "0.6"),
    ),
    head="Drift, mnkr",
)
PRESCHOOL = Detail(
    "Förskola",
    YEAR,
    (
        line("Grundbelopp", "216.1", "18.9", "195.8"),
        line("Tilläggsbelopp 4 %", "7.7", "0", "7.5"),
        line("Verksamhetsstöd", "15.9", "0", "15.1"),
        line("Lokaler", "48.4", "0.8", "47.9"),
        line("Ledning", "9.9", "0", "9.6"),
        line("Öppna förskolan", "3.2", "0.2", "2.8", "0.2"),
    ),
    blank_zero=True,
)
ELDERLY = Detail(
    "Äldreomsorg",
    YEAR,
    (
        line("Vård och omsorg, varav:", "429.2", "59.8", "363.9", "46.7"),
        line("Vård- och omsorgsboende", "242.0", "38.1", "198.2", parent="Vård och omsorg, varav:"),
        line("Hemtjänst i ordinärt boende", "136.3", "11.2", "121.7", parent="Vård och omsorg, varav:"),
        line("Servicehus", "45.1", "10.1", "38.9", parent="Vård och omsorg, varav:"),
        line("Dagverksamhet", "5.8", "0.4", "5.1", parent="Vård och omsorg, varav:"),
        line("Biståndsenheten", "16.8", "0", "16.1"),
        line("Gemensamt", "9.0", "2.0", "6.8", "2.0"),
    ),
    blank_zero=True,
)
DISABILITY = Detail(
    "Stöd och service till personer med funktionsnedsättning",
    YEAR,
    (
        line("Bostad med särskild service", "143.0", "23.2", "116.9", "21.8"),
        line("Daglig verksamhet", "51.0", "5.8", "43.8", "5.3"),
        line("Personlig assistans", "41.2", "30.4", "10.6", "30.4"),
        line("Ledning och biståndshandläggning", "12.1", "0", "11.7"),
        line("Varmbassängen i Tallåsen", "1.6", "0.3", "1.3"),
    ),
)
CULTURE = Detail(
    "Fritid och kultur",
    YEAR,
    (
        line("Fältassistenter", "2.8", "0", "2.7"),
        line("Öppna mötesplatser *", "13.6", "1.5", "11.8", "1.5"),
        line("Bidrag till föreningar och kulturarrangemang", "0.9", "0", "0.8"),
        line("Kolonier", "3.2", "1.0", "2.3", "1.0"),
        line("Gemensamt", "1.4", "0", "1.6"),
    ),
    notes=("* Inklusive Strömhallen.",),
)
INCOME = Detail(
    "Ekonomiskt bistånd och arbetsmarknadsåtgärder",
    YEAR,
    (
        line("Utbetalt bistånd", "64.9", "7.3", "58.4", "5.8"),
        line("Handläggning och ledning", "20.8", "2.1", "18.1", "2.1"),
        line("Arbetsmarknadsåtgärder", "15.9", "4.4", "11.0", "3.6"),
    ),
)
INVESTMENTS = Detail(
    "Investeringar",
    YEAR,
    (
        line("Videbackens park", "0.7", "0", "0"),
        line("Lekplatsen Draken", "3.1", "0", "0.4"),
        line("Mindre åtgärder", "6.2", "0", "6.9"),
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
    "42.6 122.9 70.1 26.0 26.8 13.1 5.8 0.4 271.2 371.5 176.8 20.1 11.6 73.9 17.5",
)
EQUIPMENT = line("Maskiner och inventarier", "1.7", "0", "1.7")
INVESTED = (main(total("Parkinvesteringar", INVESTMENTS.lines), "8.8"), main(EQUIPMENT, "1.5"))
ALL = sum_of("Drift totalt", OPERATIONS)
INVESTED_ALL = sum_of("Investeringar totalt", INVESTED)
RESERVE = Decimal("3.0")

GRANTS = (
    ("Hällmarkens förskolor", "1.0", "1.0"),
    ("Lergropens förskolor", "0.9", "0.8"),
    ("Tallåsens förskolor", "0.5", "0.5"),
    ("Kvarnvikens förskolor", "0.3", "0.3"),
    ("Bruksängens förskolor", "0.2", "0.3"),
)
SOCIOECONOMIC = Table(
    "rows",
    "Socioekonomiskt anslag",
    (
        Column("Enhet", width=30),
        Column("2025 Socioekonomiskt anslag (mnkr)", YEAR, "mnkr", width=22),
        Column("2024 Socioekonomiskt anslag (mnkr)", 2024, "mnkr", width=22),
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
        Column("Pris 2025", YEAR, "kr", width=14),
        Column("Pris 2024", 2024, "kr", width=14),
        Column("Per", width=14),
    ),
    (
        Row("Korttidsplats inklusive mat och hyra", ("2 585 kr", "2 510 kr", "dygn")),
        Row("Grundpris i servicehus", ("9 495 kr", "9 210 kr", "månad")),
        Row("Hemtjänst i servicehus, kommunal utförare", ("386 kr", "377 kr", "timme")),
        Row("Hemtjänst i servicehus, enskild utförare", ("395 kr", "386 kr", "timme")),
        Row("Lunch i öppen matsal, pensionär", ("75 kr", "72 kr", "portion")),
    ),
)
PREMISES = Table(
    "rows",
    "Lokalförändringar",
    (Column("Lokal", width=34), Column("Kommentar", width=62)),
    (
        Row("Förskola", (None,), group=True),
        Row(
            "Förskolan Ärlan, Kvarnviken",
            ("Byggstart i februari 2025. Förskolan får sex avdelningar.",),
            "Förskola",
        ),
        Row("Lerstigen 14", ("Två avdelningar som töms i november när barnen blir färre.",), "Förskola"),
        Row("Äldreomsorg", (None,), group=True),
        Row(
            "Sjöbo servicehus",
            ("Utredning om huset ska avvecklas eller byggas om. Beslut väntas i juni.",),
            "Äldreomsorg",
        ),
        Row("Övrigt", (None,), group=True),
        Row("Strandhuset, plan 3", ("Byggs om så att Jobbtorg Norr kan flytta in den 1 mars.",), "Övrigt"),
        Row("Strömhallen", ("Ny ventilation i teatersalongen under juni–augusti.",), "Övrigt"),
    ),
)

PLAN = Plan(
    slug="verksamhetsplan-2025-norrsjo",
    title="Verksamhetsplan 2025 för Norrsjö stadsdelsnämnd",
    organisation="Norrsjö stadsdelsnämnd",
    city="Ljungköpings stad",
    year=YEAR,
    status="adopted",
    decided="2024-12-19",
    dated="2024-12-19",
    reference="NSJ 2024/388",
    contact="ljungkoping.example",
    label_on_own_line=True,
    flattening=Flattening(
        title_page=True,
        furniture=frozenset(range(2, 100)),
        bullet="•",
        thousands=" ",
        target_width=14,
        marks=False,
        page_lines=46,
        rows_break=False,
    ),
    blocks=plan_blocks(
        Heading(1, "Inledning"),
        """
        Detta är vad nämnden har kommit överens om för 2025. Planen vänder sig både till invånare som undrar vad skatten
        går till och till medarbetare som vill veta vad som väntas av dem.

        Norrsjö hade 47 600 invånare den 30 september 2024. Stadsdelarna är Bruksängen, Hällmarken, Kvarnviken,
        Lergropen, Norrsjö strand, Sjövreten, Tallåsen och Videbacken. Under året väntas 700 personer flytta in,
        de flesta till Kvarnviken.
        """,
        Heading(2, "Nämnden och råden"),
        """
        Nämnden har 11 ledamöter och 11 ersättare och sammanträder tio gånger om året. Två råd bistår nämnden.
        Pensionärsrådet har nio ledamöter och funktionshinderrådet sex. Ett ungdomsråd ska börja sitt arbete till
        hösten.
        """,
        Heading(2, "Förvaltningen"),
        """
        Förvaltningen har 1 655 tillsvidareanställda. Omkring 625 arbetar i förskolan och 515 i äldreomsorgen.
        Jobbtorg Norr flyttar in i Strandhuset den 1 mars.
        """,
        Heading(2, "Tre saker som ska bli bättre"),
        """
        - Den som söker ekonomiskt bistånd ska få ett första samtal inom tio arbetsdagar.
        - Kunden i hemtjänsten ska möta högst tolv medarbetare på fjorton dagar.
        - Felanmälningar i parkerna ska vara åtgärdade inom sju arbetsdagar.
        """,
        Heading(2, "Beredskap"),
        """
        Reservkraft installeras på Näckrosen före den 1 oktober. Krisledningen övar den 8 april; övningen handlar om en
        brand i Strandhuset.
        """,
        orientation("1"),
        "Under året är det väntetiderna inom bistånd och socialtjänst som ska kortas.",
        goal("1.1"),
        """
        I september 2024 fick 849 hushåll ekonomiskt bistånd. Feriejobb finns för 320 ungdomar och kostar 5,1 mnkr.
        Timlönen är 93 kronor för den som inte har fyllt 18 år.
        """,
        Indicators(
            (
                asked("bistånd", "2,3 %"),
                asked("långvarigt", "1,3 %"),
                asked("feriejobb", "290 st"),
                asked("platser", "320 st"),
                asked("unga", "30"),
            )
        ),
        Activities(
            (
                Activity(
                    "Arbetsmarknadsnämnden ska tillsammans med stadsdelsnämnderna skapa 400 "
                    "praktikplatser för unga med "
                    "funktionsnedsättning.",
                    "2025-01-01",
                    "2025-12-31",
                    ("Arbetsmarknadsnämnden", "Stadsdelsnämnderna"),
                ),
                Activity(
                    "Kommunstyrelsen ska i samråd med arbetsmarknadsnämnden se över var jobbtorgen ska ligga.",
                    "2024-09-01",
                    "2025-03-31",
                    ("Kommunstyrelsen", "Arbetsmarknadsnämnden"),
                ),
            )
        ),
        Heading(3, "Vägen till egen inkomst är kort", BOARD_GOAL, "1.1.1"),
        Heading(4, "Beskrivning"),
        "Den som söker bistånd träffar både socialsekreterare och jobbcoach vid samma möte.",
        Heading(4, "Förväntat resultat"),
        "Första samtalet hålls inom tio arbetsdagar.",
        Activities(
            (
                ours("Förvaltningen ska flytta Jobbtorg Norr till Strandhuset.", "2024-11-01", "2025-03-01"),
                unnamed("Utbilda handläggarna i motiverande samtal.", "2025-02-01", "2025-10-15"),
            )
        ),
        goal("1.2"),
        """
        Fyra trygghetsrundor ska gås, två av dem i Hällmarken. Fem fältassistenter arbetar kvällar och
        helger och hör till
        fritid och kultur.
        """,
        Indicators(
            (
                asked("mörkt", "66 %"),
                asked("parker", "73 %"),
                asked("torg", "64 %"),
                Indicator(
                    "Andel felanmälningar i parker som är åtgärdade inom sju arbetsdagar", "90 %", None, "Tertial"
                ),
            )
        ),
        Heading(3, "Fler känner sig trygga i Hällmarken", BOARD_GOAL, "1.2.1"),
        Heading(4, "Förväntat resultat"),
        "Andelen trygga i Hällmarken är minst 53 procent.",
        Activities(
            (
                ours("Förvaltningen ska gå fyra trygghetsrundor.", "2025-03-01", "2025-11-30"),
                ours("Förvaltningen ska rusta lekplatsen Draken i Sjövreten.", "2025-01-01", "2025-08-31"),
                ours(
                    "Förvaltningen ska i samarbete med polisen starta ett platsråd i Hällmarken.",
                    "2025-01-01",
                    "2025-06-30",
                    "Polisen",
                ),
            )
        ),
        goal("1.3"),
        """
        Nämnden driver 22 förskolor i fem enheter. En förskola, Lerstigen 14, läggs ned i november. Varje förskola läser
        högt minst en gång om dagen.
        """,
        Indicators(
            (
                asked("nöjda", "86 %"),
                asked("förskollärare", "36,5 %"),
                asked("grupp", "15,4"),
                asked("anställd", "5,2"),
                Indicator("Förskolornas egen bedömning av undervisningen i språk (skala 1–5)", "3,7", None, "År"),
            )
        ),
        Activities(
            (
                Activity(
                    "Stadsdelsnämnderna ska i samarbete med utbildningsnämnden ta fram en handbok för inomhusluft i "
                    "förskolan.",
                    "2025-01-01",
                    "2025-12-31",
                    ("Stadsdelsnämnderna", "Utbildningsnämnden"),
                ),
            )
        ),
        Heading(3, "Barnen får tid med vuxna som lyssnar", BOARD_GOAL, "1.3.1"),
        Heading(4, "Förväntat resultat"),
        "Varje grupp delas i mindre grupper minst en timme om dagen.",
        Activities((ours("Förvaltningen ska anställa två språkpedagoger.", "2025-01-01", "2025-03-31"),)),
        goal("1.4"),
        """
        Under 2024 kom 1 390 orosanmälningar om 870 barn. En barnfamilj som hotas av vräkning får tid hos en
        budgetrådgivare inom fem arbetsdagar.
        """,
        Indicators(
            (
                asked("till tals", "80 %"),
                asked("fyra månader", "94 %"),
                asked("boende", "83 %"),
                asked("daglig", "87 %"),
                asked("vardag", "70 %"),
                asked("vräkningar", "52 %"),
            )
        ),
        Heading(3, "Barn får förklarat för sig vad som händer", BOARD_GOAL, "1.4.1"),
        Heading(4, "Förväntat resultat"),
        "Minst 80 procent av barnen har talat enskilt med sin socialsekreterare.",
        Activities(
            (
                unnamed("Prova samtalsstödet Lyssna i tio utredningar.", "2025-09-01", "2026-06-30"),
                ours("Förvaltningen ska öppna en samtalsgrupp för barn som har sett våld.", "2025-02-01", "2025-10-15"),
            )
        ),
        goal("1.5"),
        """
        I oktober 2024 hade 729 personer hemtjänst och 271 bodde i vård- och omsorgsboende. Träffpunkten Åsen öppnar i
        februari.
        """,
        Indicators(
            (
                asked("kontinuitet", "max 12 personer"),
                asked("trygg hemma", "84 %"),
                asked("trygg boende", "87 %"),
                asked("mat", "75 %", "Målet höjs till 78 % när det nya köket är i drift."),
            )
        ),
        Activities(
            (
                Activity(
                    "Äldrenämnden ska i samverkan med stadsdelsnämnderna ta fram en gemensam matsedel för vård- och "
                    "omsorgsboenden.",
                    "2025-01-01",
                    "2025-08-31",
                    ("Äldrenämnden", "Stadsdelsnämnderna"),
                ),
            )
        ),
        Heading(3, "Äldre får hjälp av få och kända personer", BOARD_GOAL, "1.5.1"),
        Heading(4, "Förväntat resultat"),
        "Kunder med minst två besök om dagen möter högst tolv medarbetare på fjorton dagar.",
        Heading(4, "Norrsjö hemtjänst: samma ansikten varje vecka", UNIT_GOAL),
        Heading(5, "Arbetssätt"),
        "Lagen har tolv medarbetare var och planerar en vecka i taget.",
        Heading(5, "Uppföljning"),
        "Antalet medarbetare per kund räknas i mars och oktober.",
        Activities(
            (
                unnamed("Pröva fasta grupper i ett av lagen.", "2025-04-01", "2025-10-15"),
                ours("Förvaltningen ska öppna träffpunkten Åsen i Tallåsen.", "2025-01-01", "2025-03-31"),
            )
        ),
        orientation("2"),
        goal("2.1"),
        "I Kvarnviken byggs 1 250 lägenheter fram till 2031. Byggstart för de första är i maj.",
        Indicators((asked("lägenheter", "0 st"),)),
        goal("2.2"),
        "Förvaltningen har 21 bilar, varav elva går på el, och 48 elcyklar.",
        Indicators((asked("resor", "68 %"),)),
        Heading(3, "Medarbetarna reser utan avgaser", BOARD_GOAL, "2.2.1"),
        Activities((unnamed("Köpa fjorton elcyklar.", "2025-02-01", "2025-06-30"),)),
        goal("2.3"),
        """
        Strömhallen fyller 50 år och firar med öppet hus den 23 augusti. Bidraget till föreningar är 0,9 mnkr och en
        förening kan få högst 50 000 kronor.
        """,
        Indicators((asked("kultur", "58 %"), asked("idrott", "65 %"))),
        Heading(3, "Unga bestämmer över sin fritid", BOARD_GOAL, "2.3.1"),
        Activities((ours("Förvaltningen ska bilda ett ungdomsråd.", "2025-03-01", "2025-10-31"),)),
        goal("2.4"),
        "Svinnet i förskolan var 36 gram per portion 2024.",
        Indicators(
            (
                asked("ekologiskt", "52 %"),
                Indicator("Matsvinn i förskolan, gram per portion", "max 32 gram", None, "Tertial"),
                asked("energi", "4,8 GWh"),
            )
        ),
        orientation("3"),
        goal("3.1"),
        f"""
        Nämnden får {number(ALL.line.net)} mnkr netto till drift och {number(INVESTED_ALL.line.net)} mnkr till
        investeringar. En reserv på {number(RESERVE)} mnkr ligger hos äldreomsorgen.
        """,
        Indicators((asked("efter", "100 %"), asked("före", "100 %"), asked("prognos", "+/- 1 %"))),
        goal("3.2"),
        "En chef ska ha högst 35 medarbetare. Sjukfrånvaron var 7,4 procent i oktober 2024.",
        Indicators((asked("sjuk", "7,0 %"), asked("sjuk kort", "2,5 %"), asked("index", "79"))),
        Heading(3, "Medarbetarna mår bra av sitt arbete", BOARD_GOAL, "3.2.1"),
        Activities(
            (
                unnamed("Se över alla delade turer i hemtjänsten.", "2025-12-01", "2026-03-31"),
                ours("Förvaltningen ska ge alla chefer en kurs i hälsosamtal.", "2025-01-01", "2025-06-30"),
            )
        ),
        goal("3.3"),
        "Upphandlingen av ett nytt system för socialtjänstens akter avgörs i september.",
        Indicators((asked("avtal", "95 %"),)),
        Heading(1, "Redovisning av ekonomi"),
        main_table("Redovisning av ekonomi", YEAR, OPERATIONS, INVESTED),
        f"Driften växer med {number(ALL.line.change)} mnkr jämfört med 2024.",
        Heading(2, OFFICE.name),
        OFFICE.table(),
        "Varje område lämnar 3,5 procent av sin budget till administrationen.",
        Heading(2, FAMILIES.name),
        FAMILIES.table(),
        "En plats i familjehem kostar i genomsnitt 1 120 kronor per dygn.",
        Heading(2, PARKS.name),
        PARKS.table(),
        Heading(2, PRESCHOOL.name),
        PRESCHOOL.table(),
        Heading(3, SOCIOECONOMIC.name),
        SOCIOECONOMIC,
        Heading(2, ELDERLY.name),
        ELDERLY.table(),
        f"I budgeten ligger en reserv på {number(RESERVE)} mnkr.",
        Heading(3, PRICES.name),
        PRICES,
        Heading(2, DISABILITY.name),
        DISABILITY.table(),
        Heading(2, CULTURE.name),
        CULTURE.table(),
        Heading(2, INCOME.name),
        INCOME.table(),
        "Budgeten för utbetalt bistånd bygger på 830 hushåll.",
        Heading(2, "Lokalförändringar"),
        PREMISES,
        Heading(2, INVESTMENTS.name),
        INVESTMENTS.table(),
        Heading(2, "Budgetjusteringar"),
        Heading(3, "Klimatinvesteringar (Bilaga 5)"),
        "Nämnden söker 0,9 mnkr för solceller på Strömhallens tak.",
        Heading(3, "Lokaler som lämnas (Bilaga 6)"),
        "Nämnden söker 0,25 mnkr för tomgångshyra på Lerstigen 14.",
    ),
)
