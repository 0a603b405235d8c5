"""Every row of the table of time limits of the policy reference (section 16), and the rules we add."""

from .added import ADDED
from .guarding import GUARDING
from .hospital import HOSPITAL
from .identity import IDENTITY
from .letterbox import LETTERBOX
from .register import REGISTER
from .reviews import REVIEWS
from .service import SERVICE
from .transition import TRANSITION

NATIONAL = REVIEWS + HOSPITAL + REGISTER + TRANSITION + SERVICE + ADDED + GUARDING + IDENTITY + LETTERBOX
