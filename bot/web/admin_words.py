"""What the administrator's pages say, in Swedish and English: every word that is read there."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.language.swedish import Language


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; `{…}` is filled in."""

    language: Language
    administration: str
    plans: str
    report: str
    people: str
    log: str
    parts: str
    log_out: str
    login: str
    login_lead: str
    closed: str
    lead: str
    none: str
    document: str
    whose: str
    period: str
    status: str
    indicators: str
    activities: str
    budget: str
    rows: str
    passages: str
    sections: str
    pages: str
    unplaced: str
    vectors: str
    embedded: str
    embedding: str
    not_embedded: str
    unknown: str
    proposal: str
    adopted: str
    revised: str
    upload: str
    upload_lead: str
    file: str
    send: str
    folder: str
    troubles: str
    troubles_lead: str
    failed: str
    left_out: str
    when: str
    what_was_read: str
    open_document: str
    warnings: str
    no_organisation: str
    no_period: str
    lines_unplaced: str
    lines_unplaced_lead: str
    more_lines: str
    page: str
    about: str
    about_lead: str
    title: str
    organisation: str
    unit: str
    start: str
    end: str
    decided: str
    reference: str
    set_by_hand: str
    save: str
    replace: str
    replace_lead: str
    remove: str
    remove_lead: str
    remove_sure: str
    remove_more: str
    remove_file: str
    keep: str
    report_lead: str
    report_counts: str
    report_none: str
    no_plan: str
    no_section: str
    unanswered: str
    right: str
    wrong: str
    wrong_source: str
    answer: str
    words: str
    times: str
    people_lead: str
    people_off: str
    code: str
    let_in: str
    let_in_list: str
    nobody: str
    shut_out: str
    shut_out_name: str
    log_lead: str
    who: str
    by_code: str
    action: str
    subject: str
    detail: str
    outcome: str
    action_upload: str
    action_replace: str
    action_describe: str
    action_remove: str
    action_let_in: str
    action_shut_out: str
    outcome_begun: str
    outcome_done: str
    outcome_failed: str
    done_new: str
    done_replaced: str
    done_unchanged: str
    done_saved: str
    done_removed: str
    done_let_in: str
    done_shut_out: str
    bad_file: str
    no_file: str
    no_name: str
    bad_kind: str
    name_taken: str
    no_document: str
    folder_closed: str
    no_title: str
    bad_status: str
    bad_day: str
    bad_period: str
    no_code: str
    not_in: str
    too_large: str


