"""From the answers of any of the three ways to what a referral says."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.features.people.models import Consent, Diagnosis
from alongside.features.referrals.models import AnswerBy
from alongside.policy.counting import age_on

Answers = Mapping[str, Any]
ADULT_DECIDES_AT = 16
DECIDED_FOR_THEM = frozenset({Consent.Basis.PARENTAL.value, Consent.Basis.BEST_INTERESTS.value})

SAME_NAME = (
    *("given_name", "family_name", "birth_date", "nhs_number", "address", "postcode", "gp", "school", "council"),
    *("words", "tried", "would_help", "professionals"),
)
RENAMED = {
    "goes_by": "preferred_name",
    "asker_name": "asker_name",
    "organisation": "asker_organisation",
    "phone": "asker_phone",
    "email": "asker_email",
    "post_to": "asker_address",
    "not_to_know": "must_not_know",
}
RELATIONS = {"parent": "Parent", "carer": "Carer", "relative": "Relative", "friend": "Friend"}
FORMATS = {
    "plain": "A letter in plain words",
    "easy_read": "Easy read, with pictures",
    "both": "A letter in plain words and easy read",
    "talk": "Tell me in person",
}
#: Whoever else reads a phone or an e-mail must not learn of it there: nothing goes out by itself.
READS_TOO = "Anyone else who reads their texts or emails"
KNOWS = {"yes": "Yes", "no": "No", "not_sure": "Not sure"}


def what_was_said(channel: str, answers: Answers, *, today: date) -> dict[str, Any]:
    """Columns of a referral by name, for `receive_referral`."""
    said: dict[str, Any] = {name: answers[name] for name in SAME_NAME if name in answers}
    said |= {column: answers[name] for name, column in RENAMED.items() if name in answers}
    # The number on which an answer was asked for comes before one that was only told.
    if answers.get("call_on") or (said.get("asker_phone", "") == "" and answers.get("text_to")):
        said["asker_phone"] = answers.get("call_on") or answers["text_to"]
    if answers.get("shared") in ("yes", "not_sure"):
        said["must_not_know"] = ". ".join(one for one in (said.get("must_not_know", ""), READS_TOO) if one)[:500]
    said["diagnosis"] = _diagnosis(answers)
    said["reasons"] = [reason for reason in answers.get("happening", []) if reason != "nothing"]
    said["answer_by"] = answers["reach_by"] if answers.get("reach_by") in AnswerBy.values else AnswerBy.PAGE.value
    said["answer_needs"] = _needs(answers)
    said["safe_contact"] = _safe_contact(answers)
    said |= _agreement(channel, answers, today)
    said["recipients"] = _recipients(channel, answers, said)
    return said | _OF_CHANNEL[channel](answers, said)


def _of_young_person(answers: Answers, said: Mapping[str, Any]) -> dict[str, Any]:
    who = answers.get("grown_up_who", "")
    own = {"own_words": said["words"], "words": ""} if "words" in said else {}
    return own | {
        "asker_name": f"{said.get('given_name', '')} {said.get('family_name', '')}".strip()[:120],
        "asker_relationship": "The young person",
        "phone": said.get("asker_phone", ""),
        "email": said.get("asker_email", ""),
        "adult_knows": f"{KNOWS[answers.get('grown_up', 'not_sure')]}{', ' if who else ''}{who}",
        "young_person_knows": True,
    }


def _of_family(answers: Answers, said: Mapping[str, Any]) -> dict[str, Any]:
    responsible = {"yes": ", with parental responsibility", "no": ", without parental responsibility"}
    relation = RELATIONS[answers.get("relation", "relative")]
    return {
        "asker_relationship": relation + responsible.get(answers.get("responsible", ""), ""),
        "young_person_knows": answers.get("agreed") != "not_asked",
    }


def _of_professional(answers: Answers, said: Mapping[str, Any]) -> dict[str, Any]:
    colour = answers.get("colour", "")
    return {
        "asker_relationship": answers.get("asker_role", ""),
        "indicative_colour": "" if colour == "none" else colour,
        "young_person_knows": _told_by_a_professional(answers),
    }


def _told_by_a_professional(answers: Answers) -> bool | None:
    """Whether the young person knows. Where others decided for them nobody asked that, and it stays open."""
    if answers.get("agreed") == "given" and answers.get("agreed_basis") in DECIDED_FOR_THEM:
        return None
    return answers.get("agreed") != "not_asked"


_OF_CHANNEL = {"young_person": _of_young_person, "family": _of_family, "professional": _of_professional}


def _diagnosis(answers: Answers) -> dict[str, str]:
    basis = answers.get("basis", "")
    basis = basis if basis in Diagnosis.Basis.values else Diagnosis.Basis.NOT_STATED.value
    return {kind: basis for kind in answers.get("diagnoses", []) if kind in Diagnosis.Kind.values}


def _needs(answers: Answers) -> str:
    wanted = [FORMATS[answers["answer_format"]]] if answers.get("answer_format") in FORMATS else []
    if answers.get("language"):
        wanted.append(f"Language: {answers['language']}")
    return ". ".join(wanted)


def _safe_contact(answers: Answers) -> str:
    parts = [answers.get("contact", ""), answers.get("safe_how", "")]
    if answers.get("through"):
        parts.insert(0, f"Ask: {answers['through']}")
    return ". ".join(part for part in parts if part)


def _agreement(channel: str, answers: Answers, today: date) -> dict[str, Any]:
    """Who said yes, as it was told. Whether a child was competent to is found out with them, never presumed."""
    agreed = answers.get("agreed", "")
    basis = answers.get("agreed_basis", "")
    born = answers.get("birth_date")
    of_age = born is not None and age_on(born, today) >= ADULT_DECIDES_AT
    if agreed == "parent":
        basis = "parental" if answers.get("responsible") == "yes" else ""
        agreed = "given" if basis and not of_age else "unknown"
    elif agreed == "given" and not basis and of_age:
        basis = Consent.Basis.SIXTEEN.value
    known = {"given": Consent.Answer.GIVEN.value, "refused": Consent.Answer.REFUSED.value}
    by = answers.get("agreed_by", "")
    if not by and agreed == "given":
        by = answers.get("asker_name", "") if basis == "parental" else f"{answers.get('given_name', '')}"
    return {
        "agreement": known.get(agreed, Consent.Answer.UNKNOWN.value),
        "agreement_basis": basis or Consent.Basis.NOT_STATED.value,
        "agreed_by": by[:120],
        "agreed_on": answers.get("agreed_on") or (today if agreed == "given" and channel != "professional" else None),
    }


def _recipients(channel: str, answers: Answers, said: Mapping[str, Any]) -> list[dict[str, str]]:
    """Whom to tell the outcome and how, in the shape that the letter is sent from."""
    by = said["answer_by"]
    at = {"letter": "asker_address", "email": "asker_email"}.get(by, "asker_phone")
    asker = {
        "who": "young_person" if channel == "young_person" else "asker",
        "name": answers.get("asker_name") or answers.get("given_name", ""),
        "by": by,
        "address": said.get(at, "") if by != AnswerBy.PAGE else "",
    }
    found = [asker] if channel != "family" or "asker" in answers.get("answer_to", ["asker"]) else []
    for who in answers.get("answer_to", []):
        if who != "asker":
            name = answers.get("given_name", "") if who == "young_person" else ""
            address = answers.get("young_person_at") or answers.get("contact", "")
            found.append({"who": who, "name": name, "by": "", "address": address})
    return found
