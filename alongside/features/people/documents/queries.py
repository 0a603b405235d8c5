"""Reading documents: of people reached, on topics that may be read, and not struck out."""

from django.db.models import Exists, OuterRef, QuerySet

from alongside.features.people.models import Document, Person, StrikeOut
from alongside.foundation.access.me import Me


def documents_of(me: Me, person: Person) -> QuerySet[Document]:
    """The newest first."""
    struck = StrikeOut.objects.filter(person_id=OuterRef("person_id"), kind="document", row_id=OuterRef("pk"))
    found = Document.objects.visible_to(me).filter(person=person, superseded_by=None)
    return found.filter(~Exists(struck)).select_related("recorded_by").order_by("-happened_at", "-pk")


def find_document(me: Me, person: Person, pk: int) -> Document | None:
    return documents_of(me, person).filter(pk=pk).first()
