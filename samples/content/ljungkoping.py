"""What all districts of the invented city of Ljungköping share: the council's goals, indicators and activities."""

from __future__ import annotations

from dataclasses import dataclass

from samples.content.model import AREA_GOAL, ORIENTATION, Activity, Heading, Indicator

TO_SET = "Tas fram av nämnd/styrelse"
IN_REPORT_1 = "Fastställs i tertialrapport 1"

ORIENTATIONS = {
    "1": "Ett Ljungköping där alla får plats",
    "2": "Ett Ljungköping som växer varsamt",
    "3": "Ett Ljungköping som håller i pengarna och vågar pröva nytt",
}
GOALS = {
    "1.1": "Den som kan arbeta har ett arbete att gå till",
    "1.2": "Det är tryggt att röra sig och bo i Ljungköping, i alla stadsdelar och vid alla tider på dygnet",
    "1.3": "Förskolan ger varje barn en god start",
    "1.4": "Den som behöver samhällets stöd får det i tid och har själv kunnat påverka hur det ges",
    "1.5": "Att bli gammal i Ljungköping är tryggt",
    "2.1": "Bostäder och lokaler räcker till och går att använda av alla",
    "2.2": "Den dagliga resan går lika bra utan bil",
    "2.3": "Kultur, idrott och mötesplatser finns nära den som bor här",
    "2.4": "Ljungköping släpper inte ut mer än naturen tål",
    "3.1": "Ekonomin är i balans i dag och om tio år",
    "3.2": "Ljungköping är en arbetsgivare att stanna hos",
    "3.3": "Inköp, data och digitala tjänster används klokt",
}


def orientation(number: str) -> Heading:
    return Heading(1, ORIENTATIONS[number], ORIENTATION, f"{number}.")


