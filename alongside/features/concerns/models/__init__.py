"""Concerns, visits, disputes, money and notices on placements: what is stored."""

from alongside.features.concerns.models.concerns import Concern, ConcernStep, CouncilNumber
from alongside.features.concerns.models.disputes import Dispute, DisputeStep
from alongside.features.concerns.models.followed import Followed, Step
from alongside.features.concerns.models.funding import Funding, FundingPart, FundingStep
from alongside.features.concerns.models.placements import NoticeStep, PlacementNotice, PlacementSearch
from alongside.features.concerns.models.visits import Incident, QualityVisit

__all__ = [
    "Concern",
    "ConcernStep",
    "CouncilNumber",
    "Dispute",
    "DisputeStep",
    "Followed",
    "Funding",
    "FundingPart",
    "FundingStep",
    "Incident",
    "NoticeStep",
    "PlacementNotice",
    "PlacementSearch",
    "QualityVisit",
    "Step",
]
