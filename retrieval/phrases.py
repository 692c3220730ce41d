"""What answers say around the plan's own words, in Swedish and English: one sentence pattern each.

`{…}` holes are filled by name; `say` fails with the hole's name when one is missing.
"""

from __future__ import annotations

from retrieval.swedish import Language

PHRASES: dict[str, dict[Language, str]] = {
    "plan": {"sv": "Källa: {plan}", "en": "Source: {plan}"},
    "proposal": {
        "sv": "Obs: planen är ett förslag, inte beslutad.",
        "en": "Note: the plan is a proposal, not adopted.",
    },
    "other_plan": {"sv": "Svaret gäller {plan}.", "en": "This is about {plan}."},
    "target": {
        "sv": "Årsmålet för ”{name}” {year} är {target}.",
        "en": "The {year} target for “{name}”{gloss} is {target}.",
    },
    "target_none": {
        "sv": "Planen har inget eget årsmål för ”{name}” {year}.",
        "en": "The plan sets no {year} target of its own for “{name}”{gloss}.",
    },
    "council": {"sv": "KF:s årsmål är {target}.", "en": "The city council's target is {target}."},
    "council_later": {"sv": "KF:s årsmål: ”{target}”.", "en": "City council's target: “{target}” ({gloss})."},
    "council_none": {"sv": "KF:s årsmål är inte angivet.", "en": "No city council target is given."},
    "higher": {"sv": "Det egna målet är högre än KF:s.", "en": "Our own target is higher than the city council's."},
    "lower": {"sv": "Det egna målet är lägre än KF:s.", "en": "Our own target is lower than the city council's."},
    "same": {"sv": "Det är samma som KF:s.", "en": "It is the same as the city council's."},
    "yes_higher": {"sv": "Ja, högre än KF:s.", "en": "Yes, higher than the city council's."},
    "period": {"sv": "Följs upp per {period}.", "en": "Followed up per {period}."},
    "outcome": {"sv": "{column}: {written}.", "en": "{column}: {written}."},
    "comment": {"sv": "Kommentar: {comment}", "en": "Comment: {comment}"},
    "activity": {"sv": "{text}{dates}.", "en": "The activity “{text}”{dates}."},
    "row": {"sv": "{row}: {words}", "en": "The plan says of {row}: “{words}”"},
    "dates": {"sv": " ({start} till {end})", "en": " ({start} to {end})"},
    "starts": {"sv": " (börjar {start})", "en": " (starts {start})"},
    "ends": {"sv": " (klart {end})", "en": " (due {end})"},
    "who": {"sv": " Ansvarig: {who}.", "en": " Responsible: {who}."},
    "with": {"sv": " Tillsammans med: {who}.", "en": " Together with: {who}."},
    "found": {"sv": "{count} aktiviteter:", "en": "{count} activities:"},
    "found_one": {"sv": "En aktivitet:", "en": "One activity:"},
    "found_rows": {"sv": "{count} rader i tabellen ”{table}”:", "en": "{count} rows in the table “{table}”:"},
    "more": {"sv": "… och {count} till.", "en": "… and {count} more."},
    "quoted": {"sv": "{quote}", "en": "The plan says: “{quote}”"},
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
    "share": {
        "sv": "Andelen av {whole} är {percent} % ({formula}).",
        "en": "The share of {whole} is {percent} % ({formula}).",
    },
    "largest": {"sv": "Störst är {row}: {value} ({column}).", "en": "The largest is {row}: {value} ({column})."},
    "smallest": {"sv": "Minst är {row}: {value} ({column}).", "en": "The smallest is {row}: {value} ({column})."},
    "count": {"sv": "Planen har {count} {what}.", "en": "The plan has {count} {what}."},
    "disagree": {
        "sv": "Planen säger olika på två ställen: {values}.",
        "en": "The plan says different things in two places: {values}.",
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
    "nearest": {"sv": "Närmast ligger: {sections}.", "en": "The nearest sections are: {sections}."},
    "looked_for": {"sv": "Jag letade efter: {words}.", "en": "I looked for: {words}."},
    "contact": {"sv": "{contact}", "en": "{contact}"},
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
    "without_model": {
        "sv": "Obs: språkmodellen svarade inte, så det här är svaret utan den.",
        "en": "Note: the language model did not answer, so this is the answer without it.",
    },
    "none_due": {"sv": "Ingen aktivitet i planen stämmer in på det.", "en": "No activity in the plan matches that."},
}


def say(key: str, language: Language, **holes: object) -> str:
    """The phrase in the language with its holes filled; a missing hole raises KeyError with its name."""
    return PHRASES[key][language].format(**holes)