def goal(number: str, dot: str = "") -> Heading:
    """An area goal; `dot` is what the district prints after the number."""
    return Heading(2, GOALS[number], AREA_GOAL, number + dot)


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator that the council asks of every district, with its own target for the city in 2026 and 2025."""

    name: str
    council: dict[int, str | None]
    period: str


def _asked(name: str, in_2026: str | None, in_2025: str | None, period: str) -> Asked:
    return Asked(name, {2026: in_2026, 2025: in_2025}, period)


INDICATORS = {
    "bistånd": _asked("Andel vuxna invånare som får ekonomiskt bistånd", "1,9 %", "2,0 %", "Tertial"),
    "långvarigt": _asked(
        "Andel vuxna invånare som har fått ekonomiskt bistånd i mer än tolv månader i följd",
        "1,0 %",
        "1,1 %",
        "Tertial",
    ),
    "feriejobb": _asked("Antal ungdomar som har haft feriejobb hos staden", "4 200 st", "4 000 st", "Tertial"),
    "platser": _asked("Antal platser för feriejobb som nämnden ställer upp med", TO_SET, TO_SET, "Tertial"),
    "unga": _asked(
        "Antal invånare 18–29 år utan arbete eller studier som uppsökarna har nått och som har tackat ja "
        "till en insats",
        TO_SET,
        TO_SET,
        "Tertial",
    ),
    "mörkt": _asked(
        "Andel invånare som känner sig trygga när de går ensamma i sitt område efter mörkrets inbrott",
        "72 %",
        "71 %",
        "År",
    ),
    "parker": _asked("Andel invånare som är nöjda med skötseln av parker och grönområden", "74 %", "74 %", "År"),
    "torg": _asked("Andel invånare som är nöjda med skötseln av gator och torg", "70 %", "69 %", "År"),
    "nöjda": _asked("Andel vårdnadshavare som är nöjda med förskolan som helhet", "88 %", "88 %", "År"),
    "förskollärare": _asked("Andel förskollärare av den pedagogiska personalen", "40,0 %", "39,5 %", "Tertial"),
    "grupp": _asked("Antal barn per förskolegrupp", "15,5", "15,5", "Tertial"),
    "anställd": _asked("Antal barn per anställd i förskolan (årsarbetare)", "5,0", "5,1", "Tertial"),
    "till tals": _asked("Andel barn och unga som har kommit till tals i sin egen utredning", TO_SET, TO_SET, "Tertial"),
    "fyra månader": _asked(
        "Andel utredningar av barn och unga som är klara inom fyra månader", "100 %", "100 %", "Tertial"
    ),
    "boende": _asked("Andel personer med stöd enligt LSS som trivs i sitt boende", "82 %", "82 %", "År"),
    "daglig": _asked("Andel personer med stöd enligt LSS som trivs i sin dagliga verksamhet", "86 %", "85 %", "År"),
    "vardag": _asked(
        "Andel brukare inom socialpsykiatrin som tycker att stödet har gett dem en bättre vardag",
        "Fastställs 2026",
        "71 %",
        "År",
    ),
    "vräkningar": _asked(
        "Andel vräkningar som kunnat undvikas sedan kronofogden underrättat förvaltningen",
        IN_REPORT_1,
        "50 %",
        "Tertial",
    ),
    "kontinuitet": _asked(
        "Antal medarbetare som en hemtjänstkund med minst två besök om dagen möter på fjorton dagar",
        "max 12 personer",
        "max 12 personer",
        "År",
    ),
    "trygg hemma": _asked("Andel hemtjänstkunder som känner sig trygga med hjälpen de får", "86 %", "85 %", "År"),
    "trygg boende": _asked("Andel boende i vård- och omsorgsboende som känner sig trygga", "88 %", "88 %", "År"),
    "mat": _asked("Andel boende i vård- och omsorgsboende som tycker att maten smakar bra", TO_SET, TO_SET, "År"),
    "lägenheter": _asked("Antal nya lägenheter i bostad med särskild service", IN_REPORT_1, "40 st", "År"),
    "resor": _asked(
        "Andel tjänsteresor som görs till fots, med cykel, kollektivt eller med elbil", "70 %", "65 %", "År"
    ),
    "kultur": _asked("Andel barn och unga som deltar i kulturaktiviteter på fritiden", "60 %", "60 %", "År"),
    "idrott": _asked("Andel barn och unga som deltar i idrottsaktiviteter på fritiden", "66 %", "65 %", "År"),
    "ekologiskt": _asked("Andel ekologiska livsmedel av alla livsmedel som köps, i kronor", "60 %", "58 %", "Tertial"),
    "energi": _asked("Köpt energi i stadens verksamheter", "512 GWh", "520 GWh", "År"),
    "före": _asked("Budgetföljsamhet före överföring av resultat", "100 %", "100 %", "Tertial"),
    "efter": _asked("Budgetföljsamhet efter överföring av resultat", "100 %", "100 %", "Tertial"),
    "prognos": _asked("Prognossäkerhet i tertialrapport 2", "+/- 1 %", "+/- 1 %", "År"),
    "sjuk": _asked("Sjukfrånvaro", "6,5 %", "6,6 %", "Tertial"),
    "sjuk kort": _asked("Sjukfrånvaro dag 1–14", TO_SET, TO_SET, "Tertial"),
    "index": _asked("Medarbetarindex", "81", "81", "År"),
    "avtal": _asked("Andel upphandlade avtal som har följts upp", "90 %", "90 %", "År"),
}


def asked(key: str, target: str | None, comment: str | None = None, year: int = 2026) -> Indicator:
    """One of the council's indicators with the district's own target."""
    each = INDICATORS[key]
    return Indicator(each.name, target, each.council[year], each.period, comment)


BOARD, SOCIAL, SCHOOLS, ELDERLY = "Kommunstyrelsen", "Socialnämnden", "Utbildningsnämnden", "Äldrenämnden"
DISTRICTS, LABOUR, CULTURE, TRAFFIC = "Stadsdelsnämnderna", "Arbetsmarknadsnämnden", "Kulturnämnden", "Trafiknämnden"
SPORT, ENVIRONMENT, PREMISES = "Idrottsnämnden", "Miljönämnden", "Fastighetsnämnden"
ADMINISTRATION = "Förvaltningen"


def ours(text: str, start: str, end: str, *also: str) -> Activity:
    """An activity of the district's own administration, together with others where the text names them."""
    return Activity(text, start, end, (ADMINISTRATION, *also))


def unnamed(text: str, start: str, end: str) -> Activity:
    """An activity whose text says what is to be done and not by whom."""
    return Activity(text, start, end)


