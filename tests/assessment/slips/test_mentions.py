"""通报表扬与通报批评: proposed or entered, confirmed or struck out with a reason; only what is confirmed is public."""

import uuid

import pytest

from assessment.enums.slips import MentionKind, MentionState
from assessment.models import Mention
from assessment.operations import mentions as operations
from assessment.operations.mentions import Entry
from assessment.queries.conditions import condition, conditions
from portal.models import Notice
from portal.workflow import NotAllowed, Refused, TooLate

PUBLIC = "/scoreboard/mentions/"


@pytest.fixture
def entry(slips):
    def make(**fields) -> Entry:
        met = condition("sjz-27-2")
        usual = {
            "kind": met.kind,
            "unit": slips.section,
            "rule": met.text,
            "clause": met.full_clause,
            "facts": "报道三篇",
        }
        return Entry(**usual | fields)

    return make


def test_the_regulations_conditions_are_data():
    found = conditions()
    assert [sum(one.kind == kind for one in found) for kind in MentionKind] == [5, 9]
    assert condition("cs-13-3").full_clause == "常山县财政地税局门户网站管理办法（十三）第3项"
    assert condition("nothing") is None


def test_only_what_is_confirmed_is_public(slips, entry, client):
    mention = operations.enter(entry(), by=slips.chief_inspector, key=uuid.uuid4())
    assert "报道三篇" not in client.get(PUBLIC).content.decode()
    operations.confirm(mention, by=slips.chief_inspector)
    page = client.get(f"{PUBLIC}?kind=PRAISE").content.decode()
    assert "报道三篇" in page
    assert "抓住社会焦点、热点问题" in page
    assert "报道三篇" not in client.get(f"{PUBLIC}?kind=CRITICISM").content.decode()
    assert Notice.objects.get(recipient=slips.head_person).title == "办公室已列入通报表扬名单"
    mention = operations.strike(mention, by=slips.chief_inspector, note="事实有出入")
    assert (mention.state, mention.reason) == (MentionState.STRUCK, "事实有出入")
    assert "报道三篇" not in client.get(PUBLIC).content.decode()


def test_nobody_decides_about_their_own_unit_or_without_a_reason(slips, entry):
    with pytest.raises(NotAllowed, match="本单位"):
        operations.enter(entry(), by=slips.inspector, key=uuid.uuid4())
    mention = operations.enter(entry(), by=slips.chief_inspector, key=uuid.uuid4())
    with pytest.raises(NotAllowed, match="检查权限"):
        operations.confirm(mention, by=slips.moderator)
    with pytest.raises(Refused, match="理由"):
        operations.strike(mention, by=slips.chief_inspector, note="")
    operations.confirm(mention, by=slips.chief_inspector)
    with pytest.raises(TooLate):
        operations.confirm(mention, by=slips.chief_inspector)


def test_pressed_twice_it_is_entered_once(slips, entry):
    key = uuid.uuid4()
    first = operations.enter(entry(), by=slips.chief_inspector, key=key)
    assert operations.enter(entry(), by=slips.chief_inspector, key=key) == first
    assert Mention.objects.count() == 1


def test_a_person_belongs_to_the_unit(slips, entry):
    with pytest.raises(Refused, match="不在办公室"):
        operations.enter(entry(person=slips.deputy), by=slips.chief_inspector, key=uuid.uuid4())
    mention = operations.enter(entry(person=slips.collector), by=slips.chief_inspector, key=uuid.uuid4())
    assert mention.person == slips.collector


def test_the_public_list_costs_the_same_for_one_and_thirty(
    slips, entry, client, django_assert_max_num_queries
):
    for number in (1, 30):
        for _ in range(number):
            mention = operations.enter(entry(), by=slips.chief_inspector, key=uuid.uuid4())
            operations.confirm(mention, by=slips.chief_inspector)
        with django_assert_max_num_queries(8):
            client.get(PUBLIC)
