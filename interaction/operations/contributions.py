"""The only writers of contributions: sent, adopted or refused, taken back (办法第十三条第2项、第十四条第2项)."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from columns import queries as column_queries
from columns.models import Column
from interaction.enums.contributions import ContributionState
from interaction.models import Contribution
from interaction.operations import items
from interaction.rules import contributions as rules
from portal import audit, clock, notices, richtext
from portal.enums import NoticeKind, Power
from portal.models import User
from portal.sweeps import sweep
from portal.workflow import NotAllowed, as_they_stand, fire
from publishing import operations as publishing_operations
from publishing.enums import ArticleState
from publishing.operations import Draft

LABEL = "处理投稿"


@dataclass(frozen=True, kw_only=True)
class Text:
    """What a reader wrote. `body` is any HTML, cleaned here. A reprint names its author and source (办法第十二条)."""

    column: Column
    title: str
    body: str
    is_reprint: bool = False
    author_name: str = ""
    source_name: str = ""


@transaction.atomic
def submit(text: Text, *, by: User, key: UUID) -> Contribution:
    """投稿: the clock starts, the column's moderators are told. The same `key` gives the first one back."""
    by = as_they_stand(by)
    if reason := rules.why_not_contribute(by, text.column):
        raise NotAllowed(reason, "column")
    sent = {
        "site": text.column.site, "column": text.column, "title": richtext.one_line(text.title),
        "body": richtext.clean(text.body), "is_reprint": text.is_reprint,
        "author_name": richtext.one_line(text.author_name) if text.is_reprint else by.name,
        "source_name": richtext.one_line(text.source_name) if text.is_reprint else "",
        "department": by.department, "at": clock.now(),
    }  # fmt: skip
    contribution, is_new = Contribution.objects.get_or_create(contributor=by, key=key, defaults=sent)
    if is_new:
        audit.record("contribute", "投稿", contribution, actor=by)
        items.start(contribution, LABEL, by=by)
        _call_moderators(contribution)
    return contribution


@transaction.atomic
def adopt(contribution: Contribution, *, by: User) -> Contribution:
    """采用: it becomes a draft of whoever adopts it, its author credited, and travels the column's route from there.

    The contributor is told; nobody who contributed a text decides about it later.
    """
    if reason := rules.why_not(by, "adopt", contribution):
        raise NotAllowed(reason)
    draft = Draft(
        column=contribution.column, title=contribution.title, body=contribution.body,
        author_name=contribution.author_name, is_reprint=contribution.is_reprint,
        source_name=contribution.source_name, department=contribution.department,
        contributor=contribution.contributor, key=f"contribution:{contribution.pk}",
    )  # fmt: skip
    revision = publishing_operations.create(draft, by=by)
    contribution = _decide(contribution, "adopt", by, article=revision.article)
    _tell(contribution, "您的投稿已采用", "版主已采用，按栏目的审核程序发布，发布后再告诉您。")
    return contribution


@transaction.atomic
def refuse(contribution: Contribution, *, by: User, note: str) -> Contribution:
    """不予采用: it is kept with the reason, which its author and inspection see (办法第十二条)."""
    contribution = _decide(contribution, "refuse", by, note)
    _tell(contribution, "您的投稿未采用", f"理由：{contribution.reason}")
    return contribution


@transaction.atomic
def withdraw(contribution: Contribution, *, by: User) -> Contribution:
    """撤回 by the contributor, as long as nobody has taken it."""
    contribution = fire(contribution, "withdraw", actor=by, why_not=rules.why_not)
    _done(contribution, by)
    return contribution


@sweep("tell_contributors", every=timedelta(minutes=1), label="告知投稿发布")
def tell_contributors() -> int:
    """Tell everybody once whose contribution readers find now."""
    told = 0
    waiting = Contribution.objects.filter(
        state=ContributionState.ADOPTED, told_at=None, article__state=ArticleState.LIVE
    )
    for pk in waiting.values_list("pk", flat=True):
        with transaction.atomic():
            row = waiting.select_for_update(of=("self",)).filter(pk=pk).first()
            if row is not None:
                row.told_at = clock.now()
                row.save(update_fields=["told_at"])
                _tell(row, "您的投稿已发布", "", row.article.get_absolute_url())
                told += 1
    return told


def _decide(contribution: Contribution, verb: str, by: User, note: str = "", **changes) -> Contribution:
    changes |= {
        "decided_by": by, "decided_for": rules.acting_for(by, verb, contribution), "decided_at": clock.now(),
        "reason": note.strip(),
    }  # fmt: skip
    contribution = fire(
        contribution, verb, actor=by, why_not=rules.why_not, acting_for=rules.acting_for, note=note,
        changes=changes,
    )  # fmt: skip
    _done(contribution, by)
    return contribution


def _done(contribution: Contribution, by: User) -> None:
    items.stop(contribution, by=by)
    notices.settle(_desk_address(contribution))


def _tell(contribution: Contribution, said: str, body: str, url: str = "") -> None:
    notices.tell(
        [contribution.contributor], f"{said}：{contribution}", kind=NoticeKind.RESULT, body=body,
        url=url or contribution.get_absolute_url(),
    )  # fmt: skip


def _call_moderators(contribution: Contribution) -> None:
    barred = {contribution.contributor_id} | column_queries.stand_ins({contribution.contributor_id})
    collectors = column_queries.holders(contribution.column, Power.COLLECT)
    people = column_queries.holders(contribution.column, Power.PUBLISH).filter(pk__in=collectors)
    notices.tell(
        people.exclude(pk__in=barred), f"待处理投稿：{contribution}", kind=NoticeKind.TODO,
        body=f"{contribution.column} · {contribution.department or ''} {contribution.contributor}",
        url=_desk_address(contribution), key=f"contribution-{contribution.pk}",
    )  # fmt: skip


def _desk_address(contribution: Contribution) -> str:
    return reverse("desk:contribution", args=[contribution.pk])
