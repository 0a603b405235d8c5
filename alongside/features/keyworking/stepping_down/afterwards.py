"""One question after keyworking ended, at three and six months: by a link that takes one answer and opens nothing else.

Sent only where they said yes to it and a number or e-mail is known. No casework follows from it: whoever would like to
talk is on the register's list again, as anybody who asks (policy reference 4.6).
"""

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from alongside.features.keyworking.models import AfterQuestion, Ending
from alongside.features.keyworking.stepping_down import text
from alongside.features.keyworking.stepping_down.queries import may_be_asked
from alongside.features.people.operations import correct_fact, record_fact
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.messages.operations import queue_notice
from alongside.foundation.messages.ways import email, sms
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import months_after
from alongside.policy.stepping_down import NOT_ASKED

#: Local default: no national figure was found.
OPENS_FOR = timedelta(days=28)
QUESTIONS = (1, 2)
#: So many months after keyworking ended a question may be sent; when it is due says the rule.
AFTER = {1: 3, 2: 6}
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def send_question(note: Notes, *, ending: Ending, number: int) -> str:
    """Makes the link and sends it. The token is not kept; it is given back for tests.

    Raises NotNow without a yes, without a way to reach them, or when this one was sent before.
    """
    if ending.reason in NOT_ASKED or not may_be_asked(ending.person):
        raise NotNow("no_yes", text.NO_YES)
    reach = ending.ask_reach
    if not reach:
        raise NotNow("no_reach", text.NO_REACH)
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            record_fact(
                note,
                AfterQuestion,
                person=ending.person,
                topic=Topic.KEYWORKING,
                words="One question was sent, after keyworking had ended.",
                code="afterwards.asked",
                ending=ending,
                number=number,
                token_digest=hashlib.sha256(token.encode()).digest(),
                expires_at=note.at + OPENS_FOR,
            )
    except IntegrityError as clash:
        raise NotNow("asked", text.ASKED_ALREADY) from clash
    link = f"/after/{token}"
    way = email(reach, notice="answer_once", link=link) if "@" in reach else sms(reach, notice="answer_once", link=link)
    queue_notice(note, icb_id=ending.person.icb_id, way=way)
    return token


def correct_reach(note: Notes, *, ending: Ending, reach: str) -> Ending:
    """Where the question goes was mistyped: it goes there from now on, and what stood before is kept.

    One that was sent to the wrong place and has no answer yet is sent again; the link there opens nothing any more.
    Raises NotNow where nothing is new, or somebody changed it meanwhile.
    """
    fresh = Ending.objects.select_for_update(of=("self",)).select_related("person").get(pk=ending.pk)
    if Ending.objects.filter(supersedes=fresh).exists():
        raise NotNow("stale", text.STALE)
    if fresh.ask_reach == reach:
        raise NotNow("same", text.NOT_NEW)
    made = correct_fact(note, fresh, words="Where one question afterwards goes was corrected.", ask_reach=reach)
    with context.as_engine():
        sent = AfterQuestion.objects.filter(ending__allocation=fresh.allocation_id, answered_at=None)
        still_open = sent.filter(expires_at__gt=note.at)
        numbers = sorted(set(still_open.values_list("number", flat=True)))
        still_open.update(expires_at=note.at)
    for number in numbers:
        send_question(note, ending=made, number=number)
    return made


def next_question(ending: Ending, sent: Sequence[AfterQuestion], today: date) -> int:
    """Which question may be sent now; 0 for none. The second is sent also where the first never was."""
    numbers = {one.number for one in sent}
    due = [number for number in QUESTIONS if months_after(ending.ended_on, AFTER[number]) <= today]
    return due[-1] if due and due[-1] not in numbers else 0


def find_question(token: str, at: datetime) -> AfterQuestion | None:
    """The question while its link opens. Too old, answered, or said no to meanwhile: nothing."""
    if not _TOKEN.fullmatch(token):
        return None
    with context.asking_with(token):
        found = AfterQuestion.objects.filter(token_digest=hashlib.sha256(token.encode()).digest()).first()
    if found is None or found.answered_at or found.expires_at <= at:
        return None
    with context.as_engine():
        question = AfterQuestion.objects.select_related("person__icb", "ending").get(pk=found.pk)
        stands = question.person.died_on is None and may_be_asked(question.person)
    return question if stands else None


def answer_question(note: Notes, *, question: AfterQuestion, answer: str) -> None:
    """It takes one answer. Raises NotNow when somebody was quicker with it."""
    with context.as_engine():
        mine = AfterQuestion.objects.filter(pk=question.pk, answered_at=None)
        if not mine.update(answer=answer, answered_at=note.at):
            raise NotNow("link_used", "This was answered already with the same link. Nothing was done twice.")
    words = "After keyworking: they are fine." if answer == "fine" else "After keyworking: they would like to talk."
    note.of("afterwards.answered", question, words=words)
