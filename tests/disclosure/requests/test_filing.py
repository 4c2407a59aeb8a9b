"""A request arrives: its number without gap, its day of receipt by channel, what contradicts itself, what was said."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from disclosure.enums.requests import RequestState
from disclosure.models import DisclosureRequest, RequestYear
from disclosure.operations import filing
from disclosure.operations import requests as operations
from disclosure.queries import requests as queries
from portal import receipts
from portal.models import AuditEntry, Notice, StoredFile
from portal.uploads import UploadRefused
from portal.workflow import NotAllowed, Refused, TooLate
from tests.disclosure.requests.conftest import OTHER_CARD, at, draft, due, state


@pytest.mark.parametrize(
    ("channel", "confirmed", "received"),
    [
        ("VISIT", None, date(2026, 9, 14)),
        ("REGISTERED_POST", None, date(2026, 9, 14)),
        ("ORDINARY_POST", None, None),
        ("ORDINARY_POST", "2026-09-16", date(2026, 9, 16)),
        ("FAX", None, None),
        ("FAX", "2026-09-15", date(2026, 9, 15)),
    ],
)
def test_the_day_of_receipt_is_that_of_the_channel(type_in, channel, confirmed, received):
    """条例第三十一条: handed in that day, signed that day, else the day it is confirmed with the applicant."""
    request = type_in(channel, arrived="2026-09-14", on="2026-09-16", confirmed=confirmed).request

    assert request.received_on == received
    assert request.state == (RequestState.IN_HAND if received else RequestState.SUBMITTED)


def test_typed_in_late_the_days_run_from_the_day_it_came(type_in):
    request = type_in("REGISTERED_POST", arrived="2026-09-14", on="2026-09-21").request
    assert due(request) == "答复申请 2026-10-16"


def test_an_online_request_waits_the_same_day_to_be_registered(submit, world):
    request = submit("2026-09-14").request

    assert (request.state, request.received_on, due(request)) == ("SUBMITTED", None, "登记申请 2026-09-14")
    assert set(Notice.objects.values_list("recipient__staff_number", flat=True)) == {
        "registrar",
        "second_registrar",
    }
    with at("2026-09-15"):
        request = operations.register(request, date(2026, 9, 15), how="短信", by=world.registrar)
    assert (request.state, request.received_on, request.confirmed_how) == (
        "IN_HAND",
        date(2026, 9, 15),
        "短信",
    )
    assert due(request) == "答复申请 2026-10-19"


def test_what_comes_on_a_day_off_is_to_be_registered_on_the_next_working_day(submit):
    assert due(submit("2026-10-03").request) == "登记申请 2026-10-08"


@pytest.mark.parametrize(
    ("arrived", "written", "confirmed", "field"),
    [
        ("2026-09-17", None, None, "arrived_on"), ("2026-09-14", "2026-09-15", None, "arrived_on"),
        ("2026-09-14", "2026-09-17", None, "written_on"), ("2026-09-14", None, "2026-09-13", "confirmed_on"),
        ("2026-09-14", None, "2026-09-17", "confirmed_on"),
    ],
)  # fmt: skip
def test_dates_that_contradict_one_another_are_refused_at_their_place(
    type_in, arrived, written, confirmed, field
):
    with pytest.raises(Refused) as refusal:
        type_in("FAX", arrived=arrived, on="2026-09-16", written=written, confirmed=confirmed)
    assert refusal.value.field == field
    assert DisclosureRequest.objects.count() == 0


@pytest.mark.parametrize("day", ["2026-09-13", "2026-09-17"])
def test_a_request_cannot_be_received_before_it_came_or_tomorrow(submit, world, day):
    request = submit("2026-09-14").request
    with at("2026-09-16"), pytest.raises(Refused) as refusal:
        operations.register(request, date.fromisoformat(day), how="电话", by=world.registrar)
    assert (refusal.value.field, state(request)) == ("received_on", "SUBMITTED")


def test_what_needs_no_confirmation_is_received_the_day_it_came(submit, world):
    world.disclosure.channels.filter(channel="ONLINE").update(receipt="SAME_DAY")
    request = submit("2026-09-14").request
    with at("2026-09-16"), pytest.raises(Refused, match="以提交之日为收到申请之日"):
        operations.register(request, date(2026, 9, 15), by=world.registrar)
    with at("2026-09-16"):
        assert (
            due(operations.register(request, date(2026, 9, 14), by=world.registrar)) == "答复申请 2026-10-16"
        )


def test_a_confirmation_says_how(submit, world):
    with at("2026-09-14"), pytest.raises(Refused) as refusal:
        operations.register(submit().request, date(2026, 9, 14), how=" ", by=world.registrar)
    assert refusal.value.field == "how"


def test_numbers_have_no_gap_and_begin_anew_each_year(submit, type_in):
    codes = [submit("2026-12-30").request.code, type_in("VISIT", arrived="2026-12-31").request.code]
    with pytest.raises(Refused):
        type_in("VISIT", arrived="2026-12-31", on="2026-12-30")
    codes += [submit("2026-12-31 23:59").request.code, submit("2027-01-01 00:01").request.code]

    assert codes == ["DR-CD010-2026-0001", "DR-CD010-2026-0002", "DR-CD010-2026-0003", "DR-CD010-2027-0001"]
    assert list(RequestYear.objects.order_by("year").values_list("year", "last")) == [(2026, 3), (2027, 1)]


def test_a_file_that_is_refused_takes_no_number(submit):
    bad = SimpleUploadedFile("身份证.png", b"no picture at all")
    with pytest.raises(UploadRefused):
        submit(identity_files=[bad])
    assert (submit().request.serial, StoredFile.objects.count()) == (1, 0)


def test_the_same_form_sent_twice_is_one_request_with_one_receipt(world):
    first, second = (filing.submit(world.disclosure, draft(), nonce="a" * 32) for _ in range(2))

    assert (first.request, first.password) == (second.request, second.password)
    assert DisclosureRequest.objects.count() == 1
    assert receipts.is_password(first.request, first.request.code, first.password)
    assert not receipts.is_password(first.request, first.request.code, "23456789")


def test_the_same_words_of_the_same_applicant_are_pointed_out_once(submit):
    earlier = submit(again=False).request
    with pytest.raises(filing.SaidBefore) as said:
        submit("2026-09-15", again=False, wanted="现行的预付卡处罚裁量 基准全文")
    assert said.value.earlier == earlier
    assert submit("2026-09-15", again=True).request.serial == 2  # it is their right
    assert submit("2026-09-15", again=False, identity_number=OTHER_CARD).request.serial == 3


def test_near_repeats_and_how_often_somebody_asks_are_shown_to_the_handler(submit, ask):
    first = submit("2026-08-31").request
    submit("2026-09-01", title="完全不同的事", wanted="年度预算")
    request = ask("2026-09-14", title="行政处罚的裁量基准", wanted="别的话")

    assert [(one.request, one.alike) for one in queries.like_earlier(request)] == [(first, "名称相似 92%")]
    often = queries.frequency(request.site_id, request.applicant_key, request.received_on)
    assert (often.month, often.year) == (2, 3)


def test_only_an_earlier_request_of_the_same_applicant_can_be_linked(submit, ask, world):
    first, other = submit().request, submit(identity_number=OTHER_CARD).request
    request = ask(title="行政处罚裁量的基准")
    linked = operations.link(request, first, by=world.lawyer)
    assert (linked.repeats, queries.like_earlier(linked)) == (first, [])
    with pytest.raises(Refused, match="同一申请人"):
        operations.link(request, other, by=world.lawyer)
    with pytest.raises(NotAllowed):
        operations.link(request, first, by=world.stranger)


def test_who_asks_is_sealed_and_in_no_audit(submit):
    submit(name="白露生", address="柳荫路 8 号")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM disclosure_disclosurerequest")
        held = str(cursor.fetchall())
    trail = str(list(AuditEntry.objects.values_list("note", "object_label")))
    for word in ("白露生", "柳荫路", "990001", "13800000032", "处罚裁量基准全文"):
        assert word not in held
        assert word not in trail


@pytest.mark.parametrize("who", ["lawyer", "stranger", "collector", "head_person", "inspector", "staff"])
def test_only_the_disclosure_office_registers(world, submit, type_in, who):
    person = getattr(world, who)
    with pytest.raises(NotAllowed):
        type_in("VISIT", arrived="2026-09-14", by=person)
    request = submit().request
    with at("2026-09-14"), pytest.raises(NotAllowed):
        operations.register(request, date(2026, 9, 14), how="电话", by=person)


def test_a_closed_office_takes_nothing_online(world, submit):
    world.disclosure.is_open = False
    world.disclosure.save()
    with pytest.raises(Refused, match="邮寄或当面"):
        submit()


def test_registered_twice_is_too_late(world, ask):
    with at("2026-09-15"), pytest.raises(TooLate):
        operations.register(ask(), date(2026, 9, 15), how="电话", by=world.second_registrar)
