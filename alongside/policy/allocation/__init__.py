"""Who walks alongside whom: caseload in points, what fits whom, and the best joint plan. Suggests; a person decides."""

from .caseload import (
    CASELOAD_ROWS,
    NATIONAL_CASELOAD,
    CaseloadRule,
    CaseloadRules,
    Limits,
    check_local_caseload,
    in_points,
    limits_of,
)
from .matching import Fit, Keyworker, Need, best_fits, fit_of
from .overruling import Cost, cost_of
from .proposing import Plan, propose
from .words import COURSES, SKILLS, needs_of

__all__ = [
    "CASELOAD_ROWS",
    "COURSES",
    "NATIONAL_CASELOAD",
    "SKILLS",
    "CaseloadRule",
    "CaseloadRules",
    "Cost",
    "Fit",
    "Keyworker",
    "Limits",
    "Need",
    "Plan",
    "best_fits",
    "check_local_caseload",
    "cost_of",
    "fit_of",
    "in_points",
    "limits_of",
    "needs_of",
    "propose",
]
