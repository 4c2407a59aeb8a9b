"""问答 as staff read, search and ask, and the desk where departments answer."""

import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from columns.enums import ColumnKind
from columns.models import Column
from interaction.models import Question
from interaction.operations import answers
from interaction.operations import questions as operations
from interaction.rules import answers as answer_rules
from interaction.views.questions import public
from portal.models import AuditEntry
from tests.interaction.forum.conftest import approve, write

pytestmark = pytest.mark.django_db
ASK = "/questions/new/?column=fazhiyuandi"
COLUMN = "/c/fazhiyuandi/"
LIST = reverse("desk:questions")
PEOPLE = {
    "lawyer": 302, "registrar": 403, "moderator": 403, "inspector": 403, "auditor": 403, "collector": 404,
    "head_person": 403, "signer": 403, "granter": 404, "security": 404, "chief": 404, "staff": 404,
}  # fmt: skip


def typed(forum, **fields) -> dict:
    return {
        "title": "电子送达要不要确认", "body": "当事人在外地。", "department": forum.law.pk, "key": uuid.uuid4(),
        **fields,
    }  # fmt: skip


def copy(question: Question, number: int) -> Question:
    """One more of the same."""
    names = [
        one.attname for one in Question._meta.concrete_fields if one.attname not in ("id", "key", "title")
    ]
    values = {name: getattr(question, name) for name in names}
    return Question(**values, title=f"第 {number} 问", key=uuid.uuid4())


def page(question) -> str:
    return reverse("desk:question", args=[question.pk])


def press(client, question, verb, **fields):
    return client.post(reverse("desk:question_act", args=[question.pk, verb]), fields)


def text(answer) -> str:
    return answer.content.decode()


def count(client, where) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(where).status_code == 200
    return len(queries)


# --- lists --------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", [COLUMN, "/questions/"])
def test_readers_find_what_was_answered(client, ask, where):
    ask("答复过的", upto="answer")
    ask("待审的", upto="review")
    ask("没答复的")
    found = text(client.get(where))
    assert [words for words in ("答复过的", "待审的", "没答复的") if words in found] == ["答复过的"]


def test_common_questions_stand_on_top_and_articles_below(client, forum, ask):
    operations.make_faq(ask("问题一", upto="answer"), by=forum.moderator, title="常见的问法")
    article = write(forum, "答疑选编第一期", column=forum.qa)
    found = text(client.get(COLUMN))
    assert (
        found.index("常见的问法")
        < found.index("最近答复")
        < found.index("相关文章")
        < found.index(article.title)
    )
    assert "相关文章" not in text(client.get(COLUMN, {"q": "问题"}))
    assert article.title in text(client.get(COLUMN, {"show": "articles"}))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "确认"}, ["电子送达要确认吗"]), ({"q": "依法核查"}, ["电子送达要确认吗", "撤回投诉怎么办"]),
        ({"q": "没有"}, []), ({"kind": "faq"}, ["撤回投诉怎么办"]),
        ({"department": "law"}, ["电子送达要确认吗", "撤回投诉怎么办"]),
    ],
)  # fmt: skip
def test_the_list_is_searched_and_filtered(client, forum, ask, query, found):
    operations.make_faq(ask("撤回投诉怎么办", upto="answer"), by=forum.moderator)
    ask("电子送达要确认吗", upto="answer")
    page = client.get("/questions/", query)
    assert [one.title for one in page.context["listing"]] == found


def test_ones_own_questions_however_they_stand(sign_in, forum, ask):
    ask("没答复的")
    operations.refuse(ask("不答复的"), by=forum.lawyer, note="理由")
    found = sign_in(forum.staff).get("/questions/", {"kind": "mine"}).context["listing"]
    assert {one.title for one in found} == {"没答复的", "不答复的"}
    assert list(sign_in(forum.reader).get("/questions/", {"kind": "mine"}).context["listing"]) == []


