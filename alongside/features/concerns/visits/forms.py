"""What is asked about a visit to where somebody lives, and what follows from one."""

from typing import Any

from alongside.features.actions.forms import OwnerForm
from alongside.features.concerns.models import QualityVisit
from alongside.features.concerns.pages import A_DATE
from alongside.foundation.nhsuk.forms import DateField, OnceForm, RadiosField, TextareaField, TextField


class VisitForm(OnceForm):
    """Who went, whether they saw the young person alone, the place, and how they are treated."""

    folds = {"More: the family, and the next visit": ("family_spoken", "again_on", "family_words")}
    place = TextField("Where do they live?", subject="The place", most=200)
    visited_on = DateField("When was the visit?", subject="The day", hint=A_DATE, not_after_today=True)
    visitors = TextField("Who went?", hint="Names, and what they do", subject="Who went", most=300)
    announced = RadiosField(
        "Did the place know of it before?", choices=QualityVisit.Announced.choices, missing="Select whether they knew"
    )
    seen_alone = RadiosField(
        "Did somebody see the young person alone?",
        choices=QualityVisit.SeenAlone.choices,
        reveals={QualityVisit.SeenAlone.NO: "not_alone_because"},
        missing="Select whether they were seen alone",
    )
    not_alone_because = TextField("Why not?", most=300, required=False, marked=False)
    they_say = TextareaField(
        "What do they say?", hint="Their own words, or how they showed it", most=2000, rows=4, required=False
    )
    family_spoken = TextField("Who of the family was asked, and what do they say?", most=500, required=False)
    environment = TextareaField(
        "What is the place like?",
        hint="Room, noise, food, what there is to do",
        subject="What the place is like",
        most=2000,
    )
    health = TextareaField(
        "How are they treated?",
        hint="Medicine, therapy, being held or kept alone, seeing a doctor",
        subject="How they are treated",
        most=2000,
    )
    worries = TextareaField(
        "What worries you?", hint="Raise a concern for it as well", most=2000, rows=3, required=False
    )
    again_on = DateField(
        "When is the next visit?",
        hint="If you leave it empty, the area’s rule says when at the latest",
        subject="The next day",
        required=False,
    )
    family_words = TextareaField(
        "What the family reads of it",
        hint="Plain words on their page. Leave it empty if they should not read of it yet.",
        most=1000,
        rows=3,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("seen_alone") == QualityVisit.SeenAlone.NO and not given.get("not_alone_because", "").strip():
            self.add_error("not_alone_because", "Write why they weren’t seen alone")
        return given


class FollowUpForm(OwnerForm):
    """What somebody does after a visit, or because of a concern."""

    what = TextField("What will be done?", subject="What will be done", most=500)
    due_on = DateField("By which day?", subject="The day", hint=A_DATE)
    how_known = TextField("How will we know?", most=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["what", "due_on", "how_known"])
