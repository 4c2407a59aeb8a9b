"""Two at once, on threads with connections of their own: one comment, one article, one counted mark."""

import uuid

from interaction.enums.comments import CommentState
from interaction.models import Comment, Contribution, Question
from interaction.operations import comments, contributions, questions
from portal.workflow import TooLate
from publishing.models import Article
from tests.races import RACING, at_once, fresh, one_won

pytestmark = RACING


def test_a_comment_sent_twice_at_once_is_said_once(forum, article):
    key = uuid.uuid4()
    said = at_once(*[lambda: comments.post(fresh(article), "说得好", by=fresh(forum.staff), key=key)] * 2)
    assert said[0] == said[1] == Comment.objects.get()


def test_of_agreeing_and_refusing_one_holds(forum, say):
    comment = say()
    held = one_won(
        at_once(
            lambda: comments.publish(fresh(comment), by=fresh(forum.moderator)),
            lambda: comments.refuse(fresh(comment), by=fresh(forum.moderator), note="无关"),
        )
    )
    assert fresh(comment).state == held.state != CommentState.PENDING


def test_adopting_twice_at_once_makes_one_article(forum, send):
    sent = send()
    one_won(at_once(*[lambda: contributions.adopt(fresh(sent), by=fresh(forum.moderator))] * 2))
    assert Article.objects.count() == 1


def test_of_adopting_and_taking_back_one_holds(forum, send):
    sent = send()
    results = at_once(
        lambda: contributions.adopt(fresh(sent), by=fresh(forum.moderator)),
        lambda: contributions.withdraw(fresh(sent), by=fresh(forum.staff)),
    )
    assert sum(isinstance(one, TooLate) for one in results) == 1
    assert Article.objects.count() == (Contribution.objects.get().state == "ADOPTED")


def test_useful_pressed_twice_at_once_counts_once(forum, ask):
    question = ask(upto="answer")
    assert sorted(at_once(*[lambda: questions.mark_useful(fresh(question), by=fresh(forum.reader))] * 2)) == [
        False,
        True,
    ]


def test_a_question_sent_twice_at_once_is_asked_once(forum):
    key = uuid.uuid4()

    def ask() -> Question:
        return questions.ask(fresh(forum.qa), forum.law, title="一", body="", by=fresh(forum.staff), key=key)

    asked = at_once(ask, ask)
    assert asked[0] == asked[1] == Question.objects.get()