@pytest.mark.parametrize(
    "query", [{"kind": "x"}, {"kind": "mine"}, {"department": "nobody"}, {"department": "\0"}]
)
def test_odd_filters_are_not_found(client, query):
    assert client.get("/questions/", query).status_code == 404


@pytest.mark.parametrize("words", ["\0", "长" * 5000, "%_'\"", "👍", "𠮷"])
def test_odd_words_find_nothing(client, ask, words):
    ask(upto="answer")
    assert client.get("/questions/", {"q": words}).status_code == 200


def test_hidden_columns_hide_their_questions(client, sign_in, forum, ask):
    question = ask("内部的问题", upto="answer")
    Column.objects.filter(pk=forum.qa.pk).update(readers="DEPARTMENTS")
    Column.objects.get(pk=forum.qa.pk).reader_departments.add(forum.registry)
    for where in ("/questions/", "/questions/similar/?q=内部的问题"):
        assert "内部的问题" not in text(sign_in(forum.reader).get(where))
    assert sign_in(forum.reader).get(question.get_absolute_url()).status_code == 404
    assert sign_in(forum.reader).get(ASK).status_code == 404
    assert sign_in(forum.registrar).get(question.get_absolute_url()).status_code == 200
    assert sign_in(forum.staff).get(question.get_absolute_url()).status_code == 200


def test_lists_cost_the_same_with_one_and_thirty(client, sign_in, forum, ask):
    operations.make_faq(ask("第 0 问", upto="answer"), by=forum.moderator)
    one = count(client, COLUMN), count(client, "/questions/"), count(client, "/questions/?q=问")
    handling = sign_in(forum.lawyer)
    handling.get(LIST)
    desk = count(handling, LIST), count(handling, "/desk/?kind=questions")
    answered, waiting = Question.objects.get(), ask("待答的问题")
    Question.objects.bulk_create(copy(answered, n) for n in range(29))
    Question.objects.bulk_create(copy(waiting, n) for n in range(29))
    assert (count(handling, LIST), count(handling, "/desk/?kind=questions")) <= (desk[0], desk[1] + 3)
    client.logout()
    assert (count(client, COLUMN), count(client, "/questions/"), count(client, "/questions/?q=问")) == one
    assert one[0] <= 11


def test_similar_ones_are_a_piece_of_a_page(client, ask):
    ask("电子送达要当事人确认吗", upto="answer")
    answer = client.get("/questions/similar/", {"q": "电子送达怎样确认"})
    assert "电子送达要当事人确认吗" in text(answer)
    assert "<html" not in text(answer)
    assert "没有相近的提问" in text(client.get("/questions/similar/", {"q": "锅炉检验"}))
    assert text(client.get("/questions/similar/")).strip() == ""


def test_similar_ones_cost_five_queries_beyond_the_frame_and_are_limited(client, ask, monkeypatch):
    ask("电子送达要当事人确认吗", upto="answer")
    client.get("/questions/similar/", {"q": "电子送达"})
    assert (
        count(client, "/questions/similar/?q=电子送达") <= 6
    )  # one of them the site's own, one whether what is kept still holds
    monkeypatch.setattr(public, "MOST_LOOKS", 3)
    assert [client.get("/questions/similar/", {"q": "电子"}).status_code for _ in range(2)] == [200, 429]


# --- one question -------------------------------------------------------------------------------


def test_the_asker_follows_what_others_do_not_see_yet(sign_in, forum, ask):
    question = operations.refer(ask(), forum.registry, by=forum.lawyer, note="属登记业务")
    found = text(sign_in(forum.staff).get(question.get_absolute_url()))
    assert "由法制科转注册科：属登记业务" in found
    assert "由注册科答复" in found
    assert sign_in(forum.reader).get(question.get_absolute_url()).status_code == 404
    assert sign_in(forum.registrar).get(question.get_absolute_url()).status_code == 200


