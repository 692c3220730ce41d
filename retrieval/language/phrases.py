"""What answers say around the plan's own words, in Swedish and English: one sentence pattern each.

`{…}` holes are filled by name; `say` fails with the hole's name when one is missing.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.language.swedish import Language

PHRASES: dict[str, dict[Language, str]] = {
    "plan": {"sv": "Källa: {plan}", "en": "Source: {plan}"},
    "proposal": {
        "sv": "Obs: planen är ett förslag, inte beslutad.",
        "en": "Note: the plan is a proposal, not adopted.",
    },
    "adopted": {"sv": "Planen är beslutad: {quote}", "en": "The plan is adopted: “{quote}”"},
    "other_plan": {"sv": "Svaret gäller {plan}.", "en": "This is about {plan}."},
    "target": {
        "sv": "Årsmålet för ”{name}” {year} är {target}.",
        "en": "The {year} target for “{name}”{gloss} is {target}.",
    },
    "target_none": {
        "sv": "Planen har inget eget årsmål för ”{name}” {year}.",
        "en": "The plan sets no {year} target of its own for “{name}”{gloss}.",
    },
    "target_undivided": {
        "sv": "Planen har för ”{name}”: {row}. Den visar inte vilken kolumn siffrorna hör till.",
        "en": "The plan has for “{name}”{gloss}: {row}. It does not show which column the figures belong to.",
    },
    "council": {"sv": "KF:s årsmål är {target}.", "en": "The city council's target is {target}."},
    "council_later": {"sv": "KF:s årsmål: ”{target}”.", "en": "City council's target: “{target}” ({gloss})."},
    "council_none": {"sv": "KF:s årsmål är inte angivet.", "en": "No city council target is given."},
    "higher": {
        "sv": "Det egna målet är {difference} högre än KF:s.",
        "en": "Our own target is {difference} higher than the city council's.",
    },
    "lower": {
        "sv": "Det egna målet är {difference} lägre än KF:s.",
        "en": "Our own target is {difference} lower than the city council's.",
    },
    "same": {"sv": "Det är samma som KF:s.", "en": "It is the same as the city council's."},
    "yes_higher": {"sv": "Ja, högre än KF:s.", "en": "Yes, higher than the city council's."},
    "period": {"sv": "Följs upp per {period}.", "en": "Followed up per {period}."},
    "outcome": {"sv": "{column}: {written}.", "en": "{column}: {written}."},
    "outcome_of": {"sv": "{column} för ”{name}”: {written}.", "en": "{column} for “{name}”{gloss}: {written}."},
    "comment": {"sv": "Kommentar: {comment}", "en": "Comment: {comment}"},
    "activity": {"sv": "{text}{dates}.", "en": "The activity “{text}”{dates}."},
    "undated": {"sv": "Planen har inget datum för det.", "en": "The plan has no date for it."},
    "row": {"sv": "{row}: {words}", "en": "The plan says of {row}: “{words}”"},
    "dates": {"sv": " ({start} till {end})", "en": " ({start} to {end})"},
    "starts": {"sv": " (börjar {start})", "en": " (starts {start})"},
    "ends": {"sv": " (klart {end})", "en": " (due {end})"},
    "written": {"sv": ", i planen ”{written}”", "en": ", in the plan “{written}”"},
    "who": {"sv": " Ansvarig: {who}.", "en": " Responsible: {who}."},
    "status": {"sv": " Status: {status}.", "en": " Status: {status}."},
    "with": {"sv": " Tillsammans med: {who}.", "en": " Together with: {who}."},
    "found": {"sv": "{count} aktiviteter:", "en": "{count} activities:"},
    "found_one": {"sv": "En aktivitet:", "en": "One activity:"},
    "beside_council": {"sv": "{name}: {target}, KF:s {council}", "en": "{name}: {target}, the council's {council}"},
    "found_indicators": {"sv": "{count} indikatorer:", "en": "{count} indicators:"},
    "found_commissions": {"sv": "{count} uppdrag:", "en": "{count} commissions:"},
    "found_goals": {"sv": "{count} mål:", "en": "{count} goals:"},
    "not_told": {"sv": "Planen säger inte: {part}.", "en": "The plan does not say: {part}."},
    "no_reason": {"sv": "Varför hittar jag inte i planen.", "en": "I do not find why in the plan."},
    "target_alone": {
        "sv": "Planen säger målet, inte utfallet.",
        "en": "The plan tells the target, not the actual figure.",
    },
    "found_such": {"sv": "{count} stycken:", "en": "{count} of them:"},
    "found_rows": {"sv": "{count} rader i tabellen ”{table}”:", "en": "{count} rows in the table “{table}”:"},
    "more": {"sv": "… och {count} till.", "en": "… and {count} more."},
    "quoted": {"sv": "{quote}", "en": "The plan says: “{quote}”"},
    "expected": {"sv": "Förväntat resultat: {quote}", "en": "The plan's expected result: “{quote}”"},
    "quoted_more": {"sv": "{quote}", "en": "“{quote}”"},
    "terms": {"sv": "", "en": "({terms})"},
    "difference_up": {
        "sv": "Det är {difference} mer än {other} ({formula}), en ökning med {percent} %.",
        "en": "That is {difference} more than {other} ({formula}), an increase of {percent} %.",
    },
    "difference_down": {
        "sv": "Det är {difference} mindre än {other} ({formula}), en minskning med {percent} %.",
        "en": "That is {difference} less than {other} ({formula}), a decrease of {percent} %.",
    },
    "difference_none": {"sv": "Det är oförändrat mot {other}.", "en": "That is unchanged from {other}."},
    "more_than": {
        "sv": "Det är {difference}{share} mer än {other} ({formula}).",
        "en": "That is {difference}{share} more than {other} ({formula}).",
    },
    "less_than": {
        "sv": "Det är {difference}{share} mindre än {other} ({formula}).",
        "en": "That is {difference}{share} less than {other} ({formula}).",
    },
    # The same target in two plans
    "targets": {
        "sv": "Årsmålet för ”{name}” är {a} {a_at} och {b} {b_at}.",
        "en": "The target for “{name}”{gloss} is {a} {a_at} and {b} {b_at}.",
    },
    "targets_council": {
        "sv": "KF:s årsmål för ”{name}” är {a} {a_at} och {b} {b_at}.",
        "en": "The city council's target for “{name}”{gloss} is {a} {a_at} and {b} {b_at}.",
    },
    "two_targets": {
        "sv": "Årsmålet för ”{name}” är {a} och för ”{other}” {b}.",
        "en": "The target for “{name}” is {a} and for “{other}” {b}.",
    },
    "targets_apart": {
        "sv": "Det skiljer {difference} ({formula}): ”{name}” är högst.",
        "en": "They are {difference} apart ({formula}): “{name}” is the higher.",
    },
    "targets_equal": {"sv": "De är lika höga.", "en": "They are the same."},
    "named_otherwise": {"sv": "Det heter ”{name}” {at}.", "en": "It is called “{name}” {at}."},
    "not_set": {"sv": "inte angivet", "en": "not set"},
    "target_higher": {
        "sv": "Det är {difference} högre {than} ({formula}).",
        "en": "That is {difference} higher {than} ({formula}).",
    },
    "target_lower": {
        "sv": "Det är {difference} lägre {than} ({formula}).",
        "en": "That is {difference} lower {than} ({formula}).",
    },
    "target_same": {
        "sv": "Det är oförändrat: varken högre eller lägre {than}.",
        "en": "It is unchanged: neither higher nor lower {than}.",
    },
    "most_at": {"sv": "Högst är det {at}.", "en": "It is highest {at}."},
    "least_at": {"sv": "Lägst är det {at}.", "en": "It is lowest {at}."},
    "apart_by": {
        "sv": "Skillnaden är {difference} ({formula}). Mest är det {at}.",
        "en": "The difference is {difference} ({formula}). It is more {at}.",
    },
    "no_changes": {
        "sv": "I det skiljer sig planen för {now} inte från den för {then}, så långt deras namn går att jämföra.",
        "en": "In that the plan for {now} does not differ from that for {then}, as far as their names can be compared.",
    },
    "is_new": {"sv": "Nytt {year}: {name}", "en": "New in {year}: {name}"},
    "is_gone": {"sv": "Finns {then} men inte {now}: {name}", "en": "In {then} but not in {now}: {name}"},
    "is_only": {"sv": "Finns {at} men inte {beside}: {name}", "en": "Found {at} but not {beside}: {name}"},
    "is_moved": {"sv": "{name}: {a} {then}, {b} {now}", "en": "{name}: {a} in {then}, {b} in {now}"},
    "in_year": {"sv": "för {year}", "en": "in {year}"},
    "at_body": {"sv": "i {whose}", "en": "in {whose}"},
    "than_year": {"sv": "än {year}", "en": "than in {year}"},
    "than_body": {"sv": "än i {whose}", "en": "than in {whose}"},
    "share": {
        "sv": "Andelen av {whole} är {percent} % ({formula}).",
        "en": "The share of {whole} is {percent} % ({formula}).",
    },
    "apart": {"sv": "Det skiljer {difference} ({formula}).", "en": "They are {difference} apart ({formula})."},
    "year_before": {
        "sv": "Året innan var det alltså {value} ({formula}).",
        "en": "So it was {value} the year before ({formula}).",
    },
    "share_told": {"sv": "Det är {percent} % ({formula}).", "en": "That is {percent} % ({formula})."},
    "sum": {"sv": "Tillsammans: {total} ({formula}).", "en": "Together: {total} ({formula})."},
    "largest": {"sv": "Störst är {row}: {value} ({column}).", "en": "The largest is {row}: {value} ({column})."},
    "smallest": {"sv": "Minst är {row}: {value} ({column}).", "en": "The smallest is {row}: {value} ({column})."},
    "each": {"sv": " var", "en": " each"},
    "count": {"sv": "Planen har {count} {what}.", "en": "The plan has {count} {what}."},
    "disagree": {
        "sv": "Planen säger olika på två ställen: {words}",
        "en": "The plan says different things in two places: {words}",
    },
    # What a plan contradicts itself on (`check`)
    "check_figure": {
        "sv": "{column} för ”{row}” i tabellen ”{table}”",
        "en": "{column} of “{row}” in the table “{table}”",
    },
    "check_figure_here": {"sv": "{column} för ”{row}”", "en": "{column} of “{row}”"},
    "check_claim": {"sv": "{figure} är {value}, men", "en": "{figure} is {value}, but"},
    "check_one": {
        "sv": "{figure}, {value}, går inte ihop med resten: {against}.",
        "en": "{figure}, {value}, does not fit the rest: {against}.",
    },
    "check_makes": {"sv": "{of} blir {made}", "en": "{of} makes {made}"},
    "check_rows": {"sv": "raderna blir tillsammans {made}", "en": "the rows make {made} together"},
    "check_parts": {"sv": "delarna blir tillsammans {made}", "en": "the parts make {made} together"},
    "check_twice": {
        "sv": "”{row}” har {cells} i tabellen ”{table}”, men ”{other}” i tabellen ”{other_table}” har {other_cells}.",
        "en": "“{row}” has {cells} in the table “{table}”, but “{other}” in “{other_table}” has {other_cells}.",
    },
    "check_elsewhere": {"sv": "{figure} är {value}", "en": "{figure} is {value}"},
    "check_stated": {"sv": "texten säger {written}", "en": "the text says {written}"},
    "check_stated_up": {
        "sv": "texten säger {written} mer än {other}, och skillnaden är {made}",
        "en": "the text says {written} more than {other}, and the difference is {made}",
    },
    "check_stated_down": {
        "sv": "texten säger {written} mindre än {other}, och skillnaden är {made}",
        "en": "the text says {written} less than {other}, and the difference is {made}",
    },
    "check_aimed": {
        "sv": "Årsmålet för ”{name}” är {target}, men texten säger {written}.",
        "en": "The target for “{name}” is {target}, but the text says {written}.",
    },
    "check_targets": {
        "sv": "”{name}” har två årsmål: {one} och {other}.",
        "en": "“{name}” has two targets: {one} and {other}.",
    },
    "check_repeated_indicator": {
        "sv": "Indikatorn ”{name}” står två gånger under samma rubrik.",
        "en": "The indicator “{name}” stands twice under the same heading.",
    },
    "check_unset": {
        "sv": "Indikatorn ”{name}” har inget årsmål, och ingenting säger att det sätts senare.",
        "en": "The indicator “{name}” has no target, and nothing says that it will be set later.",
    },
    "check_backwards": {
        "sv": "”{text}” slutar {end}, innan den börjar ({start}).",
        "en": "“{text}” ends {end}, before it starts ({start}).",
    },
    "check_before": {
        "sv": "”{text}” slutar {day}, innan planens tid börjar ({period}).",
        "en": "“{text}” ends {day}, before the plan's time begins ({period}).",
    },
    "check_after": {
        "sv": "”{text}” börjar {day}, när planens tid är slut ({period}).",
        "en": "“{text}” starts {day}, when the plan's time is over ({period}).",
    },
    "check_ends": {
        "sv": "”{text}” slutar {one} på ett ställe och {other} på ett annat.",
        "en": "“{text}” ends {one} in one place and {other} in another.",
    },
    "check_starts": {
        "sv": "”{text}” börjar {one} på ett ställe och {other} på ett annat.",
        "en": "“{text}” starts {one} in one place and {other} in another.",
    },
    "check_repeated_activity": {
        "sv": "Aktiviteten ”{text}” står två gånger under samma rubrik.",
        "en": "The activity “{text}” stands twice under the same heading.",
    },
    "check_repeated_row": {
        "sv": "Raden ”{row}” står två gånger i tabellen ”{table}”.",
        "en": "The row “{row}” stands twice in the table “{table}”.",
    },
    "abstain": {
        "sv": "Det står inte i planen ({plan}).",
        "en": "That is not in the plan ({plan}).",
    },
    "no_plan": {
        "sv": "Jag har ingen plan för {what}. Det jag har är: {plans}.",
        "en": "I have no plan for {what}. What I have is: {plans}.",
    },
    "which": {
        "sv": "Vilken organisation gäller det? Jag har planer för: {plans}.",
        "en": "Which organisation is it about? I have plans for: {plans}.",
    },
    "empty": {"sv": "Inga planer är inlagda än.", "en": "No plans have been added yet."},
    "other_years": {
        "sv": "I planerna för {whose} finns ”{name}” för {years}, inte för {asked}.",
        "en": "The plans for {whose} have “{name}” for {years}, not for {asked}.",
    },
    "no_figure": {"sv": "För {year} står ingen siffra.", "en": "It has no figure for {year}."},
    "no_year": {
        "sv": "För {year} finns inget här att jämföra med.",
        "en": "There is nothing here for {year} to compare with.",
    },
    "unsure": {
        "sv": "Jag är inte säker på att det svarar på frågan.",
        "en": "I am not sure that this answers the question.",
    },
    "nearest": {"sv": "Närmast ligger: {sections}.", "en": "The nearest sections are: {sections}."},
    "this_year": {
        "sv": "Om {asked} står inget, men om {year}: ”{what}”.",
        "en": "There is nothing for {asked}, but for {year}: “{what}”.",
    },
    "instruction": {
        "sv": "Jag svarar bara på frågor om verksamhetsplanen.",
        "en": "I only answer questions about the operational plan.",
    },
    "personal": {
        "sv": "Det kan jag inte svara på: jag svarar bara på vad verksamhetsplanen säger.",
        "en": "I can't answer that: I only answer what the operational plan says.",
    },
    "greeting": {
        "sv": "Hej! Jag svarar på frågor om verksamhetsplanen. Fråga till exempel ”vad är vårt mål för sjukfrånvaron?”",
        "en": "Hello! I answer questions about the operational plan. Ask for instance “what is our sick-leave target?”",
    },
    "thanks": {"sv": "Varsågod! Fråga gärna mer om planen.", "en": "You're welcome! Do ask more about the plan."},
    "without_model": {
        "sv": "Obs: språkmodellen svarade inte, så det här är svaret utan den.",
        "en": "Note: the language model did not answer, so this is the answer without it.",
    },
    "none_due": {"sv": "Ingen aktivitet {where} slutar {days}.", "en": "No activity {where} ends {days}."},
    "none_begun": {"sv": "Ingen aktivitet {where} börjar {days}.", "en": "No activity {where} starts {days}."},
    "whole_plan": {"sv": "i planen", "en": "in the plan"},
    "days_between": {"sv": "mellan {first} och {last}", "en": "between {first} and {last}"},
    "days_on": {"sv": "{first}", "en": "on {first}"},
    "days_until": {"sv": "till och med {last}", "en": "by {last}"},
    "days_from": {"sv": "från och med {first}", "en": "from {first} on"},
    "next_due": {"sv": "Närmast: {activity}", "en": "The nearest: {activity}"},
    "from_today": {"sv": "Räknat från {today}.", "en": "Counted from {today}."},
    "overdue": {
        "sv": "Planen säger när något ska vara klart, inte om det är gjort. Räknat från {today}.",
        "en": "The plan says when something is due, not whether it is done. Counted from {today}.",
    },
}


def say(key: str, language: Language, **holes: object) -> str:
    """The phrase in the language with its holes filled; a missing hole raises KeyError with its name."""
    return PHRASES[key][language].format(**holes)


def listed(words: Sequence[str], language: Language) -> str:
    """Words as a sentence lists them: "2024, 2025 och 2026"."""
    last = {"sv": " och ", "en": " and "}[language]
    return last.join([*([", ".join(words[:-1])] if words[1:] else []), *words[-1:]])
