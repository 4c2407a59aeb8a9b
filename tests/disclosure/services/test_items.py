"""办事事项: written by one, approved by another, revised version by version, suspended, retired."""

import pytest

from disclosure.enums.services import GuideState, ItemState
from disclosure.models import Guide, ServiceItem
from disclosure.operations import service_texts, services
from disclosure.queries import services as queries
from portal.models import AuditEntry, Notice
from portal.workflow import NotAllowed, Refused, TooLate
from tests.disclosure.services.kit import PARTS, apply, item, scan, text
from tests.races import fresh


def drafted(hall, **said) -> Guide:
    return service_texts.create(hall.main, text(hall, **said), by=hall.collector)


def test_an_item_opens_with_the_first_version_that_is_approved(hall):
    guide = drafted(hall)
    assert (guide.item.state, guide.item.guide, guide.number) == (ItemState.DRAFT, None, 1)
    assert list(queries.shown(hall.main)) == []
    guide = services.submit(guide, by=hall.collector)
    assert set(Notice.objects.values_list("recipient__staff_number", flat=True)) == {"moderator"}
    guide = services.approve(guide, by=hall.moderator)
    opened = fresh(guide.item)
    assert (opened.state, opened.guide, guide.state) == (ItemState.IN_FORCE, guide, GuideState.IN_FORCE)
    assert list(queries.shown(hall.main)) == [opened]
    acts = AuditEntry.objects.filter(object_type__in=("disclosure.guide", "disclosure.serviceitem"))
    assert list(acts.order_by("id").values_list("verb", flat=True)) == [
        "make_service",
        "submit",
        "approve",
        "open",
    ]


def test_nobody_approves_a_version_they_had_a_hand_in(hall):
    guide = service_texts.create(hall.main, text(hall), by=hall.moderator)
    service_texts.save(guide, text(hall, result="执照"), version=1, by=hall.collector)
    services.submit(guide, by=hall.collector)
    with pytest.raises(NotAllowed, match="须由别人审核发布"):
        services.approve(guide, by=hall.moderator)
    with pytest.raises(NotAllowed, match="发布权限"):
        services.approve(guide, by=hall.collector)
    assert not queries.to_approve(hall.moderator).exists()
    assert fresh(guide).state == GuideState.IN_REVIEW


def test_the_live_guide_stands_until_the_next_version_is_approved(hall, registered):
    first = registered.guide
    second = service_texts.revise(registered, by=hall.collector)
    assert [one.name for one in second.materials.all()] == [row["name"] for row in PARTS["materials"]]
    service_texts.save(second, text(hall, promised_days=0, name="个体户登记"), version=1, by=hall.collector)
    assert (fresh(registered).name, fresh(registered).guide) == ("个体工商户设立登记", first)
    services.submit(second, by=hall.collector)
    services.approve(second, by=hall.moderator)
    assert (fresh(registered).name, fresh(registered).guide) == ("个体户登记", second)
    assert [(one.number, one.state) for one in queries.versions(registered)] == [
        (2, GuideState.IN_FORCE), (1, GuideState.REPLACED)
    ]  # fmt: skip
    assert fresh(first).promised_days == 1  # what readers were told then can still be read


def test_there_is_one_version_in_work_at_a_time(hall, registered):
    first = service_texts.revise(registered, by=hall.collector)
    assert service_texts.revise(registered, by=hall.moderator) == first


def test_forms_to_take_away_go_on_into_the_next_version(hall):
    rows = [{**PARTS["materials"][0], "blank_form": scan("申请书"), "sample": None}]
    registered = item(hall, materials=rows)
    kept = registered.guide.materials.get().blank_form
    assert kept.name == "申请书.txt"
    assert service_texts.revise(registered, by=hall.collector).materials.get().blank_form == kept


@pytest.mark.parametrize(("said", "words"), [
    ({"basis": " "}, "缺少“设定依据”"), ({"conditions": ""}, "缺少“申请条件”"), ({"materials": []}, "缺少“办理材料”"),
    ({"steps": []}, "缺少“办理流程”"), ({"windows": []}, "缺少“办理地点”；缺少“办理时间”"),
    ({"is_free": False}, "缺少“收费”"), ({"consult": "", "windows": [{"name": "1 号", "address": "路", "hours": "全天"}]},
     "缺少“联系方式”"),
    ({"charges": [{"name": "工本费", "standard": "10 元"}]}, "写明不收费，又列了收费项目"),
    ({"promised_days": 16}, "承诺时限长于法定时限"), ({"pre_review_days": None}, "须写明几个工作日内预审"),
])  # fmt: skip
def test_what_the_national_check_does_not_forgive_is_not_submitted(hall, said, words):
    guide = drafted(hall, **said)
    with pytest.raises(Refused, match=words):
        services.submit(guide, by=hall.collector)
    assert fresh(guide).state == GuideState.DRAFT


def test_online_pre_review_needs_somebody_who_examines(hall):
    guide = drafted(hall, department=hall.station)
    with pytest.raises(Refused, match="北桥工商所没有答复人员"):
        services.submit(guide, by=hall.collector)


def test_what_does_well_to_be_said_is_told_and_hinders_nothing(hall):
    guide = drafted(hall, supervision="", legal_days=None, result="")
    standing = queries.completeness([seen_with(guide)])[0]
    assert standing.vetoed == []
    assert standing.advised == ["受理机构", "法定时限", "办理结果", "监督投诉方式"]
    assert services.submit(guide, by=hall.collector).state == GuideState.IN_REVIEW


