"""What the pages say around plans and answers, in Swedish and English, beside what every chat says (`bot.phrases`)."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.language.swedish import Language


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; `{…}` is filled in."""

    language: Language
    to_content: str
    title: str
    lead: str
    lead_none: str
    chat: str
    plans: str
    deadlines: str
    tour: str
    new: str
    forget: str
    forget_text: str
    forget_sure: str
    menu: str
    other_language: str
    theme: str
    theme_auto: str
    theme_light: str
    theme_dark: str
    try_asking: str
    examples: tuple[str, ...]
    tour_text: str
    conversation: str
    question: str
    placeholder: str
    send: str
    you_asked: str
    long: str
    answered: str
    failed: str
    again: str
    offline: str
    open_source: str
    copy: str
    copied: str
    not_copied: str
    chart: str
    table: str
    table_short: str
    was_right: str
    say_more: str
    send_feedback: str
    thanks: str
    feedback_failed: str
    download: str
    documents_lead: str
    no_documents: str
    plan: str
    proposal: str
    adopted: str
    revised: str
    holds: str
    pages: str
    outline: str
    back: str
    cited_here: str
    to_cited: str
    cited_apart: str
    indicators: str
    activities: str
    indicator: str
    target: str
    council_target: str
    reporting: str
    comment: str
    activity: str
    start: str
    end: str
    row: str
    responsible: str
    where: str
    from_day: str
    to_day: str
    show: str
    none_due: str
    as_calendar: str
    in_text: str
    source_short: str
    login: str
    login_lead: str
    code: str
    log_in: str
    wrong_code: str
    closed: str
    not_found: str
    not_found_more: str
    no_such_document: str
    bad_request: str
    fault: str
    away: str
    away_more: str
    home: str


SWEDISH = Words(
    language="sv",
    to_content="Till innehållet",
    title="Plansvar",
    lead="Fråga om verksamhetsplanen",
    lead_none="Ingen plan är inläst än",
    chat="Fråga",
    plans="Planer",
    deadlines="Tidsfrister",
    tour="Rundtur för nya chefer",
    new="Ny konversation",
    forget="Glöm mig",
    forget_text="glöm mig",
    forget_sure="Allt du frågat tas bort. Fortsätta?",
    menu="Meny",
    other_language="English",
    theme="Utseende",
    theme_auto="Som systemet",
    theme_light="Ljust",
    theme_dark="Mörkt",
    try_asking="Till exempel",
    examples=(
        "Vad är vårt mål för sjukfrånvaron?",
        "Vilka aktiviteter ska vara klara i mars?",
        "Vad är budgeten för äldreomsorgen jämfört med förra året?",
    ),
    tour_text="start",
    conversation="Konversation",
    question="Din fråga",
    placeholder="Fråga om mål, pengar, datum …",
    send="Fråga",
    you_asked="Du frågade:",
    long="Letar fortfarande …",
    answered="Svar:",
    failed="Svaret kom inte fram.",
    again="Försök igen",
    offline="Ingen kontakt med servern. Försöker igen …",
    open_source="Källa {n}: {place}",
    copy="Kopiera {value} med källa",
    copied="Kopierat med källa",
    not_copied="Webbläsaren lät oss inte kopiera",
    chart="Stapeldiagram: {bars}",
    table_short="Tabell",
    table="Ur tabellen ”{table}”",
    was_right="Stämmer svaret?",
    say_more="Berätta mer, om du vill",
    send_feedback="Skicka",
    thanks="Tack!",
    feedback_failed="Det gick inte att spara.",
    download="Ladda ner {name}",
    documents_lead="Alla som frågar här får läsa alla planer som är inlästa.",
    no_documents="Ingen plan är inläst än.",
    plan="Plan",
    proposal="förslag",
    adopted="beslutad",
    revised="reviderad",
    holds="{indicators} indikatorer, {activities} aktiviteter, {budget} budgetrader",
    pages="{count} sidor",
    outline="Innehåll",
    back="Tillbaka till frågorna",
    cited_here="Det markerade är det som citeras.",
    to_cited="Till det citerade",
    cited_apart="Det citerade",
    indicators="Indikatorer",
    activities="Aktiviteter",
    indicator="Indikator",
    target="Årsmål",
    council_target="KF:s årsmål",
    reporting="Periodicitet",
    comment="Kommentar",
    activity="Aktivitet",
    start="Startdatum",
    end="Slutdatum",
    row="Rad",
    responsible="Ansvarig",
    where="Var",
    from_day="Från",
    to_day="Till",
    show="Visa",
    none_due="Inget har slutdatum då.",
    as_calendar="Som kalender (.ics)",
    in_text="står bara i texten",
    source_short="visa",
    login="Logga in",
    login_lead="Skriv koden du har fått av den som sköter Plansvar.",
    code="Kod",
    log_in="Logga in",
    wrong_code="Koden stämmer inte.",
    closed="Du är inte inloggad.",
    not_found="Sidan finns inte",
    not_found_more="Kontrollera adressen, eller börja från början.",
    no_such_document="Dokumentet finns inte, eller är borttaget.",
    bad_request="Det gick inte att förstå.",
    fault="Något gick fel hos oss. Referens: {reference}",
    away="Planerna går inte att nå just nu",
    away_more="Databasen svarar inte. Försök igen om en liten stund.",
    home="Till första sidan",
)

