"""Every label and message of the register."""

#: What each colour means, in plain words. Source: policy reference 3.4 (definitions of 2023).
DEFINITIONS = {
    "red": "Admission could happen now without action: the person or family is in crisis.",
    "amber": "Admission is likely unless suitable care starts shortly.",
    "green": "There are risks, and the support they have now is holding them.",
    "blue": "In a mental health hospital now.",
}

#: Why a rating is what it is, in items. Source: risks and factors that areas publish (needs, sections 1b and 2).
REASONS = {
    "crisis": "In crisis at A&E or with emergency social care",
    "mental_health": "Mental health getting worse, or not treated",
    "harm": "Harm to themselves or others",
    "behaviour": "Distressed behaviour that people around them can no longer meet",
    "placement": "Home or placement breaking down",
    "residential": "In, or about to move to, a 52-week or 38-week placement",
    "education": "School or college breaking down, or hardly attending",
    "staff": "The people who support them are changing",
    "transition": "Moving to adult services without a plan",
    "life_event": "A significant life event",
    "physical_health": "Physical health",
    "substances": "Alcohol or drugs",
    "justice": "Police or youth justice involved",
    "before": "In a mental health hospital before, or just left one",
    "crisis_team": "Crisis team or intensive support in the last year",
    "exhausted": "What the community can offer has been tried",
    "holding": "Support at home is holding",
    "better": "Things are getting better",
}

#: Why somebody leaves a register. Source: policy reference 3.7.
REMOVALS = {
    "risk_low": "The risk has stayed low",
    "moved": "Moved out of the area",
    "withdrawn": "Agreement refused or withdrawn",
    "not_confirmed": "Autism or learning disability was not confirmed",
    "aged_out": "Too old for this list: goes on to the adult register",
    "died": "Died",
    "mistake": "Was put on by mistake",
}
#: Said of an entry that closed because the person's area changed.
MOVED_AREA = "Their area changed"
REMOVAL_HINTS = {
    "moved": "Tell the new area first: nobody goes off before the new area knows.",
    "withdrawn": "Other services and safeguarding go on. Write down what was said, and when to ask again.",
    "aged_out": "This is a transfer to the adult register, not an ending.",
}

#: The kind of row a rating came from, as said under it.
ORIGINS = {
    "panel": "Decided by",
    "admission": "Followed an admission to hospital, recorded by",
    "discharge": "Followed a discharge from hospital, recorded by",
    "import": "Carried over by",
    "notice": "Proposed after a notice on the placement, recorded by",
    "circumstance": "Proposed after a change, recorded by",
}

SAVED = {
    "rated": "The rating was saved.",
    "declined": "The proposal was not taken up.",
    "planned": "The day of the next look was saved.",
    "entered": "They are on the register now.",
    "answered": "The answers were saved.",
    "back": "They are on the register again. Their record is as it was; a rating is due now.",
    "removed": "They are off the register now. The record is kept.",
}
