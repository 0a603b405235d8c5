"""The pack as a FHIR R4 document bundle: a Composition whose sections carry the words, the Patient, who sends it.

Pure of what it is given, and kept as it was sent. Codes and profiles of UK Core are not claimed: nothing here was
checked against them. Source: HL7 FHIR R4, Bundle (type `document`) and Composition.
"""

from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from typing import Any
from uuid import UUID, uuid5

from alongside.features.moving.pack import Part

_HERE = UUID("5b1f4a0c-0f0b-4a42-9d6a-6f5f5cf2f2a1")


def bundle_of(
    parts: Sequence[Part],
    *,
    reference: str,
    given_name: str,
    family_name: str,
    birth_date: date | None,
    nhs_number: str,
    sender: str,
    sender_code: str,
    at: datetime,
) -> dict[str, Any]:
    """nhs_number: empty where it may not be told."""
    names = ("composition", "patient", "organisation")
    urls = {name: f"urn:uuid:{uuid5(_HERE, f'{name} {reference} {at.isoformat()}')}" for name in names}
    patient: dict[str, Any] = {
        "resourceType": "Patient",
        "name": [{"use": "official", "family": family_name, "given": [given_name] if given_name else []}],
    }
    if birth_date:
        patient["birthDate"] = birth_date.isoformat()
    if nhs_number:
        patient["identifier"] = [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": nhs_number}]
    organisation = {
        "resourceType": "Organization",
        "name": sender,
        "identifier": [{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": sender_code}],
    }
    composition = {
        "resourceType": "Composition",
        "status": "final",
        "type": {"text": "Transfer between areas: dynamic support register"},
        "subject": {"reference": urls["patient"]},
        "author": [{"reference": urls["organisation"]}],
        "custodian": {"reference": urls["organisation"]},
        "date": at.isoformat(),
        "title": "What the new area needs to know",
        "section": [_section(part) for part in parts],
    }
    resources = zip(names, (composition, patient, organisation), strict=True)
    return {
        "resourceType": "Bundle",
        "type": "document",
        "timestamp": at.isoformat(),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": urls["composition"]},
        "entry": [{"fullUrl": urls[name], "resource": resource} for name, resource in resources],
    }


def _section(part: Part) -> dict[str, Any]:
    lines = "".join(f"<li>{escape(line)}</li>" for line in part.lines)
    return {
        "title": part.heading,
        "code": {"text": part.key},
        "text": {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><ul>{lines}</ul></div>'},
    }
