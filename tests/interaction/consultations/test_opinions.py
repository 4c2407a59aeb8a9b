"""Opinions: taken in from anybody, followed by their receipt, shown by choice and masked, never deleted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from interaction.enums.activities import Participants
from interaction.enums.consultations import OpinionState
from interaction.models import Activity, Opinion
from interaction.operations import activity_moves, consultations, opinions
from interaction.operations.replays import AnotherThing
from interaction.queries import opinions as queries
from interaction.rules import opinions as rules
from portal import clock, todos
from portal.forms.visitors import EXPIRED, ROBOT, new_stamp
from portal.models import AuditEntry, Parameter
from portal.workflow import NotAllowed, Refused, TooLate
from tests.interaction.consultations.conftest import close, fresh, make, typed

pytestmark = pytest.mark.django_db
PERSONAL = "我是张三丰，电话13812345678，建议免费配秤"
TRACK = reverse("track_opinion")


def page(activity: Activity) -> str:
    return reverse("consultation", args=[activity.pk])


def form_of(activity: Activity) -> str:
    return reverse("send_opinion", args=[activity.pk])


def test_an_anonymous_opinion_is_taken_whole_its_contact_sealed_and_answered_with_a_receipt(forum, client):
    sent = typed(clause=forum.second.pk, text="第一段\r\n第二段", writer_name="张三丰", phone="13812345678")
    answer = client.post(form_of(forum.activity), sent)
    one = Opinion.objects.get()
    assert (one.text, one.clause, one.number, one.author, one.state) == (
        "第一段\n第二段", forum.second, 1, None, OpinionState.WAITING,
    )  # fmt: skip
    assert (one.writer_name, one.phone) == ("张三丰", "13812345678")
    assert answer.context["receipt"].code in answer.content.decode()
    assert Opinion.objects.filter(code_digest=answer.context["receipt"].code).count() == 0
    assert AuditEntry.objects.get(verb="send_opinion").actor == forum.system


def test_whoever_is_signed_in_writes_under_their_number_and_sees_it_on_the_page(forum, sign_in):
    client = sign_in(forum.staff)
    answer = client.post(form_of(forum.activity), typed(writer_name="冒名", text="干部的意见"))
    one = Opinion.objects.get()
    assert (one.author, one.writer_name, one.code_digest, one.clause) == (forum.staff, "", None, None)
    assert answer.headers["Location"].endswith("#mine")
    shown = client.get(page(forum.activity)).content.decode()
    assert ("干部的意见" in shown, "第 1 号" in shown) == (True, True)
    assert "干部的意见" not in sign_in(forum.chief).get(page(forum.activity)).content.decode()


def test_a_double_click_is_one_opinion_with_one_receipt(forum, client):
    sent = typed(clause=forum.second.pk)
    codes = {client.post(form_of(forum.activity), sent).context["receipt"].code for _ in range(2)}
    assert (len(codes), Opinion.objects.count()) == (1, 1)


def test_other_words_in_a_form_that_was_sent_are_kept_and_taken_the_second_time(forum, client):
    sent = typed(clause=forum.second.pk)
    client.post(form_of(forum.activity), sent)
    answer = client.post(form_of(forum.activity), sent | {"text": "另一条意见"})
    form = answer.context["typed"]
    assert (answer.status_code, Opinion.objects.count(), form["text"].value()) == (422, 1, "另一条意见")
    with clock.at(clock.now() + timedelta(seconds=5)):
        client.post(form_of(forum.activity), sent | {"text": "另一条意见", "stamp": form["stamp"].value()})
    assert Opinion.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "wrong", "at"),
    [
        ("text", "", "text"), ("text", " \n ", "text"), ("text", "长" * 2001, "text"), ("text", "零\0字节", "text"),
        ("text", "长" * 1_000_000, "text"), ("clause", "99999999", "clause"), ("clause", "x", "clause"),
        ("clause", "-1", "clause"), ("clause", "9" * 30, "clause"), ("email", "不是地址", "email"),
        ("phone", "1" * 31, "phone"), ("writer_name", "零\0", "writer_name"),
    ],
)  # fmt: skip
def test_wrong_input_is_refused_at_its_field_and_kept(forum, client, field, wrong, at):
    sent = typed(clause=forum.second.pk, phone="留着的电话") | {field: wrong}
    answer = client.post(form_of(forum.activity), sent)
    assert (answer.status_code, Opinion.objects.count(), list(answer.context["typed"].errors)) == (
        422,
        0,
        [at],
    )
    assert field == "phone" or "留着的电话" in answer.content.decode()


def test_two_thousand_signs_and_line_ends_fit_and_rare_ones_survive(forum, client):
    text = "𠀀😀" + "长" * 1990 + "\n" * 7 + "。"
    assert client.post(form_of(forum.activity), typed(text=text.replace("\n", "\r\n"))).status_code == 200
    assert Opinion.objects.get().text == text


def test_a_chapter_is_nothing_to_have_an_opinion_on(forum, client):
    chapter = forum.activity.consultation.clauses.get(position=1)
    answer = client.post(form_of(forum.activity), typed(clause=chapter.pk))
    assert answer.context["typed"].errors == {"clause": ["请选择要提意见的条款"]}


@pytest.mark.parametrize(
    ("change", "says"),
    [({"homepage": "http://spam.example"}, ROBOT), ({"stamp": "x"}, EXPIRED), ({"stamp": ""}, EXPIRED)],
)
def test_robots_are_turned_away_and_people_keep_what_they_typed(forum, client, change, says):
    answer = client.post(form_of(forum.activity), typed(text="人写的话") | change)
    assert (answer.status_code, says in answer.content.decode(), "人写的话" in answer.content.decode()) == (
        422, True, True,
    )  # fmt: skip


def test_one_address_cannot_flood_a_consultation_and_another_still_can(forum, client):
    Parameter.objects.create(key="opinions_an_hour", label="", value=2, unit="条", clause="")
    statuses = [client.post(form_of(forum.activity), typed(text=f"意见{n}")).status_code for n in range(3)]
    other = client.post(form_of(forum.activity), typed(), REMOTE_ADDR="10.9.9.9")
    assert (statuses, other.status_code, Opinion.objects.count()) == ([200, 200, 429], 200, 3)


@pytest.mark.parametrize("when", ["before", "after", "ended"])
def test_outside_its_days_nothing_is_taken_and_the_words_stay_on_the_page(forum, client, when):
    now = clock.now()
    days = {"before": (2, 9), "after": (-9, -1), "ended": (-1, 7)}[when]
    Activity.objects.filter(pk=forum.activity.pk).update(
        opens_at=now + timedelta(days=days[0]), closes_at=now + timedelta(days=days[1]),
        ended_at=now if when == "ended" else None,
    )  # fmt: skip
    assert "对本条提意见" not in client.get(page(forum.activity)).content.decode()
    answer = client.post(form_of(forum.activity), typed(text="晚到的意见"))
    assert (answer.status_code, "晚到的意见" in answer.content.decode()) == (409, True)
    assert Opinion.objects.count() == 0


def test_what_is_for_staff_is_neither_shown_to_nor_taken_from_anybody_else(forum, client, sign_in):
    inside = make(forum, participants=Participants.STAFF, title="内部征集")
    assert client.get(page(inside)).status_code == 403
    assert "内部征集" not in client.get(page(inside)).content.decode()
    assert client.post(form_of(inside), typed()).status_code == 403
    assert sign_in(forum.staff).post(form_of(inside), typed()).status_code == 302


def test_drafts_and_other_kinds_are_not_there_and_what_was_withdrawn_is_gone(forum, client, say):
    assert client.get(page(make(forum, upto="report"))).status_code == 404
    assert client.get(reverse("interview", args=[forum.activity.pk])).status_code == 404
    activity_moves.withdraw(forum.activity, by=forum.moderator, note="文件有误")
    assert [client.get(page(forum.activity)).status_code, client.post(form_of(forum.activity)).status_code] == [
        410, 410,
    ]  # fmt: skip


def test_the_receipt_tells_what_became_of_it_and_only_once_it_is_fed_back(forum, client, say):
    receipt = say("我的意见")
    code = receipt.code.lower().replace("-", " ")
    shown = client.post(TRACK, {"code": code}).content.decode()
    assert ("我的意见" in shown, "结束以后统一研究" in shown) == (True, True)
    Opinion.objects.update(outcome="ADOPTED", reason="写进第二条")
    close(forum.activity)
    assert "写进第二条" not in client.post(TRACK, {"code": code}).content.decode()
    Activity.objects.update(results_published_at=clock.now())
    assert "写进第二条" in client.post(TRACK, {"code": code}).content.decode()


@pytest.mark.parametrize("wrong", ["AAAA-BBBB-CCCC", "零\0字节", "", "长" * 41, "😀", "０" * 12])
def test_a_wrong_code_finds_nothing(forum, client, say, wrong):
    say()
    answer = client.post(TRACK, {"code": wrong})
    assert (answer.status_code, answer.context["opinion"]) == (422, None)


def test_codes_cannot_be_tried_without_end(forum, client, say):
    receipt = say()
    Parameter.objects.create(key="track_tries", label="", value=2, unit="次", clause="")
    for _ in range(2):
        client.post(TRACK, {"code": "AAAA-BBBB-CCCC"})
    answer = client.post(TRACK, {"code": receipt.code})
    assert (answer.status_code, answer.context["opinion"]) == (429, None)


def test_full_width_letters_are_a_code_too(forum, say):
    receipt = say()
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign != "-" else sign for sign in receipt.code)
    assert opinions.find(wide) == receipt.opinion


def test_readers_see_only_what_was_chosen_and_only_its_masked_copy(forum, client, say, sign_in):
    one = say(PERSONAL, writer_name="张三丰").opinion
    say("没有人看过的意见")
    looking = reverse("desk:opinion", args=[forum.activity.pk, one.pk])
    suggested = sign_in(forum.moderator).get(looking).context["looking"]["public_text"].value()
    assert suggested == "我是张**，电话138******78，建议免费配秤"
    opinions.show(one, suggested, by=forum.moderator)
    client.logout()
    shown = client.get(page(forum.activity)).content.decode()
    assert (suggested in shown, "网友 张**" in shown) == (True, True)
    assert not [word for word in ("张三丰", "13812345678", "没有人看过的意见") if word in shown]


@pytest.mark.parametrize("copy", ["", "  ", "建议收费配秤", "建议配秤", "建议免费配秤，好"])
def test_a_copy_that_says_something_else_is_not_shown(forum, say, copy):
    one = say().opinion
    with pytest.raises(Refused) as refusal:
        opinions.show(one, copy, by=forum.moderator)
    assert (refusal.value.field, fresh(one).state) == ("public_text", OpinionState.WAITING)


def test_what_is_not_shown_needs_a_reason_stays_whole_and_is_seen_by_inspection(forum, say, sign_in):
    one = say("指名道姓的意见").opinion
    with pytest.raises(Refused, match="理由"):
        opinions.hold(one, note=" ", by=forum.moderator)
    opinions.hold(one, note="涉及他人", by=forum.moderator)
    seen = sign_in(forum.inspector).get(reverse("desk:opinion", args=[forum.activity.pk, one.pk]))
    assert all(word in seen.content.decode() for word in ("指名道姓的意见", "涉及他人"))
    assert "指名道姓" not in sign_in(None).get(page(forum.activity)).content.decode()


def test_shown_and_taken_off_again(forum, say):
    one = say().opinion
    opinions.show(one, one.text, by=forum.moderator)
    opinions.hold(one, note="当事人要求", by=forum.moderator)
    assert (fresh(one).state, fresh(one).public_text) == (OpinionState.HELD, "")
    opinions.show(one, "建议**配秤", by=forum.moderator)
    assert (fresh(one).state, fresh(one).held_reason) == (OpinionState.SHOWN, "")


def test_nobody_looks_over_their_own_opinion(forum, say):
    one = say(by=forum.moderator).opinion
    with pytest.raises(NotAllowed, match="自己"):
        opinions.show(one, one.text, by=forum.moderator)
    assert list(queries.to_look_over(forum.moderator)) == []


ROLES = (
    "collector", "head_person", "moderator", "signer", "inspector", "granter", "security", "auditor", "chief", "staff",
)  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_opinions_are_read_by_those_who_handle_decide_and_inspect_and_shown_by_publishers(
    forum, say, sign_in, role
):
    one, client = say().opinion, sign_in(getattr(forum, role))
    pk = forum.activity.pk
    reads = role in ("collector", "head_person", "moderator", "signer", "inspector")
    pages = [reverse("desk:opinions", args=[pk]), reverse("desk:opinion", args=[pk, one.pk])]
    assert [client.get(one).status_code for one in pages] == [200 if reads else 404] * 2
    act = reverse("desk:opinion_act", args=[pk, one.pk, "show"])
    expected = 302 if role == "moderator" else 403 if reads else 404
    assert client.post(act, {"public_text": one.text}).status_code == expected
    assert (fresh(one).state == "SHOWN") is (role == "moderator")


@pytest.mark.parametrize(("role", "sees"), [("collector", True), ("moderator", True), ("inspector", False)])
def test_contact_is_for_those_who_handle_it(forum, say, sign_in, role, sees):
    one = say(writer_name="张三丰", phone="13812345678").opinion
    address = reverse("desk:opinion", args=[forum.activity.pk, one.pk])
    assert ("13812345678" in sign_in(getattr(forum, role)).get(address).content.decode()) is sees


def test_a_stranger_is_sent_to_sign_in(forum, say, client):
    answer = client.get(reverse("desk:opinion", args=[forum.activity.pk, say().opinion.pk]))
    assert (answer.status_code, "/login/" in answer.headers["Location"]) == (302, True)


def test_after_one_was_looked_over_the_next_is_opened_and_then_the_list(forum, say, sign_in):
    one, other = say("一").opinion, say("二").opinion
    client, pk = sign_in(forum.moderator), forum.activity.pk
    first = client.post(reverse("desk:opinion_act", args=[pk, one.pk, "show"]), {"public_text": "一"})
    assert first.headers["Location"] == reverse("desk:opinion", args=[pk, other.pk])
    last = client.post(reverse("desk:opinion_act", args=[pk, other.pk, "hold"]), {"note": "重复"})
    assert last.headers["Location"] == reverse("desk:opinions", args=[pk])


def test_of_two_who_look_over_the_second_is_told_and_keeps_their_words(forum, say, sign_in):
    one = say().opinion
    opinions.show(one, one.text, by=forum.moderator)
    address = reverse("desk:opinion_act", args=[forum.activity.pk, one.pk, "hold"])
    answer = sign_in(forum.moderator).post(address, {"note": "我写的理由", "version": 1})
    assert (answer.status_code, "我写的理由" in answer.content.decode()) == (409, True)


def test_opinions_that_wait_lie_on_the_publishers_desk(forum, say, sign_in):
    say("请看这条意见")
    counts = todos.counts(forum.moderator)
    assert (counts["opinions"], todos.counts(forum.inspector)["opinions"]) == (1, 0)
    assert "请看这条意见" in sign_in(forum.moderator).get(reverse("desk:home")).content.decode()


def test_the_list_is_narrowed_and_nonsense_narrows_nothing(forum, say, sign_in):
    say("关于配秤"), say("关于总则", clause=forum.first), say("总的看法", clause=None)
    client, address = sign_in(forum.collector), reverse("desk:opinions", args=[forum.activity.pk])

    def found(**asked) -> list[str]:
        return [one.text for one in client.get(address, asked).context["listing"]]

    assert found() == ["总的看法", "关于总则", "关于配秤"]
    assert found(q="配秤") == ["关于配秤"]
    assert found(q="2") == ["关于总则"]
    assert found(clause=forum.first.pk) == ["关于总则"]
    assert found(clause="whole", made="NONE") == ["总的看法"]
    assert found(state="SHOWN") == []
    assert found(q="\0", clause="x", state="?", made="!", page="-1") == found()


def test_pages_cost_the_same_with_one_opinion_and_with_thirty(
    forum, say, sign_in, django_assert_max_num_queries
):
    def show_all():
        for one in Opinion.objects.filter(state="WAITING"):
            opinions.show(one, one.text, by=forum.moderator)

    say(by=forum.staff), show_all()
    client, pk = sign_in(forum.moderator), forum.activity.pk
    addresses = [reverse("desk:opinions", args=[pk]), page(forum.activity), reverse("desk:home")]
    costs = {address: _cost(client, address, django_assert_max_num_queries) for address in addresses}
    for number in range(29):
        say(f"意见{number}", by=forum.staff if number % 2 else None)
    show_all()
    assert costs == {address: _cost(client, address, django_assert_max_num_queries) for address in addresses}


def _cost(client, address: str, counting) -> int:
    client.get(address)
    with counting(40) as queries_made:
        assert client.get(address).status_code == 200
    return len(queries_made)


def test_files_are_read_by_readers_of_the_page_and_by_nobody_before(forum, client, sign_in):
    draft = make(forum, upto="")
    file = SimpleUploadedFile("说明.txt", b"text")
    consultations.save(draft, consultations.Content(files=[file]), by=forum.collector)
    stored = draft.files.get().file
    address = reverse("activity_file", args=["consultations", draft.pk, stored.pk, stored.name])
    assert client.get(address).status_code == 404
    assert sign_in(forum.head_person).get(address).status_code == 200
    Activity.objects.filter(pk=draft.pk).update(state="APPROVED")
    assert sign_in(None).get(address).status_code == 200
    others = ["interviews", "polls", "nonsense"]
    assert [client.get(address.replace("consultations", one)).status_code for one in others] == [404] * 3
    wrong = reverse("activity_file", args=["consultations", draft.pk, uuid4(), "x"])
    assert client.get(wrong).status_code == 404


def test_a_sub_sites_consultation_is_read_under_its_own_address(forum, client):
    Activity.objects.filter(pk=forum.activity.pk).update(site=forum.sub)
    answer = client.get(f"/consultations/{forum.activity.pk}/feedback/")
    assert (answer.status_code, answer.headers["Location"]) == (
        301, f"/s/beiqiao/consultations/{forum.activity.pk}/feedback/",
    )  # fmt: skip
    assert f"/s/beiqiao/consultations/{forum.activity.pk}/opinion/" in client.get(
        f"/s/beiqiao/consultations/{forum.activity.pk}/"
    ).content.decode()  # fmt: skip


def test_rules_say_why(forum, say):
    one = say().opinion
    assert rules.why_not(forum.collector, "show", one) == "您没有“城东分局基层信息网”全站的发布权限"
    with pytest.raises(KeyError):
        rules.why_not(forum.moderator, "nonsense", one)


def test_a_stamp_is_good_for_one_consultation(forum, client):
    other, sent = make(forum), typed(stamp=new_stamp(5))
    client.post(form_of(forum.activity), sent)
    assert client.post(form_of(other), sent).status_code == 422
    with pytest.raises(AnotherThing):
        opinions.send(other, opinions.Draft(text="建议免费配秤"), nonce=Opinion.objects.get().nonce)
    close(other)
    with pytest.raises(TooLate):
        opinions.send(other, opinions.Draft(text="晚了"), nonce="f" * 32)
