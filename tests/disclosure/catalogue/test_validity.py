"""有效性: amended, repealed, lapsed, found to hold after all; successors that never make a ring."""

from datetime import date, timedelta
from itertools import product

import pytest

from disclosure.enums.catalogue import Validity
from disclosure.models import CatalogueEntry, Category
from disclosure.operations import entries, validity
from disclosure.workflow.catalogue import VALIDITY
from portal import clock
from portal.models import AuditEntry
from portal.workflow import NotAllowed, Refused, TooLate
from tests.disclosure.catalogue import kit

DAY = date(2026, 6, 1)


@pytest.fixture
def change(house):
    def make(entry, verb="repeal", *, by=None, note="不再适用", on=DAY, **more):
        return validity.change(entry, verb, on=on, note=note, by=by or house.world.collector, **more)

    return make


def test_a_repealed_document_says_when_why_and_what_came_instead(house, catalogued, change):
    old, new = catalogued(title="旧规定"), catalogued(title="新规定")
    old = change(old, successor=new)
    assert (old.validity, old.validity_on, old.validity_note, old.successor) == (
        Validity.REPEALED, DAY, "不再适用", new,
    )  # fmt: skip
    line = old.changes.get()
    assert (line.validity, line.on, line.note, line.successor, line.by) == (
        Validity.REPEALED, DAY, "不再适用", new, house.world.collector,
    )  # fmt: skip
    assert (
        AuditEntry.objects.get(verb="repeal").note == f"自 2026-06-01：不再适用；由 {new.index_number} 替代"
    )


@pytest.mark.parametrize(("state", "verb"), list(product(Validity, VALIDITY.transitions)))
def test_every_move_is_open_where_the_table_says_and_nowhere_else(catalogued, change, state, verb):
    entry = catalogued()
    CatalogueEntry.objects.filter(pk=entry.pk).update(validity=state)
    if state in VALIDITY[verb].sources:
        assert change(entry, verb).validity == VALIDITY[verb].target
    else:
        with pytest.raises(TooLate):
            change(entry, verb)


@pytest.mark.parametrize("name", ["head_person", "signer", "inspector", "auditor", "staff"])
def test_the_office_alone_changes_it(house, catalogued, change, name):
    with pytest.raises(NotAllowed):
        change(catalogued(), by=getattr(house.world, name))


def test_a_responsible_department_does_not_change_it(house, catalogued, change):
    with pytest.raises(NotAllowed):
        change(catalogued(), by=house.clerk)


def test_a_reason_is_needed(catalogued, change):
    with pytest.raises(Refused) as refused:
        change(catalogued(), note=" ")
    assert refused.value.field == "note"


@pytest.mark.parametrize("on", [kit.MADE - timedelta(days=1), date(2099, 1, 1)])
def test_the_day_lies_between_its_making_and_today(catalogued, change, on):
    with pytest.raises(Refused) as refused:
        change(catalogued(), on=on)
    assert refused.value.field == "on"


def test_nothing_follows_itself(catalogued, change):
    entry = catalogued()
    with pytest.raises(Refused) as refused:
        change(entry, successor=entry)
    assert (refused.value.field, refused.value.message) == ("successor", "替代文件不能是它自己")


def test_successors_make_no_ring_however_long(catalogued, change):
    first, second, third = (catalogued(title=title) for title in "甲乙丙")
    change(first, successor=second)
    change(second, successor=third)
    with pytest.raises(Refused) as refused:
        change(third, successor=first)
    assert refused.value.field == "successor"
    assert CatalogueEntry.objects.get(pk=third.pk).validity == Validity.IN_FORCE


def test_a_document_of_another_site_is_no_successor(house, catalogued, change):
    office = kit.organ(house.world, house.world.sub)
    category = Category.objects.create(site=house.world.sub, key="qita", name="其他")
    far = entries.register(
        office, kit.facts(house, category=category, issuer=house.world.station, made_on=date(2024, 1, 2)),
        by=house.world.moderator,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        change(catalogued(), successor=far)
    assert refused.value.field == "successor"


def test_what_was_marked_by_mistake_holds_again_without_successor(catalogued, change):
    old, new = catalogued(title="旧"), catalogued(title="新")
    change(old, successor=new)
    restored = change(old, "restore", note="登记错误")
    assert (restored.validity, restored.successor) == (Validity.IN_FORCE, None)
    assert [one.validity for one in restored.changes.all()] == [Validity.REPEALED, Validity.IN_FORCE]


def test_what_ran_out_lapses_by_itself_the_day_after(catalogued):
    gone = catalogued(expires_on=date(2026, 3, 31))
    stays = catalogued(title="今天到期", expires_on=clock.today())
    assert [validity.lapse_expired(), validity.lapse_expired()] == [1, 0]
    gone.refresh_from_db()
    stays.refresh_from_db()
    assert (gone.validity, gone.validity_on, stays.validity) == (
        Validity.LAPSED, date(2026, 4, 1), Validity.IN_FORCE,
    )  # fmt: skip
    assert AuditEntry.objects.get(verb="lapse").actor.staff_number == "system"


def test_an_amended_document_runs_out_too_and_keeps_what_amended_it(catalogued, change):
    old, new = catalogued(title="旧", expires_on=date(2026, 6, 30)), catalogued(title="修改决定")
    change(old, "amend", successor=new)
    validity.lapse_expired()
    old.refresh_from_db()
    assert (old.validity, old.successor) == (Validity.LAPSED, new)
