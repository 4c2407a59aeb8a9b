"""What tests of comments, contributions and questions start from."""

import uuid
from types import SimpleNamespace

import pytest

from columns import operations as column_operations
from interaction.models import Answer, Comment, Contribution, Question
from interaction.operations import answers, comments, contributions, questions
from interaction.operations.contributions import Text
from interaction.rules import answers as answer_rules
from portal import clock
from portal.models import Notice, User
from publishing import operations as publishing
from publishing.models import Article
from publishing.operations import Draft
from tests.interaction.forum.kit import lay_down


@pytest.fixture
def forum(db) -> SimpleNamespace:
    return lay_down()


@pytest.fixture
def sign_in(client):
    def as_person(person):
        client.logout()
        client.force_login(person)
        return client

    return as_person


@pytest.fixture
def article(forum) -> Article:
    """Live in 业务交流, which takes comments; nobody is told of anything yet."""
    article = write(forum, "登记窗口的几点体会")
    Notice.objects.all().delete()
    return article


def write(forum, title: str, column=None) -> Article:
    draft = Draft(column=column or forum.exchange, title=title, body="<p>正文。</p>", author_name="李岚")
    revision = publishing.report(publishing.create(draft, by=forum.collector), by=forum.collector)
    while step := revision.steps.filter(state="CURRENT").first():
        revision = publishing.approve(step, by=forum.head_person)
    return publishing.publish(revision, by=forum.moderator)


@pytest.fixture
def say(forum, article):
    """`say("…", by=…)` posts a comment on `article`; `upto` "publish", "refuse" or "withdraw" takes it further."""

    def post(body: str = "说得好", *, by=None, upto: str = "", on=None) -> Comment:
        comment = comments.post(on or article, body, by=by or forum.staff, key=uuid.uuid4())
        if upto == "refuse":
            return comments.refuse(comment, by=forum.moderator, note="与文章无关")
        if upto in ("publish", "withdraw"):
            comment = comments.publish(comment, by=forum.moderator)
        if upto == "withdraw":
            return comments.withdraw(comment, by=forum.moderator, note="点名指责")
        return comment

    return post


@pytest.fixture
def send(forum):
    """`send("…")` contributes a text by a reader; `upto` "adopt" or "refuse" decides about it."""

    def submit(title: str = "取号机旁的三句话", *, by=None, upto: str = "", **fields) -> Contribution:
        column = fields.pop("column", forum.exchange)
        text = Text(column=column, title=title, body=fields.pop("body", "<p>一段。</p>"), **fields)
        sent = contributions.submit(text, by=by or forum.staff, key=uuid.uuid4())
        if upto == "adopt":
            return contributions.adopt(sent, by=forum.moderator)
        return contributions.refuse(sent, by=forum.moderator, note="与栏目不符") if upto == "refuse" else sent

    return submit


@pytest.fixture
def ask(forum):
    """`ask("…")` puts a question to 法制科; `upto` "review" or "answer" has the lawyer answer it."""

    def put(title: str = "撤回投诉后举报还查不查", *, by=None, upto: str = "", **fields) -> Question:
        question = questions.ask(
            fields.pop("column", forum.qa), fields.pop("department", forum.law), title=title,
            body=fields.pop("body", "消费者已经和解。"), by=by or forum.staff, key=uuid.uuid4(),
        )  # fmt: skip
        if upto:
            answer = answers.finish(question, text="举报依法核查。", version=0, by=forum.lawyer)
            if upto == "answer":
                approve(forum, answer)
        question.refresh_from_db()
        return question

    return put


def approve(forum, answer: Answer) -> Answer:
    return answers.approve(answer_rules.current_step(answer), by=forum.head_person)


@pytest.fixture
def in_place_of(forum):
    """`in_place_of(person)` gives somebody who acts for them today."""

    def name(person):
        deputy = User.objects.create_user("deputy", name="代理人", department=forum.section, is_staff=True)
        forum.section.head = forum.head_person
        forum.section.save()
        today = clock.today()
        column_operations.name_acting(person, deputy, today, today, by=forum.head_person, reason="出差")
        return User.objects.get(pk=deputy.pk)

    return name
