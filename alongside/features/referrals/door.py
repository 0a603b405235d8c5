"""The doors as named actors: what comes in by one is recorded in its name, never in a coordinator's."""

from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor

NAME = "The public form"
NOTICES = "Notices and alerts"
_DOORS = {
    NAME: "Takes what people without an account send",
    NOTICES: "Writes down what is told by an account that reaches nobody by it",
}


def open_door() -> None:
    """Makes the doors' actors where they are missing. Called after each migration, as the owner of the tables."""
    for name, about in _DOORS.items():
        if not Actor.objects.filter(kind=Actor.Kind.JOB, name=name).exists():
            Actor.objects.create(kind=Actor.Kind.JOB, name=name, post="", about=about)


def the_public_form() -> Actor:
    """Whoever acts when somebody without an account sends a form. It holds no role and reaches nobody."""
    with context.as_engine():
        return Actor.objects.get(kind=Actor.Kind.JOB, name=NAME)


def the_door_of_notices() -> Actor:
    """Whoever writes down a notice told with an account: one reads one's own acts, and these say who is known."""
    with context.as_engine():
        return Actor.objects.get(kind=Actor.Kind.JOB, name=NOTICES)
