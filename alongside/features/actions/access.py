"""Who agrees actions, and who takes which step of one."""

from alongside.features.actions.lifecycle import FAMILY, OWNER, TEAM, may_take
from alongside.features.actions.models import Action, ActionStep
from alongside.features.people.models import Guard, Person
from alongside.features.people.queries import Reach
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.access.protected import Refused
from alongside.foundation.access.roles import REACH, Role
from alongside.foundation.accounts.models import Actor, RoleHeld

PARTNERS = (Role.PARTNER_HEALTH, Role.PARTNER_EDUCATION, Role.PARTNER_SOCIAL_CARE)
#: Who agrees actions with others and follows them.
AGREES = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)
READS = (*AGREES, *PARTNERS)
#: Who counts them. Of these, whoever sees no people is shown no small numbers.
COUNTS = (Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER, Role.SENIOR_OFFICER)
SETS_WORDINGS = (Role.MANAGER, Role.COORDINATOR)

OWN_WORK = "Whoever did it doesn't confirm it. Ask the family, or somebody else of the team."


def writes_on(me: Me, person: Person, topic: int) -> bool:
    """Whether this actor writes on a topic of this person: by their work in the area, or by an involvement."""
    if not me.holds(*AGREES):
        return False
    if person.icb_id in me.writes and person.icb_id * 64 + topic in (*me.agreed_topics, *me.guarded_topics):
        return True
    mine = OpenTopics.objects.filter(actor_id=me.id, person_id=person.pk, writes=True, topics__contains=[topic])
    return mine.exists()


def list_writable(me: Me, reach: Reach) -> list[int]:
    """The topics on which this actor may agree something for a person."""
    person = reach.person
    by_area = {number % 64 for number in (*me.agreed_topics, *me.guarded_topics) if number // 64 == person.icb_id}
    topics = by_area if person.icb_id in me.writes else set()
    rows = OpenTopics.objects.filter(actor_id=me.id, person_id=person.pk, writes=True).values_list("topics", flat=True)
    return sorted(reach.topics & topics.union(*rows))


def may_agree(me: Me, reach: Reach) -> bool:
    return reach.writes and me.holds(*AGREES)


def check_may_agree(me: Me, person: Person, topic: int) -> None:
    if not writes_on(me, person, topic):
        raise Refused("may_not_agree", "You may read about this and not write on it. Ask their keyworker.")


def whose_step(by: Me | Actor, action: Action) -> tuple[str, ...]:
    """As what somebody comes to an action: its owner, the team that follows it, the family. Nothing for others."""
    if isinstance(by, Actor):
        return (OWNER,) if by.pk == action.owner_id else ()
    if by.is_family:
        return (FAMILY,)
    owns = (OWNER,) if by.id == action.owner_id else ()
    return (*owns, TEAM) if writes_on(by, action.person, action.topic) else owns


def check_may_take(by: Me | Actor, action: Action, kind: str) -> str:
    """As what they take this step. Raises Refused where it isn't theirs; nobody confirms their own work."""
    allowed = [whose for whose in whose_step(by, action) if may_take(kind, whose)]
    if not allowed or not (isinstance(by, Actor) or Action.objects.visible_to(by).filter(pk=action.pk).exists()):
        raise Refused("not_yours", "This step is not yours. Tell their keyworker what you know.")
    by_team = not isinstance(by, Actor) and FAMILY not in allowed
    if kind == ActionStep.Kind.CONFIRMED and by_team and by.id == action.owner_id:
        raise Refused("own_work", OWN_WORK)
    return allowed[0]


def reads_action(actor: Actor, person: Person, topic: int) -> bool:
    """Whether this actor opens an action of this person with an account of their own. Who doesn't gets a link."""
    with context.as_engine():
        opened = OpenTopics.objects.filter(actor_id=actor.pk, person_id=person.pk, topics__contains=[topic], to_at=None)
        if opened.exists():
            return True
        roles = [role for role, reach in REACH.items() if reach.reach == "area" and topic in reach.topics]
        held = RoleHeld.objects.filter(actor=actor, area_id=person.icb_id, role__in=roles, to_date=None)
        return held.exists()


def is_closed(person: Person, topic: int) -> bool:
    """Whether nothing of this may be told outside: no agreement, a restricted record, or a topic that is left out."""
    return person.guard != Guard.ORDINARY or bool(person.closed_topics >> topic & 1)


def is_link_open(action: Action) -> bool:
    """Nobody is asked by a link about somebody who has died: a worker of the team tells them."""
    return action.by_link and action.person.died_on is None and not is_closed(action.person, action.topic)
