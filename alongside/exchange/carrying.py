"""From one row of a sheet to the facts it becomes. Nothing is stored here, and no text of the row is left out:

a field that becomes a fact is marked as used; the text of everything else is kept with the entry.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from alongside.exchange.said import BASES, name_of, start_of, stay_days, words_of
from alongside.exchange.sheets import Mapping, PreparedRow
from alongside.features.hospital.models import Stay
from alongside.features.people.models import (
    Address,
    Belonging,
    Circumstance,
    Consent,
    Diagnosis,
    Fact,
    Guard,
    ImportedText,
    Person,
    PersonName,
    Professional,
    Relation,
)
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.reviews.models import Review
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic

NOT_EVIDENCED = "Carried over, not evidenced"
DIAGNOSIS_BASES = {"diagnosed": Diagnosis.Basis.DIAGNOSED, "clinically_understood": Diagnosis.Basis.UNDERSTOOD}
STANDINGS = {
    "looked_after": Circumstance.Kind.LOOKED_AFTER,
    "adopted": Circumstance.Kind.ADOPTED,
    "care_leaver": Circumstance.Kind.CARE_LEAVER,
}
LEGAL_WORDS = {
    "section_20": "Section 20",
    "section_31": "Care order (section 31)",
    "interim_care_order": "Interim care order",
}
PLANS = {"yes": Circumstance.Kind.EHC_PLAN, "in_process": Circumstance.Kind.EHC_ASSESSMENT}
OUT_OF_SCHOOL = {"eotas": "Educated otherwise than at school", "home": "Educated at home", "none": "No school"}
RESIDENTIAL = {52: Circumstance.Kind.RESIDENTIAL_52, 38: Circumstance.Kind.RESIDENTIAL_38}

# What the text of a field is about. Free text may say anything, so it is held as closely as what it might say.
TEXT_TOPICS = {
    Topic.IDENTITY: "name given_name family_name known_as birth_date nhs_number gender ethnicity local_reference",
    Topic.COMMUNICATION: "language",
    Topic.CONTACT: "postcode address phone email",
    Topic.FAMILY: "parent_name parent_phone parent_email",
    Topic.HEALTH: "diagnosis gp_practice care_coordinator",
    Topic.EDUCATION: "ehcp school",
    Topic.SOCIAL_CARE: "looked_after social_worker council",
    Topic.REGISTER: "rating rating_date reason entry_date referral_date referrer next_review_date",
    Topic.HOSPITAL: "inpatient_unit admission_date discharge_date legal_status",
    Topic.REVIEW: "last_cetr_date",
    Topic.KEYWORKING: "keyworker",
    Topic.AGREEMENT: "consent consent_date",
}
TOPIC_OF_FIELD = {name: topic for topic, names in TEXT_TOPICS.items() for name in names.split()}
FREE_TEXT = Topic.SAFEGUARDING


@dataclass(frozen=True)
class Setting:
    """What all rows of an import have in common."""

    icb_id: int
    listing: str
    by_id: int
    at: datetime
    today: date
    run_id: int
    mapping: Mapping
    # By kind and name in small letters; only names that exactly one organisation has.
    organisations: dict[tuple[str, str], Organisation] = field(default_factory=dict)


def person_of(setting: Setting, row: PreparedRow, reference: str) -> Person:
    """The Person a row makes. Without a recorded yes the record is open to the register team only."""
    given, family, known_as = name_of(row)
    language, _ = words_of(row, "language")
    agreed = row.fields["consent"].answer == "given"
    return Person(
        reference=reference,
        icb_id=setting.icb_id,
        guard=Guard.ORDINARY if agreed else Guard.REGISTER_TEAM,
        given_name=given,
        family_name=family,
        preferred_name=known_as,
        nhs_number=row.fields.get("nhs_number"),
        birth_date=row.fields.get("birth_date"),
        gender=row.fields.get("gender") or "",
        ethnicity=row.fields.get("ethnicity") or "",
        first_language=language,
    )


class Carried:
    """A row on its way into the record: the facts it makes, and which fields they used."""

    def __init__(self, setting: Setting, row: PreparedRow, person: Person) -> None:
        self.setting, self.row, self.person = setting, row, person
        self.used = {"name", "given_name", "family_name", "known_as", "birth_date", "nhs_number", "gender", "ethnicity"}
        self.facts: list[Fact] = []
        self.keyworker = self._words("keyworker")
        self._words("language")
        self.entry = self._entry()
        self.stay = self._stay()
        self.rating = self._rating()
        self.review = self._review()
        self._agreement()
        self._names()
        self._home()
        self._diagnoses()
        self._schooling()
        self._standing()
        self._people_around()
        self._texts()

    def _stamp(self, topic: int, happened_at: datetime | None = None) -> dict[str, Any]:
        return {
            "person": self.person,
            "topic": topic,
            "recorded_icb_id": self.setting.icb_id,
            "recorded_by_id": self.setting.by_id,
            "recorded_at": self.setting.at,
            "happened_at": happened_at or self.setting.at,
        }

    def _add(self, model: type[Fact], topic: int, **values: Any) -> None:
        self.facts.append(model(**self._stamp(topic), **values))

    def _words(self, name: str) -> str:
        """A field as text that fits its column; marked as used when all of it does."""
        text, whole = words_of(self.row, name)
        if text and whole:
            self.used.add(name)
        return text

    def _take(self, name: str) -> Any:
        value = self.row.fields.get(name)
        if value:
            self.used.add(name)
        return value

    def _entry(self) -> RegisterEntry:
        on = self._take("entry_date") or self.setting.today
        return RegisterEntry(
            **self._stamp(Topic.REGISTER, start_of(on)),
            icb_id=self.setting.icb_id,
            listing=self.setting.listing,
            entered_on=on,
            reason=self._words("reason"),
            imported_at=self.setting.at,
        )

    def _rating(self) -> Rating | None:
        colour, on = self.row.fields.get("rating"), self.row.fields.get("rating_date")
        if not colour:
            return None
        self.used |= {"rating", "rating_date"}
        at = start_of(on) if on else self.setting.at
        because = "" if on else "The sheet gave no date, so the rating is dated to the day of the import."
        return Rating(
            **self._stamp(Topic.REGISTER, at),
            entry=self.entry,
            colour=colour,
            standing=Rating.Standing.DECIDED,
            origin=Rating.Origin.IMPORT,
            rated_at=at,
            because=because,
        )

    def _stay(self) -> Stay | None:
        days = stay_days(self.row, self.setting.today)
        if days is None:
            return None
        admitted, left = days
        self.used.add("admission_date")
        if left:
            self.used.add("discharge_date")
        return Stay(
            **self._stamp(Topic.HOSPITAL, start_of(admitted)),
            kind=Stay.Kind.HOSPITAL,
            place_name=self._words("inpatient_unit"),
            admitted_at=start_of(admitted),
            discharged_at=start_of(left) if left else None,
            security=self.row.fields["inpatient_unit"].security,
        )

    def _review(self) -> Review | None:
        """The last C(E)TR: an inpatient one when it was held during the stay, else a community one."""
        held = self._take("last_cetr_date")
        if not held:
            return None
        at, stay = start_of(held), self.stay
        during = (
            stay is not None and stay.admitted_at <= at and (stay.discharged_at is None or at <= stay.discharged_at)
        )
        return Review(
            **self._stamp(Topic.REVIEW, at),
            kind=Review.Kind.INPATIENT if during else Review.Kind.COMMUNITY,
            held_at=at,
            stay=stay if during else None,
        )

    def _agreement(self) -> None:
        said = self.row.fields["consent"]
        self.used |= {"consent", "consent_date"}
        self._add(
            Consent,
            Topic.AGREEMENT,
            purpose=Consent.Purpose.REGISTER,
            answer=said.answer,
            basis=BASES.get(said.basis, Consent.Basis.NOT_STATED),
            decided_by=said.decision_maker[:120],
            decided_on=said.on,
            evidence=NOT_EVIDENCED,
            evidenced=False,
        )

    def _names(self) -> None:
        person, kind = self.person, PersonName.Kind
        legal = {"given_name": person.given_name, "family_name": person.family_name}
        self._add(PersonName, Topic.IDENTITY, kind=kind.LEGAL, **legal)
        if person.preferred_name:
            self._add(PersonName, Topic.IDENTITY, kind=kind.PREFERRED, given_name=person.preferred_name)

    def _home(self) -> None:
        lines, postcode = self._words("address"), self._take("postcode") or ""
        if lines or postcode:
            self._add(Address, Topic.CONTACT, kind=Address.Kind.HOME, lines=lines, postcode=postcode)
        self._belongs(Belonging.Kind.GP, "gp_practice", Topic.HEALTH)
        self._belongs(Belonging.Kind.COUNCIL, "council", Topic.SOCIAL_CARE)

    def _belongs(self, kind: Belonging.Kind, name: str, topic: int) -> None:
        if text := self._words(name):
            organisation = self.setting.organisations.get((kind.value, text.casefold()))
            self._add(Belonging, topic, kind=kind, name=text, organisation=organisation)

    def _diagnoses(self) -> None:
        said = self._take("diagnosis")
        if not said:
            return
        for kind in sorted(said.conditions & set(Diagnosis.Kind.values)):
            basis = DIAGNOSIS_BASES.get(said.basis, Diagnosis.Basis.NOT_STATED)
            self._add(Diagnosis, Topic.HEALTH, kind=kind, basis=basis)
        for kind in sorted(said.pathway_for):
            self._add(Diagnosis, Topic.HEALTH, kind=kind, basis=Diagnosis.Basis.PATHWAY)

    def _schooling(self) -> None:
        if plan := PLANS.get(self.row.fields.get("ehcp") or ""):
            self.used.add("ehcp")
            self._circumstance(plan, Topic.EDUCATION)
        school = self.row.fields.get("school")
        if not school:
            return
        self._belongs(Belonging.Kind.SCHOOL, "school", Topic.EDUCATION)
        if school.kind in OUT_OF_SCHOOL:
            self.used.add("school")
            self._circumstance(Circumstance.Kind.OUT_OF_SCHOOL, Topic.EDUCATION, OUT_OF_SCHOOL[school.kind])
        if school.weeks in RESIDENTIAL:
            self.used.add("school")
            self._circumstance(RESIDENTIAL[school.weeks], Topic.PLACEMENT, school.name[:300])

    def _standing(self) -> None:
        said = self.row.fields.get("looked_after")
        if said and said.status in STANDINGS:
            self.used.add("looked_after")
            self._circumstance(STANDINGS[said.status], Topic.SOCIAL_CARE, LEGAL_WORDS.get(said.legal, ""))

    def _circumstance(self, kind: Circumstance.Kind, topic: int, detail: str = "") -> None:
        self._add(Circumstance, topic, kind=kind, detail=detail)

    def _people_around(self) -> None:
        phone, email = self._words("parent_phone"), self._words("parent_email")
        name = self._words("parent_name")
        if name or phone or email:
            shown = name or "Parent or carer"
            self._add(Relation, Topic.FAMILY, name=shown, relationship="Parent or carer", phone=phone, email=email)
        for field_name, post, topic in (
            ("social_worker", "Social worker", Topic.SOCIAL_CARE),
            ("care_coordinator", "Care co-ordinator", Topic.HEALTH),
        ):
            if worker := self._words(field_name):
                self._add(Professional, topic, name=worker, post=post)

    def _texts(self) -> None:
        """What no fact holds whole, by what it is about."""
        fields = {column.heading: column.field for column in self.setting.mapping.columns}
        kept = dict(self.row.unmapped)
        for heading, text in self.row.raw.items():
            name = fields.get(heading)
            if name and name not in self.used:
                kept[heading] = text
        by_topic: dict[int, dict[str, str]] = defaultdict(dict)
        for heading, text in kept.items():
            by_topic[TOPIC_OF_FIELD.get(fields.get(heading) or "", FREE_TEXT)][heading] = text
        for topic, texts in by_topic.items():
            self._add(ImportedText, topic, import_run_id=self.setting.run_id, row_number=self.row.number, texts=texts)
