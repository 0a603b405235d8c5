"""From what a school typed to what is kept of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from alongside.features.people.models import Consent
from alongside.features.referrals.forms_said import DECIDED_FOR_THEM
from alongside.features.referrals.models import AnswerBy
from alongside.features.referrals.schools.draft import Read
from alongside.features.referrals.schools.models import SchoolAsk, SchoolWorry
from alongside.features.referrals.schools.operations.answering import Said, Worry

#: What a sign is called among the bases of a diagnosis. What a school thinks is no basis: it stands among the words.
_BASIS = {SchoolWorry.Sign.DIAGNOSED: "diagnosed", SchoolWorry.Sign.PATHWAY: "pathway"}
_PARENTS = {"yes": "have been asked", "no": "have not been asked yet", "not_want": "the young person does not want it"}


def what_was_said(ask: SchoolAsk, who: Mapping[str, Any], people: Sequence[Read]) -> Said:
    """A school's whole answer."""
    said_no = [one for one in people if one.agreed == "refused"]
    return Said(
        by_name=who["by_name"],
        by_role=who["by_role"],
        phone=who["phone"],
        worries=[_worry(ask, who, one) for one in people if one.agreed != "refused"],
        said_no=len(said_no),
        said_no_before=[one.answers["before"] for one in said_no if one.answers.get("before")],
    )


def _worry(ask: SchoolAsk, who: Mapping[str, Any], one: Read) -> Worry:
    said = one.answers
    columns = {name: said[name] for name in ("known", "autism", "learning_disability", "attendance")}
    columns |= {"parents_asked": said["parents"], "reasons": said["happening"]}
    if one.agreed != "given":
        return Worry(
            columns, one.number, school_year=said["school_year"], words=said["words"], before=said.get("before")
        )
    return Worry(columns, one.number, referral=_referral(ask, who, said), before=said.get("before"))


def _referral(ask: SchoolAsk, who: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of a referral by name, for `receive_referral`."""
    signs = {kind: said[kind] for kind in ("autism", "learning_disability")}
    by = AnswerBy.EMAIL if ask.email else AnswerBy.PHONE if who["phone"] else AnswerBy.PAGE
    address = {AnswerBy.EMAIL: ask.email, AnswerBy.PHONE: who["phone"]}.get(by, "")
    return {
        "asker_name": who["by_name"],
        "asker_relationship": who["by_role"],
        "asker_organisation": ask.organisation.name,
        "asker_email": ask.email,
        "asker_phone": who["phone"],
        "answer_by": by.value,
        "given_name": said["given_name"],
        "family_name": said["family_name"],
        "birth_date": said["birth_date"],
        "postcode": said["postcode"],
        "safe_contact": said["contact"],
        "school": ask.organisation.name,
        "diagnosis": {kind: _BASIS[sign] for kind, sign in signs.items() if sign in _BASIS},
        "reasons": said["happening"],
        "words": _words(said, signs),
        "agreement": Consent.Answer.GIVEN.value,
        "agreement_basis": said["agreed_basis"],
        "agreed_by": said["agreed_by"],
        "young_person_knows": None if said["agreed_basis"] in DECIDED_FOR_THEM else True,
        "recipients": [{"who": "asker", "name": who["by_name"], "by": by.value, "address": address}],
    }


def _words(said: Mapping[str, Any], signs: Mapping[str, str]) -> str:
    """The worry in the school's words, with what a referral has no column for."""
    lines = [said["words"]]
    if said["attendance"] is not None:
        lines.append(f"Attendance this term: {said['attendance']}%.")
    lines.append(f"{SchoolWorry.Known(said['known']).label}.")
    thinks = [kind.replace("_", " ") for kind, sign in signs.items() if sign == SchoolWorry.Sign.SUSPECTED]
    if thinks:
        lines.append(f"The school thinks of {' and '.join(thinks)}; nobody has diagnosed it.")
    lines.append(f"Parents or carers: {_PARENTS[said['parents']]}.")
    return "\n".join(lines)[:4000]
