"""What a row must have to be somebody, and where its facts disagree with each other."""

from dataclasses import replace
from datetime import date

from alongside.exchange.sheets.headings.fields import BY_NAME, PAST
from alongside.exchange.sheets.rows.cells import RowInHand
from alongside.exchange.sheets.values.agreement import (
    BEST_INTERESTS,
    COMPETENT_CHILD,
    NOT_STATED,
    PARENTAL_RESPONSIBILITY,
    PERSON_16_OR_OVER,
    REFUSED,
    UNKNOWN,
    ConsentReading,
)
from alongside.exchange.sheets.values.outcome import NOTE, REFUSE, REVIEW

_PAST_FIELDS = tuple(name for name, field in BY_NAME.items() if field.kind == PAST)


def check_row(hand: RowInHand, today: date) -> None:
    """Add every remark that needs more than one cell to see."""
    _check_identity(hand)
    _check_order_of_days(hand)
    _check_stay(hand)
    if "rating" not in hand.fields and not any(p.code.startswith("rating_") for p in hand.problems):
        hand.say("rating", "rating_missing", "No rating is given. One must be decided.", NOTE)
    _settle_consent(hand, today)


def _check_identity(hand: RowInHand) -> None:
    name, number, born = (hand.fields.get(key) for key in ("name", "nhs_number", "birth_date"))
    codes = {problem.code for problem in hand.problems}
    if not name and not number:
        sentence = "There is no name and no NHS number, so nobody can be found or made from this row. Add one of them."
        hand.say("name", "nobody_named", sentence, REFUSE)
    elif not name and "name_unread" not in codes:
        hand.say("name", "name_missing", "No name is given. Find the name and give it here.", REVIEW)
    if born or any(code.startswith("birth_") for code in codes):
        return
    if number:
        sentence = "No date of birth is given. Rules that depend on age wait until it is known."
        hand.say("birth_date", "birth_missing", sentence, NOTE)
    elif name:
        sentence = "There is no date of birth and no NHS number, so the person can't be told from others. Find one."
        hand.say("birth_date", "identity_thin", sentence, REVIEW)


def _check_order_of_days(hand: RowInHand) -> None:
    born = hand.fields.get("birth_date")
    for name in _PAST_FIELDS:
        day = hand.fields.get(name)
        if born and day and day < born:
            label = BY_NAME[name].label
            hand.drop(name)
            sentence = f"{label} ({day:%d/%m/%Y}) is before the date of birth, so it was not used. The text is kept."
            hand.say(name, "date_before_birth", sentence, NOTE)
    admitted, left = hand.fields.get("admission_date"), hand.fields.get("discharge_date")
    if admitted and left and left < admitted:
        hand.say("discharge_date", "discharge_before_admission", "The discharge is before the admission.", NOTE)


def _check_stay(hand: RowInHand) -> None:
    unit, admitted, left = (hand.fields.get(key) for key in ("inpatient_unit", "admission_date", "discharge_date"))
    rating = hand.fields.get("rating")
    if rating == "blue" and not unit:
        sentence = "The rating is blue, which means in hospital, but no unit is given. Find out where they are."
        hand.say("inpatient_unit", "blue_without_unit", sentence, NOTE)
    if unit and rating not in ("blue", None) and not left:
        sentence = f"A unit is given but the rating is {rating}, not blue. Check whether they are still in hospital."
        hand.say("rating", "unit_without_blue", sentence, NOTE)
    if unit and not admitted:
        hand.say("admission_date", "admission_date_missing", "A unit is given but no date of admission.", NOTE)
    if admitted and not unit:
        hand.say("inpatient_unit", "admission_without_unit", "A date of admission is given but no unit.", NOTE)


def _settle_consent(hand: RowInHand, today: date) -> None:
    """Give the consent its date, settle who the young person was by age, and say where the basis can't hold."""
    consent: ConsentReading = hand.fields.get("consent") or ConsentReading()
    on = hand.fields.get("consent_date")
    born = hand.fields.get("birth_date")
    then = age_on(born, on or today) if born else None
    if consent.by_person and consent.basis == NOT_STATED and then is not None:
        consent = replace(consent, basis=COMPETENT_CHILD if then < 16 else PERSON_16_OR_OVER)
    hand.fields["consent"] = replace(consent, on=on)
    if any(problem.severity == REFUSE for problem in hand.problems):
        return
    if consent.answer == UNKNOWN:
        sentence = "No agreement to be on the register is recorded. It must be confirmed."
        hand.say("consent", "consent_unknown", sentence, NOTE)
    elif consent.answer == REFUSED:
        sentence = "Agreement to be on the register was refused. Shown to the register team only until confirmed."
        hand.say("consent", "consent_refused", sentence, NOTE)
    elif born and then is not None:
        _check_basis(hand, consent, then, age_on(born, today))


def _check_basis(hand: RowInHand, consent: ConsentReading, then: int, now: int) -> None:
    """Where the law gives nobody that standing at that age (policy.md 11.1)."""
    if consent.basis == PARENTAL_RESPONSIBILITY and now >= 18:
        sentence = (
            "A parent agreed, but the person is 18 or over now. Ask the person, or decide in their best interests."
        )
    elif consent.basis == BEST_INTERESTS and then < 16:
        sentence = "Best interests under the Mental Capacity Act is for people of 16 or over. Check who agreed."
    elif consent.basis == COMPETENT_CHILD and then >= 16:
        sentence = "The sheet says Gillick, which is for under 16s, but the person was 16 or over. Check the basis."
    else:
        return
    hand.say("consent", "consent_basis_doubtful", sentence, NOTE)


def age_on(born: date, day: date) -> int:
    """Whole years of age on a day. Somebody born on 29 February is a year older from 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
