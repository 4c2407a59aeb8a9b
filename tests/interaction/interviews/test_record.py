"""What was said: entered while it is said, read at once, corrected on record, its public page asked again and again."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from interaction.models import InterviewEntry
from interaction.operations import activities, activity_moves, interview_entries, interviews
from interaction.operations.replays import AnotherThing
from interaction.rules import interviews as rules
from portal.models import ApplicationLink, AuditEntry
from portal.workflow import NotAllowed, Refused, TooLate
from tests.interaction.interviews.conftest import make, move

pytestmark = pytest.mark.django_db
LINE = interview_entries.Line


def picture(name: str = "现场.png") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def live(activity) -> str:
    return reverse("interview_live", args=[activity.pk])


def host(activity) -> str:
    return reverse("desk:interview", args=[activity.pk])


def of_line(entry: InterviewEntry) -> str:
    return reverse("desk:interview_entry", args=[entry.interview.activity_id, entry.pk])


def test_a_line_is_entered_from_the_hosts_screen_and_read_at_once(studio, ask, sign_in):
    question = ask(accepted=True)
    sent = {
        "speaker": studio.guest.pk, "text": "凭合同\r\n可以退。", "question": question.pk, "nonce": "a" * 32,
    }  # fmt: skip
    client = sign_in(studio.collector)
    answer = client.post(host(studio.activity), sent)
    assert answer.headers["Location"] == f"{host(studio.activity)}#enter"
    entry = InterviewEntry.objects.get()
    assert (entry.text, entry.guest, entry.question, entry.position) == (
        "凭合同\n可以退。", studio.guest, question, 1,
    )  # fmt: skip
    shown = sign_in(None).get(reverse("interview", args=[studio.activity.pk])).content.decode()
    assert all(word in shown for word in ("何卫民", "可以退。", "预付卡能退吗？"))


def test_a_question_of_the_queue_is_taken_into_the_form_and_leaves_the_queue_when_answered(
    studio, ask, enter, sign_in
):
    question, client = ask(accepted=True), sign_in(studio.collector)
    page = client.get(host(studio.activity), {"question": question.pk})
    assert page.context["form"]["question"].value() == question.pk
    assert list(page.context["waiting"]) == [question]
    entry = enter(question=question)
    assert list(client.get(host(studio.activity)).context["waiting"]) == []
    interview_entries.take_back(entry, note="录错", by=studio.collector)
    assert list(client.get(host(studio.activity)).context["waiting"]) == [question]


def test_sent_twice_it_is_one_line_and_other_words_come_back(studio, sign_in):
    client, sent = sign_in(studio.collector), {"speaker": "host", "text": "大家好", "nonce": "a" * 32}
    assert [client.post(host(studio.activity), sent).status_code for _ in range(2)] == [302, 302]
    answer = client.post(host(studio.activity), sent | {"text": "另一句"})
    assert (answer.status_code, "另一句" in answer.content.decode(), InterviewEntry.objects.count()) == (
        422,
        True,
        1,
    )
    assert answer.context["form"]["nonce"].value() != "a" * 32
    with pytest.raises(AnotherThing):
        interview_entries.enter(studio.activity, LINE(text="又一句"), nonce="a" * 32, by=studio.collector)


@pytest.mark.parametrize(
    ("field", "wrong", "at"),
    [
        ("text", "", "text"), ("text", "长" * 3001, "text"), ("text", "零\0", "text"), ("speaker", "", "speaker"),
        ("speaker", "99999", "speaker"), ("question", "x", "question"), ("question", "9" * 30, "question"),
    ],
)  # fmt: skip
def test_wrong_input_is_refused_at_its_field(studio, sign_in, field, wrong, at):
    sent = {"speaker": "host", "text": "留着", "nonce": "x"} | {field: wrong}
    answer = sign_in(studio.collector).post(host(studio.activity), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [at])


def test_a_question_that_was_not_accepted_does_not_come_in(studio, ask):
    with pytest.raises(Refused, match="没有采用"):
        interview_entries.enter(
            studio.activity, LINE(text="…", question=ask()), nonce="a" * 32, by=studio.collector
        )


def test_nothing_is_entered_before_it_begins(studio, sign_in):
    move(studio.activity, opens=60, closes=120)
    with pytest.raises(TooLate, match="还没有开始"):
        interview_entries.enter(studio.activity, LINE(text="早了"), nonce="a" * 32, by=studio.collector)
    assert "还没有开始" in sign_in(studio.collector).get(host(studio.activity)).content.decode()


@pytest.mark.parametrize(
    "role", ["head_person", "signer", "inspector", "granter", "security", "auditor", "chief", "staff"]
)
def test_only_those_who_collect_sit_at_the_hosts_screen(studio, enter, sign_in, role):
    person, entry = getattr(studio, role), enter()
    client = sign_in(person)
    addresses = [
        host(studio.activity), of_line(entry), reverse("desk:interview_media", args=[studio.activity.pk]),
        reverse("desk:interview_queue", args=[studio.activity.pk]),
    ]  # fmt: skip
    assert {client.get(address).status_code for address in addresses} == {404}
    assert {client.post(address).status_code for address in addresses[:3]} == {404}
    with pytest.raises(NotAllowed):
        interview_entries.enter(studio.activity, LINE(text="…"), nonce="b" * 32, by=person)
    with pytest.raises(NotAllowed):
        interview_entries.correct(entry, LINE(text="…"), by=person)


def test_a_correction_leaves_what_was_said_on_record(studio, enter, sign_in):
    entry = enter("三百一十二个摊位", guest=studio.guest)
    sent = {"speaker": studio.guest.pk, "text": "三百二十一个摊位", "version": 1}
    assert sign_in(studio.collector).post(of_line(entry), sent).status_code == 302
    entry.refresh_from_db()
    assert (entry.text, entry.version, bool(entry.corrected_at)) == ("三百二十一个摊位", 2, True)
    trail = AuditEntry.objects.get(verb="correct")
    assert (trail.object_id, trail.note) == (
        str(studio.activity.pk), "实录第 1 条。原文（何卫民）：三百一十二个摊位",
    )  # fmt: skip
    late = sign_in(studio.collector).post(of_line(entry), sent | {"text": "晚到的"})
    assert (late.status_code, "晚到的" in late.content.decode()) == (409, True)


def test_after_the_interview_a_correction_needs_a_reason(studio, enter):
    entry = enter("原文")
    move(studio.activity, opens=-120, closes=-60)
    with pytest.raises(Refused, match="更正的理由"):
        interview_entries.correct(entry, LINE(text="改文"), by=studio.collector)
    interview_entries.correct(entry, LINE(text="改文"), note="笔误", by=studio.collector)
    assert "笔误；原文（主持人 郑主持）：原文" in AuditEntry.objects.get(verb="correct").note


def test_the_same_words_are_no_correction(studio, enter):
    entry = enter("原文")
    interview_entries.correct(entry, LINE(text="原文"), by=studio.collector)
    assert AuditEntry.objects.filter(verb="correct").count() == 0


def test_a_line_taken_back_is_read_no_more_and_stays_on_record(studio, enter, sign_in, client):
    entry = enter("说错的话")
    address, sent = of_line(entry), {"speaker": "host", "text": "说错的话", "take_back": "1"}
    assert sign_in(studio.collector).post(address, sent).status_code == 422
    assert client.post(address, sent | {"note": "口误"}).status_code == 302
    assert "说错的话" not in sign_in(None).get(live(studio.activity)).content.decode()
    assert InterviewEntry.objects.get().text == "说错的话"
    assert sign_in(studio.collector).get(address).status_code == 404


def test_the_live_part_says_nothing_new_in_four_queries_and_something_new_in_five(studio, enter, ask, client):
    enter("第一句", question=ask(accepted=True))
    first = client.get(live(studio.activity))
    assert (first.status_code, "第一句" in first.content.decode(), first.headers["X-Over"]) == (
        200,
        True,
        "0",
    )
    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = client.get(live(studio.activity), HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content, len(asked) <= 4) == (304, b"", True)
    for number in range(30):
        enter(f"第 {number} 句", guest=studio.guest)
    with CaptureQueriesContext(connection) as asked:
        fresh = client.get(live(studio.activity), HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (fresh.status_code, "第 29 句" in fresh.content.decode(), len(asked) <= 5) == (200, True, True)


def test_the_live_part_changes_with_everything_that_readers_see(studio, enter, ask, client):
    seen = [client.get(live(studio.activity)).headers["ETag"]]

    def changed() -> bool:
        seen.append(client.get(live(studio.activity)).headers["ETag"])
        return seen[-1] != seen[-2]

    entry = enter("原文")
    assert changed()
    interview_entries.correct(entry, LINE(text="改文"), by=studio.collector)
    assert changed()
    ask(accepted=True)
    assert changed()
    interview_entries.take_back(entry, note="口误", by=studio.collector)
    assert changed()
    move(studio.activity, opens=-120, closes=-1)
    assert changed()
    assert client.get(live(studio.activity)).headers["X-Over"] == "1"


def test_what_people_said_is_text_never_markup(studio, enter, ask, client):
    enter("<script>alert(1)</script>", question=ask("<img src=x>", accepted=True))
    body = client.get(live(studio.activity)).content.decode()
    assert ("<script>" in body, "<img" in body, "&lt;script&gt;" in body) == (False, False, True)


def test_an_interview_without_host_or_guests_cannot_be_reported(studio):
    draft = make(studio, upto="")
    interviews.save(draft, "", [], by=studio.collector)
    draft.interview.refresh_from_db()
    assert rules.issues(draft) == ["请填写主持人", "请填写至少一位嘉宾"]
    with pytest.raises(Refused, match="嘉宾"):
        activity_moves.report(draft, by=studio.collector)


def guests(*lines: tuple, **more) -> dict:
    found = {"guests-TOTAL_FORMS": len(lines), "guests-INITIAL_FORMS": 0, "host": "郑主持", **more}
    for place, (name, title) in enumerate(lines):
        found |= {f"guests-{place}-name": name, f"guests-{place}-title": title}
    return found


def test_guests_are_edited_with_their_pictures(studio, sign_in):
    draft, client = make(studio, upto=""), sign_in(studio.collector)
    address = reverse("desk:interview_edit", args=[draft.pk])
    sent = guests(("何卫民", "科长"), ("林局", "副局长")) | {
        "guests-0-ORDER": "2", "guests-1-ORDER": "1", "guests-0-picture": picture(),
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    second, first = draft.interview.guests.all()
    assert (second.name, first.name, bool(first.picture)) == ("林局", "何卫民", True)
    kept = guests(("何卫民", "科长")) | {"guests-0-keeps": first.pk}
    assert client.post(address, kept).status_code == 302
    assert draft.interview.guests.get().picture == first.picture
    shown = reverse("activity_thumbnail", args=["interviews", draft.pk, first.picture_id, "thumb"])
    assert client.get(shown).status_code == 200
    assert sign_in(None).get(shown).status_code == 404


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"guests-0-name": ""}, "请填写嘉宾姓名"), ({"guests-0-title": ""}, "请填写嘉宾职务"),
        ({"host": ""}, "请填写主持人"), ({"guests-0-name": "零\0"}, "改正"), ({"guests-0-keeps": "九"}, "改正"),
        ({"guests-1-name": "何卫民", "guests-1-title": "另一人"}, "同一位嘉宾写了两次"),
        ({"guests-TOTAL_FORMS": "x"}, "改正"), ({"guests-0-name": "长" * 31}, "最多 30 字"),
    ],
)  # fmt: skip
def test_wrong_guests_come_back(studio, sign_in, change, says):
    draft = make(studio, upto="")
    sent = guests(("何卫民", "科长"), ("", "")) | change
    answer = sign_in(studio.collector).post(reverse("desk:interview_edit", args=[draft.pk]), sent)
    assert (answer.status_code, says in answer.content.decode()) == (422, True)


def test_a_document_is_no_picture_of_a_guest(studio, sign_in):
    draft = make(studio, upto="")
    file = SimpleUploadedFile("简历.txt", b"text")
    sent = guests(("何卫民", "科长")) | {"guests-0-picture": file}
    answer = sign_in(studio.collector).post(reverse("desk:interview_edit", args=[draft.pk]), sent)
    assert (answer.status_code, "不是图片" in answer.content.decode()) == (422, True)
    assert draft.interview.guests.count() == 2


def test_a_copy_takes_host_and_guests_but_nothing_that_was_said(studio, enter, ask):
    enter(question=ask(accepted=True))
    new = activities.copy(studio.activity, by=studio.collector)
    assert [one.name for one in new.interview.guests.all()] == ["何卫民", "林局"]
    assert (new.interview.host, new.interview.entries.count(), new.interview.questions.count()) == (
        "郑主持",
        0,
        0,
    )


@pytest.mark.parametrize(
    ("url", "is_good"),
    [
        ("/a/12/", True), ("http://video.example/play?v=1", True), ("http://video.example:8080/x", True),
        ("http://elsewhere.example/", False), ("javascript:alert(1)", False), ("//elsewhere.example/", False),
        ("http://u:p@video.example/", False), ("http://video.example@elsewhere.example/", False),
        ("ftp://video.example/", False), ("http://video.example.elsewhere.example/", False),
    ],
)  # fmt: skip
def test_a_video_lies_here_or_with_a_listed_system(studio, sign_in, url, is_good):
    ApplicationLink.objects.create(name="视频平台", url="http://video.example/", is_active=True)
    address = reverse("desk:interview_media", args=[studio.activity.pk])
    answer = sign_in(studio.collector).post(address, {"video_url": url, "summary": "摘要"})
    studio.activity.interview.refresh_from_db()
    assert (answer.status_code == 302, studio.activity.interview.video_url == url) == (is_good, is_good)


def test_pictures_and_summary_come_afterwards_and_each_change_is_on_record(studio, sign_in):
    client, address = sign_in(studio.collector), reverse("desk:interview_media", args=[studio.activity.pk])
    answer = client.post(address, {"summary": "谈了三个问题", "files": [picture()], "caption": "访谈现场"})
    assert answer.status_code == 302
    used = studio.activity.files.get()
    shown = sign_in(None).get(reverse("interview", args=[studio.activity.pk])).content.decode()
    assert all(word in shown for word in ("谈了三个问题", "访谈现场", f"{used.file_id}/-/card.jpg"))
    sign_in(studio.collector).post(address, {"summary": "", "drops": used.pk})
    assert studio.activity.files.count() == 0
    notes = AuditEntry.objects.filter(verb="save_media").order_by("pk").values_list("note", flat=True)
    assert list(notes) == ["", "去掉 访谈现场"]


def test_a_document_is_no_picture_of_the_interview(studio, sign_in):
    address = reverse("desk:interview_media", args=[studio.activity.pk])
    file = SimpleUploadedFile("稿.txt", b"text")
    answer = sign_in(studio.collector).post(address, {"summary": "留着的摘要", "files": [file]})
    assert (answer.status_code, "不是图片" in answer.content.decode()) == (422, True)
    assert "留着的摘要" in answer.content.decode()


def test_the_page_costs_the_same_with_one_line_and_with_thirty(studio, enter, ask, client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("interview", args=[studio.activity.pk]))
        return len(asked)

    enter(question=ask(accepted=True)), ask("第二问", accepted=True), cost()
    before = cost()
    for number in range(29):
        enter(f"第 {number} 句", guest=studio.guest, question=ask(f"问 {number}", accepted=True))
        ask(f"再问 {number}", accepted=True)
    assert cost() == before


def test_the_list_shows_announced_and_past_ones(studio, client):
    assert "放心消费访谈" in client.get(reverse("interviews")).content.decode()
    assert client.get("/interviews/99999999/").status_code == 404
    assert client.get(f"/consultations/{studio.activity.pk}/").status_code == 404
