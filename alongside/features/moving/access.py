"""Who sees moves, who begins one, and who decides."""

from alongside.foundation.access.roles import Role

#: Those who run the register or the keyworking service: they offer, accept, and write acceptances down.
DECIDES = (Role.COORDINATOR, Role.MANAGER)
#: Those who work with the person: they tell of a move, ask, and write down what followed.
WORKS = (*DECIDES, Role.KEYWORKER)
