"""`--demo`: sample contributions, sent, adopted and taken through the column's route by the sample people."""

import uuid
from html import escape

from django.db import transaction

from columns import queries as column_queries
from columns.enums import StepState
from columns.models import Column
from interaction.models import Contribution
from interaction.operations import contributions as operations
from interaction.operations.contributions import Text
from portal import clock
from portal.enums import Power
from portal.models import User
from portal.presets import source
from portal.presets.days import Days
from publishing import operations as publishing_operations
from publishing.models import Article

MARK = uuid.UUID("6f1c1f5e-0c7d-4c8e-9d55-3f1f3a0c1a02")


@transaction.atomic
def play(preset: str) -> None:
    """Nothing where anybody has contributed already, nor where the preset brings no contributions."""
    path = source.folder(preset) / "demo" / "contributions.yaml"
    if not path.exists() or Contribution.objects.exists():
        return
    days = Days()
    for row in source.read_file(path, "contributions.yaml")["contributions"]:
        _play(row, days)
    operations.tell_contributors()


def _play(row: dict, days: Days) -> None:
    column = Column.objects.select_related("site").get(site__key=row["site"], slug=row["column"])
    contributor = User.objects.get(staff_number=row["contributor"])
    text = Text(
        column=column, title=row["title"], body="".join(f"<p>{escape(line)}</p>" for line in row["body"]),
        is_reprint=row.get("reprint", False), author_name=row.get("author", ""), source_name=row.get("source", ""),
    )  # fmt: skip
    with clock.at(days.at(row["days"], 10, 12)):
        sent = operations.submit(text, by=contributor, key=uuid.uuid5(MARK, row["title"]))
    if row["upto"] == "submit":
        return
    with clock.at(days.at(row.get("done", row["days"]), 14, 20)):
        if row["upto"] == "withdraw":
            operations.withdraw(sent, by=contributor)
            return
        moderator = _holder(column, Power.PUBLISH, contributor)
        if row["upto"] == "refuse":
            operations.refuse(sent, by=moderator, note=row["reason"])
            return
        adopted = operations.adopt(sent, by=moderator)
    if row["upto"] == "publish":
        with clock.at(days.at(row["done"], 16, 5)):
            _publish(adopted.article, moderator, contributor)


def _publish(article: Article, moderator: User, contributor: User) -> None:
    """采集人 reports, whoever may approves, the moderator publishes."""
    revision = publishing_operations.report(article.revisions.get(), by=moderator)
    while step := revision.steps.filter(state=StepState.CURRENT).first():
        reviewer = _holder(article.column, Power(step.power), moderator, contributor)
        revision = publishing_operations.approve(step, by=reviewer)
    publishing_operations.publish(revision, by=moderator)


def _holder(column: Column, power: Power, *barred: User) -> User:
    people = column_queries.holders(column, power).exclude(pk__in=[one.pk for one in barred])
    return people.order_by("pk").first()
