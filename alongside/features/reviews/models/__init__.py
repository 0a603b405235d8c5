"""Reviews: what is stored."""

from alongside.features.reviews.models.experts import Expert, ModuleDone, PanelModule
from alongside.features.reviews.models.held import Review
from alongside.features.reviews.models.holding import CarriedOver, Finding, LineSet, WriteUp
from alongside.features.reviews.models.oversight import OversightCase, OversightPanel, QualityScore
from alongside.features.reviews.models.panel_links import PanelLink, PanelTry
from alongside.features.reviews.models.planned import (
    PanelMember,
    PlannedReview,
    PlannedStep,
    ReviewCheck,
    ReviewInvite,
    ReviewPaper,
)
from alongside.features.reviews.models.reporting import Recipient, ReportFace, ReviewFeedback, ReviewReport

__all__ = [
    "CarriedOver",
    "Expert",
    "Finding",
    "LineSet",
    "ModuleDone",
    "OversightCase",
    "OversightPanel",
    "PanelLink",
    "PanelMember",
    "PanelModule",
    "PanelTry",
    "PlannedReview",
    "PlannedStep",
    "QualityScore",
    "Recipient",
    "ReportFace",
    "Review",
    "ReviewCheck",
    "ReviewFeedback",
    "ReviewInvite",
    "ReviewPaper",
    "ReviewReport",
    "WriteUp",
]
