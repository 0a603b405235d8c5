"""The public form as a named actor: what comes in by it is recorded in its name, never in a coordinator's."""

from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor

NAME = "The public form"


def open_door() -> None:
    """Makes the public form's actor where it is missing. Called after each migration, as the owner of the tables."""
    if not Actor.objects.filter(kind=Actor.Kind.JOB, name=NAME).exists():
        Actor.objects.create(kind=Actor.Kind.JOB, name=NAME, post="", about="Takes what people without an account send")


def the_public_form() -> Actor:
    """Whoever acts when somebody without an account sends a form. It holds no role and reaches nobody."""
    with context.as_engine():
        return Actor.objects.get(kind=Actor.Kind.JOB, name=NAME)
