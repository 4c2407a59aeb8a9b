"""`--demo`: comments under the sample texts, said and moderated by the sample people."""

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction

from columns import queries as column_queries
from interaction.models import Comment, Question
from interaction.operations import comments as operations
from portal import clock
from portal.enums import Power
from portal.models import User
from portal.presets import source
from portal.presets.days import Days
from publishing.models import Article

HOURS = (9, 10, 14, 15, 16)
BETWEEN = timedelta(minutes=16)
MARK = uuid.UUID("6f1c1f5e-0c7d-4c8e-9d55-3f1f3a0c1a01")


@transaction.atomic
def play(preset: str) -> None:
    """Nothing where anybody has commented on a text already, nor where the preset brings no comments."""
    path = source.folder(preset) / "demo" / "comments.yaml"
    if not path.exists() or Comment.objects.filter(article__isnull=False).exists():
        return
    days = Days()
    for row in source.read_file(path, "comments.yaml")["comments"]:
        key = f"demo:{row['site']}:{row['article']}"[:64]
        article = Article.objects.select_related("site", "column").filter(import_key=key).first()
        if article is not None:
            discuss(article, row["said"], days)


def discuss(subject: Article | Question, said: Iterable[dict], days: Days) -> None:
    """What was said about one thing, one after another, each moderated a little later as far as it got."""
    since = subject.published_at if isinstance(subject, Article) else subject.answered_at
    for place, row in enumerate(said):
        author = User.objects.get(staff_number=row["who"])
        key = uuid.uuid5(MARK, f"{subject.pk}-{row['text']}")
        since = max(days.at(row["days"], HOURS[place % len(HOURS)], 5 + 7 * place % 50), since + BETWEEN)
        with clock.at(since):
            comment = operations.post(subject, row["text"], by=author, key=key)
        with clock.at(since + BETWEEN / 2):
            _moderate(comment, row)


def _moderate(comment: Comment, row: dict) -> None:
    steps: dict[str, list[Callable[[User], Comment]]] = {
        "pending": [],
        "publish": [lambda by: operations.publish(comment, by=by)],
        "refuse": [lambda by: operations.refuse(comment, by=by, note=row["reason"])],
        "withdraw": [
            lambda by: operations.publish(comment, by=by),
            lambda by: operations.withdraw(comment, by=by, note=row["reason"]),
        ],
    }
    people = column_queries.holders(comment.column, Power.PUBLISH).exclude(pk=comment.author_id)
    for step in steps[row["upto"]]:
        step(people.order_by("pk").first())
