"""The letter about the end of keyworking, with pictures: the same as in words, in short sentences, tagged on paper."""

import io

import pikepdf

from alongside.features.keyworking.stepping_down.letter import easy_letter_of
from alongside.features.keyworking.stepping_down.queries import newest_ending
from alongside.features.keyworking.stepping_down.tests.conftest import ends, signed_in
from alongside.features.people.models import Person
from alongside.features.plans.tests.test_on_paper import elements, texts_without_tag
from alongside.policy.reading_age import reading_age
from tests.cast import Area, acting_as


def test_the_letter_with_pictures_says_the_same_in_short_sentences(northmoor: Area, kai: Person) -> None:
    ends(
        northmoor, kai, who_stays="Dr Lee, GP\nThe youth club", warning_signs="You stop eating", come_back="Tell Jo.",
        lead_reach="01632 960140", peer="matched", peer_name="Jade",
    )  # fmt: skip
    with acting_as(northmoor.actors["manager"]):
        letter = easy_letter_of(newest_ending(kai), called="Kai", contact=None)
    sentences = [point.sentence for point in letter.easy]
    for said in ("Jo Lamb helps you now. They work at Northmoor School.", "Dr Lee, GP", "The youth club", "Tell Jo.",
                 "You stop eating", "Jade is your peer mentor. You can talk with them."):  # fmt: skip
        assert said in sentences, said
    assert all(point.picture.startswith("<svg") and point.picture_words for point in letter.easy)
    assert "goals" not in str(letter).lower(), "why it ended is talked about"
    ours = [one for one in sentences if one not in ("Dr Lee, GP", "The youth club", "Tell Jo.", "You stop eating")]
    assert reading_age(ours) <= 9, reading_age(ours)
    for asked, name in (("?pictures=yes", "what-happens-now-pictures.pdf"), ("", "what-happens-now.pdf")):
        answer = signed_in(northmoor.actors["manager"]).get(f"/people/{kai.reference}/stepping-down/letter{asked}")
        assert answer.content.startswith(b"%PDF") and name in answer["Content-Disposition"]
    with pikepdf.open(io.BytesIO(easy_pdf(northmoor, kai))) as found:
        pictures = [one for one in elements(found.Root.StructTreeRoot) if str(one["/S"]) == "/Figure"]
        assert found.Root.MarkInfo.Marked and len(pictures) == len(sentences) and all("/Alt" in one for one in pictures)
        assert list(texts_without_tag(found)) == []


def easy_pdf(area: Area, kai: Person) -> bytes:
    answer = signed_in(area.actors["manager"]).get(f"/people/{kai.reference}/stepping-down/letter?pictures=yes")
    return bytes(answer.content)
