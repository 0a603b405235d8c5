"""Answers for each way of asking, and a visitor without an account who sends them."""

import re
from typing import Any

from django.test import Client

#: The answers of Kai, who asks for himself, page by page.
ME: dict[str, dict[str, Any]] = {
    "name": {"given_name": "Kai", "family_name": "Moss"},
    "birthday": {"birth_date-day": "4", "birth_date-month": "3", "birth_date-year": "2012"},
    "home": {"postcode": "NM1 4AB"},
    "you": {"diagnoses": ["autism"]},
    "checked": {"basis": "diagnosed"},
    "hard": {"happening": ["distress", "education"]},
    "words": {"words": "It is too loud."},
    "grown-up": {"grown_up": "yes", "grown_up_who": "my mum"},
    "agree": {"agreed": "given"},
    "reach": {"reach_by": "sms", "text_to": "07700 900982"},
    "safe": {"not_to_know": "my stepdad", "safe_how": "text only"},
    "answer": {"answer_format": "easy_read"},
}
#: Dawn's, who asks for her son.
FAMILY: dict[str, dict[str, Any]] = {
    "you": {"asker_name": "Dawn Moss", "relation": "parent", "responsible": "yes"},
    "them": {
        "given_name": "Kai",
        "family_name": "Moss",
        "birth_date-day": "4",
        "birth_date-month": "3",
        "birth_date-year": "2012",
    },
    "home": {"postcode": "NM1 4AB", "gp": "Mill Lane Surgery", "school": "Hill School"},
    "diagnosis": {"diagnoses": ["autism"], "basis": "diagnosed"},
    "why": {"happening": ["distress", "ae_crisis"], "words": "He can not go to school."},
    "agree": {"agreed": "given"},
    "reach": {"reach_by": "email", "email": "dawn@example.com"},
    "answer": {"answer_to": ["asker", "young_person"], "answer_format": "plain"},
}
#: A clinician's.
PROFESSIONAL: dict[str, dict[str, Any]] = {
    "you": {
        "asker_name": "Ben Ward",
        "asker_role": "Community nurse",
        "organisation": "Northmoor Trust",
        "email": "ben@example.com",
    },
    "them": FAMILY["them"] | {"nhs_number": "999 123 4519"},
    "home": {"postcode": "NM1 4AB"},
    "diagnosis": {"diagnoses": ["autism", "learning_disability"], "basis": "diagnosed"},
    "why": {"happening": ["hospital_risk"], "words": "In crisis twice.", "colour": "amber"},
    "agree": {"agreed": "given", "agreed_basis": "parental", "agreed_by": "Dawn Moss"},
    "answer": {"reach_by": "email", "answer_format": "both"},
}
WAYS = {"me": ME, "family": FAMILY, "professional": PROFESSIONAL}


def fill_in(visitor: Client, way: str, **instead: dict[str, Any]) -> str:
    """Goes through every page of a way; comes out at the page with all answers. Its address."""
    at = visitor.post(f"/refer/{way}").headers["Location"]
    pages = WAYS[way] | instead
    while not at.endswith("/answers"):
        slug = at.rsplit("/", 1)[-1]
        answer = visitor.post(at, pages[slug])
        assert answer.status_code == 302, (at, problems(answer))
        at = answer.headers["Location"]
    return at


def send(visitor: Client, way: str, **instead: dict[str, Any]) -> str:
    """Fills everything in and sends it: the page with the receipt."""
    at = fill_in(visitor, way, **instead)
    answer = visitor.post(at, {"seen": seen(visitor, at)})
    assert answer.status_code == 302, problems(answer)
    return visitor.get(answer.headers["Location"]).content.decode()


def seen(visitor: Client, at: str) -> str:
    """The version that a page was drawn from."""
    found = re.search(r'name="seen" value="(\d+)"', visitor.get(at).content.decode())
    return found[1] if found else ""


def codes_on(page: str) -> tuple[str, str]:
    """Reference and code as a page shows them."""
    reference, code = re.findall(r'class="app-code">([^<]+)<', page)
    return reference, code


def problems(answer: Any) -> list[str]:
    """The sentences of a page's error summary."""
    summary = re.search(r"nhsuk-error-summary__list.*?</ul>", answer.content.decode(), re.S)
    return [re.sub(r"<[^>]+>", "", line).strip() for line in re.findall(r"<li>.*?</li>", summary[0])] if summary else []
