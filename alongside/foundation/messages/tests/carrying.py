"""A carrier for tests: it remembers what it took, and fails when told to."""

from dataclasses import dataclass, field

from alongside.foundation.messages.providers import Fate, Parcel


@dataclass
class Remembering:
    taken: list[Parcel] = field(default_factory=list)
    refuses: Exception | None = None
    loses_the_answer: bool = False
    fates: dict[str, Fate] = field(default_factory=dict)

    def find(self, reference: str) -> str | None:
        return next((f"id of {p.reference}" for p in self.taken if p.reference == reference), None)

    def send(self, parcel: Parcel) -> str:
        if self.refuses:
            raise self.refuses
        self.taken.append(parcel)
        if self.loses_the_answer:
            raise ConnectionError
        return f"id of {parcel.reference}"

    def fate(self, provider_id: str) -> Fate:
        return self.fates.get(provider_id, Fate("under_way"))
