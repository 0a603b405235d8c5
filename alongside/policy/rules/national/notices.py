"""Rules about what a ward or an A&E department tells us. No national document sets these times: each is a default."""

from .making import rule

NOTICES = (
    rule(
        None,
        "notice_opened",
        "A ward's notice of an admission is opened",
        "1 working day",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        "notices and alerts",
        note="Nobody takes it by then: it stays on top, and the manager of the service is told.",
    ),
    rule(
        None,
        "alert_opened",
        "An alert from A&E is opened",
        "4 hours",
        "hours",
        "PROPOSAL",
        "P",
        "default",
        "notices and alerts",
        note="Counted at night and at weekends too. Afterwards as for a ward's notice.",
    ),
    rule(
        None,
        "notice_settled",
        "Who a notice is about is decided, and whoever sent it is rung back",
        "2 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        "notices and alerts",
    ),
    rule(
        None,
        "link_renewed",
        "An organisation's link is renewed before it ends",
        "14 days",
        "before",
        "PROPOSAL",
        "P",
        "default",
        "organisations with a link",
        note="A ward whose link has ended can tell us nothing by it.",
    ),
)
