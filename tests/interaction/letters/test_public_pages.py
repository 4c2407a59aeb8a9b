"""The pages of whoever writes: the form, the receipt, the query, rating and asking again; and those who guess."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from interaction.enums.letters import Outcome
from interaction.models import Letter
from interaction.operations import answers, public_letters
from portal import clock
from portal.forms.visitors import new_stamp
from portal.models import Tally
from tests.interaction.letters.conftest import moment

WRITE, TRACK = "/mailbox/juzhang/", "/mailbox/track/"


@pytest.fixture
def typed(post):
    """What a careful citizen types, as at 30 September 2026."""
    return {
        "matter": post.complaint.pk, "department": post.law.pk, "title": "超市拒不退货", "body": "买到过期食品。",
        "writer_name": "张三", "phone": "13812345678", "agrees": "on", "agrees_to_publish": "on",
    }  # fmt: skip


def sent(client, typed, **changes):
    with clock.at(moment("2026-09-30 10:00")):
        return client.post(WRITE, {"stamp": new_stamp(seconds_ago=30)} | typed | changes)


def kept(response) -> list[str]:
    """Query code and password of a receipt."""
    return re.findall(r"<dd>\s*([2-9A-HJ-NP-Z0-9]{8,12})\s*</dd>", response.content.decode())[:2]


def test_the_letterboxes_say_within_how_many_days_they_answer(client, post):
    page = client.get("/mailbox/").content.decode()

    assert "局长信箱" in page
    assert "10 个工作日内答复" in page


def test_a_sub_site_without_letterboxes_shows_those_above_it(client, post):
    assert "/mailbox/juzhang/" in client.get("/s/beiqiao/mailbox/").content.decode()


def test_a_letter_is_written_and_followed_with_its_code_alone(client, typed):
    receipt = sent(client, typed)
    code, password = kept(receipt)
    assert "2026年10月20日" in receipt.content.decode()
    assert "10月10日调休上班计入" in receipt.content.decode()

    stranger = type(client)()
    assert stranger.get(f"{TRACK}{code}/").status_code == 404
    found = stranger.post(TRACK, {"code": code.lower(), "password": password})
    assert (found.status_code, found["Location"]) == (302, f"/mailbox/track/{code}/")
    page = stranger.get(f"{TRACK}{code}/").content.decode()
    assert "您的来信已收到，由法制科办理，最迟于2026年10月20日答复您。" in page


def test_the_receipt_is_kept_nowhere(client, typed):
    receipt = sent(client, typed)

    assert receipt["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert kept(receipt)[1] not in str(dict(client.session))


def test_a_double_click_is_one_letter_and_the_same_receipt(client, typed):
    with clock.at(moment("2026-09-30 10:00")):
        stamp = new_stamp(seconds_ago=30)
    first, again = sent(client, typed, stamp=stamp), sent(client, typed, stamp=stamp)

    assert kept(first) == kept(again)
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "请填写标题"),
        ({"title": "字" * 61}, "标题最多 60 字，现在有 61 字，请精简"),
        ({"body": "字" * 5001}, "内容最多 5000 字"),
        ({"body": "x" * 1_000_000}, "内容最多 5000 字"),
        ({"matter": "999999"}, "请选择来信类别"),
        ({"department": ""}, "请选择要写给的部门"),
        ({"department": "x"}, "请选择要写给的部门"),
        ({"phone": "", "email": ""}, "电话和电子邮箱至少填一项"),
        ({"phone": "abc"}, "请填写电话号码"),
        ({"email": "not-an-address"}, "电子邮箱的格式不对"),
        ({"agrees": ""}, "请阅读个人信息的使用说明"),
        ({"homepage": "http://spam.example"}, "提交没有通过检查"),
        ({"stamp": "forged"}, "表单打开得太久"),
        ({"title": "标\x00题"}, "空字符"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, typed, changes, words):
    response = sent(client, typed, **changes)

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "来信还没有提交" in page
    if "body" not in changes:
        assert "买到过期食品。" in page
    assert Letter.objects.count() == 0


def test_script_in_every_field_is_shown_as_text(client, typed):
    evil = "<script>alert(1)</script>"
    code, _ = kept(sent(client, typed, title=evil, body=evil, writer_name=evil, address=evil))

    page = client.post(TRACK, {"code": code, "password": kept(sent(client, typed))[1]})
    assert evil not in page.content.decode()
    letter = Letter.objects.get(code=code)
    client.force_login(letter.department.head)
    assert evil not in client.get(letter.get_absolute_url()).content.decode()


def test_files_are_taken_where_the_letterbox_takes_them_and_for_handlers_only(client, typed, post):
    paper = SimpleUploadedFile("小票.txt", "小票一张".encode())
    sent(client, typed, files=[paper])
    assert not Letter.objects.get().files.exists()  # the form of this letterbox has no such field

    post.box.takes_files = True
    post.box.save()
    bad = SimpleUploadedFile("run.exe", b"MZ\x90\x00")
    assert "不是可以上传的文件类型" in sent(client, typed, files=[bad]).content.decode()
    sent(client, typed, files=[SimpleUploadedFile("小票.txt", "小票一张".encode())])
    row = Letter.objects.first().files.get()
    address = reverse("desk:letter_file", args=[row.letter_id, row.pk])
    for person, status in ((post.lawyer, 200), (post.registrar, 404), (post.inspector, 404)):
        client.force_login(person)
        assert client.get(address).status_code == status
    assert client.get(f"/files/{row.file_id}/x").status_code == 404


def test_an_address_that_floods_is_told_to_wait_and_loses_nothing(client, typed):
    answered = [sent(client, typed).status_code for _ in range(7)]
    assert answered == [200] * 6 + [429]
    page = sent(client, typed).content.decode()
    assert "这个地址一小时内来信太多" in page
    assert "买到过期食品。" in page


def test_guessing_is_counted_by_address_and_by_code(client, typed):
    code, password = kept(sent(client, typed))
    tries = [client.post(TRACK, {"code": code, "password": "WRONG234"}) for _ in range(11)]
    assert [one.status_code for one in tries] == [422] * 10 + [429]
    assert "查询码或查询密码不对" in tries[0].content.decode()
    right = type(client)(REMOTE_ADDR="10.9.9.9").post(TRACK, {"code": code, "password": password})
    assert right.status_code == 429  # the code itself rests, whoever asks
    Tally.objects.all().delete()
    assert client.post(TRACK, {"code": code, "password": password}).status_code == 302


@pytest.mark.parametrize("code", ["", "x", "字" * 12, "\x00", "1" * 1000, "260930' OR 1=1"])
def test_any_other_code_is_simply_wrong(client, post, code):
    response = client.post(TRACK, {"code": code, "password": "ABCDEFGH"})
    assert response.status_code == 422


@pytest.fixture
def that_day():
    """Sessions live in the same hour as the letter."""
    with clock.at(moment("2026-09-30 10:00")):
        yield


def test_whoever_wrote_signed_in_needs_no_password(client, typed, post, that_day):
    client.force_login(post.staff)
    code, _ = kept(sent(client, typed))

    assert client.get(f"{TRACK}{code}/").status_code == 200
    assert "超市拒不退货" in client.get("/mailbox/mine/").content.decode()
    client.force_login(post.collector)
    assert client.get(f"{TRACK}{code}/").status_code == 404
    assert "超市拒不退货" not in client.get("/mailbox/mine/").content.decode()


def test_the_writer_rates_and_asks_again_on_the_page(client, typed, post, that_day):
    client.force_login(post.staff)
    code, _ = kept(sent(client, typed))
    letter = Letter.objects.get()
    with clock.at(moment("2026-09-30 10:30")):
        answer = answers.finish(
            letter, text="已责令退货。", outcome=Outcome.SOLVED, version=0, by=post.lawyer
        )
        answers.approve(answer.steps.get(), by=post.law_head)
        page = client.get(f"{TRACK}{code}/").content.decode()
        assert "已责令退货。" in page
        assert client.post(f"{TRACK}{code}/rate/", {}).status_code == 422
        assert client.post(f"{TRACK}{code}/rate/", {"satisfaction": "FAIR"}).status_code == 302
        assert client.post(f"{TRACK}{code}/rate/", {"satisfaction": "FAIR"}).status_code == 409
        assert client.post(f"{TRACK}{code}/reopen/", {"note": ""}).status_code == 422
        assert client.post(f"{TRACK}{code}/reopen/", {"note": "没有退款"}).status_code == 302
    letter.refresh_from_db()
    assert letter.state == "IN_HAND"
    assert client.post("/mailbox/track/NOTHING/rate/", {}).status_code == 404


def test_a_public_copy_is_masked_and_needs_consent_and_a_choice(client, typed, post):
    sent(client, typed, body="我是张三，电话13812345678，请退货。")
    letter = Letter.objects.select_related("letterbox").get()
    answer = answers.finish(
        letter, text="张三您好，已退货。", outcome=Outcome.SOLVED, version=0, by=post.lawyer
    )
    answers.approve(answer.steps.get(), by=post.law_head)
    letter.refresh_from_db()
    client.force_login(post.clerk)
    address = reverse("desk:letter_public", args=[letter.pk])
    page = client.get(address).content.decode()
    assert "我是张**，电话138******78，请退货。" in page
    assert client.get("/mailbox/public/").content.decode().count("超市拒不退货") == 0

    copy = letter.public_copy
    shown = {"title": copy.title, "body": copy.body, "answer": copy.answer}
    assert client.post(address, shown | {"act": "publish"}).status_code == 302
    assert type(client)().get(copy.get_absolute_url()).status_code == 200
    assert client.post(address, {"act": "take_down", "note": ""}).status_code == 422
    assert client.post(address, {"act": "take_down", "note": "当事人要求"}).status_code == 302
    assert type(client)().get(copy.get_absolute_url()).status_code == 404


def test_without_consent_nothing_is_published(client, typed, post):
    sent(client, typed, agrees_to_publish="")
    letter = Letter.objects.select_related("letterbox").get()
    answer = answers.finish(letter, text="已退货。", outcome=Outcome.SOLVED, version=0, by=post.lawyer)
    answers.approve(answer.steps.get(), by=post.law_head)
    letter.refresh_from_db()

    assert public_letters.why_not(letter, post.clerk) == "来信人没有同意公开"
    client.force_login(post.clerk)
    assert client.get(reverse("desk:letter_public", args=[letter.pk])).status_code == 403


def test_a_letterbox_for_staff_asks_strangers_to_sign_in(client, post):
    post.box.needs_sign_in = True
    post.box.save()

    assert client.get(WRITE).status_code == 403
    client.force_login(post.staff)
    assert "张三" not in client.get(WRITE).content.decode()
    assert client.get(WRITE).status_code == 200


def test_pages_of_published_letters_cost_the_same_for_one_and_thirty(
    client, post, send, django_assert_max_num_queries
):
    for number in range(30):
        letter = send(nonce=f"{number:032x}", agrees_to_publish=True).letter
        letter.public_copy = public_letters.PublicLetter.objects.create(
            letter=letter, site=letter.site, title="题", body="文", answer="答", is_public=True, published_at=clock.now()
        )  # fmt: skip
    for address in ("/mailbox/", "/mailbox/public/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
