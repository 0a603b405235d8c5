"""For an installation that has named nobody to carry: nothing is lost, and everybody can see that it waits."""

from alongside.foundation.messages.providers.carrier import Fate, Parcel, TryLater


class Nobody:
    WORDS = "No sending service is set up. Ask whoever runs this installation to set up GOV.UK Notify."

    def find(self, reference: str) -> str | None:
        return None

    def send(self, parcel: Parcel) -> str:
        raise TryLater(self.WORDS)

    def fate(self, provider_id: str) -> Fate:
        return Fate("under_way")
