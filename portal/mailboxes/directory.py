"""通讯录 (慈溪第二十一、二十二条): units to everybody, people to those signed in who were not asked to be left out."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery

from portal.enums import MAILBOX_IN_USE, MailboxKind
from portal.models import Department, OfficialMailbox

PAGE_SIZE = 50


@dataclass(frozen=True)
class UnitRow:
    """One unit of the directory, `depth` steps below the topmost shown; `mailbox` is None where none is in use."""

    department: Department
    depth: int
    mailbox: OfficialMailbox | None

    @property
    def address(self) -> str:
        return self.mailbox.address if self.mailbox else ""

    @property
    def keeper(self) -> str:
        """专人 (第二十条), for those signed in: whoever left the office or the unit is named no more."""
        holder = self.mailbox.holder if self.mailbox else None
        is_there = holder and holder.is_active and holder.department_id == self.department.pk
        return holder.name if is_there else ""


def units() -> list[UnitRow]:
    """Units with a mailbox or a telephone, in the order of the tree: two queries."""
    in_use = OfficialMailbox.objects.filter(kind=MailboxKind.UNIT, state__in=MAILBOX_IN_USE)
    mailboxes = {one.department_id: one for one in in_use.select_related("holder")}
    rows: list[UnitRow] = []
    above: list[int] = []
    for department in Department.objects.with_tree_fields().filter(is_active=True):
        mailbox = mailboxes.get(department.pk)
        if mailbox or department.phone:
            shown = [pk for pk in department.tree_path[:-1] if pk in above]
            rows.append(UnitRow(department, len(shown), mailbox))
            above.append(department.pk)
    return rows


def people(words: str = "") -> QuerySet[OfficialMailbox]:
    """个人邮箱 whose holder agreed and is in office, by unit; every one of the `words` is found somewhere in the row."""
    rows = OfficialMailbox.objects.filter(
        kind=MailboxKind.PERSONAL, state__in=MAILBOX_IN_USE, is_listed=True, holder__is_active=True
    )
    for word in words.split():
        rows = rows.filter(
            Q(holder__name__icontains=word)
            | Q(holder__department__name__icontains=word)
            | Q(address__icontains=word)
        )
    order = ("holder__department__position", "holder__department", "holder__name", "pk")
    return rows.select_related("holder__department").order_by(*order)


def people_page(words: str, number: int | str | None) -> Page:
    return Paginator(people(words), PAGE_SIZE).get_page(number)


def address_of_site() -> Subquery:
    """For a query of sites: the mailbox in use of the department that runs each (第二十一条: 显著位置标注)."""
    in_use = OfficialMailbox.objects.filter(
        kind=MailboxKind.UNIT, state__in=MAILBOX_IN_USE, department=OuterRef("department")
    )
    return Subquery(in_use.values("address")[:1])
