"""Every row of the table of time limits of the policy reference (section 16), and the rules we add."""

from .actions import ACTIONS
from .added import ADDED
from .agreement import AGREEMENT
from .area_moves import AREA_MOVES
from .concerns import CONCERNS
from .contacts import CONTACTS
from .discharging import DISCHARGING
from .emergency import EMERGENCY
from .escalating import ESCALATING
from .guarding import GUARDING
from .held_reviews import HELD_REVIEWS
from .hospital import HOSPITAL
from .identity import IDENTITY
from .inpatient import INPATIENT
from .keyworking import KEYWORKING
from .letterbox import LETTERBOX
from .meetings import MEETINGS
from .news import NEWS
from .notices import NOTICES
from .planned_reviews import PLANNED_REVIEWS
from .plans import PLANS
from .register import REGISTER
from .reviews import REVIEWS
from .schools import SCHOOLS
from .service import SERVICE
from .sharing import SHARING
from .stepping_down import STEPPING_DOWN
from .transition import TRANSITION

NATIONAL = (
    REVIEWS
    + HOSPITAL
    + REGISTER
    + TRANSITION
    + SERVICE
    + ADDED
    + GUARDING
    + IDENTITY
    + LETTERBOX
    + SCHOOLS
    + NEWS
    + NOTICES
    + SHARING
    + PLANS
    + ACTIONS
    + AGREEMENT
    + KEYWORKING
    + CONTACTS
    + MEETINGS
    + STEPPING_DOWN
    + PLANNED_REVIEWS
    + INPATIENT
    + HELD_REVIEWS
    + DISCHARGING
    + EMERGENCY
    + CONCERNS
    + AREA_MOVES
    + ESCALATING
)
