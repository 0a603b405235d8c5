"""Papers and messages of the demonstration: a report, a picture of his own, a letter home, a question to the team."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

from alongside.features.people.documents.operations import add_document, add_own
from alongside.features.people.models import Person
from alongside.foundation.documents.checks import Checked, check_content
from alongside.foundation.documents.letters import Letter, Section, as_pdf
from alongside.foundation.messages.operations import queue_message, queue_notice
from alongside.foundation.messages.ways import Way, email, letter, sms
from alongside.foundation.organisations.models import Team
from alongside.foundation.recording.recording import Notes, recording
from alongside.foundation.topics import Topic
from simulator.replay import acting_as
from simulator.stories.telling import Teller

HOME = ("Dawn Moss", "14 Juniper Road", "Harrowdene", "ZZ4 7QT")


def file_and_post(t: Teller, kai_id: int) -> None:
    """Kai's papers, and what was said to his family and to the teams. One of the addresses is wrong on purpose."""
    icb = t.icbs["DEMO"][0]
    _by(t, "asha", 30, lambda note: _papers(t, note, Person.objects.get(pk=kai_id)))
    _by(t, "asha", 2, lambda note: _letter_home(note, icb))
    _by(t, "helen", 1, lambda note: _question(t, note, icb))


def _by(t: Teller, who: str, days_ago: int, act: Callable[[Notes], None]) -> None:
    with acting_as(t.members[who].id, t.at(days_ago)) as me, recording(by=me, at=t.at(days_ago)) as note:
        act(note)


def _papers(t: Teller, note: Notes, kai: Person) -> None:
    add_document(
        note,
        person=kai,
        topic=Topic.COMMUNICATION,
        kind="report",
        title="Speech and language report",
        checked=_report(t),
    )
    add_own(note, person=kai, about="My train to the sea", checked=_train())


def _report(t: Teller) -> Checked:
    report = Letter(
        title="Speech and language report",
        on=t.day(31),
        sender="Harrowdene Therapy Centre (invented)",
        paragraphs=("Kai was seen twice at school. He talks most while he walks or draws.",),
        sections=(
            Section(
                heading="What helps Kai",
                points=(
                    "Say first what will happen, and who will be there.",
                    "One thing at a time.",
                    "Time to answer.",
                ),
            ),
            Section(heading="What we advise", paragraphs=("Send questions the day before, with a drawing of each.",)),
        ),
    )
    return check_content(as_pdf(report), "speech-and-language.pdf")


def _train() -> Checked:
    drawn = Image.new("RGB", (480, 300), "#d9ecf7")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 230, 480, 300), fill="#3f7fae")
    pen.line((0, 222, 480, 222), fill="#333333", width=6)
    for left, colour in ((40, "#c0392b"), (190, "#e0a030"), (330, "#2e8b57")):
        pen.rounded_rectangle((left, 130, left + 120, 205), 12, fill=colour)
        for wheel in (left + 25, left + 95):
            pen.ellipse((wheel - 14, 196, wheel + 14, 224), fill="#222222")
        pen.rectangle((left + 20, 145, left + 50, 172), fill="#f6f6f6")
        pen.rectangle((left + 70, 145, left + 100, 172), fill="#f6f6f6")
    pen.ellipse((390, 20, 450, 80), fill="#f7c948")
    written = io.BytesIO()
    drawn.save(written, "PNG")
    return check_content(written.getvalue(), "my-train.png")


def _letter_home(note: Notes, icb_id: int) -> None:
    queue_message(
        note,
        icb_id=icb_id,
        kind="letter_home",
        to_name="Dawn Moss",
        subject="What happens next week",
        body="Dear Dawn,\n\nAsha comes on Tuesday at four, for a walk with Kai.\n\nWe sent you the questions for the "
        "meeting, so that you can both look at them before.\n\nAsha Patel",
        ways=(letter(*HOME), sms("07700 900114"), email("dawn.moss@exmple")),
    )


def _question(t: Teller, note: Notes, icb_id: int) -> None:
    way: Way = sms("07700 900114", notice="asked", link="/messages")
    queue_notice(note, icb_id=icb_id, way=way)
    queue_message(
        note,
        icb_id=icb_id,
        kind="question",
        to_team_id=Team.objects.get(icb_id=icb_id, kind="register", closed_on=None).pk,
        subject="Who comes to the meeting on Thursday?",
        body="Hello,\n\nmay I bring the ward manager along on Thursday? She knows the plan for the evenings best.",
        may_answer=True,
    )
    queue_message(
        note,
        icb_id=icb_id,
        kind="question",
        to_actor_id=t.members["asha"].id,
        subject="Thank you for the drawing",
        body="We have put it up where he sees it from his bed.",
    )
