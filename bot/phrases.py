"""What the chats say around answers, in Swedish and English; `say` fills holes as `retrieval.language.phrases` does."""

from __future__ import annotations

from retrieval.evidence.answer_types import Citation
from retrieval.language.swedish import Language

PHRASES: dict[str, dict[Language, str]] = {
    # What somebody new is told
    "notice": {
        "sv": "Jag är en automatisk assistent och svarar ur {plans}. {sent} Det du skriver sparas i {history} dagar, "
        "och frågor utan svar och omdömen i {feedback} dagar; ditt namn syns inte när de läses. "
        "Skriv ”glöm mig” så raderas allt. ”hjälp” visar vad du kan göra.",
        "en": "I am an automatic assistant and answer from {plans}. {sent} What you write is kept for {history} days, "
        "questions without an answer and feedback for {feedback}, read without your name. Write “forget me” and all of "
        "it is erased. “help” shows what you can do.",
    },
    "stays": {"sv": "Inget skickas vidare härifrån.", "en": "Nothing is sent on from here."},
    "sent": {
        "sv": "Det du skriver kan skickas vidare till {hosts}.",
        "en": "What you write may be sent on to {hosts}.",
    },
    "no_plan": {"sv": "ingen plan än", "en": "no plan yet"},
    "and_more": {"sv": "{count} till", "en": "{count} more"},
    # Commands
    "help": {
        "sv": "Skriv en fråga om planen, på svenska eller engelska, gärna med följdfrågor. Eller:\n"
        "börja – en rundtur i planen i fem steg\n"
        "tidsfrister – vad som ska vara klart när; ”tidsfrister NAMN” för en ansvarig, ”tidsfrister ics” som kalender\n"
        "källor – var i planen det senaste svaret står; ”källa 1” visar stycket\n"
        "planer – vilka planer som finns och vilken som gäller här\n"
        "gäller ORGANISATION [ENHET] [ÅR] – vems plan ”vår” är\n"
        "rätt, fel, fel källa – vad du tycker om det senaste svaret; /fel följt av ord går också\n"
        "språk sv, språk en – språket i allt jag skriver; ”språk auto”: varje svar på frågans språk\n"
        "glöm mig – radera allt som sparats om dig",
        "en": "Ask about the plan, in Swedish or English, with follow-up questions if you like. Or write:\n"
        "start – a tour of the plan in five steps\n"
        "deadlines – what is due when; “deadlines NAME” for who is responsible, “deadlines ics” for the calendar\n"
        "sources – where in the plan the last answer stands; “source 1” shows the passage\n"
        "plan – which plans there are, and which one holds here\n"
        "scope ORGANISATION [UNIT] [YEAR] – whose plan “our” means\n"
        "right, wrong, wrong source – what you think of the last answer; /wrong may be followed by words\n"
        "language sv, language en – the language of all I write; “language auto”: each answer in its question's\n"
        "forget me – erase all that is kept of you",
    },
    "no_sources": {"sv": "Det senaste svaret har inga källor.", "en": "The last answer has no sources."},
    "no_source": {"sv": "Det senaste svaret har ingen källa {n}.", "en": "The last answer has no source {n}."},
    "page": {"sv": "s. {page}", "en": "p. {page}"},
    "current": {"sv": "De med * gäller här.", "en": "Those with * hold here."},
    "empty": {"sv": "Inga planer är inlagda än.", "en": "No plans have been added yet."},
    "language": {"sv": "Nu svarar jag på svenska, vad du än skriver på. ”språk auto” ändrar tillbaka.",
                 "en": "I now answer in English, whatever you write in. “language auto” changes that back."},
    "language_auto": {"sv": "Nu svarar jag på det språk som du frågar på.",
                      "en": "I now answer in the language that you ask in."},
    "which_language": {"sv": "Skriv ”språk sv”, ”språk en” eller ”språk auto”.",
                       "en": "Write “language sv”, “language en” or “language auto”."},
    "which": {"sv": "Vems plan gäller det? Välj en gång, så kommer jag ihåg det.",
              "en": "Whose plan is it about? Choose once and I will remember."},
    "which_here": {"sv": "Vems plan gäller det i den här kanalen? Välj en gång, så gäller det alla här.",
                   "en": "Whose plan is it about in this channel? Choose once, and it holds for all here."},
    "scope_is": {"sv": "”Vår” plan är {plan}. Byt med ”gäller ORGANISATION [ENHET] [ÅR]”; planer finns för {names}.",
                 "en": "“Our” plan is {plan}. Change it by “scope ORGANISATION [UNIT] [YEAR]”; plans are for {names}."},
    "scope_none": {"sv": "Ingen plan är vald. Skriv ”gäller ORGANISATION [ENHET] [ÅR]”; det finns planer för {names}.",
                   "en": "No plan is chosen. Write “scope ORGANISATION [UNIT] [YEAR]”; there are plans for {names}."},
    "scope_set": {"sv": "”Vår” plan är nu {plan}.", "en": "“Our” plan is now {plan}."},
    "scope_set_here": {"sv": "I den här kanalen är ”vår” plan nu {plan}.",
                       "en": "In this channel “our” plan is now {plan}."},
    "scope_unknown": {"sv": "Jag har ingen plan för {name}. Det finns planer för {names}.",
                      "en": "I have no plan for {name}. There are plans for {names}."},
    "forgotten": {"sv": "Allt om dig är raderat. Före: {before}. Efter: {after}. Det här meddelandet är det sista, "
                        "och tas bort när det kommit fram.",
                  "en": "All that was kept of you is erased. Before: {before}. After: {after}. This message is the "
                        "last, and goes when it has reached you."},
    "chat_messages": {"sv": "meddelanden med svar {count}", "en": "messages with replies {count}"},
    "chat_people": {"sv": "inställningar {count}", "en": "settings {count}"},
    "chat_threads": {"sv": "trådar {count}", "en": "threads {count}"},
    "chat_feedback": {"sv": "omdömen {count}", "en": "judgements {count}"},
    "chat_unanswered": {"sv": "frågor utan svar {count}", "en": "questions without an answer {count}"},
    "unknown": {"sv": "{command} finns inte. ”hjälp” visar vad du kan göra.",
                "en": "There is no {command}. “help” shows what you can do."},
    "thanks": {"sv": "Tack, det är noterat.", "en": "Thank you, that is noted."},
    "what_is_wrong": {"sv": "Vad är fel, och vad borde stå där?", "en": "What is wrong, and what should it say?"},
    "nothing_to_judge": {"sv": "Det finns inget svar att tycka något om.", "en": "There is no answer to judge."},
    # The tour
    "tour_1": {"sv": "målen", "en": "the goals"},
    "tour_2": {"sv": "årsmål att hålla ögonen på", "en": "targets to watch"},
    "tour_3": {"sv": "pengarna", "en": "the money (kostnader: costs, intäkter: revenue, netto: net)"},
    "tour_4": {"sv": "vad som ska vara klart när", "en": "what is due when"},
    "tour_5": {"sv": "vad varje chef ska göra", "en": "what every manager must do"},
    "tour_step": {"sv": "Steg {number} av {steps}: {head}", "en": "Step {number} of {steps}: {head}"},
    "tour_whole": {"sv": "Rundturen gäller {plan}. ”börja förskola” (eller ett annat område) visar bara det.",
                   "en": "The tour is of {plan}. “start preschool” (or another area) shows only that."},
    "tour_area": {"sv": "Rundturen gäller {area} i {plan}.", "en": "The tour is of {area} in {plan}."},
    "tour_no_area": {"sv": "Planen har inget om ”{area}”, så rundturen gäller hela planen.",
                     "en": "The plan has nothing of “{area}”, so the tour is of the whole plan."},
    "tour_nothing": {"sv": "Planen har inget om det.", "en": "The plan has nothing of that."},
    "tour_more": {"sv": "… och {count} till.", "en": "… and {count} more."},
    "tour_target": {"sv": "{name}: {target}", "en": "{name}: {target}"},
    "tour_council": {"sv": "KF:s mål {target}", "en": "city council's {target}"},
    "tour_period": {"sv": "följs upp per {period}", "en": "followed up per {period}"},
    "period_tertial": {"sv": "tertial", "en": "four-month period (tertial)"},
    "period_år": {"sv": "år", "en": "year"},
    "indicator": {"sv": "Indikator", "en": "Indicator"},
    "target": {"sv": "Årsmål", "en": "Annual target"},
    "council": {"sv": "KF:s årsmål", "en": "City council's target"},
    "period": {"sv": "Följs upp", "en": "Followed up"},
    "row": {"sv": "Rad", "en": "Row"},
    "tour_next": {"sv": "Skriv ”nästa” för nästa steg, eller fråga när du vill; rundturen väntar.",
                  "en": "Write “next” for the next step, or ask whenever you like; the tour waits."},
    "tour_done": {"sv": "Det var rundturen. Fråga vidare, eller skriv ”tidsfrister ics” för kalendern.",
                  "en": "That was the tour. Go on asking, or write “deadlines ics” for the calendar."},
    # Deadlines
    "due": {"sv": "Klart", "en": "Due"},
    "what": {"sv": "Aktivitet", "en": "Activity"},
    "responsible": {"sv": "Ansvarig", "en": "Responsible"},
    "due_found": {"sv": "Tidsfrister{limits}, {plan} ({count}):", "en": "Deadlines{limits}, {plan} ({count}):"},
    "due_from": {"sv": " från {day}", "en": " from {day}"},
    "due_to": {"sv": " till {day}", "en": " to {day}"},
    "due_of": {"sv": " för {who}", "en": " of {who}"},
    "due_none": {"sv": "Ingen tidsfrist{limits} i {plan}.", "en": "No deadline{limits} in {plan}."},
    "due_text": {"sv": "Står bara i planens text:", "en": "Only in the plan's text:"},
    "due_more": {"sv": "… och {count} till; ”tidsfrister ics” ger alla aktiviteter som kalender.",
                 "en": "… and {count} more; “deadlines ics” gives all activities as a calendar."},
    "button_ics": {"sv": "Som kalender", "en": "As a calendar"},
    "due_ics": {"sv": "{count} aktiviteter{limits} ur {plan} som kalender.",
                "en": "{count} activities{limits} of {plan} as a calendar."},
    # What may be asked next: what stands on a button, and the question that it asks
    "button_target": {"sv": "Målet för {name}", "en": "The target for {name}"},
    "ask_target": {"sv": "Vad är målet för {name}?", "en": "What is our target for {name}?"},
    "button_due": {"sv": "Vad ska vara klart när under mål {number}?", "en": "What is due under goal {number}?"},
    "ask_due": {"sv": "Vilka aktiviteter i mål {number} ska vara klara senast {day}?",
                "en": "Which activities under goal {number} are due by {day}?"},
    "button_responsible": {"sv": "Tidsfrister: {who}", "en": "Deadlines: {who}"},
    "ask_responsible": {"sv": "tidsfrister {who}", "en": "deadlines {who}"},
    "button_before": {"sv": "{row} jämfört med {year}", "en": "{row} compared with {year}"},
    "ask_before": {"sv": "Vad är skillnaden för {row} jämfört med {year}?",
                   "en": "How much has the net budget for {row} changed since {year}?"},
    "button_net": {"sv": "Nettobudgeten för {row}", "en": "The net budget for {row}"},
    "ask_net": {"sv": "Vad är nettobudgeten för {row}?", "en": "What is the net budget for {row}?"},
    "button_section": {"sv": "Vad säger planen om {heading}?", "en": "What does the plan say about {heading}?"},
    "ask_section": {"sv": "Vad säger planen om {heading}?", "en": "What does the plan say about {heading}?"},
    # In Telegram alone: who may ask, and how to say what is wrong
    "telegram_code": {"sv": "Jag svarar bara dem som släppts in. Ge koden {code} till den som sköter Plansvar hos er, "
                            "helst öga mot öga eller per telefon. Den gäller i {hours} timmar. Ditt Telegram-id är "
                            "{id}.",
                      "en": "I answer only those who were let in. Give the code {code} to whoever runs Plansvar where "
                            "you work, best face to face or by telephone. It holds for {hours} hours. Your Telegram id "
                            "is {id}."},
    "telegram_stranger": {"sv": "Jag svarar bara dem som släppts in. Skriv till mig direkt, så får du en kod.",
                          "en": "I answer only those who were let in. Write to me directly and you will get a code."},
    "telegram_welcome": {"sv": "Nu är du insläppt. Fråga på, eller skriv ”hjälp”.",
                         "en": "You have been let in. Ask away, or write “help”."},
    "telegram_let_in": {"sv": "{name} (id {id}) är insläppt. /neka {id} tar tillbaka det.",
                        "en": "{name} (id {id}) has been let in. /deny {id} takes it back."},
    "telegram_no_code": {"sv": "Koden {code} finns inte, eller är äldre än {hours} timmar. Be om en ny: den som vill "
                               "in skriver till mig igen.",
                         "en": "There is no code {code}, or it is older than {hours} hours. Ask for a new one: whoever "
                               "wants in writes to me again."},
    "telegram_shut_out": {"sv": "{id} släpps inte längre in.", "en": "{id} is no longer let in."},
    "telegram_not_in": {"sv": "{id} är inte insläppt med en kod. Den som står i inställningarna tas bort där.",
                        "en": "{id} was not let in by a code. Whoever stands in the settings is taken out there."},
    "telegram_people": {"sv": "Insläppta med en kod:", "en": "Let in by a code:"},
    "telegram_nobody": {"sv": "Ingen är insläppt med en kod.", "en": "Nobody was let in by a code."},
    "telegram_words": {"sv": "{wrong} Svara på det här meddelandet, eller låt bli.",
                       "en": "{wrong} Reply to this message, or leave it."},
    # In Slack alone
    "slack_source": {"sv": "Källa", "en": "Source"},
    "slack_source_title": {"sv": "Källa {n}", "en": "Source {n}"},
    "slack_choose": {"sv": "Visa en källa …", "en": "Show a source …"},
    "slack_close": {"sv": "Stäng", "en": "Close"},
    "slack_send": {"sv": "Skicka", "en": "Send"},
    "slack_searching": {"sv": "söker i planen …", "en": "is searching the plan …"},
    "slack_file": {"sv": "Filen kommer i ett direktmeddelande till dig.",
                   "en": "The file comes in a direct message to you."},
    "slack_guest": {"sv": "Jag svarar bara dem som hör till den här arbetsytan.",
                    "en": "I only answer members of this workspace."},
    "slack_prompts": {"sv": "Fråga om planen, eller börja här", "en": "Ask about the plan, or start here"},
    "slack_prompt_tour": {"sv": "Ny som chef? En rundtur i fem steg", "en": "New as a manager? A tour in five steps"},
    "slack_prompt_due": {"sv": "Vad ska vara klart när?", "en": "What is due when?"},
    "slack_prompt_goals": {"sv": "Vilka mål har vi?", "en": "What are our goals?"},
    "slack_prompt_help": {"sv": "Vad kan jag göra här?", "en": "What can I do here?"},
    # What stands on the buttons of a chat that has them, and what is shown meanwhile
    "button_sources": {"sv": "Källor", "en": "Sources"},
    "button_table": {"sv": "Som tabell", "en": "As a table"},
    "button_open": {"sv": "Öppna i planen", "en": "Open in the plan"},
    "button_right": {"sv": "Rätt", "en": "Right"},
    "button_wrong": {"sv": "Fel", "en": "Wrong"},
    "button_wrong_source": {"sv": "Fel källa", "en": "Wrong source"},
    "searching": {"sv": "Letar i planen …", "en": "Looking in the plan …"},
    "rows_more": {"sv": "… och {count} rader till", "en": "… and {count} more rows"},
    "sources_more": {"sv": "… och {count} källor till", "en": "… and {count} more sources"},
    "answer_gone": {"sv": "Svaret finns inte kvar. Ställ frågan igen.",
                     "en": "The answer is no longer kept. Ask the question again."},
    # What a chat that has a list of apps and commands says there
    "app_full": {"sv": "Plansvar – frågor om verksamhetsplanen", "en": "Plansvar – questions about the plan"},
    "app_short": {"sv": "Svarar på frågor om verksamhetsplanen och visar var det står.",
                  "en": "Answers questions about the operational plan and shows where it stands."},
    "app_long": {"sv": "Fråga om mål, indikatorer, aktiviteter och budget i verksamhetsplanen, på svenska eller "
                       "engelska. Varje svar visar var i planen det står, ord för ord. Vad planen inte säger "
                       "sägs inte.",
                 "en": "Ask about goals, indicators, activities and budget in the operational plan, in Swedish or "
                       "English. Each answer shows where in the plan it stands, word for word. What the plan does not "
                       "say is not said."},
    "command_start": {"sv": "En rundtur i planen i fem steg", "en": "A tour of the plan in five steps"},
    "command_deadlines": {"sv": "Vad som ska vara klart när", "en": "What is due when"},
    "command_sources": {"sv": "Var i planen det senaste svaret står", "en": "Where in the plan the last answer stands"},
    "command_plan": {"sv": "Vilka planer som finns", "en": "Which plans there are"},
    "command_scope": {"sv": "Vems plan ”vår” är", "en": "Whose plan “our” means"},
    "command_help": {"sv": "Vad du kan göra", "en": "What you can do"},
    "command_forget": {"sv": "Radera allt som sparats om dig", "en": "Erase all that is kept of you"},
    # When something is in the way
    "too_many": {"sv": "Det blev många frågor på en gång. Vänta en minut, så svarar jag igen.",
                 "en": "That was many questions at once. Wait a minute, and I will answer again."},
    "too_long": {"sv": "Frågan har {count} tecken. Korta den till högst {most}.",
                 "en": "The question has {count} characters. Shorten it to at most {most}."},
    "away": {"sv": "Jag når inte min databas just nu och kan inte svara. Skriv igen om en liten stund.",
             "en": "I can’t reach my database right now, so I can’t answer. Please ask again in a little while."},
    "error": {"sv": "Något gick fel hos mig, inte hos dig. Försök igen om en stund; hjälper det inte, säg {reference} "
                    "till den som sköter Plansvar.",
              "en": "Something went wrong here, not on your side. Try again in a while; if that does not help, tell "
                    "whoever runs Plansvar the reference {reference}."},
}  # fmt: skip


def say(key: str, language: Language, **holes: object) -> str:
    """The phrase in the language with its holes filled; a missing hole raises KeyError with its name."""
    return PHRASES[key][language].format(**holes)


def page_of(citation: Citation, language: Language) -> str:
    """The page of a citation in words, as it is printed where the document shows that; "" without one."""
    page = citation.page_label or citation.page
    return say("page", language, page=page) if page is not None else ""


def cell_of(citation: Citation) -> str:
    """The cell of a table that a citation is from: table, row and column; "" for prose."""
    return " / ".join(filter(None, (citation.table, citation.row, citation.column)))


def language_of(locale: str | None) -> Language | None:
    """The language of somebody's client: "sv-SE" and "en-GB" are ours, another is none of them."""
    code = (locale or "")[:2].lower()
    return "sv" if code == "sv" else "en" if code == "en" else None
