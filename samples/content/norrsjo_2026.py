"""Norrsjö stadsdelsnämnd, operational plan 2026. Norrsjö and Ljungköping do not exist."""

from decimal import Decimal

from samples.content.budget import Detail, count, line, main, main_table, mnkr, number, operations, sum_of, total
from samples.content.ljungkoping import (
    COUNCIL_ACTIVITIES,
    asked,
    goal,
    orientation,
    ours,
    unnamed,
)
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
        line("Nämnd och råd", "1.9", "0", "1.8"),
        line("Administration", "41.3", "0.4", "40.2"),
        line("Facklig tid", "3.6", "1.2", "2.5", "1.2"),
        line("Kontaktcenter Strandhuset", "2.7", "0.6", "2.3", "0.6"),
    ),
    blank_zero=True,
)
FAMILIES = Detail(
    "Individ- och familjeomsorg",
    YEAR,
    (
        line("Barn och unga", "96.4", "18.2", "74.9", "17.6"),
        line("Vuxna", "31.6", "6.9", "25.1", "5.8"),
        line("Socialpsykiatri", "38.7", "8.4", "29.2", "8.4"),
    ),
)
PARKS = Detail(
    "Stadsmiljö",
    YEAR,
    (
        line("Parkskötsel", "11.8", "0", "10.9"),
        line("Administration", "2.9", "0", "2.7"),
        line("Avskrivningar", "7.4", "0", "7.0"),
        line("Räntor", "0.5", "0", "0.7"),
    ),
    head="Drift, mnkr",
)
PRESCHOOL = Detail(
    "Förskola",
    YEAR,
    (
        line("Grundbelopp", "214.6", "19.8", "197.2", "0.6"),
        line("Tilläggsbelopp 4 %", "8.1", "0", "7.7"),
        line("Verksamhetsstöd", "17.3", "0", "15.9"),
        line("Lokaler", "49.2", "0.9", "47.6"),
        line("Ledning", "9.8", "0", "9.9"),
        line("Öppna förskolan", "3.4", "0.2", "3.0", "0.2"),
    ),
    blank_zero=True,
    glued=True,
)
ELDERLY = Detail(
    "Äldreomsorg",
    YEAR,
    (
        line("Vård och omsorg, varav:", "438.2", "61.5", "369.4", "48.3"),
        line("Vård- och omsorgsboende", "251.7", "40.2", "203.9", parent="Vård och omsorg, varav:"),
        line("Hemtjänst i ordinärt boende *", "139.6", "11.8", "125.1", parent="Vård och omsorg, varav:"),
        line("Servicehus", "40.8", "9.1", "35.0", parent="Vård och omsorg, varav:"),
        line("Dagverksamhet", "6.1", "0.4", "5.4", parent="Vård och omsorg, varav:"),
        line("Biståndsenheten", "17.4", "0", "16.8"),
        line("Gemensamt", "9.3", "2.1", "7.0", "2.1"),
    ),
    blank_zero=True,
    notes=("* Pengar till tryggt mottagande i hemmet söks särskilt och ingår inte i tabellen.",),
)
DISABILITY = Detail(
    "Stöd och service till personer med funktionsnedsättning",
    YEAR,
    (
        line("Bostad med särskild service", "148.3", "24.6", "119.8", "22.9"),
        line("Daglig verksamhet", "52.7", "6.1", "45.2", "5.7"),
        line("Personlig assistans", "41.9", "31.4", "10.8", "31.4"),
        line("Ledning och biståndshandläggning", "12.6", "0", "12.1"),
        line("Varmbassängen i Tallåsen", "1.7", "0.3", "1.3"),
    ),
)
CULTURE = Detail(
    "Fritid och kultur",
    YEAR,
    (
        line("Fältassistenter *", "0", "0", "2.8"),
        line("Öppna mötesplatser **", "14.2", "1.6", "12.1", "1.6"),
        line("Bidrag till föreningar och kulturarrangemang", "0.9", "0", "0.9"),
        line("Kolonier", "3.1", "1.0", "2.2", "1.0"),
        line("Gemensamt", "2.0", "0", "1.4"),
    ),
    notes=(
        "* Fältassistenterna hör från och med 2026 till barn och unga inom individ- och familjeomsorgen.",
        "** Inklusive Strömhallen.",
    ),
)
INCOME = Detail(
    "Ekonomiskt bistånd och arbetsmarknadsåtgärder",
    YEAR,
    (
        line("Utbetalt bistånd", "68.4", "7.9", "57.6", "6.2"),
        line("Handläggning och ledning", "21.3", "2.2", "18.7", "2.2"),
        line("Arbetsmarknadsåtgärder", "16.8", "4.7", "11.5", "3.9"),
    ),
)
INVESTMENTS = Detail(
    "Investeringar",
    YEAR,
    (
        line("Videbackens park", "4.6", "0", "0.7"),
        line("Strandstråket i Kvarnviken", "2.2", "0", "0"),
        line("Lekplatsen Draken", "0", "0", "3.1"),
        line("Mindre åtgärder", "5.6", "0", "6.2"),
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
    "43.7 127.8 73.6 25.9 28.3 13.9 6.1 0.6 276.5 384.6 183.4 20.7 12.4 74.8 18.2",
)
EQUIPMENT = line("Maskiner och inventarier", "1.8", "0", "1.7")
INVESTED = (main(total("Parkinvesteringar", INVESTMENTS.lines), "11.2"), main(EQUIPMENT, "1.6"))
ALL = sum_of("Drift totalt", OPERATIONS)
INVESTED_ALL = sum_of("Investeringar totalt", INVESTED)

RESERVES = {"äldreomsorg": Decimal("4.0"), "stadsmiljö": Decimal("0.5")}
LIGHTS, TUNNEL, SQUARE = Decimal("1.2"), Decimal("0.8"), Decimal("0.45")
SAFETY = LIGHTS + TUNNEL + SQUARE
BIOCHAR, BIKES = Decimal("1.5"), Decimal("0.125")
CLIMATE = BIOCHAR + BIKES
EMPTY_RENT, LEAVING = Decimal("0.38"), Decimal("0.9")
ROOMS = EMPTY_RENT + LEAVING


def turnover_row(name: str, value: Decimal, made_of: str | None, parent: str | None = None) -> Row:
    return Row(name, (number(value), made_of), parent)


TURNOVER = Table(
    "budget",
    "Omslutningsförändringar",
    (
        Column("Verksamhetsområden, mnkr", width=30),
        Column("Omslutningsförändring (mnkr)", YEAR, "mnkr", width=15),
        Column("Prognos 2026", YEAR, width=40),
    ),
    (
        turnover_row(
            "Nämnd- och förvaltningsadm.",
            OFFICE.total.turnover,
            "Fackliga löner som faktureras 1,2; uthyrning av möteslokaler i Strandhuset 0,6",
        ),
        turnover_row("Individ- och familjeomsorg", FAMILIES.total.turnover, None),
        turnover_row(
            "varav barn och unga",
            FAMILIES["Barn och unga"].turnover,
            "Familjerätten säljs till Hamre och Ekstorp 9,4; statsbidrag 5,1; hyresintäkter 3,1",
            "Individ- och familjeomsorg",
        ),
        turnover_row(
            "varav vuxna",
            FAMILIES["Vuxna"].turnover,
            "Hyresintäkter 4,3; projektbidrag 1,5",
            "Individ- och familjeomsorg",
        ),
        turnover_row(
            "varav socialpsykiatri",
            FAMILIES["Socialpsykiatri"].turnover,
            "Hyresintäkter 3,2; sålda platser 5,2",
            "Individ- och familjeomsorg",
        ),
        turnover_row("Stadsmiljö", PARKS.total.turnover, None),
        turnover_row("Förskola", PRESCHOOL.total.turnover, "Giftfri förskola 0,6; öppna förskolan 0,2"),
        turnover_row(
            "Äldreomsorg",
            ELDERLY.total.turnover,
            "Matavgifter 8,9; hyresintäkter 17,6; sålda platser 23,9",
        ),
        turnover_row(
            "Stöd och service till personer med funktionsnedsättning",
            DISABILITY.total.turnover,
            "Försäkringskassan 31,4; hyresintäkter 9,8; sålda platser 18,8",
        ),
        turnover_row("Fritid och kultur", CULTURE.total.turnover, "Avgifter för kolonier 1,0; projektbidrag 1,6"),
        turnover_row(
            "Arbetsmarknadsåtgärder",
            INCOME["Arbetsmarknadsåtgärder"].turnover,
            "Ersättning från Arbetsförmedlingen 3,9",
        ),
        turnover_row(
            "Ekonomiskt bistånd",
            INCOME["Utbetalt bistånd"].turnover + INCOME["Handläggning och ledning"].turnover,
            "Schablonersättning för nyanlända 8,4",
        ),
        Row("Drift totalt", (number(ALL.line.turnover), None), strong=True),
    ),
)

CHILDREN = Table(
    "rows",
    "Barn i förskolan månad för månad",
    (
        Column("Antal inskrivna barn, prognos 2026", width=24),
        Column("Flickor", YEAR, "st"),
        Column("Pojkar", YEAR, "st"),
        Column("Totalt", YEAR, "st"),
        Column("Totalt 2025", 2025, "st"),
    ),
    tuple(
        Row(
            month,
            (
                count(girls),
                count(boys),
                count(girls + boys),
                count(before),
            ),
        )
        for month, girls, boys, before in (
            ("Januari", 962, 1004, 1998),
            ("Februari", 970, 1011, 2009),
            ("Mars", 981, 1022, 2031),
            ("April", 989, 1027, 2044),
            ("Maj", 993, 1030, 2052),
            ("Juni", 987, 1025, 2040),
            ("Augusti", 861, 894, 1802),
            ("September", 883, 917, 1841),
            ("Oktober", 901, 936, 1877),
            ("November", 914, 951, 1905),
            ("December", 921, 958, 1921),
        )
    ),
    captioned=True,
)

GRANTS = {
    "Hällmarkens förskolor": ("1.1", "1.0"),
    "Lergropens förskolor": ("0.9", "0.9"),
    "Kvarnvikens förskolor": ("0.4", "0.3"),
    "Tallåsens förskolor": ("0.4", "0.5"),
    "Bruksängens förskolor": ("0.2", "0.2"),
}
SOCIOECONOMIC = Table(
    "rows",
    "Socioekonomiskt anslag",
    (
        Column("Enhet", width=30),
        Column("2026 Socioekonomiskt anslag (mnkr)", YEAR, "mnkr", width=22),
        Column("2025 Socioekonomiskt anslag (mnkr)", 2025, "mnkr", width=22),
    ),
    (
        *(Row(unit, (mnkr(now), mnkr(before))) for unit, (now, before) in GRANTS.items()),
        Row(
            "Summa",
            tuple(number(sum((Decimal(pair[i]) for pair in GRANTS.values()), Decimal(0))) for i in (0, 1)),
            strong=True,
        ),
    ),
)


def volume_columns(first: str, width: int = 24) -> tuple[Column, ...]:
    return (
        Column(first, width=width),
        Column("VP 2026", YEAR),
        Column("varav kvinnor", YEAR),
        Column("varav män", YEAR),
        Column("Oktober 2025", 2025),
        Column("Oktober 2024", 2024),
    )


CARE_HOMES, HOME_CARE, SERVICE_HOUSES = "Vård- och omsorgsboende:", "Hemtjänst i ordinärt boende:", "Servicehus:"
ELDERLY_VOLUMES = Table(
    "rows",
    "Volymer inom äldreomsorgen",
    volume_columns("Verksamhet"),
    (
        Row(CARE_HOMES, (None,) * 5, group=True),
        Row("Helårsplatser", ("262", "178", "84", "268", "271"), CARE_HOMES),
        Row("Korttidsplatser, dygn / månad", ("410", "245", "165", "388", "402"), CARE_HOMES),
        Row(HOME_CARE, (None,) * 5, group=True),
        Row("Helårspersoner", ("764", "511", "253", "742", "729"), HOME_CARE),
        Row("Timmar / månad", ("21 850", "14 630", "7 220", "21 190", "20 940"), HOME_CARE),
        Row(SERVICE_HOUSES, (None,) * 5, group=True),
        Row("Helårspersoner", ("88", "61", "27", "104", "113"), SERVICE_HOUSES),
        Row("Timmar / månad", ("4 920", "3 410", "1 510", "5 730", "6 080"), SERVICE_HOUSES),
    ),
)
DISABILITY_VOLUMES = Table(
    "rows",
    "Volymer inom stöd och service",
    (
        Column("Insats (helårspersoner)", width=30),
        Column("VP 2026", YEAR),
        Column("varav kvinnor", YEAR),
        Column("varav män", YEAR),
        Column("VP 2025", 2025),
    ),
    (
        Row("Bostad med särskild service, vuxna", ("118", "49", "69", "114")),
        Row("Bostad med särskild service, barn och unga", ("9", "3", "6", "9")),
        Row("Daglig verksamhet", ("171", "74", "97", "166")),
        Row("Korttidshem", ("34", "12", "22", "37")),
        Row("Ledsagarservice", ("41", "23", "18", "44")),
        Row("Personlig assistans", ("26", "12", "14", "25")),
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
        Row("Korttidsplats inklusive mat och hyra", ("2 640 kr", "2 585 kr", "dygn")),
        Row("Grundpris i servicehus", ("9 780 kr", "9 495 kr", "månad")),
        Row("Hemtjänst i servicehus, kommunal utförare", ("398 kr", "386 kr", "timme")),
        Row("Hemtjänst i servicehus, enskild utförare", ("407 kr", "395 kr", "timme")),
        Row("Lunch i öppen matsal, pensionär", ("78 kr", "75 kr", "portion")),
        Row("Lunch i öppen matsal, gäst", ("104 kr", None, "portion")),
    ),
)

ROOM_GROUPS = ("Förskola", "Stöd och service till personer med funktionsnedsättning", "Äldreomsorg", "Övrigt")
PREMISES = Table(
    "rows",
    "Lokalförändringar",
    (Column("Lokal", width=34), Column("Kommentar", width=62)),
    (
        Row(ROOM_GROUPS[0], (None,), group=True),
        Row(
            "Förskolan Ärlan, Kvarnviken",
            ("Ny förskola med sex avdelningar som byggs av Ljunghem. Inflyttning i augusti 2026.",),
            ROOM_GROUPS[0],
        ),
        Row(
            "Förskolan Masugnen, Bruksängen",
            ("Ny förskola med fyra avdelningar. Öppnar i januari 2027.",),
            ROOM_GROUPS[0],
        ),
        Row(
            "Lerstigen 4",
            ("Paviljong med två avdelningar. Bygglovet löper ut 30 september 2026 och barnen flyttar till Ärlan.",),
            ROOM_GROUPS[0],
        ),
        Row(
            "Lerstigen 14", ("Tömdes i november 2025. Lämnas tillbaka till hyresvärden 31 mars 2026.",), ROOM_GROUPS[0]
        ),
        Row(
            "Tallåsvägen 61",
            ("Avvecklas efter sommaren eftersom gården är för liten och barnen i området blir färre.",),
            ROOM_GROUPS[0],
        ),
        Row(ROOM_GROUPS[1], (None,), group=True),
        Row(
            "Gruppbostaden Solgläntan, Videgränd 3",
            ("Byggs om under februari–juni. De fem hyresgästerna bor under tiden på Videgränd 9.",),
            ROOM_GROUPS[1],
        ),
        Row("Videgränd 9", ("Hyrs till och med 31 juli 2026.",), ROOM_GROUPS[1]),
        Row(
            "Daglig verksamhet Snickeriet",
            ("Flyttar i maj från Gjutarvägen 2 till Strömhallens bottenvåning. Fukt i den gamla lokalen.",),
            ROOM_GROUPS[1],
        ),
        Row(ROOM_GROUPS[2], (None,), group=True),
        Row(
            "Sjöbo servicehus",
            (
                "Avvecklas i etapper. Sista hyresgästen väntas flytta under tredje kvartalet. "
                "Fastighetsägaren gör sedan "
                "om huset till 64 seniorlägenheter.",
            ),
            ROOM_GROUPS[2],
        ),
        Row(
            "Näckrosens vård- och omsorgsboende",
            ("Nya hissar i hus B. Arbetet pågår april–september.",),
            ROOM_GROUPS[2],
        ),
        Row(ROOM_GROUPS[3], (None,), group=True),
        Row("Strandhuset, plan 3", ("Hyrs ut i andra hand till Jobbtorg Norr.",), ROOM_GROUPS[3]),
        Row("Gjutarvägen 2", ("Sägs upp när Snickeriet har flyttat ut.",), ROOM_GROUPS[3]),
        Row("Cykelgarage, Strandhuset", ("Utredning om 40 låsbara platser. Klar till sommaren.",), ROOM_GROUPS[3]),
    ),
)

RESULT_UNITS = Table(
    "rows",
    "Resultatenheter",
    (Column("Enhet", width=40), Column("Avdelning", width=40)),
    (
        Row("Hällmarkens förskolor", ("Förskola",)),
        Row("Lergropens förskolor", ("Förskola",)),
        Row("Kvarnvikens förskolor", ("Förskola",)),
        Row("Tallåsens förskolor", ("Förskola",)),
        Row("Bruksängens förskolor", ("Förskola",)),
        Row("Norrsjö hemtjänst", ("Äldreomsorg",)),
        Row("Näckrosens vård- och omsorgsboende", ("Äldreomsorg",)),
        Row("Snickeriet och Trädgårdslaget", ("Funktionsnedsättning",)),
    ),
)


INTRODUCTION = (
    Heading(1, "Inledning"),
    """
    Norrsjö stadsdelsnämnd talar här om vad förvaltningen ska uträtta under 2026, hur det ska märkas för den
    som bor i området och vad det får kosta. Planen bygger på de tre inriktningsmål som Ljungköpings
    kommunfullmäktige har satt upp:

    - Ett Ljungköping där alla får plats
    - Ett Ljungköping som växer varsamt
    - Ett Ljungköping som håller i pengarna och vågar pröva nytt

    I Norrsjö bor 48 300 personer (30 september 2025). Området är indelat i åtta stadsdelar: Bruksängen,
    Hällmarken, Kvarnviken, Lergropen, Norrsjö strand, Sjövreten, Tallåsen och Videbacken. Störst är
    Hällmarken med 11 200 invånare och minst är Sjövreten med 1 900.

    Var femte invånare är under 18 år. Medelinkomsten är 6 procent lägre än i staden som helhet, men
    skillnaden mellan stadsdelarna är stor: i Norrsjö strand är den dubbelt så hög som i Lergropen. Antalet
    invånare över 80 år väntas växa från 2 150 till 2 900 på tio år.
    """,
    Heading(2, "Nämnden och råden"),
    """
    Nämnden har 11 ledamöter och 11 ersättare. Den sammanträder tio gånger om året i Strandhuset på
    Hamnplan 1, alltid på en torsdag. Mötena är öppna för allmänheten utom när enskilda ärenden behandlas, och
    en öppen frågestund på 30 minuter inleder varje möte.

    Nämnden har tre råd till sin hjälp.
    """,
    Heading(3, "Pensionärsrådet"),
    """
    Rådet har nio ledamöter och nio ersättare som föreningarna i området föreslår och nämnden utser
    för två år i taget. Det träffas en vecka före varje nämndmöte.
    """,
    Heading(3, "Funktionshinderrådet"),
    """
    Rådet har sju ledamöter som väljs för hela mandatperioden. Under 2026 ska det särskilt följa ombyggnaden
    av Strömhallens entré.
    """,
    Heading(3, "Ungdomsrådet"),
    """
    Ungdomsrådet är nytt sedan hösten 2025. Det har 15 platser för den som är mellan 13 och 19 år och får
    dela ut 75 000 kronor om året till ungas egna idéer.
    """,
    Heading(2, "Förvaltningen"),
    """
    Stadsdelsdirektören leder förvaltningen, som har 1 640 tillsvidareanställda. Drygt 600 av dem arbetar i
    förskolan och omkring 520 i äldreomsorgen. Förvaltningen har fem avdelningar: förskola, äldreomsorg,
    individ och familj, funktionsnedsättning samt stadsmiljö och kultur. Därtill kommer en stab med enheterna
    ekonomi, HR, kommunikation och nämndsekretariat.

    Den 1 mars 2026 byter avdelningen för individ och familj namn till social omsorg, och enheten för
    ekonomiskt bistånd flyttar från Gjutarvägen till Strandhuset.
    """,
    Heading(2, "Hur planen följs upp"),
    """
    Planen följs upp i tertialrapport 1 (maj), tertialrapport 2 (september) och verksamhetsberättelsen
    (januari 2027). Varje månad lämnar enhetscheferna en prognos till sin controller senast den
    åttonde. En enhet som två månader i rad räknar med ett underskott på mer än 1 procent ska lämna en
    åtgärdsplan till avdelningschefen.

    Staben går igenom alla aktiviteter i mars, juni och oktober. Den som leder en aktivitet svarar då på tre
    frågor: vad är gjort, vad återstår och vad står i vägen.
    """,
    Heading(2, "Samverkan"),
    """
    Norrsjö delar familjerätt och budget- och skuldrådgivning med grannområdena Hamre och Ekstorp. Norrsjö är
    värd för familjerätten, Hamre för budget- och skuldrådgivningen. Överenskommelsen gäller till och med den
    31 december 2027.

    En gång i kvartalet möter stadsdelsdirektören vårdcentralerna i området. Hösten 2025 ledde mötena till
    att distriktssköterska finns på plats i Strandhuset varje onsdag.
    """,
    Heading(2, "Klimat och miljö"),
    """
    Förvaltningens nitton bilar ska alla gå på el när året är slut; i dag gör fjorton det. Elcyklarna är 62 och de
    lånades 5 100 gånger under 2025. En miljösamordnare på halvtid finns i staben.
    """,
    Heading(2, "Lokaler i korthet"),
    """
    Förvaltningen hyr 91 lokaler med en sammanlagd yta på 74 500 kvadratmeter. Hyran beräknas till 112 mnkr,
    varav 79 mnkr för verksamhetslokaler och 33 mnkr för boenden. Förändringarna under året står under
    rubriken Lokalförändringar.
    """,
    Heading(2, "Inköp i korthet"),
    """
    Under 2026 ska fyra upphandlingar göras: måltider till servicehus, skötsel av parker i Kvarnviken och
    Norrsjö strand, fönsterputs samt transporter till daglig verksamhet. Parkavtalet är störst och värt
    ungefär 18 mnkr på fyra år. Den som vill köpa för mer än 100 000 kronor utanför ett avtal talar först med
    inköpssamordnaren.
    """,
    Heading(2, "Om beredskap"),
    """
    Vid ett längre strömavbrott öppnar trygghetspunkter i Strandhuset, i Strömhallen och på Näckrosen. De ska
    kunna hålla öppet i 72 timmar. En övning hålls den 12 maj 2026 och den ska handla om två dygn utan
    mobilnät.
    """,
)

AREA_1_1 = (
    goal("1.1"),
    """
    I september 2025 fick 812 hushåll ekonomiskt bistånd, 37 färre än ett år tidigare. Två av tre hade
    haft det i mer än ett år. Många av dem har både svag hälsa och svag svenska, och de behöver mer än ett
    erbjudande om jobb.
    """,
    Heading(3, "Jobbtorg Norr"),
    """
    Jobbtorg Norr och förvaltningen delar lokaler sedan mars 2025. Den som söker bistånd och kan arbeta ska träffa en
    jobbcoach inom fem arbetsdagar. Tre socialsekreterare arbetar halva sin tid på jobbtorget.
    """,
    Heading(3, "Feriejobb och praktik"),
    """
    Budgeten för feriejobb är 5,6 mnkr och räcker till omkring 340 ungdomar, varav 40 under höst- och
    sportlovet. Den som går i anpassad gymnasieskola eller har kontakt med socialtjänsten har
    förtur. Ansökan är öppen 15
    januari–15 mars. Timlönen är 96 kronor för den som inte har fyllt 18 år.
    """,
    Heading(3, "Hälsa som väg till arbete"),
    """
    I gruppen Igång möts tolv deltagare två förmiddagar i veckan under tio veckor för rörelse, sömnskola och
    samtal. Fyra grupper ska genomföras under året. Av dem som deltog 2025 hade 44 procent börjat arbeta
    eller studera ett halvår senare.
    """,
    Indicators(
        (
            asked("bistånd", "2,1 %"),
            asked("långvarigt", "1,2 %"),
            asked("feriejobb", "310 st"),
            asked("platser", "340 st"),
            asked("unga", "45"),
        )
    ),
    Activities(COUNCIL_ACTIVITIES["1.1"]),
    Heading(3, "Fler i Norrsjö lever på egen inkomst", BOARD_GOAL, "1.1.1"),
    Heading(4, "Beskrivning"),
    """
    Ingen ska behöva vänta mer än fem arbetsdagar på ett första samtal om arbete. Den som varken kan arbeta
    eller studera ska få hjälp att söka rätt ersättning från Försäkringskassan.
    """,
    Heading(4, "Förväntat resultat"),
    """
    - Antalet hushåll med bistånd är högst 780 i december.
    - Minst 60 kvinnor som har haft bistånd i mer än tre år har fått en praktikplats.
    - Uppsökarna når 45 unga som varken arbetar eller studerar.
    """,
    Activities(
        (
            ours(
                "Förvaltningen ska öppna en kvällsmottagning för ekonomiskt bistånd på tisdagar.",
                "2026-01-01",
                "2026-03-31",
            ),
            ours(
                "Förvaltningen ska tillsammans med Jobbtorg Norr ta fram en yrkeskurs i storkök för tolv deltagare. "
                "Kursen är tio veckor lång.",
                "2026-02-01",
                "2026-06-30",
                "Jobbtorg Norr",
            ),
            unnamed("Gå igenom alla ärenden som är äldre än fem år.", "2025-11-01", "2026-03-31"),
            unnamed(
                "Översätta de tio vanligaste breven till arabiska, somaliska och ukrainska.", "2026-01-01", "2026-12-31"
            ),
        )
    ),
)

AREA_1_2 = (
    goal("1.2"),
    """
    I 2025 års mätning svarade 66 procent att de känner sig trygga när de går ensamma ute på kvällen. I Hällmarken var
    andelen 51 procent och i Norrsjö strand 83 procent.
    """,
    Heading(3, "Trygghetsrundor"),
    """
    Sex trygghetsrundor ska gås: två i Hällmarken, en i Lergropen, en i Tallåsen, en i Bruksängen och en i
    Kvarnviken. Rundan i Lergropen görs tillsammans med flickor i årskurs 8. En rapport lämnas till nämnden i
    november.
    """,
    Heading(3, "Platsråd Hällmarken"),
    """
    I platsrådet ingår förvaltningen, polisen, Ljunghem, centrumägaren och Hällmarksskolan. De träffas
    varannan vecka. Rådet leds av en platssamordnare som nämnden har anställt till och med juni 2027.
    Skadegörelsen i centrum minskade med en fjärdedel mellan 2024 och 2025.
    """,
    Heading(3, "Fältassistenter"),
    """
    Sex fältassistenter arbetar kvällar och helger. Från och med den 1 januari 2026 hör de till enheten för
    unga inom individ- och familjeomsorgen i stället för till fritid och kultur. De har störst närvaro i
    Hällmarken, Lergropen och vid pendeltågsstationen.
    """,
    Heading(3, "Parkskötsel"),
    """
    Stadsdelen har 31 parker och 24 lekplatser. Gräset klipps var tionde dag från maj till september.
    Papperskorgar i centrum töms varje dag och i naturmark en gång i veckan. En felanmälan ska vara åtgärdad inom fem
    arbetsdagar.
    """,
    Indicators(
        (
            asked("mörkt", "68 %"),
            asked("parker", "74 %"),
            asked("torg", "63 %"),
            Indicator("Andel felanmälningar i parker som är åtgärdade inom fem arbetsdagar", "92,5 %", None, "Tertial"),
        )
    ),
    Activities(COUNCIL_ACTIVITIES["1.2"]),
    Heading(3, "Hällmarken och Lergropen är lika trygga som Norrsjö i övrigt", BOARD_GOAL, "1.2.1"),
    Heading(4, "Beskrivning"),
    """
    Arbetet ska märkas där otryggheten är störst. Därför läggs hälften av fältassistenternas tid och två
    tredjedelar av trygghetspengarna i Hällmarken och Lergropen.
    """,
    Heading(4, "Förväntat resultat"),
    "Andelen som känner sig trygga i Hällmarken är minst 56 procent i nästa mätning.",
    Activities(
        (
            ours(
                "Förvaltningen ska gå sex trygghetsrundor och rapportera dem till nämnden.", "2026-03-01", "2026-11-30"
            ),
            ours(
                "Förvaltningen ska rusta lekparken Ekorren i Lergropen. Vilken utrustning som byts ut fastställs i "
                "tertialrapport 1.",
                "2026-01-01",
                "2026-12-31",
            ),
            ours(
                "Förvaltningen ska i samarbete med polisen förnya den lokala överenskommelsen om trygghet.",
                "2025-10-01",
                "2026-03-31",
                "Polisen",
            ),
            unnamed("Utbilda 60 medarbetare i att upptäcka hedersrelaterat våld.", "2026-01-01", "2026-10-15"),
        )
    ),
)

AREA_1_3 = (
    goal("1.3"),
    """
    Nämnden driver 21 förskolor i fem enheter. I området finns också nio fristående förskolor. Antalet
    barn har minskat fyra år i rad och väntas minska även 2026, mest i Tallåsen.
    """,
    Heading(3, "Språk"),
    """
    Varje förskola ska läsa högt minst en gång om dagen för varje barn. Bokbussen kommer till alla förskolor
    en gång i månaden. Vid Lergropens förskolor talar sju av tio barn ett annat språk än svenska hemma, och
    där finns två språkpedagoger.
    """,
    Heading(3, "Barn med behov av särskilt stöd"),
    """
    Fyra specialpedagoger delar på de fem enheterna. De ska ge råd till ett arbetslag inom två veckor från det
    att rektorn har bett om det. För barn med omfattande behov söker rektorn tilläggsbelopp, senast den 15
    april för höstterminen och den 15 oktober för vårterminen.
    """,
    Heading(3, "Nationella minoriteter"),
    """
    Avdelningen Tranan i Norrsjö strand har verksamhet på finska och har 16 platser. Den som vill ha stöd på
    samiska, meänkieli, romani chib eller jiddisch vänder sig till förskolans stödenhet.
    """,
    Indicators(
        (
            asked("nöjda", "87 %"),
            asked("förskollärare", "37,5 %"),
            asked("grupp", "15,2"),
            asked("anställd", "5,1"),
            Indicator("Förskolornas egen bedömning av undervisningen i språk (skala 1–5)", "3,8", None, "År"),
            Indicator("Förskolornas egen bedömning av undervisningen i matematik (skala 1–5)", "3,6", None, "År"),
        )
    ),
    Activities(COUNCIL_ACTIVITIES["1.3"]),
    Heading(3, "Alla barn har ett rikt språk när de lämnar förskolan", BOARD_GOAL, "1.3.1"),
    Heading(4, "Beskrivning"),
    """
    Språket bärs av vuxna som har tid att lyssna. Därför ska gruppen delas i mindre grupper minst två timmar
    varje förmiddag.
    """,
    Heading(4, "Förväntat resultat"),
    """
    - Alla enheter når minst 3,8 i sin bedömning av undervisningen i språk.
    - Alla nyanställda barnskötare har gått den tre dagar långa språkkursen inom sex månader.
    """,
    Activities(
        (
            ours(
                "Förvaltningen ska införa en gemensam plan för högläsning vid alla förskolor.",
                "2026-01-01",
                "2026-06-30",
            ),
            ours(
                "Förvaltningen ska ta fram en modell för handledning av nya förskollärare.", "2026-01-01", "2026-12-31"
            ),
            ours(
                "Förvaltningen ska mäta matsvinnet i alla förskolor under två veckor på våren och två "
                "veckor på hösten.",
                "2026-03-01",
                "2026-11-30",
            ),
            unnamed("Flytta barnen på Lerstigen 4 till den nya förskolan Ärlan.", "2026-06-01", "2026-08-31"),
        )
    ),
)

AREA_1_4 = (
    goal("1.4"),
    """
    Målet gäller barn och unga, vuxna, socialpsykiatri samt personer med funktionsnedsättning. Under 2025 tog
    förvaltningen emot 1 470 orosanmälningar som gällde 910 barn.
    """,
    Heading(3, "Barn och unga"),
    """
    Mottagningen bedömer varje anmälan samma dag. Två socialsekreterare har sin arbetsplats på Hällmarksskolan
    tisdagar och torsdagar. I oktober 2025 var 58 barn placerade utanför hemmet, varav 41 i familjehem.
    """,
    Heading(3, "Våld i nära relation"),
    """
    Tre socialsekreterare arbetar enbart med våldsutsatta. En bostadslots hjälper den som bor i skyddat boende att
    hitta nästa hem; 2025 var vistelsen i genomsnitt 94 dygn och målet är 75.
    """,
    Heading(3, "Hot om vräkning"),
    """
    När en barnfamilj hotas av vräkning ska den få träffa en budgetrådgivare inom tre arbetsdagar. Övriga
    hushåll får en tid inom två veckor.
    """,
    Heading(3, "Socialpsykiatri"),
    """
    Mötesplatsen Fyren på Hamnplan 4 har öppet alla dagar utom söndag och har omkring 35 besökare om dagen.
    Boendestödet hjälper 140 personer, varav 22 är under 25 år.
    """,
    Heading(3, "Stöd till personer med funktionsnedsättning"),
    """
    Nämnden har 16 gruppbostäder och servicebostäder. Gruppbostaden Solgläntan byggs om under våren.
    Varmbassängen i Tallåsen är öppen för alla som har ett beslut om rehabilitering och hyrs ut till
    föreningar på kvällarna.
    """,
    Indicators(
        (
            asked("till tals", "85 %"),
            asked("fyra månader", "96 %"),
            asked("boende", "84 %"),
            asked("daglig", "88 %"),
            asked("vardag", None, "Målet fastställs i tertialrapport 1 när mätmetoden är prövad."),
            asked("vräkningar", "55 %"),
        )
    ),
    Activities(COUNCIL_ACTIVITIES["1.4"]),
    Heading(3, "Barn vet vad som händer i deras eget ärende", BOARD_GOAL, "1.4.1"),
    Heading(4, "Beskrivning"),
    """
    Varje barn får ett eget brev när en utredning börjar och ett när den slutar, skrivet så att barnet förstår
    det. Brevet läses upp för den som inte kan läsa.
    """,
    Heading(4, "Förväntat resultat"),
    "Minst 85 procent av barnen har talat enskilt med sin socialsekreterare minst två gånger.",
    Activities(
        (
            ours("Förvaltningen ska ta fram brevmallar för barn i tre åldrar.", "2026-01-01", "2026-03-31"),
            unnamed(
                "Prova samtalsstödet Lyssna i tio utredningar och besluta om det ska införas.",
                "2025-09-01",
                "2026-06-30",
            ),
        )
    ),
    Heading(3, "Den som har stöd enligt LSS bestämmer mer över sin egen vardag", BOARD_GOAL, "1.4.2"),
    Heading(4, "Beskrivning"),
    """
    Hyresgästerna i gruppbostäderna håller husmöte varje månad. Genomförandeplanen skrivs tillsammans med den
    enskilde, med bilder när det behövs.
    """,
    Heading(4, "Förväntat resultat"),
    "Alla genomförandeplaner är uppdaterade senast den 15 oktober.",
    Activities(
        (
            ours(
                "Förvaltningen ska ge alla gruppbostäder en surfplatta med bildstöd och utbilda två "
                "medarbetare per enhet.",
                "2026-01-01",
                "2026-10-15",
            ),
            ours("Förvaltningen ska flytta daglig verksamhet Snickeriet till Strömhallen.", "2026-02-01", "2026-06-30"),
        )
    ),
)

AREA_1_5 = (
    goal("1.5"),
    """
    I oktober 2025 hade 742 personer hemtjänst och 268 bodde i vård- och omsorgsboende. Nämnden driver
    Näckrosens vård- och omsorgsboende med 96 lägenheter och Norrsjö hemtjänst; övriga utförare är enskilda.
    """,
    Heading(3, "Hemtjänst"),
    """
    Sju utförare är godkända i området. Norrsjö hemtjänst har 41 procent av timmarna. Den som nyss fått
    hemtjänst ska ha besök av sin fasta omsorgskontakt inom tre dagar.
    """,
    Heading(3, "Vård- och omsorgsboende"),
    """
    På Näckrosen serveras middagen tidigast klockan 17. Varje avdelning har ett matråd som träffas var sjätte
    vecka. En ny avdelning för tolv personer med demenssjukdom öppnar i hus A den 1 september.
    """,
    Heading(3, "Servicehus"),
    """
    Sjöbo servicehus avvecklas eftersom allt färre flyttar in. Vid årsskiftet bodde 88 personer där. Var och
    en ska ha fått ett skriftligt erbjudande om ny bostad senast den 31 mars och ingen ska behöva flytta mer än
    en gång.
    """,
    Heading(3, "Mot ensamhet"),
    """
    Träffpunkterna Viken och Åsen har öppet måndag till fredag klockan 10–15. Äldrelotsen ringer upp alla som
    fyller 80 år och bor ensamma. Av 310 uppringda under 2025 tackade 124 ja till ett besök.
    """,
    Heading(3, "Digitala tjänster i äldreomsorgen"),
    """
    I oktober 2025 hade 58 personer tillsyn genom kamera på natten och 430 dörrar hade digitalt lås. Digital
    tillsyn är alltid frivillig. En digital fixare hjälper till med telefoner och surfplattor på Viken varje
    onsdag.
    """,
    Indicators(
        (
            asked("kontinuitet", "max 10 personer"),
            asked("trygg hemma", "86 %"),
            asked("trygg boende", "89 %"),
            asked("mat", "78 %"),
            Indicator(
                "Andel trygghetslarm som besvaras på plats inom 30 minuter",
                "94 %",
                None,
                "Tertial",
                "Gäller larm mellan klockan 21 och 07, då nattpatrullen svarar.",
            ),
        )
    ),
    Activities(COUNCIL_ACTIVITIES["1.5"]),
    Heading(3, "Äldre i Norrsjö känner igen den som hjälper dem", BOARD_GOAL, "1.5.1"),
    Heading(4, "Beskrivning"),
    """
    En kund som får besök flera gånger om dagen ska möta så få som möjligt. Scheman läggs därför i grupper om
    åtta medarbetare som delar på 30 kunder.
    """,
    Heading(4, "Förväntat resultat"),
    "Kunder med minst två besök om dagen möter högst tio medarbetare på fjorton dagar.",
    Activities(
        (
            ours("Förvaltningen ska införa fasta grupper i hela Norrsjö hemtjänst.", "2026-01-01", "2026-08-31"),
            ours(
                "Förvaltningen ska tillsammans med vårdcentralerna skapa ett gemensamt hembesök för den som "
                "kommer hem "
                "från sjukhus.",
                "2026-02-01",
                "2026-12-31",
                "Vårdcentralerna",
            ),
        )
    ),
    Heading(4, "Norrsjö hemtjänst: kunden vet vem som kommer och när", UNIT_GOAL),
    Heading(5, "Beskrivning"),
    "Enheten har 112 medarbetare i fyra lag. Målet gäller planerade besök, inte larm.",
    Heading(5, "Förväntat resultat"),
    """
    - Nio av tio besök börjar högst 15 minuter från den tid som kunden har fått.
    - Kunden har fått veckans namn och tider senast på söndagen.
    """,
    Heading(5, "Arbetssätt"),
    """
    Samordnarna planerar två veckor i taget och låser schemat på fredagen. Ändringar ringer omsorgskontakten
    om, inte samordnaren. Den som är sjuk ersätts i första hand ur det egna laget.
    """,
    Heading(5, "Resursanvändning"),
    """
    En samordnare anställs för varje lag, sammanlagt fyra. Det kostar 2,3 mnkr och betalas med lägre
    kostnader för timvikarier.
    """,
    Heading(5, "Uppföljning"),
    "Enhetschefen tar ut tiderna ur planeringssystemet den första måndagen i varje månad och går igenom dem med lagen.",
    Heading(5, "Utveckling"),
    "Under hösten provas att kunden själv får välja mellan två tider i en app. Tjugo kunder deltar.",
    Heading(4, "Näckrosen: måltiden är dagens bästa stund", UNIT_GOAL),
    Heading(5, "Beskrivning"),
    "Målet gäller alla sex avdelningarna på Näckrosens vård- och omsorgsboende.",
    Heading(5, "Förväntat resultat"),
    "Minst 78 procent av de boende tycker att maten smakar bra. Nattfastan är kortare än elva timmar.",
    Heading(5, "Arbetssätt"),
    """
    Frukosten serveras från klockan 7 till 10 och alla får välja mellan två rätter till middag. En
    medarbetare äter alltid med vid varje bord.
    """,
    Heading(5, "Uppföljning"),
    "Nattfastan mäts på samma två dygn i mars och oktober.",
    Activities(
        (
            unnamed("Utse ett måltidsombud på varje avdelning.", "2026-01-01", "2026-03-31"),
            unnamed("Mäta nattfastan på alla avdelningar två gånger under året.", "2026-03-01", "2026-10-31"),
        )
    ),
)

AREA_2 = (
    orientation("2"),
    """
    Nämndens bidrag till en stad som växer varsamt är att tidigt säga vad de nya invånarna kommer att
    behöva och att vårda
    de parker och lokaler som redan finns.
    """,
    goal("2.1"),
    """
    I Kvarnviken byggs 1 250 lägenheter fram till 2031. De första 180 blir klara under 2026. Nämnden har bett
    om att varje etapp ska få plats med en gruppbostad.
    """,
    Indicators((asked("lägenheter", "6 st"),)),
    Activities(COUNCIL_ACTIVITIES["2.1"]),
    Heading(3, "Lokalerna i Norrsjö används från morgon till kväll", BOARD_GOAL, "2.1.1"),
    Heading(4, "Beskrivning"),
    "En lokal som står tom efter klockan 17 ska erbjudas föreningar till självkostnad, som är 90 kronor i timmen.",
    Heading(4, "Förväntat resultat"),
    "Tjugo lokaler går att boka på kvällstid, åtta fler än 2025.",
    Activities(
        (
            ours(
                "Förvaltningen ska sätta digitala lås på åtta lokaler som ska kunna bokas av föreningar.",
                "2026-02-01",
                "2026-08-31",
            ),
            ours("Förvaltningen ska utreda ett cykelgarage vid Strandhuset.", "2026-01-15", "2026-06-30"),
        )
    ),
    goal("2.2"),
    """
    Förvaltningen har 62 elcyklar och nitton bilar. Parkvägen mellan Videbacken och stationen blir belyst och
    vinterväghålls från november.
    """,
    Indicators((asked("resor", "75 %"),)),
    Heading(3, "Medarbetarna tar cykeln när vägen är kortare än fem kilometer", BOARD_GOAL, "2.2.1"),
    Heading(4, "Förväntat resultat"),
    "De fem sista bensinbilarna är återlämnade senast den 31 december.",
    Activities(
        (
            unnamed("Byta ut fem bensinbilar mot elbilar.", "2026-01-01", "2026-12-31"),
            unnamed(
                "Hålla cykelskola för hemtjänstens nya medarbetare i april och i september.", "2026-04-01", "2026-09-30"
            ),
        )
    ),
    goal("2.3"),
    """
    Strömhallen i Bruksängen är områdets största mötesplats, med fritidsgård, teaterscen, verkstad och café.
    Under 2025 hade den 41 000 besök.
    """,
    Heading(3, "Öppna mötesplatser för unga"),
    """
    Nämnden har fyra fritidsgårdar: Hällan, Grottan, Bryggan och gården i Strömhallen. De har öppet tisdag
    till lördag.
    Gården Grottan i Lergropen stängde i april 2025 efter en brand och öppnar igen den 15 mars 2026.
    """,
    Heading(3, "Kultur för de yngsta"),
    """
    Varje barn mellan tre och fem år ska se en föreställning på Strömhallens scen under året. Bussen dit är
    betald av nämnden.
    """,
    Heading(3, "Stöd till föreningar"),
    """
    Bidraget till föreningar och kulturarrangemang är 0,9 mnkr. En förening kan få högst 60 000 kronor. Sista
    ansökningsdag är den 1 februari för året och den 1 september för enstaka arrangemang.
    """,
    Indicators(
        (
            asked("kultur", "61 %"),
            asked("idrott", "66 %"),
            Indicator("Antal besök på nämndens öppna mötesplatser för unga", "24 000 st", None, "Tertial"),
        )
    ),
    Activities(
        (
            *COUNCIL_ACTIVITIES["2.3"],
            Activity(
                "Norrsjö stadsdelsnämnd ska leda och samordna arbetet med en kulturkaj i Kvarnviken och "
                "lämna ett förslag "
                "till kulturnämnden.",
                "2026-01-01",
                "2026-06-30",
                ("Norrsjö stadsdelsnämnd",),
            ),
        )
    ),
    Heading(3, "Flickor och pojkar använder mötesplatserna lika mycket", BOARD_GOAL, "2.3.1"),
    Heading(4, "Beskrivning"),
    "Under 2025 var 34 procent av besökarna flickor. På torsdagar har Hällan därför öppet bara för flickor.",
    Heading(4, "Förväntat resultat"),
    "Andelen flickor är minst 40 procent.",
    Activities(
        (
            unnamed(
                "Låta Ungdomsrådet ta fram höstens program för alla fyra fritidsgårdar.", "2026-05-01", "2026-08-31"
            ),
            ours("Förvaltningen ska öppna fritidsgården Grottan igen.", "2025-08-01", "2026-03-15"),
        )
    ),
    goal("2.4"),
    """
    Staden ska vara klimatneutral 2035. För nämnden väger maten, energin och transporterna tyngst.
    """,
    Heading(3, "Mat och svinn"),
    """
    Svinnet i förskolan var 33 gram per portion 2025. Köken får en våg och en tavla där dagens svinn skrivs
    upp. På Näckrosen ska svinnet mätas för första gången i oktober.
    """,
    Heading(3, "Natur i staden"),
    """
    Två slåtterängar om tillsammans 1,8 hektar anläggs i Tallåsen. Dammen i Videbacken rensas i september, när
    grodorna har lämnat den.
    """,
    Indicators(
        (
            asked("ekologiskt", "55 %"),
            Indicator("Matsvinn i förskolan, gram per portion", "max 28 gram", None, "Tertial"),
            asked("energi", "4,6 GWh"),
        )
    ),
    Activities(COUNCIL_ACTIVITIES["2.4"]),
    Heading(3, "Norrsjö kastar mindre och lagar mer", BOARD_GOAL, "2.4.1"),
    Heading(4, "Förväntat resultat"),
    "Hälften av de möbler som köps är begagnade.",
    Activities(
        (
            ours(
                "Förvaltningen ska öppna ett internt bytesförråd för möbler i Gjutarvägen 2.",
                "2026-01-01",
                "2026-03-31",
            ),
            ours(
                "Förvaltningen ska i samverkan med Ljunghem ordna ett grovavfallsrum i varje nytt kvarter i "
                "Kvarnviken.",
                "2026-04-01",
                "2026-12-31",
                "Ljunghem",
            ),
        )
    ),
)

AREA_3 = (
    orientation("3"),
    "Pengar, människor och kunskap räcker längre när de delas. Det gäller särskilt staben och lokalerna.",
    goal("3.1"),
    f"""
    Fullmäktige ger nämnden {number(ALL.line.net)} mnkr netto till drift och {number(INVESTED_ALL.line.net)} mnkr till
    investeringar. Driften får {number(ALL.line.change)} mnkr mer än 2025.

    En reserv på sammanlagt {number(sum(RESERVES.values(), Decimal(0)))} mnkr hålls inne:
    {number(RESERVES["äldreomsorg"])}
    mnkr hos äldreomsorgen och {number(RESERVES["stadsmiljö"])} mnkr hos stadsmiljön. Stadsdelsdirektören får
    släppa den tidigast efter tertialrapport 2.
    """,
    Indicators((asked("efter", "100 %"), asked("före", "100 %"), asked("prognos", "+/- 1 %"))),
    Heading(3, "Varje chef känner sin budget", BOARD_GOAL, "3.1.1"),
    Heading(4, "Beskrivning"),
    "Förvaltningen har 94 chefer. Var och en har en namngiven controller och ett möte i månaden.",
    Heading(4, "Förväntat resultat"),
    "Ingen enhet har ett underskott på mer än 2 procent vid årets slut.",
    Activities(
        (
            unnamed("Hålla en halvdagskurs i prognosarbete för alla nya chefer.", "2026-01-01", "2026-10-15"),
            ours(
                "Förvaltningen ska ta fram en enkel rapport per enhet som visar utfall, prognos och bemanning.",
                "2025-11-15",
                "2026-03-31",
            ),
        )
    ),
    goal("3.2"),
    """
    Sjukfrånvaron var 7,1 procent i oktober 2025. Den är högst i förskolan, 8,9 procent, och lägst i staben,
    2,7 procent.
    """,
    Heading(3, "Chefer och ledarskap"),
    """
    Av en chef i Norrsjö väntas att hen är synlig i verksamheten, följer upp det som har bestämts och tar upp
    det svåra i tid. En chef ska ha högst 30 medarbetare. Nya chefer får en mentor i ett år och ett startpaket
    på fem dagar under de första tre månaderna.
    """,
    Heading(3, "Arbetsmiljö"),
    """
    Skyddsronder görs i april och oktober. HR ger förtur åt enheter där sjukfrånvaron är högre än 10
    procent. Den som har varit sjuk mer än sex gånger på ett år erbjuds ett hälsosamtal.
    """,
    Heading(3, "Kompetens"),
    """
    Fram till 2030 går 260 medarbetare i pension. Tjugo barnskötare läser till förskollärare på halvfart med
    lön och femton vårdbiträden läser till undersköterska.
    """,
    Indicators((asked("sjuk", "6,8 %"), asked("sjuk kort", "2,4 %"), asked("index", "80"))),
    Activities(COUNCIL_ACTIVITIES["3.2"]),
    Heading(3, "Norrsjö är en arbetsplats där man håller hela vägen", BOARD_GOAL, "3.2.1"),
    Heading(4, "Beskrivning"),
    "Den som mår dåligt av sitt arbete ska märka att någon gör något åt det inom två veckor.",
    Heading(4, "Förväntat resultat"),
    "Sjukfrånvaron i förskolan är lägre än 8,2 procent i december.",
    Activities(
        (
            ours(
                "Förvaltningen ska pröva en gemensam vikariepool för förskolorna i Hällmarken och Lergropen.",
                "2026-02-01",
                "2026-08-31",
            ),
            unnamed("Utse hälsoinspiratörer på alla enheter med fler än 20 medarbetare.", "2026-01-01", "2026-06-30"),
            unnamed("Se över alla delade turer i hemtjänsten.", "2025-12-01", "2026-03-31"),
        )
    ),
    goal("3.3"),
    """
    Ett nytt system för socialtjänstens akter, Valvet, tas i bruk den 4 maj 2026. Fram till dess är all
    planerad semester för handläggarna i maj inställd. Under införandet finns tolv superanvändare, minst en på
    varje enhet.
    """,
    Heading(3, "Innovation"),
    """
    Idéfonden är på 0,4 mnkr. Vem som helst av medarbetarna kan söka upp till 40 000 kronor och får svar inom
    tre veckor. Under 2025 fick elva idéer stöd, bland annat Näckrosens sinnesträdgård.
    """,
    Indicators((asked("avtal", "100 %"), Indicator("Andel inköp som görs på avtal", "95,0 %", None, "Tertial"))),
    Heading(3, "Medarbetarna slipper skriva samma sak två gånger", BOARD_GOAL, "3.3.1"),
    Heading(4, "Förväntat resultat"),
    "Handläggarna lägger minst tre timmar mindre i veckan på dokumentation när Valvet har varit i bruk i ett halvår.",
    Activities(
        (
            ours("Förvaltningen ska utbilda 240 handläggare i Valvet före starten.", "2026-02-01", "2026-04-30"),
            Activity(
                "Servicenämnden ska i samarbete med stadsdelsnämnderna bemanna en telefonsupport för Valvet.",
                "2026-04-01",
                "2027-03-31",
                ("Servicenämnden", "Stadsdelsnämnderna"),
            ),
            unnamed("Mäta tiden för dokumentation före och efter bytet av system.", "2026-03-01", "2026-12-31"),
        )
    ),
)

ECONOMY = (
    Heading(1, "Redovisning av ekonomi"),
    "Alla belopp är i miljoner kronor (mnkr) om inget annat sägs. VP är verksamhetsplan och VB verksamhetsberättelse.",
    main_table("Redovisning av ekonomi", YEAR, OPERATIONS, INVESTED),
    f"""
    Nettobudgeten för driften växer från {number(ALL.line.previous)} till {number(ALL.line.net)} mnkr. Mest växer
    äldreomsorgen, med {number(ELDERLY.total.change)} mnkr. Fritid och kultur minskar med
    {number(-CULTURE.total.change)} mnkr, vilket beror på att fältassistenterna har bytt avdelning.
    """,
    Heading(2, OFFICE.name),
    OFFICE.table(),
    f"""
    Nettobudgeten är {number(OFFICE.total.net)} mnkr. Eftersom fullmäktige inte ger några egna pengar till
    administrationen lämnar varje område 3,4 procent av sin budget till den. Personlig assistans är
    undantagen. I Kontaktcenter Strandhuset arbetar fem personer, och det är öppet måndag till torsdag
    klockan 9–18 och
    fredag klockan 9–15.
    """,
    Heading(2, FAMILIES.name),
    FAMILIES.table(),
    f"""
    Området får {number(FAMILIES.total.net)} mnkr netto, {number(FAMILIES.total.change)} mnkr mer än 2025. Av ökningen
    för barn och unga är 2,8 mnkr pengar som har följt med de sex fältassistenterna från fritid och kultur.

    Vården av barn utanför hemmet beräknas kosta 37,5 mnkr. En plats i familjehem kostar i genomsnitt 1 150
    kronor per dygn och en plats på institution 6 900 kronor. Socialpsykiatrins ersättning till
    utförarna höjs med 2,8 procent.
    """,
    Heading(2, PARKS.name),
    PARKS.table(),
    f"""
    Parkskötseln får {number(PARKS["Parkskötsel"].change)} mnkr mer än 2025 eftersom 2,3 hektar ny parkmark tas över i
    Kvarnviken. I budgeten ligger en reserv på {number(RESERVES["stadsmiljö"])} mnkr.
    """,
    Heading(2, PRESCHOOL.name),
    PRESCHOOL.table(),
    f"""
    Förskolan får {number(PRESCHOOL.total.net)} mnkr netto. Fullmäktiges tilldelning grundas på antalet
    inskrivna barn den 15
    oktober 2025, som var 1 877. Grundbeloppet per barn höjs med 2,1 procent. Budgeten räknas av mot det
    verkliga antalet barn efter varje månad.

    Av verksamhetsstödet går 9,4 mnkr till tilläggsbelopp som rektorerna söker, 3,0 mnkr till socioekonomiskt
    anslag, 2,7 mnkr till stödenheten och 2,2 mnkr till språkpedagoger.
    """,
    Heading(3, "Antal barn"),
    CHILDREN,
    "Juli redovisas inte, eftersom förskolorna då slås ihop till tre sommarförskolor: Ärtan, Bönan och Linsen.",
    Heading(3, SOCIOECONOMIC.name),
    "Anslaget följer vårdnadshavarnas utbildning och tid i Sverige. Bara enheter över stadens snitt får del av det.",
    SOCIOECONOMIC,
    Heading(2, ELDERLY.name),
    ELDERLY.table(),
    f"""
    Äldreomsorgen får {number(ELDERLY.total.net)} mnkr netto, {number(ELDERLY.total.change)} mnkr mer än 2025. I
    budgeten ligger en reserv på {number(RESERVES["äldreomsorg"])} mnkr som ska täcka om fler än beräknat flyttar
    in på vård- och omsorgsboende. Servicehusens budget minskar med {number(-ELDERLY["Servicehus"].change)} mnkr när
    Sjöbo avvecklas.
    """,
    Heading(3, ELDERLY_VOLUMES.name),
    ELDERLY_VOLUMES,
    """
    Hemtjänsttimmarna beräknas öka med 3,1 procent jämfört med oktober 2025. Av de beviljade timmarna räknar
    förvaltningen med att 91 procent utförs.
    """,
    Heading(3, PRICES.name),
    """
    Fullmäktige bestämmer ersättningen till utförare inom hemtjänst och vård- och omsorgsboende. Den höjs med 2,6
    procent. Priserna nedan bestämmer nämnden själv.
    """,
    PRICES,
    """
    Priset för en korttidsplats höjs eftersom bemanningen på natten har utökats från en till två. Gästpriset
    för lunch är nytt. Alla priser inom äldreomsorgen finns i bilaga 4.
    """,
    Heading(2, DISABILITY.name),
    DISABILITY.table(),
    f"""
    Området får {number(DISABILITY.total.net)} mnkr netto, {number(DISABILITY.total.change)} mnkr mer än
    2025. Tilldelningen
    räknas om efter avläsningar i mars och augusti. En annan stadsdelsnämnd som köper en plats i
    gruppbostad betalar ett
    lokalpåslag på 142 kronor per dygn; i korttidshem är påslaget 318 kronor.
    """,
    Heading(3, DISABILITY_VOLUMES.name),
    DISABILITY_VOLUMES,
    Heading(2, CULTURE.name),
    CULTURE.table(),
    f"""
    Området får {number(CULTURE.total.net)} mnkr netto. Strömhallens andel av budgeten för öppna mötesplatser är 6,4
    mnkr. Kolonierna på Trollön tar emot 180 barn i tre omgångar och kostar 1 400 kronor per barn och vecka för
    familjen.
    """,
    Heading(2, INCOME.name),
    INCOME.table(),
    f"""
    Till utbetalt bistånd finns {number(INCOME["Utbetalt bistånd"].net)} mnkr netto, i genomsnitt ungefär 5 mnkr i
    månaden. Budgeten bygger på 790 hushåll. Av arbetsmarknadsåtgärderna är 5,6 mnkr feriejobb.
    """,
    Heading(2, "Lokalförändringar"),
    PREMISES,
    Heading(2, INVESTMENTS.name),
    INVESTMENTS.table(),
    """
    I Videbackens park byggs en ny vattenlek och ett utegym. Strandstråket i Kvarnviken får bryggor och
    bänkar på en sträcka av 400 meter. För maskiner och inventarier finns 1,8 mnkr, mest till sängar på Näckrosen.
    """,
    Heading(2, "Resultatenheter"),
    """
    En resultatenhet får ta med sig överskott och underskott till nästa år, dock högst 5 procent av sin
    budget. Nämnden föreslår åtta resultatenheter för 2026.
    """,
    RESULT_UNITS,
    Heading(2, "Budgetjusteringar"),
    "Nämnden ber kommunstyrelsen om pengar utöver ramen för följande.",
    Heading(3, "Trygghet i den fysiska miljön (Bilaga 5)"),
    f"""
    Nämnden söker {mnkr(SAFETY)} mnkr: {mnkr(LIGHTS)} mnkr för belysning längs parkvägen i Videbacken (bilaga 5.1),
    {mnkr(TUNNEL)} mnkr för gångtunneln vid stationen (bilaga 5.2) och {mnkr(SQUARE)} mnkr för Hällmarkens torg
    (bilaga 5.3).
    """,
    Heading(3, "Klimatinvesteringar (Bilaga 6)"),
    f"""
    Nämnden söker {mnkr(CLIMATE)} mnkr. Av detta är {mnkr(BIOCHAR)} mnkr för biokol i nya växtbäddar (bilaga 6.1) och
    {mnkr(BIKES)} mnkr för fem lådcyklar (bilaga 6.2).
    """,
    Heading(3, "Giftfri förskola (Bilaga 7)"),
    "Nämnden söker 0,6 mnkr för att byta ut madrasser och golvmattor som är äldre än 2012.",
    Heading(3, "Tryggt mottagande i hemmet (Bilaga 8)"),
    """
    Tillsammans med Hamre och Ekstorps stadsdelsnämnder söker nämnden 2,4 mnkr. Pengarna betalar ett team på fyra
    undersköterskor och en arbetsterapeut som tar emot äldre som kommer hem från sjukhus.
    """,
    Heading(3, "Lokaler som lämnas (Bilaga 9)"),
    f"""
    Nämnden söker {mnkr(ROOMS)} mnkr, varav {mnkr(EMPTY_RENT)} mnkr för tomgångshyra på Lerstigen 14 och
    {mnkr(LEAVING)} mnkr för att avveckla Sjöbo servicehus.
    """,
    Heading(3, "Platssamordnare i Hällmarken"),
    "Pengar till platssamordnaren söks inte nu. Kommunstyrelsen fördelar dem i maj.",
    Heading(2, TURNOVER.name),
    f"""
    Utöver ramen räknar nämnden med intäkter som ökar både kostnader och intäkter lika mycket. Sammanlagt
    rör det sig om
    {number(ALL.line.turnover)} mnkr.
    """,
    TURNOVER,
)

REPORTS = (
    Heading(1, "Särskilda redovisningar"),
    Heading(2, "Jämställdhet"),
    """
    Varje avdelning väljer en fråga som ska belysas med siffror för kvinnor och män. Förskolan tittar på vem som får
    tilläggsbelopp, äldreomsorgen på beviljade timmar och social omsorg på hur länge utredningarna tar.
    """,
    Heading(2, "Barnets rättigheter"),
    """
    Alla ärenden till nämnden som rör barn ska ha en prövning av barnets bästa. Tio barnombud finns i
    förvaltningen. De träffas fyra gånger om året.
    """,
    Heading(2, "Finskt förvaltningsområde"),
    """
    Omkring 900 invånare har finska rötter. Den som vill kan tala finska med kontaktcentret på onsdagar. På Näckrosen
    finns en finskspråkig avdelning med 15 lägenheter.
    """,
    Heading(2, "Systematiskt kvalitetsarbete"),
    """
    Under 2025 kom 342 synpunkter och klagomål in. Vanligast var klagomål på parkskötsel (88) och på hemtjänst (71).
    Den som klagar ska få ett första svar inom två arbetsdagar och ett slutligt svar inom tre veckor. Under
    2026 gör förvaltningen egna granskningar av läkemedelshantering, akter hos barn och unga samt
    kontanthantering på fritidsgårdarna.
    """,
    Heading(2, "Uppdrag från nämnden"),
    """
    När planen beslutades gav nämnden förvaltningen två uppdrag utöver förslaget: att redovisa vad en utökning av
    fältassistenterna till åtta skulle kosta, senast i tertialrapport 1, och att föreslå ett namn på den nya
    parken i Kvarnviken före midsommar.
    """,
)

PLAN = Plan(
    slug="verksamhetsplan-2026-norrsjo",
    title="Verksamhetsplan 2026 för Norrsjö stadsdelsnämnd",
    organisation="Norrsjö stadsdelsnämnd",
    city="Ljungköpings stad",
    year=YEAR,
    status="adopted",
    decided="2025-12-18",
    dated="2025-12-18",
    reference="NSJ 2025/412",
    contact="ljungkoping.example",
    label_on_own_line=True,
    flattening=Flattening(
        title_page=False,
        furniture=frozenset({8, 19}),
        bullet="•",
        thousands="\N{THIN SPACE}",
        target_width=12,
        marks=True,
        page_lines=44,
    ),
    blocks=plan_blocks(
        *INTRODUCTION,
        orientation("1"),
        """
        Norrsjö bidrar till att alla får plats genom att korta väntan: på arbete, på en förskola med rätt
        stöd, på besked
        från socialtjänsten och på hemtjänst som kommer när den ska.
        """,
        *AREA_1_1,
        *AREA_1_2,
        *AREA_1_3,
        *AREA_1_4,
        *AREA_1_5,
        *AREA_2,
        *AREA_3,
        *ECONOMY,
        *REPORTS,
    ),
)