SWEDISH = Words(
    language="sv",
    administration="Administration",
    plans="Planer",
    report="Obesvarat",
    people="Telegram",
    log="Händelser",
    parts="Delar av administrationen",
    log_out="Lämna administrationen",
    login="Administration",
    login_lead="Skriv administratörens kod. Den är en annan än besökarnas.",
    closed="Du har inte rollen som administratör. Den som sköter Plansvar ger den, med PLANSVAR_ADMIN_TOKEN "
    "eller PLANSVAR_ADMIN_GROUP.",
    lead="Det här är inläst. Öppna en plan för att se vad som lästes, ändra det som står om den, byta fil "
    "eller ta bort den.",
    none="Ingen plan är inläst än. Ladda upp den första.",
    document="Dokument",
    whose="Gäller",
    period="Period",
    status="Status",
    indicators="Indikatorer",
    activities="Aktiviteter",
    budget="Budgetrader",
    rows="Andra rader",
    passages="Stycken",
    sections="Avsnitt",
    pages="Sidor",
    unplaced="Ej placerade",
    vectors="Sökning på betydelse",
    embedded="klar",
    embedding="{done} av {of}",
    not_embedded="avstängd",
    unknown="okänd",
    proposal="förslag",
    adopted="beslutad",
    revised="reviderad",
    upload="Ladda upp en plan",
    upload_lead="{kinds}, högst {most} MB. Planen kan läsas av alla som får fråga. En plan på hundra sidor tar upp "
    "till en halv minut.",
    file="Fil",
    send="Ladda upp",
    folder="Mappen {folder} hålls under uppsikt: det som läggs där läses in, och det du laddar upp hamnar där.",
    troubles="Gick inte att läsa",
    troubles_lead="De här filerna ligger i mappen. De läses på nytt när de ändras.",
    failed="gick inte att läsa",
    left_out="är av ett slag som inte läses",
    when="När",
    what_was_read="Det här lästes",
    open_document="Läs planen",
    warnings="Att kontrollera",
    no_organisation="Planen säger inte vems den är. Skriv det nedan, annars kan den inte skiljas från andras.",
    no_period="Planen säger inte vilken tid den gäller. Skriv det nedan.",
    lines_unplaced="{count} rader kunde inte placeras",
    lines_unplaced_lead="De hittas inte som fakta. Jämför med dokumentet.",
    more_lines="och {count} till",
    page="s. {page}",
    about="Om planen",
    about_lead="Det du ändrar gäller före det som står i filen, också när filen byts.",
    title="Titel",
    organisation="Organisation",
    unit="Enhet eller avdelning (tom för hela organisationen)",
    start="Från och med",
    end="Till och med",
    decided="Beslutad den",
    reference="Diarienummer",
    set_by_hand="satt för hand",
    save="Spara",
    replace="Byt fil",
    replace_lead="Den nya filen läses i stället för den gamla, under samma namn.",
    remove="Ta bort planen",
    remove_lead="Frågor besvaras inte längre ur den.",
    remove_sure="Ta bort {name}?",
    remove_more="Planen och allt som lästs ur den tas bort härifrån. Det går inte att ångra, men filen kan laddas "
    "upp igen.",
    remove_file="Dess fil tas också bort ur mappen {folder}.",
    keep="Behåll den",
    report_lead="Frågor som planerna inte besvarade, och svar som läsare bedömt, efter avsnitt. Inget visar vem som "
    "frågade.",
    report_counts="{unanswered} obesvarade frågor, {right} svar bedömda som rätt, {wrong} som fel, {wrong_source} med "
    "fel källa",
    report_none="Inget än.",
    no_plan="Ingen särskild plan",
    no_section="Inget särskilt avsnitt",
    unanswered="Obesvarad",
    right="Rätt",
    wrong="Fel",
    wrong_source="Fel källa",
    answer="Svaret",
    words="Läsarens ord",
    times="{count} gånger",
    people_lead="Den som skriver till boten får en kod, och ger den till dig. Godkänn bara en kod som du har fått av "
    "någon du känner.",
    people_off="Telegram är inte inställt.",
    code="Kod",
    let_in="Släpp in",
    let_in_list="Insläppta med kod",
    nobody="Ingen än.",
    shut_out="Stäng ute",
    shut_out_name="Stäng ute {name}",
    log_lead="Det administratörer har gjort, det senaste först.",
    who="Vem",
    by_code="med koden",
    action="Vad",
    subject="Vilken",
    detail="Närmare",
    outcome="Utfall",
    action_upload="laddade upp",
    action_replace="bytte fil",
    action_describe="ändrade",
    action_remove="tog bort",
    action_let_in="släppte in",
    action_shut_out="stängde ute",
    outcome_begun="påbörjat, inte avslutat",
    outcome_done="gjort",
    outcome_failed="misslyckades",
    done_new="Planen är inläst.",
    done_replaced="Den nya filen är inläst i stället för den gamla.",
    done_unchanged="Filen är densamma som förut. Inget ändrades.",
    done_saved="Sparat.",
    done_removed="Planen är borttagen.",
    done_let_in="Insläppt.",
    done_shut_out="Utestängd.",
    bad_file="Filen gick inte att läsa.",
    no_file="Välj en fil.",
    no_name="Filen behöver ett namn.",
    bad_kind="Det slaget av fil läses inte. Dessa läses: {about}",
    name_taken="{about} finns redan. Öppna den för att byta fil, eller ge den nya ett annat namn.",
    no_document="Dokumentet {about} finns inte, eller är borttaget.",
    folder_closed="Servern får inte skriva i mappen med planer. Lägg till eller ta bort filen i mappen i stället.",
    no_title="Planen behöver en titel.",
    bad_status="Den statusen finns inte.",
    bad_day="Skriv dagar som 2026-03-31.",
    bad_period="Skriv både första och sista dagen, i den ordningen, eller ingen av dem.",
    no_code="Ingen har fått den koden, eller så är den äldre än ett dygn.",
    not_in="Den personen är inte insläppt med kod.",
    too_large="Filen är större än {most} MB.",
)

