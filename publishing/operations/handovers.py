"""移交稿件: a text on its way gets another writer who looks after it (办法第十条); who wrote it stays on record."""

from collections.abc import Sequence

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from columns import queries as column_queries
from columns import rules as column_rules
from portal import audit, clock
from portal.enums import Power
from portal.models import User
from portal.open_work import Handed
from publishing import rules
from publishing.enums import EDITABLE_STATES, OPEN_STATES, RevisionState
from publishing.models import Revision

CLAUSE = "办法第十条"


@transaction.atomic
def hand_over(revisions: Sequence[Revision], writer: User, successor: User, *, by: User) -> Handed:
    """The successor looks after what `writer` left: drafts are theirs to write on, of the others they hear what
    becomes of them. Few statements however many texts; a refused one stays as it is, with the reason.

    Past acts stay past: who collected, reported and approved is not changed, and whoever wrote a text never
    approves it, the successor included.
    """
    ids = [one.pk for one in revisions]
    rows = Revision.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    found, changed, acts = Handed(), [], []
    for row in rows.select_related("column__site", "saved_by").order_by("pk"):
        if against := _why_not(row, writer, successor):
            found.refused.append((row.title, against))
            continue
        note = f"{row.saved_by}（{row.saved_by.staff_number}）→ {successor}（{successor.staff_number}）"
        acts.append(audit.Act("hand_over", "移交稿件", row, note=note, clause=CLAUSE))
        row.saved_by, row.saved_for, row.saved_at = successor, None, clock.now()
        row.version += row.state in EDITABLE_STATES
        changed.append(row)
        found.done.append(row.title)
    bulk_update_with_history(
        changed, Revision, ["saved_by", "saved_for", "saved_at", "version"], batch_size=500, default_user=by,
        default_date=clock.now(),
    )  # fmt: skip
    audit.record_all(acts, actor=by)
    return found


def _why_not(revision: Revision, writer: User, successor: User) -> str:
    if revision.saved_by_id != writer.pk:
        return f"已由{revision.saved_by}接手"
    if revision.state not in OPEN_STATES:
        return f"{revision.get_state_display()}，不必再移交"
    if not column_rules.may(successor, Power.COLLECT, revision.column):
        return f"{successor}没有“{revision.column}”栏目的采集权限"
    if not successor.is_staff:
        return f"{successor}不能进入管理后台写稿"
    if revision.state == RevisionState.IN_REVIEW and _is_needed_to_decide(revision, successor):
        return f"{successor}是现在唯一能审核它的人，接手后就不能审核了"
    return ""


def _is_needed_to_decide(revision: Revision, successor: User) -> bool:
    step = rules.current_step(revision)
    if step is None or not column_rules.may(successor, step.power, revision.column):
        return False
    barred = revision.authors | column_queries.stand_ins(revision.authors) | {successor.pk}
    return not column_queries.holders(revision.column, Power(step.power)).exclude(pk__in=barred).exists()
