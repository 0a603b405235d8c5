"""Whoever sends the question of the term and its reminders: a named actor without a role."""

from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor

NAME = "The question to schools"


def make_sender() -> None:
    """Makes the actor where it is missing. Called after each migration, as the owner of the tables."""
    if not Actor.objects.filter(kind=Actor.Kind.JOB, name=NAME).exists():
        about = "Sends each school its link, and reminds those that have not answered"
        Actor.objects.create(kind=Actor.Kind.JOB, name=NAME, post="", about=about)


def the_sender() -> Actor:
    with context.as_engine():
        return Actor.objects.get(kind=Actor.Kind.JOB, name=NAME)