def test_readers_see_question_answer_and_discussion(client, ask):
    question = ask("撤回投诉怎么办", upto="answer")
    found = text(client.get(question.get_absolute_url()))
    assert [words in found for words in ("法制科答复", "举报依法核查。", "登录后参与讨论")] == [True] * 3
    assert "办理进展" not in found


def test_useful_is_pressed_once(sign_in, forum, ask):
    question, client = ask(upto="answer"), sign_in(forum.reader)
    where = f"{question.get_absolute_url()}useful/"
    assert client.get(where).status_code == 405
    assert "已记下" in text(client.post(where, follow=True))
    assert "您已经标记过" in text(client.post(where, follow=True))
    assert client.post(f"{ask('没答复的').get_absolute_url()}useful/").status_code == 404
    assert question.marks.count() == 1


def test_a_question_of_another_site_leads_there(client, forum, ask):
    question = ask(upto="answer")
    answer = client.get(f"/s/beiqiao/questions/{question.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, question.get_absolute_url())
    assert client.get(f"/s/beiqiao/questions/{ask('没答复的').pk}/").status_code == 404


# --- asking -------------------------------------------------------------------------------------


def test_a_question_is_asked_once(sign_in, forum):
    client, form = sign_in(forum.staff), typed(forum)
    places = [client.post(ASK, form).headers["Location"] for _ in range(2)]
    assert places == [Question.objects.get().get_absolute_url()] * 2


@pytest.mark.usefixtures("forum")
def test_visitors_are_led_to_the_sign_in(client):
    assert "/login/" in client.get(ASK).headers["Location"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", ""), ("title", "　"), ("title", "长" * 81), ("title", "零\0字节"), ("body", "长" * 3001),
        ("body", "零\0"), ("department", ""), ("department", "x"), ("department", "99999999"),
    ],
)  # fmt: skip
def test_wrong_input_is_refused_at_its_field_and_kept(sign_in, forum, field, wrong):
    answer = sign_in(forum.staff).post(ASK, typed(forum, **{field: wrong}))
    assert (answer.status_code, Question.objects.count()) == (422, 0)
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["title"].value() == (wrong if field == "title" else "电子送达要不要确认")


def test_the_only_answering_department_is_chosen_already(sign_in, forum):
    forum.qa.responsibilities.filter(department=forum.registry).delete()
    assert 'value="">请选择' not in text(sign_in(forum.staff).get(ASK))
    assert sign_in(forum.staff).post(ASK, typed(forum)).status_code == 302


def test_where_there_are_several_columns_one_is_chosen_first(sign_in, forum):
    assert sign_in(forum.staff).get("/questions/new/").context["column"] == forum.qa
    Column.objects.create(site=forum.main, name="登记答疑", slug="dengji", kind=ColumnKind.QUESTIONS)
    assert "先选提问的栏目" in text(sign_in(forum.staff).get("/questions/new/"))
    assert sign_in(forum.staff).get("/questions/new/?column=yewujiaoliu").status_code == 404


def test_too_many_in_an_hour_are_refused_with_what_was_typed(sign_in, forum, monkeypatch):
    monkeypatch.setattr(public, "MOST", 2)
    client = sign_in(forum.staff)
    assert [client.post(ASK, typed(forum)).status_code for _ in range(3)] == [302, 302, 429]


# --- on the desk --------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "status"), PEOPLE.items())
def test_who_opens_the_desk_pages(sign_in, forum, ask, who, status):
    question, client = ask(by=forum.reader), sign_in(getattr(forum, who))
    handles = status != 404
    assert client.get(LIST).status_code == (200 if handles else 403)
    assert client.get(page(question)).status_code == (200 if handles else 404)
    assert press(client, question, "refuse", note="理由").status_code == status
    assert AuditEntry.objects.filter(verb="refused", actor=getattr(forum, who)).count() == (status != 302)


