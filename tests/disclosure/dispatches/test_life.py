"""A document is sent, read, signed for by whoever of a unit comes first, urged, withdrawn."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from columns import operations as column_operations
from columns.models import Role
from disclosure.models import Dispatch, Receipt
from disclosure.operations import dispatches as operations
from disclosure.operations import receipts
from disclosure.operations.dispatch_reminders import remind
from disclosure.queries import dispatches as queries
from disclosure.queries.receipt_sheets import summary
from disclosure.rules import dispatches as rules
from portal import clock
from portal.models import AuditEntry, Notice
from portal.workflow import NotAllowed, Refused, TooLate
from tests.disclosure.dispatches.conftest import at, words


def receipt(dispatch, unit) -> Receipt:
    return dispatch.receipts.select_related("unit", "dispatch").get(unit=unit)


def standings(dispatch) -> dict[str, str]:
    return {row.receipt.unit_name: str(row.standing) for row in queries.sheet(dispatch)}


def unread(person) -> list[str]:
    return list(Notice.objects.filter(recipient=person, read_at=None).values_list("title", flat=True))


def test_sending_tells_the_people_of_the_units_and_nobody_else(office, sent):
    sent()
    assert unread(office.north) == ["请签收公文：关于做好年底前信息报送工作的通知"]
    assert unread(office.other) == unread(office.law) == unread(office.north)
    assert unread(office.clerk) == []


def test_a_draft_is_seen_by_nobody_it_is_addressed_to(office, draft):
    found = draft()
    assert list(queries.inbox(office.north)) == []
    assert (rules.may_see(office.north, found), rules.may_see(office.clerk, found)) == (False, True)
    assert not rules.may_see(office.inspector, found)


def test_the_office_and_whoever_publishes_send_and_nobody_else(office, draft):
    for person in (office.clerk, office.moderator):
        assert operations.draft(office.main, words(office), by=person).drafted_by == person
    for person in (office.north, office.collector, office.signer, office.inspector, office.granter):
        with pytest.raises(NotAllowed, match="只有发文人员可以保存"):
            operations.draft(office.main, words(office), by=person)
    found = draft()
    with pytest.raises(NotAllowed, match="只有发文人员可以发送"):
        operations.send(found, by=office.north, version=found.version)


def test_units_are_picked_in_groups_and_none_twice(office):
    def picked(**asked):
        usual = {"everyone": False, "kinds": (), "under": (), "units": ()}
        return queries.picked(office.main, office.section.pk, **usual | asked)

    stations = {office.station.pk, office.south_station.pk}
    assert picked(everyone=True) == stations | {office.law_section.pk}
    assert picked(kinds=["OFFICE"], units=[office.station.pk]) == stations
    assert picked(under=[office.bureau.pk]) == stations | {office.law_section.pk}
    assert picked(units=[office.section.pk]) == {office.section.pk}
    office.south_station.is_active = False
    office.south_station.save()
    assert picked(kinds=["OFFICE"]) == {office.station.pk}


def test_saving_again_changes_the_units_and_keeps_what_stays(office, draft):
    found = draft()
    kept = receipt(found, office.station).pk
    found = operations.save(found, words(office, [office.station]), by=office.clerk, version=found.version)
    assert list(found.receipts.values_list("pk", flat=True)) == [kept]
    with pytest.raises(TooLate, match="又被修改过"):
        operations.save(found, words(office), by=office.clerk, version=1)


@pytest.mark.parametrize(
    ("said", "field", "message"),
    [
        ({"sign_by": date(2026, 10, 13)}, "sign_by", "签收期限已经过去"),
        ({"text": " "}, "text", "请写正文"),
        ({"units": set()}, "units", "请至少选一个签收单位"),
    ],
)
def test_what_cannot_be_sent_is_told_at_its_place(office, draft, said, field, message):
    found = draft(**said)
    with pytest.raises(Refused, match=message) as refusal:
        operations.send(found, by=office.clerk, version=found.version)
    assert refusal.value.field == field
    found.refresh_from_db()
    assert found.state == "DRAFT"


def test_a_file_alone_is_enough(office):
    file = SimpleUploadedFile("通知.txt", "内容".encode())
    found = operations.draft(office.main, words(office, text=""), by=office.clerk, files=[file])
    assert operations.send(found, by=office.clerk, version=found.version).state == "SENT"


def test_the_first_signature_counts_and_who_comes_second_is_told_who_did(office, sent):
    found = sent()
    signed = receipts.sign(receipt(found, office.station), by=office.north)
    assert (signed.signed_by, signed.read_by, signed.signed_for) == (office.north, office.north, None)
    with pytest.raises(TooLate, match="北桥工商所已由陈晓东于 2026-10-14 10:00 签收"):
        receipts.sign(receipt(found, office.station), by=office.other)
    assert unread(office.other) == []
    assert unread(office.law) != []
    assert AuditEntry.objects.filter(verb="sign", actor=office.north).count() == 1


def test_nobody_signs_for_another_unit_except_who_acts_for_one_of_it(office, sent):
    found = sent()
    with pytest.raises(NotAllowed, match="只有“北桥工商所”的人员可以签收"):
        receipts.sign(receipt(found, office.station), by=office.law)
    column_operations.appoint(
        office.north, Role.objects.get(key="COLLECTOR"), office.main, by=office.system, reason="测试"
    )
    column_operations.appoint(
        office.south, Role.objects.get(key="COLLECTOR"), office.main, by=office.system, reason="测试"
    )
    column_operations.name_acting(
        office.north,
        office.south,
        starts_on=clock.today(),
        ends_on=date(2026, 10, 30),
        by=office.chief,
        reason="培训",
    )
    signed = receipts.sign(receipt(found, office.station), by=office.south)
    assert (signed.signed_by, signed.signed_for) == (office.south, office.north)
    assert AuditEntry.objects.get(verb="sign").acting_for == office.north


def test_reading_is_kept_once_and_signs_nothing(office, sent):
    found = sent()
    assert receipts.note_read(found, by=office.other) == 1
    with clock.at(at("2026-10-15")):
        assert receipts.note_read(found, by=office.north) == 0
        assert receipts.note_read(found, by=office.clerk) == 0
    assert standings(found) == {"北桥工商所": "read", "南湖工商所": "unread", "法制科": "unread"}
    assert receipt(found, office.station).read_by == office.other


def test_who_has_not_signed_is_seen_at_a_glance(office, sent):
    found = sent()
    receipts.sign(receipt(found, office.station), by=office.north)
    with clock.at(at("2026-10-21")):
        receipts.sign(receipt(found, office.law_section), by=office.law)
        assert list(standings(found).items()) == [
            ("南湖工商所", "late"), ("法制科", "signed_late"), ("北桥工商所", "signed"),
        ]  # fmt: skip
        assert summary(queries.sheet(found)) == "应签收 3 个单位，已签收 2 个（逾期签收 1 个），未签收 1 个"
        rows = queries.in_tab(queries.sent_by_sites(office.clerk), queries.LATE)
        assert [(one.pk, one.signed, one.owed) for one in rows] == [(found.pk, 2, 1)]


def test_a_unit_that_was_closed_owes_no_signature(office, sent):
    found = sent([office.south_station])
    office.south_station.is_active = False
    office.south_station.save()
    with clock.at(at("2026-10-22")):
        assert standings(found) == {"南湖工商所": "closed"}
        assert list(queries.waiting_for(office.south)) == []
        assert not queries.in_tab(queries.sent_by_sites(office.clerk), queries.LATE).exists()
        assert remind() == 0
    with pytest.raises(NotAllowed, match="“南湖工商所”已撤并"):
        receipts.sign(receipt(found, office.south_station), by=office.south)


def test_the_inbox_has_what_is_unsigned_first(office, sent):
    first, second, third = sent(title="甲"), sent(title="乙", sign_by=date(2026, 10, 16)), sent(title="丙")
    receipts.sign(receipt(third, office.station), by=office.north)
    assert [one.dispatch for one in queries.inbox(office.north)] == [second, first, third]
    assert [one.dispatch for one in queries.waiting_for(office.north)] == [second, first]


def test_withdrawn_with_a_reason_nobody_signs_any_more(office, sent):
    found = sent()
    with pytest.raises(Refused, match="请写明撤回的理由"):
        operations.withdraw(found, by=office.clerk, note=" ")
    operations.withdraw(found, by=office.clerk, note="文号有误，另行发文")
    with pytest.raises(TooLate, match="已撤回，不用签收"):
        receipts.sign(receipt(found, office.station), by=office.north)
    assert unread(office.north) == ["公文已撤回：关于做好年底前信息报送工作的通知"]
    assert list(queries.waiting_for(office.north)) == []
    with clock.at(at("2026-10-22")):
        assert remind() == 0


def test_reminding_by_hand_reaches_the_unsigned_once_an_hour(office, sent):
    found = sent()
    receipts.sign(receipt(found, office.station), by=office.north)
    assert operations.remind(found, by=office.clerk) == 2
    with pytest.raises(Refused, match="这一小时里已经催过"):
        operations.remind(Dispatch.objects.get(pk=found.pk), by=office.clerk)
    with clock.at(at("2026-10-14", 11)):
        assert operations.remind(Dispatch.objects.get(pk=found.pk), by=office.clerk) == 2
    for unit, person in ((office.south_station, office.south), (office.law_section, office.law)):
        receipts.sign(receipt(found, unit), by=person)
    with pytest.raises(Refused, match="各单位都已签收"):
        operations.remind(Dispatch.objects.get(pk=found.pk), by=office.clerk)


def test_the_sweep_calls_before_the_date_and_each_working_day_after_it(office, sent):
    found = sent()
    receipts.sign(receipt(found, office.station), by=office.north)
    told = []
    for day, hour in (
        ("2026-10-18", 10), ("2026-10-19", 7), ("2026-10-19", 8), ("2026-10-19", 9), ("2026-10-20", 8),
        ("2026-10-21", 8), ("2026-10-21", 15), ("2026-10-22", 8), ("2026-10-24", 8),
    ):  # fmt: skip
        with clock.at(at(day, hour)):
            told.append(remind())
    # quiet on Sunday and before eight, once before the date, then two people and once the sender, then two a day
    assert told == [0, 0, 2, 0, 0, 3, 0, 2, 0]
    assert unread(office.clerk) == ["公文“关于做好年底前信息报送工作的通知”逾期未签收：法制科、南湖工商所"]


def test_a_draft_that_is_not_wanted_is_discarded(office, draft):
    found = operations.discard(draft(), by=office.clerk)
    assert found.state == "DISCARDED"
    assert not queries.sent_by_sites(office.clerk).exists()
