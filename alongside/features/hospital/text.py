"""Every label of time in hospital or another place."""

from datetime import datetime
from typing import Any

from alongside.features.hospital.models import Stay

#: Codes of the national legal status list that are commonest, with what people say. Others are shown as the code.
LEGAL_STATUS = {
    "01": "Informal: not under a section",
    "02": "Section 2",
    "03": "Section 3",
    "04": "Section 4",
    "05": "Section 5(2)",
    "06": "Section 5(4)",
    "07": "Section 35",
    "08": "Section 36",
    "09": "Section 37 with section 41 restrictions",
    "10": "Section 37",
    "12": "Section 38",
    "15": "Section 47 with section 49 restrictions",
    "16": "Section 47",
    "17": "Section 48 with section 49 restrictions",
    "18": "Section 48",
    "19": "Section 135",
    "20": "Section 136",
    "35": "Guardianship under section 7",
    "36": "Guardianship under section 37",
}

IS_A_TRANSFER = (
    "A transfer to another hospital is no discharge: write down the move instead, and the stay goes on with its "
    "reviews and clocks. If the stay ends here all the same, say why"
)

BEFORE_PLACE_OF_SAFETY = (
    "They have been in a place of safety since {at}. Give that time or a later one, or put the dates of that stay "
    "right first."
)

OUT_OF_SAFETY = (
    "They have been in a place of safety, {place}, since {at}. An admission to a mental health hospital ends that at "
    "the moment of the admission, in the same act."
)

SAVED = {
    "admitted": "The admission was saved.",
    "admitted_blue": "The admission was saved, and the rating is blue.",
    "discharged": "The discharge was saved.",
    "discharged_red": "The discharge was saved, and the rating is red.",
}


def legal_words(code: str) -> str:
    return LEGAL_STATUS.get(code, f"Legal status {code}")


def stay_words(row: list[Any]) -> dict[str, Any]:
    """One stay as a person's page shows it; `row` as its reading gives it."""
    pk, _, kind, place, ward, admitted, left, security, destination, day_known, legal, _ = row
    return {
        "id": pk,
        "kind": Stay.Kind(kind).label,
        "place": place,
        "ward": ward,
        "admitted": datetime.fromisoformat(admitted),
        "left": datetime.fromisoformat(left) if left else None,
        "security": Stay.Security(security).label if security else "",
        "destination": destination,
        "day_known": day_known,
        "legal": legal_words(legal[-1][0]) if legal else "",
    }