def test_a_returned_version_is_changed_and_submitted_again(hall):
    guide = services.submit(drafted(hall), by=hall.collector)
    with pytest.raises(Refused, match="请写明退回的理由"):
        services.return_(guide, note=" ", by=hall.moderator)
    guide = services.return_(guide, note="依据写到条", by=hall.moderator)
    assert (guide.state, guide.note) == (GuideState.RETURNED, "依据写到条")
    service_texts.save(guide, text(hall, basis="条例第十一条第一款"), version=1, by=hall.collector)
    assert services.submit(guide, by=hall.collector).state == GuideState.IN_REVIEW


def test_two_who_save_at_once_do_not_overwrite_each_other(hall):
    guide = drafted(hall)
    service_texts.save(guide, text(hall, result="甲"), version=1, by=hall.collector)
    with pytest.raises(TooLate, match="又保存过这一版"):
        service_texts.save(guide, text(hall, result="乙"), version=1, by=hall.moderator)
    assert fresh(guide).result == "甲"


def test_what_is_under_review_or_in_force_is_not_changed(hall, registered):
    with pytest.raises(TooLate, match="现行，不能修改"):
        service_texts.save(registered.guide, text(hall), version=1, by=hall.collector)
    guide = services.submit(drafted(hall, name="另一事项"), by=hall.collector)
    with pytest.raises(TooLate, match="待审，不能修改"):
        service_texts.save(guide, text(hall, name="另一事项"), version=1, by=hall.collector)


def test_a_version_that_changed_since_it_was_looked_at_is_not_approved(hall):
    guide = services.submit(drafted(hall), by=hall.collector)
    seen = guide.version
    guide = services.recall(guide, by=hall.collector)
    service_texts.save(guide, text(hall, result="改过"), version=seen, by=hall.collector)
    services.submit(guide, by=hall.collector)
    with pytest.raises(TooLate, match="又被修改过"):
        services.approve(guide, version=seen, by=hall.moderator)


def test_of_two_who_decide_at_once_the_second_is_told(hall):
    guide = services.submit(drafted(hall), by=hall.collector)
    services.approve(guide, by=hall.moderator)
    with pytest.raises(TooLate, match="不能退回"):
        services.return_(guide, note="晚了", by=hall.moderator)


def test_suspending_tells_readers_why_and_resuming_takes_it_away(hall, registered):
    with pytest.raises(Refused, match="请写明暂停办理的理由"):
        services.suspend(registered, note="", by=hall.moderator)
    suspended = services.suspend(registered, note="系统升级，12 月 1 日恢复", by=hall.moderator)
    assert (suspended.state, suspended.said) == (ItemState.SUSPENDED, "系统升级，12 月 1 日恢复")
    assert list(queries.shown(hall.main)) == [registered]
    resumed = services.resume(suspended, by=hall.moderator)
    assert (resumed.state, resumed.said) == (ItemState.IN_FORCE, "")


def test_a_retired_item_leaves_its_name_free_and_drops_what_is_in_work(hall, registered):
    waiting = service_texts.revise(registered, by=hall.collector)
    with pytest.raises(NotAllowed):
        services.retire(registered, note="取消", by=hall.collector)
    services.retire(registered, note="国务院决定取消", by=hall.moderator)
    assert fresh(waiting).state == GuideState.DISCARDED
    assert list(queries.shown(hall.main)) == []
    with pytest.raises(NotAllowed, match="已取消的事项不再修改"):
        service_texts.revise(registered, by=hall.collector)
    assert item(hall).name == registered.name


def test_the_first_version_is_not_discarded_a_later_one_is(hall, registered):
    with pytest.raises(Refused, match="第一版，不能作废"):
        services.discard(drafted(hall, name="另一事项"), by=hall.collector)
    second = service_texts.revise(registered, by=hall.collector)
    assert services.discard(second, by=hall.collector).state == GuideState.DISCARDED
    assert service_texts.revise(registered, by=hall.collector).number == 3


def test_a_name_stands_once_on_a_site(hall, registered):
    with pytest.raises(Refused, match="已有同名的事项") as refusal:
        drafted(hall)
    assert refusal.value.field == "name"
    assert item(hall, hall.sub, takes_pre_review=False).name == registered.name


@pytest.mark.parametrize(
    "role", ["head_person", "signer", "inspector", "granter", "chief", "staff", "auditor"]
)
def test_whoever_does_not_collect_on_the_site_writes_no_item(hall, role):
    with pytest.raises(NotAllowed, match="采集权限"):
        service_texts.create(hall.main, text(hall), by=getattr(hall, role))
    assert not ServiceItem.objects.exists()


def test_lists_of_readers_are_narrowed_and_the_most_used_come_first(hall, registered):
    other = item(hall, name="股权出质登记", audience="ORGANISATION", theme="股权")
    rows = queries.shown(hall.main)
    assert list(queries.most_used_first(rows)) == [registered, other]
    apply(other)
    assert list(queries.most_used_first(rows)) == [other, registered]
    assert list(queries.for_audience(rows, "PERSON")) == [registered]
    assert list(queries.matching(rows, "股权")) == [other]
    assert list(queries.matching(rows, "委托书 设立")) == [registered]
    assert queries.themes(rows) == ["股权", "设立变更"]


def test_a_site_without_items_offers_those_of_the_site_above(hall, registered):
    assert queries.offering(hall.sub) == hall.main
    item(hall, hall.sub, takes_pre_review=False)
    assert queries.offering(hall.sub) == hall.sub


def seen_with(guide: Guide) -> ServiceItem:
    found = guide.item
    found.in_work = [guide]
    return found
