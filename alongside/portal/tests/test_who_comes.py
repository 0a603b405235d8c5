"""Before somebody else becomes their worker, a family reads who it is and sees their picture."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.features.keyworking.handing_over.operations import (
    agree_hand_over,
    begin_hand_over,
    choose_taker,
    give_rest,
)
from alongside.features.keyworking.handing_over.photos import set_photo
from alongside.features.keyworking.handing_over.telling import tell_family
from alongside.features.keyworking.models import HandOverLine
from alongside.features.keyworking.tests.conftest import hire
from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.documents.checks import check_upload
from alongside.foundation.documents.tests import made
from alongside.foundation.recording.recording import recording
from alongside.portal.tests.conftest import text_of
from tests.cast import Area, acting_as


def test_the_family_reads_who_comes_and_sees_their_picture_before_the_day(
    with_asha: Area, kai: Person, kai_himself: Client
) -> None:
    ben, now = hire(with_asha, "Ben Okafor"), clock.now()
    manager, asha = with_asha.actors["manager"], with_asha.actors["keyworker"]
    picture = check_upload(SimpleUploadedFile("ben.png", made.picture(), "image/png"))
    with acting_as(manager, now) as me, recording(by=me, at=now) as note:
        set_photo(note, icb=with_asha.icb, worker=ben, checked=picture)
        day = now.date() + timedelta(days=7)
        hand_over = begin_hand_over(note, icb=with_asha.icb, worker=asha, reason="leaving", from_date=day)
        line = HandOverLine.objects.select_related("hand_over", "person").get()
        choose_taker(note, by=me, line=line, taker_id=ben.pk)
        tell_family(note, line=line, how="message")
        give_rest(note, hand_over=hand_over, to=ben)
        agree_hand_over(note, by=me, hand_over=hand_over)
    base = f"/mine/{kai.reference}"
    assert "Who helps you" in text_of(kai_himself, f"{base}/letters")
    home = text_of(kai_himself, base)
    assert asha.name in home and "Ben Okafor</strong> will be your worker soon." in home
    shown = kai_himself.get(f"{base}/worker/{ben.pk}")
    assert shown.status_code == 200 and shown["Content-Type"] == "image/png"
    assert kai_himself.get(f"{base}/worker/{asha.pk}").status_code == 404, "there is none of her"
    assert kai_himself.get(f"{base}/worker/{manager.pk}").status_code == 404, "they do not work with Kai"
