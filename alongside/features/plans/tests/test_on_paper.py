"""The plan on paper is read by a screen reader too: every face is tagged, named, in a language, with its pictures."""

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest

from alongside.features.people.models import Person
from alongside.features.plans.cards import as_pdf_of, card_text
from alongside.features.plans.models import PlanPart, PlanVersion
from alongside.features.plans.queries import Card
from alongside.features.plans.tests.conftest import CRISIS, send, share, signed_in, write
from alongside.features.plans.text import NOT_WRITTEN
from alongside.policy.plans import CARD
from tests.cast import NOW, Area


def texts_without_tag(found: pikepdf.Pdf) -> Iterator[str]:
    """What is drawn as text outside everything that is marked: a screen reader would never say it."""
    for page in found.pages:
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += (name in ("BDC", "BMC")) - (name == "EMC")
            if name in ("Tj", "TJ", "'", '"') and depth == 0:
                yield f"page {page.index + 1}: {operands}"


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element of the structure, from the root down."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def paper(area: Area, person: Person, face: str) -> pikepdf.Pdf:
    answer = signed_in(area.actors["keyworker"]).get(f"/people/{person.reference}/plan/pdf?face={face}")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    return pikepdf.open(io.BytesIO(answer.content))


@pytest.mark.parametrize("face", ["full", "plain", "easy"])
def test_every_face_on_paper_is_tagged(northmoor: Area, kai: Person, shared: PlanVersion, face: str) -> None:
    with paper(northmoor, kai, face) as found:
        assert found.Root.MarkInfo.Marked and str(found.Root.Lang) == "en-GB"
        assert found.Root.ViewerPreferences.DisplayDocTitle
        with found.open_metadata() as about:
            assert about["pdfuaid:part"] == "1" and "The plan of Kai" in str(about["dc:title"])
        kinds = [str(one["/S"]) for one in elements(found.Root.StructTreeRoot)]
        assert {"/H1", "/P"} <= set(kinds)
        assert list(texts_without_tag(found)) == []


def test_each_picture_says_what_it_shows(northmoor: Area, kai: Person, shared: PlanVersion) -> None:
    with paper(northmoor, kai, "easy") as found:
        pictures = [one for one in elements(found.Root.StructTreeRoot) if str(one["/S"]) == "/Figure"]
        assert [str(one["/Alt"]) for one in pictures] == ["A home"]


@pytest.fixture
def in_turns(northmoor: Area, kai: Person) -> PlanVersion:
    """Parts with pictures and without, in turns; one line has no picture."""
    write(northmoor, kai, "story", "He lives with his mum.", easy=[["asking/home", "I live with my mum."]])
    write(northmoor, kai, "matters", "The dog. The dog is called Bo.")
    write(northmoor, kai, "helps", "A walk.", easy=[["plans/walk", "A walk helps me."], ["", "So does my gran."]])
    write(northmoor, kai, "crisis", CRISIS)
    send(northmoor, kai)
    return share(northmoor, kai)


IN_TURNS = [
    "Kai’s story",
    "I live with my mum.",
    "What matters to Kai",
    "The dog. The dog is called Bo.",
    "What helps Kai",
    "A walk helps me.",
    "So does my gran.",
    "In a crisis",
    "Turn the lights down.",
]


def test_easy_read_on_paper_has_each_part_below_its_heading_in_the_order_of_the_plan(
    northmoor: Area, kai: Person, in_turns: PlanVersion
) -> None:
    answer = signed_in(northmoor.actors["keyworker"]).get(f"/people/{kai.reference}/plan/pdf?face=easy")
    pages = pypdfium2.PdfDocument(answer.content)
    read = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    found = [read.find(words) for words in IN_TURNS]
    assert -1 not in found and found == sorted(found), read
    assert "Kai’s story:" not in read
    assert read.count(NOT_WRITTEN["easy"].split(".")[0]) == 2, "where there are no pictures it says so"


def test_a_screen_reader_finds_the_pictures_below_the_heading_of_their_part(
    northmoor: Area, kai: Person, in_turns: PlanVersion
) -> None:
    with paper(northmoor, kai, "easy") as found:
        kinds = [(str(one["/S"]), str(one.get("/Alt", ""))) for one in elements(found.Root.StructTreeRoot)]
        assert list(texts_without_tag(found)) == []
    told = [(kind, alt) for kind, alt in kinds if kind in ("/H2", "/Figure")]
    heading = ("/H2", "")
    assert told == [heading, ("/Figure", "A home"), heading, heading, ("/Figure", "A walk outside"), heading]


def test_text_that_nobody_tagged_is_found(northmoor: Area, kai: Person, shared: PlanVersion) -> None:
    with paper(northmoor, kai, "full") as found:
        page = found.pages[0]
        page.contents_add(found.make_stream(b"BT (unsaid) Tj ET"))
        assert len(list(texts_without_tag(found))) == 1


def test_each_card_has_a_page_of_its_own_and_says_first_what_to_do(kai: Person) -> None:
    kinds = ("helps", "early_signs", "crisis")
    parts = tuple(PlanPart(kind=kind, words=f"Words of {kind}.") for kind in kinds)
    card = Card(person=kai, parts=parts, on=NOW.date(), talk=(), ring=(("Asha Patel", "Keyworker", "", ""),))
    pdf = pypdfium2.PdfDocument(as_pdf_of([card_text(card)] * 3, on=NOW.date(), sender="Northmoor ICB"))
    pages = [page.get_textpage().get_text_range() for page in pdf]
    assert len(pages) == 3
    wanted = ("Kai Moss", *(f"Words of {kind}" for kind in CARD), "Ring: Asha Patel")
    for page in pages:
        found = [page.index(words) for words in wanted]
        assert found == sorted(found) and page.count("Kai Moss") == 1
