"""Who raises and follows escalations, who decides, who names officers."""

from alongside.features.actions.access import writes_on
from alongside.features.escalation.lifecycle import OFFICER, TEAM, may_take
from alongside.features.escalation.models import Escalation, EscalationStep
from alongside.features.people.models import Guard, Person
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor

PARTNERS = (Role.PARTNER_HEALTH, Role.PARTNER_EDUCATION, Role.PARTNER_SOCIAL_CARE)
#: Who raises, and follows what was raised.
FOLLOWS = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)
READS = (*FOLLOWS, *PARTNERS)
#: Who decides for the area at level 1, writes down what an officer said, and sees everything that is open.
OVERSEES = (Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)
NAMES_OFFICERS = (Role.MANAGER, Role.COORDINATOR)
COUNTS = (*OVERSEES, Role.SENIOR_OFFICER)

_K = EscalationStep.Kind
#: What somebody of the team who does not oversee writes down only where the officer has no account here.
_OF_THE_OFFICER = (_K.DECIDED, _K.RETURNED, _K.PASSED_UP, _K.PAUSED, _K.RESUMED)


def check_may_raise(me: Me, person: Person, topic: int) -> None:
    if not writes_on(me, person, topic):
        raise Refused("may_not_raise", "You may read about this and not write on it. Ask their keyworker.")


def whose_step(by: Me | Actor, escalation: Escalation, asked: int | None) -> tuple[str, ...]:
    """As what somebody comes to it: whoever is asked now, the team that follows it. Nothing for others."""
    number = by.pk if isinstance(by, Actor) else by.id
    officer = (OFFICER,) if asked is not None and asked == number else ()
    if isinstance(by, Actor) or by.is_family:
        return officer
    return (*officer, TEAM) if writes_on(by, escalation.person, escalation.topic) else officer


def check_may_take(by: Me | Actor, escalation: Escalation, kind: str, asked: int | None, opens: bool) -> str:
    """As what they take this step. asked: the actor it is put to now; opens: who has an account for it here.

    Raises Refused where it isn't theirs.
    """
    for whose in whose_step(by, escalation, asked):
        if is_theirs(whose, by, escalation, kind, opens):
            return whose
    raise Refused("not_yours", "This step is not yours. It is put to somebody else, or only a manager writes it down.")


def is_theirs(whose: str, by: Me | Actor, escalation: Escalation, kind: str, opens: bool) -> bool:
    """Whether a step is theirs who come to it as this. Asks nothing of the database."""
    return may_take(kind, whose) and (whose == OFFICER or _for_team(by, escalation, kind, opens))


def _for_team(by: Me | Actor, escalation: Escalation, kind: str, opens: bool) -> bool:
    oversees = isinstance(by, Me) and by.holds_in(escalation.person.icb_id, *OVERSEES)
    return kind not in _OF_THE_OFFICER or oversees or not opens


def is_closed(person: Person, topic: int) -> bool:
    """Whether nothing of this may be told: no agreement, a restricted record, or a topic that is left out."""
    return person.guard != Guard.ORDINARY or bool(person.closed_topics >> topic & 1)