ENGLISH = Words(
    language="en",
    administration="Administration",
    plans="Plans",
    report="Unanswered",
    people="Telegram",
    log="Log",
    parts="Parts of the administration",
    log_out="Leave the administration",
    login="Administration",
    login_lead="Enter the administrators' code. It is another than the visitors'.",
    closed="You do not have the administrator's role. Whoever runs Plansvar gives it, by PLANSVAR_ADMIN_TOKEN "
    "or PLANSVAR_ADMIN_GROUP.",
    lead="This has been read. Open a plan to see what was read, change what is said of it, replace its file "
    "or remove it.",
    none="No plan has been read yet. Upload the first.",
    document="Document",
    whose="Whose",
    period="Period",
    status="Status",
    indicators="Indicators",
    activities="Activities",
    budget="Budget rows",
    rows="Other rows",
    passages="Passages",
    sections="Sections",
    pages="Pages",
    unplaced="Not placed",
    vectors="Search by meaning",
    embedded="ready",
    embedding="{done} of {of}",
    not_embedded="off",
    unknown="unknown",
    proposal="proposal",
    adopted="adopted",
    revised="revised",
    upload="Upload a plan",
    upload_lead="{kinds}, at most {most} MB. Everyone who may ask can read the plan. A plan of a hundred pages takes "
    "up to half a minute.",
    file="File",
    send="Upload",
    folder="The folder {folder} is watched: what is put there is read, and what you upload goes there.",
    troubles="Could not be read",
    troubles_lead="These files are in the folder. They are read again when they change.",
    failed="could not be read",
    left_out="is of a kind that is not read",
    when="When",
    what_was_read="What was read",
    open_document="Read the plan",
    warnings="To check",
    no_organisation="The plan does not say whose it is. Write it below, or it can't be told from others'.",
    no_period="The plan does not say what time it is for. Write it below.",
    lines_unplaced="{count} lines could not be placed",
    lines_unplaced_lead="They are not found as facts. Compare them with the document.",
    more_lines="and {count} more",
    page="p. {page}",
    about="About the plan",
    about_lead="What you change holds before what the file says, also when the file is replaced.",
    title="Title",
    organisation="Organisation",
    unit="Unit or department (empty for the whole organisation)",
    start="From",
    end="To",
    decided="Decided on",
    reference="Reference",
    set_by_hand="set by hand",
    save="Save",
    replace="Replace the file",
    replace_lead="The new file is read instead of the old one, under the same name.",
    remove="Remove the plan",
    remove_lead="Questions are no longer answered from it.",
    remove_sure="Remove {name}?",
    remove_more="The plan and all that was read of it are removed from here. This can't be undone, but the file can "
    "be uploaded again.",
    remove_file="Its file is removed from the folder {folder} too.",
    keep="Keep it",
    report_lead="Questions that the plans did not answer, and answers that readers judged, by section. Nothing shows "
    "who asked.",
    report_counts="{unanswered} unanswered questions, {right} answers judged right, {wrong} wrong, {wrong_source} with "
    "the wrong source",
    report_none="Nothing yet.",
    no_plan="No plan in particular",
    no_section="No section in particular",
    unanswered="Unanswered",
    right="Right",
    wrong="Wrong",
    wrong_source="Wrong source",
    answer="The answer",
    words="The reader's words",
    times="{count} times",
    people_lead="Whoever writes to the bot gets a code, and gives it to you. Approve only a code that somebody you "
    "know has given you.",
    people_off="Telegram is not set.",
    code="Code",
    let_in="Let in",
    let_in_list="Let in by a code",
    nobody="Nobody yet.",
    shut_out="Shut out",
    shut_out_name="Shut out {name}",
    log_lead="What administrators did, the latest first.",
    who="Who",
    by_code="by the code",
    action="What",
    subject="Which",
    detail="Detail",
    outcome="Outcome",
    action_upload="uploaded",
    action_replace="replaced",
    action_describe="changed",
    action_remove="removed",
    action_let_in="let in",
    action_shut_out="shut out",
    outcome_begun="begun, not ended",
    outcome_done="done",
    outcome_failed="failed",
    done_new="The plan has been read.",
    done_replaced="The new file has been read instead of the old one.",
    done_unchanged="The file is the same as before. Nothing was changed.",
    done_saved="Saved.",
    done_removed="The plan has been removed.",
    done_let_in="Let in.",
    done_shut_out="Shut out.",
    bad_file="The file could not be read.",
    no_file="Choose a file.",
    no_name="The file needs a name.",
    bad_kind="Files of that kind are not read. These are: {about}",
    name_taken="{about} is there already. Open it to replace its file, or give the new one another name.",
    no_document="The document {about} does not exist, or has been removed.",
    folder_closed="The server may not write to the folder of plans. Add or remove the file in the folder instead.",
    no_title="The plan needs a title.",
    bad_status="There is no such status.",
    bad_day="Write days as 2026-03-31.",
    bad_period="Write both the first and the last day, in that order, or neither.",
    no_code="Nobody was given that code, or it is older than a day.",
    not_in="That person was not let in by a code.",
    too_large="The file is larger than {most} MB.",
)


def words(language: Language) -> Words:
    """The words of a language."""
    return SWEDISH if language == "sv" else ENGLISH
