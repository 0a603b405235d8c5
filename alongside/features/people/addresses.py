"""How a person is named in an address: by their reference, never by an NHS number or a name."""

from django.urls import register_converter


class Reference:
    """'KM-1234-5678'. Always with a hyphen, so that no page's own word is taken for one."""

    regex = r"[A-Za-z]{1,4}-[0-9A-Za-z-]{1,9}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


register_converter(Reference, "reference")
