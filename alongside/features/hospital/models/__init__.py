"""Time in hospital and in other places: what is stored."""

from alongside.features.hospital.models.discharging import (
    DischargeCondition,
    DischargeDate,
    DischargeMeeting,
    DischargePlan,
    HeadingMark,
    Leaving,
    LeftUndone,
    LookBack,
    ReadyPeriod,
)
from alongside.features.hospital.models.inpatient import (
    AdmissionKnown,
    AdmissionRecord,
    Known,
    OversightVisit,
    SafetyExtension,
    Segregation,
    SegregationLook,
    StayIncident,
    StayLeave,
    StayNotice,
    UnitRating,
    WardStay,
    WardType,
)
from alongside.features.hospital.models.root_cause import RootCause
from alongside.features.hospital.models.stays import LegalStatus, Stay

__all__ = [
    "AdmissionKnown",
    "AdmissionRecord",
    "DischargeCondition",
    "DischargeDate",
    "DischargeMeeting",
    "DischargePlan",
    "HeadingMark",
    "Known",
    "Leaving",
    "LeftUndone",
    "LegalStatus",
    "LookBack",
    "OversightVisit",
    "ReadyPeriod",
    "RootCause",
    "SafetyExtension",
    "Segregation",
    "SegregationLook",
    "Stay",
    "StayIncident",
    "StayLeave",
    "StayNotice",
    "UnitRating",
    "WardStay",
    "WardType",
]