def test_an_answer_is_kept_and_handed_on(sign_in, forum, ask):
    question, client = ask(), sign_in(forum.lawyer)
    assert press(client, question, "save", text="草稿", version=0).status_code == 302
    assert "草稿" in text(client.get(page(question)))
    late = press(client, question, "answer", text="答复", version=0)
    assert (late.status_code, late.context["answer_form"]["text"].value()) == (409, "答复")
    assert press(client, question, "answer", text="答复", version=1).status_code == 302
    assert "答复待审" in text(client.get(page(question)))
    assert press(client, question, "take_back").status_code == 302
    assert question.answers.get().state == "DRAFT"


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("answer", {"text": "", "version": 0}), ("answer", {"text": "长" * 10001, "version": 0}),
        ("answer", {"text": "零\0", "version": 0}), ("answer", {"text": "答", "version": -1}), ("answer", {"text": "答"}),
        ("refer", {"department": "x", "note": "转"}), ("refer", {"department": "", "note": "转"}),
        ("refer", {"note": "长" * 501}),
        ("refuse", {"note": ""}), ("refuse", {"note": "长" * 501}), ("escalate", {"note": " "}),
    ],
)  # fmt: skip
def test_wrong_input_on_the_desk_is_refused(sign_in, forum, ask, verb, fields):
    assert press(sign_in(forum.lawyer), ask(), verb, **fields).status_code == 422


def test_every_other_button(sign_in, forum, ask):
    question, client = ask(), sign_in(forum.lawyer)
    assert press(client, question, "escalate", note="涉及面广").status_code == 302
    assert "尚未了结" in text(client.get(page(question)))
    assert press(client, question, "refer", department=forum.registry.pk, note="转").status_code == 302
    answered = ask("答复过的", upto="answer")
    assert press(client, answered, "close", note="").status_code == 302
    assert press(client, answered, "close").status_code == 409
    moderator = sign_in(forum.moderator)
    assert press(moderator, answered, "make_faq", title="短").status_code == 302
    assert press(moderator, answered, "unmake_faq").status_code == 302
    assert press(moderator, answered, "make_faq", title="长" * 81).status_code == 422
    assert press(moderator, answered, "answered").status_code == 404


def test_the_reviewer_reads_question_and_answer_and_decides(sign_in, forum, ask):
    question = ask(upto="review")
    answer = question.answers.get()
    where, step = reverse("desk:answer", args=[answer.pk]), answer_rules.current_step(answer)
    client = sign_in(forum.head_person)
    found = text(client.get(where))
    assert [words in found for words in (question.title, "举报依法核查。", "同意", "退回")] == [True] * 4
    assert "退回</button>" not in text(sign_in(forum.inspector).get(where))
    assert sign_in(forum.staff).get(where).status_code == 404
    client = sign_in(forum.head_person)
    assert client.get("/desk/?kind=answers").context["entries"][0].todo.url == where
    assert client.post(f"{where}return_/", {"step": step.pk, "note": ""}).status_code == 422
    assert client.post(f"{where}approve/", {"step": step.pk}).status_code == 302
    assert client.post(f"{where}approve/", {"step": step.pk}).status_code == 409
    question.refresh_from_db()
    assert question.state == "ANSWERED"


def test_own_questions_are_under_what_one_took_part_in(sign_in, forum, ask):
    operations.refuse(ask("查住址"), by=forum.lawyer, note="不属法律适用")
    found = text(sign_in(forum.staff).get(reverse("desk:my")))
    assert ("查住址" in found, "理由：不属法律适用" in found) == (True, True)
    assert "您还没有提过问题" in text(sign_in(forum.reader).get(reverse("desk:my")))


def test_a_draft_of_another_hand_is_not_overwritten(forum, ask):
    question = ask()
    answers.save(question, text="一", version=0, by=forum.lawyer)
    answer = answers.finish(question, text="二", version=1, by=forum.lawyer)
    assert approve(forum, answer).state == "SENT"
