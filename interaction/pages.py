"""Public pages of interaction: the centre, lists of what is asked, held and answered. Forms and what counts votes stay
with the application.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min

from interaction.models import Activity, Answer, Comment, Contribution, Letter, PublicLetter, Question
from portal import clock, pages
from portal.models import Site
from portal.pages import Address, Kind

HUB, QUESTIONS, LETTERS, CONTRIBUTIONS = "interaction/", "questions/", "mailbox/public/", "contributions/"
ACTIVITIES = {"SURVEY": "surveys/", "POLL": "polls/", "APPRAISAL": "polls/", "EXAM": "exams/"}
LISTS = (HUB, QUESTIONS, LETTERS, CONTRIBUTIONS, *dict.fromkeys(ACTIVITIES.values()))


def of_activity(activity: Activity) -> Iterable[Address]:
    return _at(activity.site, "", HUB, *({ACTIVITIES[activity.kind]} if activity.kind in ACTIVITIES else ()))


def of_question(question: Question) -> Iterable[Address]:
    """The lists of questions; the column's own page is one of them."""
    return _at(question.site, QUESTIONS, f"c/{question.column.slug}/")


def of_letter(letter: Letter) -> Iterable[Address]:
    """Only the copy made for the public (选登)."""
    copy = PublicLetter.objects.filter(letter=letter).first()
    return _at(letter.site, HUB, LETTERS, f"{LETTERS}{copy.pk}/") if copy else ()


def of_public_letter(copy: PublicLetter) -> Iterable[Address]:
    return of_letter(copy.letter)


def of_answer(answer: Answer) -> Iterable[Address]:
    return of_question(answer.question) if answer.question_id else of_letter(answer.letter)


def of_comment(comment: Comment) -> Iterable[Address]:
    """What is said below an article stands on its page."""
    return _at(comment.article.site, f"a/{comment.article_id}/") if comment.article_id else ()


def of_contribution(contribution: Contribution) -> Iterable[Address]:
    return _at(contribution.site, CONTRIBUTIONS)


def next_turn(site: Site) -> datetime | None:
    """When the next activity of the site opens or closes by itself."""
    now = clock.now()
    rows = Activity.objects.approved().filter(site=site, ended_at=None)
    opens = rows.filter(opens_at__gt=now).aggregate(at=Min("opens_at"))["at"]
    closes = rows.filter(closes_at__gt=now).aggregate(at=Min("closes_at"))["at"]
    return min(filter(None, (opens, closes)), default=None)


def _at(site: Site, *paths: str) -> list[Address]:
    return [Address(site.key, path) for path in paths]


def _letters(site: Site) -> Iterable[str]:
    rows = PublicLetter.objects.filter(site=site, is_public=True).values_list("pk", flat=True)
    return (f"{LETTERS}{pk}/" for pk in rows.iterator(chunk_size=2000))


pages.register(Kind("interaction lists", "|".join(LISTS), lambda site: LISTS, rank=4, turns_daily=True))
pages.register(Kind("public letter", rf"{LETTERS}\d+/", _letters, rank=5))
pages.turn(next_turn)
pages.show("interaction.activity", of_activity)
pages.show("interaction.question", of_question)
pages.show("interaction.letter", of_letter)
pages.show("interaction.publicletter", of_public_letter)
pages.show("interaction.answer", of_answer)
pages.show("interaction.comment", of_comment)
pages.show("interaction.contribution", of_contribution)