ENGLISH = Words(
    language="en",
    to_content="Skip to content",
    title="Plansvar",
    lead="Ask about the operational plan",
    lead_none="No plan has been added yet",
    chat="Ask",
    plans="Plans",
    deadlines="Deadlines",
    tour="Tour for new managers",
    new="New conversation",
    forget="Forget me",
    forget_text="forget me",
    forget_sure="Everything you asked will be erased. Go on?",
    menu="Menu",
    other_language="Svenska",
    theme="Appearance",
    theme_auto="As the system",
    theme_light="Light",
    theme_dark="Dark",
    try_asking="For instance",
    examples=(
        "What is our target for sick leave?",
        "Which activities are due in March?",
        "What is the budget for elderly care compared with last year?",
    ),
    tour_text="start",
    conversation="Conversation",
    question="Your question",
    placeholder="Ask about goals, money, dates …",
    send="Ask",
    you_asked="You asked:",
    long="Still looking …",
    answered="Answer:",
    failed="The answer did not arrive.",
    again="Try again",
    offline="The server can't be reached. Trying again …",
    open_source="Source {n}: {place}",
    copy="Copy {value} with its source",
    copied="Copied with its source",
    not_copied="The browser did not let us copy",
    chart="Bar chart: {bars}",
    table_short="Table",
    table="From the table “{table}”",
    was_right="Is the answer right?",
    say_more="Tell us more, if you like",
    send_feedback="Send",
    thanks="Thank you!",
    feedback_failed="It could not be saved.",
    download="Download {name}",
    documents_lead="Everyone who asks here may read every plan that is stored.",
    no_documents="No plan has been added yet.",
    plan="Plan",
    proposal="proposal",
    adopted="adopted",
    revised="revised",
    holds="{indicators} indicators, {activities} activities, {budget} budget rows",
    pages="{count} pages",
    outline="Contents",
    back="Back to the questions",
    cited_here="What is marked is what is cited.",
    to_cited="Go to what is cited",
    cited_apart="What is cited",
    indicators="Indicators",
    activities="Activities",
    indicator="Indicator",
    target="Annual target",
    council_target="City council's target",
    reporting="Reporting period",
    comment="Comment",
    activity="Activity",
    start="Start",
    end="Due",
    row="Row",
    responsible="Responsible",
    where="Where",
    from_day="From",
    to_day="To",
    show="Show",
    none_due="Nothing is due then.",
    as_calendar="As a calendar (.ics)",
    in_text="only in the text",
    source_short="show",
    login="Log in",
    login_lead="Enter the code you have been given by whoever looks after Plansvar.",
    code="Code",
    log_in="Log in",
    wrong_code="The code is wrong.",
    closed="You are not signed in.",
    not_found="There is no such page",
    not_found_more="Check the address, or start over.",
    no_such_document="The document does not exist, or has been removed.",
    bad_request="That could not be understood.",
    fault="Something went wrong on our side. Reference: {reference}",
    away="The plans can’t be reached right now",
    away_more="The database doesn’t answer. Try again in a little while.",
    home="To the first page",
)


def words(language: Language) -> Words:
    """The words of a language."""
    return SWEDISH if language == "sv" else ENGLISH