COUNCIL_ACTIVITIES: dict[str, tuple[Activity, ...]] = {
    "1.1": (
        Activity(
            "Arbetsmarknadsnämnden ska i samråd med stadsdelsnämnderna ta fram en gemensam modell för hur "
            "språkstöd på "
            "arbetsplatsen ska ges till den som fått en anställning genom staden.",
            "2026-01-01",
            "2026-12-31",
            (LABOUR, DISTRICTS),
        ),
        Activity(
            "Kommunstyrelsen ska i samarbete med socialnämnden och stadsdelsnämnderna pröva en enda ingång "
            "för den som "
            "söker ekonomiskt bistånd för första gången.",
            "2026-02-01",
            "2026-10-15",
            (BOARD, SOCIAL, DISTRICTS),
        ),
    ),
    "1.2": (
        Activity(
            "Trafiknämnden ska tillsammans med stadsdelsnämnderna byta ut belysningen i de gångtunnlar som invånarna "
            "pekat ut som mest otrygga. Vilka tunnlar som byts under året fastställs i tertialrapport 1.",
            "2026-01-01",
            "2026-12-31",
            (TRAFFIC, DISTRICTS),
        ),
        Activity(
            "Kommunstyrelsen ska i samverkan med stadsdelsnämnderna ta fram en gemensam mall för lokala "
            "överenskommelser med polisen.",
            "2025-09-01",
            "2026-03-31",
            (BOARD, DISTRICTS),
        ),
    ),
    "1.3": (
        Activity(
            "Utbildningsnämnden ska i samverkan med stadsdelsnämnderna utreda hur fler barnskötare kan "
            "vidareutbilda sig "
            "till förskollärare med bibehållen lön.",
            "2026-01-01",
            "2026-08-31",
            (SCHOOLS, DISTRICTS),
        ),
        Activity(
            "Stadsdelsnämnderna ska tillsammans med utbildningsnämnden se till att överlämningen från förskola till "
            "förskoleklass följer samma rutin i hela staden.",
            "2026-01-01",
            "2026-06-30",
            (DISTRICTS, SCHOOLS),
        ),
    ),
    "1.4": (
        Activity(
            "Socialnämnden ska tillsammans med stadsdelsnämnderna bygga upp en gemensam jour för familjehem som nås "
            "dygnet runt.",
            "2026-01-01",
            "2026-12-31",
            (SOCIAL, DISTRICTS),
        ),
        Activity(
            "Socialnämnden och stadsdelsnämnderna ska gemensamt säkerställa att barn som placeras utanför "
            "hemmet inte "
            "är utan skolgång längre än fem skoldagar.",
            "2026-01-01",
            "2026-12-31",
            (SOCIAL, DISTRICTS),
        ),
        Activity(
            "Socialnämnden ska i samråd med kommunstyrelsen och stadsdelsnämnderna utreda vem som ska "
            "beställa bostäder "
            "med särskild service. Utredningen ska räkna på vad en flytt av beställaransvaret kostar på "
            "kort och på lång "
            "sikt.",
            "2025-10-01",
            "2026-06-30",
            (SOCIAL, BOARD, DISTRICTS),
        ),
    ),
    "1.5": (
        Activity(
            "Äldrenämnden ska i samarbete med stadsdelsnämnderna prova ut ett gemensamt trygghetslarm med "
            "falldetektor.",
            "2026-01-01",
            "2026-12-31",
            (ELDERLY, DISTRICTS),
        ),
        Activity(
            "Äldrenämnden ska i samråd med kommunstyrelsen och stadsdelsnämnderna ta fram en introduktion för nya "
            "enhetschefer inom äldreomsorgen.",
            "2026-01-01",
            "2026-08-31",
            (ELDERLY, BOARD, DISTRICTS),
        ),
        Activity(
            "Kommunstyrelsen ska tillsammans med äldrenämnden räkna fram hur många platser i vård- och omsorgsboende "
            "staden behöver till 2040.",
            "2026-03-01",
            "2026-12-31",
            (BOARD, ELDERLY),
        ),
    ),
    "2.1": (
        Activity(
            "Fastighetsnämnden ska i samarbete med stadsdelsnämnderna gå igenom vilka verksamhetslokaler "
            "som kan delas "
            "av flera verksamheter.",
            "2026-01-01",
            "2026-12-31",
            (PREMISES, DISTRICTS),
        ),
    ),
    "2.3": (
        Activity(
            "Kulturnämnden ska i samråd med idrottsnämnden och stadsdelsnämnderna föreslå hur fritidsgårdar "
            "kan hålla "
            "öppet under sommarlovets alla veckor.",
            "2026-01-01",
            "2026-03-31",
            (CULTURE, SPORT, DISTRICTS),
        ),
    ),
    "2.4": (
        Activity(
            "Miljönämnden ska tillsammans med stadsdelsnämnderna kartlägga var värmeböljor slår hårdast mot barn och "
            "äldre.",
            "2026-01-01",
            "2026-10-15",
            (ENVIRONMENT, DISTRICTS),
        ),
    ),
    "3.2": (
        Activity(
            "Kommunstyrelsen ska i samarbete med stadsdelsnämnderna ta fram en modell för hur många "
            "medarbetare en chef "
            "ska ha som mest.",
            "2026-01-01",
            "2026-12-31",
            (BOARD, DISTRICTS),
        ),
    ),
}
