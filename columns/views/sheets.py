"""Who could do what on any day: all powers of a person, all people with a power on a column, and what to mend."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from columns import queries, rules
from columns.forms.ledger import DayForm
from columns.models import Appointment, Column
from columns.queries import Authorisation
from portal.enums import Power
from portal.models import User
from portal.spreadsheets import workbook

HEADINGS = ["工号", "姓名", "部门", "权限", "站点", "栏目", "来源", "自", "至", "代"]


@require_safe
@login_required
@never_cache
def person(request: HttpRequest, staff_number: str) -> HttpResponse:
    """All powers of one person: their own page, their head's, and of whoever looks into the ledger."""
    found = User.objects.select_related("department__head").filter(staff_number=staff_number).first()
    if found is None or not _may_see_person(request.user, found):
        raise Http404
    form = DayForm(request.GET)
    rows = queries.authorisations(queries.close_of(form.day), user=found)
    if request.GET.get("format") == "xlsx":
        return workbook(f"{found.name}的权限 {form.day}", HEADINGS, (_row(one) for one in rows))
    return render(request, "desk/ledger/person.html", {
        "person": found, "groups": _by_grant(rows), "form": form, "day": form.day, "is_self": found == request.user,
        "sees_all": rules.may_see_ledger(request.user),
        "may_propose": found != request.user and rules.proposable_sites(request.user).exists(),
        "on_its_way": found.appointments.filter(state__in=("PROPOSED", "CONSENTED", "SUSPENDED"))
        .select_related("role", "site", "column"),
        "here": "ledger",
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def column(request: HttpRequest, pk: int) -> HttpResponse:
    """All people with a power on one column, each with where it comes from."""
    found = get_object_or_404(Column.objects.select_related("site"), pk=pk)
    if not (rules.may_see_ledger(request.user) or rules.may(request.user, Power.MANAGE, found)):
        raise Http404
    form = DayForm(request.GET)
    rows = queries.authorisations(queries.close_of(form.day), column=found)
    if request.GET.get("format") == "xlsx":
        return workbook(f"{found.site}·{found}的权限 {form.day}", HEADINGS, (_row(one) for one in rows))
    powers = [(power, [one for one in rows if one.power == power]) for power in Power]
    return render(request, "desk/ledger/column.html", {
        "column": found, "path": queries.tree(found.site).path(found), "form": form, "day": form.day,
        "powers": [(power, held) for power, held in powers if held],
        "sees_all": rules.may_see_ledger(request.user), "here": "ledger",
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """权限体检: what the rules of least privilege find."""
    if not rules.may_see_ledger(request.user):
        raise PermissionDenied("权限体检由网管、总版主和检查人员查看")
    may_propose = rules.proposable_sites(request.user).exists()
    context = {"groups": queries.findings(), "may_propose": may_propose, "here": "ledger"}
    return render(request, "desk/ledger/health.html", context)


def _may_see_person(user: User, person: User) -> bool:
    return user.pk == person.pk or rules.may_see_ledger(user) or rules.is_head_of(user, person)


def _by_grant(rows: list[Authorisation]) -> list[tuple[Appointment, Authorisation, list[Power]]]:
    """One line a grant: its row, one of its authorisations for the days, all its powers."""
    found: dict[tuple, tuple[Appointment, Authorisation, list[Power]]] = {}
    for one in rows:
        key = (one.appointment.pk, one.acting_for.pk if one.acting_for else None)
        found.setdefault(key, (one.appointment, one, []))[2].append(one.power)
    return list(found.values())


def _row(one: Authorisation) -> list:
    row = one.appointment
    return [
        one.user.staff_number, one.user.name, one.user.department, one.power.label, row.site,
        row.column or "整个站点", one.via, one.granted_on, one.ends_on, one.acting_for,
    ]  # fmt: skip
