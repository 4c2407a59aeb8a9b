"""信息维护分工表 (JS-6; 石家庄第十三条): read by everybody who is signed in, edited by whoever manages the whole site."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from columns import queries, rules
from columns.duties import Cell, Division, Duties
from columns.forms.division import DivisionForm
from columns.models import Column
from columns.operations import set_responsibilities
from columns.views import division as page
from portal.models import Site
from portal.once import forget
from portal.workflow import Refused, TooLate

KEPT = "kept_division"


@require_safe
@login_required
@never_cache
def responsibilities(request: HttpRequest) -> HttpResponse:
    """分工表; `?view=people` shows 责任明细: who by name."""
    site = site_of(request)
    division = queries.division(site)
    context = frame(request, site) | {
        "without_owner": division.without_owner(),
        "is_divided": bool(division.rows),
        "involved": division.involved(),
    }
    if request.GET.get("view") == "people":
        assignments = division.assignments(queries.holders_of_all(site))
        context |= {
            "people": page.people(division, assignments),
            "vacancies": page.vacancies(assignments),
            "may_propose": rules.proposable_sites(request.user).contains(site),
        }
        return render(request, "desk/responsibilities/people.html", context)
    return render(
        request,
        "desk/responsibilities/table.html",
        context | {"rows": page.grid(division, division.involved())},
    )


@require_http_methods(["GET", "POST"])
@never_cache
def edit(request: HttpRequest) -> HttpResponse:
    """The same table with toggles; `?column=` shows one column and what lies below it."""
    if not request.user.is_authenticated:
        return _to_sign_in(request)
    site = site_of(request)
    may_edit_or_403(request, site)
    division = queries.division(site)
    if request.method == "POST":
        return _save(request, site, division)
    if kept := _kept(request, site):
        messages.info(request, "登录前勾选的内容还在，请核对后保存。")
        return _typed(request, site, division, DivisionForm(kept))
    form = DivisionForm(initial={"shown": page.sign_shown(division)})
    return _editor(request, site, division, form)


def _save(request: HttpRequest, site: Site, division: Division) -> HttpResponse:
    form = DivisionForm(request.POST)
    shown = page.read_shown(request.POST.get("shown", ""))
    if shown is None:
        form = _renewed(form, division)
        form.add_error(None, "页面打开太久或不完整，没有保存。您的勾选都在，请与现在的分工核对后再保存")
        ticks = page.wanted(form.ticked(), division.rows, _ids(request, division))
        return _editor(request, site, division.with_changes(ticks), form, 422)
    mine = page.wanted(form.ticked(), shown.rows, _ids(request, division))
    if not form.is_valid():
        return _typed(request, site, division, form, 422)
    try:
        made = set_responsibilities(
            site, mine, by=request.user, reason=form.cleaned_data["reason"], seen=shown.fingerprint
        )
    except TooLate:
        return _overtaken(request, site, form, shown, mine)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _typed(request, site, division, form, 422)
    if made:
        messages.success(request, f"已保存 {len(made)} 处：{page.in_words(made)}")
    else:
        messages.info(request, "没有改动，未作保存。")
    return redirect(f"{reverse('desk:responsibilities')}?site={site.key}")


def _typed(
    request: HttpRequest, site: Site, division: Division, form: DivisionForm, status: int = 200
) -> HttpResponse:
    """The table with the ticks as they were sent, over what was shown then."""
    shown = page.read_shown(form.data.get("shown", ""))
    base = shown.rows if shown else division.rows
    then = Division(division.columns, division.departments.values(), base, division.clauses)
    ticks = page.wanted(form.ticked(), base, _ids(request, division))
    return _editor(request, site, then.with_changes(ticks), form, status)


def _overtaken(
    request: HttpRequest, site: Site, form: DivisionForm, shown: page.Shown, mine: dict[Cell, Duties]
) -> HttpResponse:
    """Somebody else saved first: their changes are told and taken over, the person's own ticks stay on top."""
    forget(site, "columns")
    now = queries.division(site)
    then = Division(now.columns, now.departments.values(), shown.rows)
    theirs = then.changes_to({cell: now.own(cell) for cell in {*shown.rows, *now.rows}})
    form = _renewed(form, now)
    context = {
        "theirs": theirs,
        "authors": page.authors(site, shown.at),
        "disputed": {change.cell for change in theirs} & mine.keys(),
    }
    return _editor(request, site, now.with_changes(mine), form, 409, **context)


def _renewed(form: DivisionForm, division: Division) -> DivisionForm:
    """The same form, about the table as it is now."""
    data = form.data.copy()
    data["shown"] = page.sign_shown(division)
    return DivisionForm(data)


def _editor(
    request: HttpRequest, site: Site, division: Division, form: DivisionForm, status: int = 200, **more: Any
) -> HttpResponse:
    only, departments = _scope(request, division), division.offered()
    context = frame(request, site) | more | {
        "form": form,
        "departments": departments,
        "only": only[0] if only else None,
        "rows": page.grid(division, departments, only=only, disputed=more.get("disputed", ())),
    }  # fmt: skip
    return render(request, "desk/responsibilities/edit.html", context, status=status)


def _scope(request: HttpRequest, division: Division) -> list[Column] | None:
    """The branch that `?column=` names; None: the whole tree."""
    slug = request.GET.get("column", "")
    if not slug:
        return None
    column = division.columns.by_slug(slug)
    if column is None:
        raise Http404
    return list(division.columns.branch(column))


def _ids(request: HttpRequest, division: Division) -> set[int]:
    scope = _scope(request, division)
    return {column.pk for column in (division.columns if scope is None else scope)}


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Who was signed out meanwhile finds the ticks again, if they are about a table that we had shown."""
    if request.method == "POST" and page.read_shown(request.POST.get("shown", "")):
        kept = {name: request.POST.getlist(name) for name in ("on", "reason", "shown")}
        request.session[KEPT] = {"site": request.GET.get("site", ""), "data": kept}
        request.keeps_what_was_typed = True
    return redirect_to_login(request.get_full_path())


def _kept(request: HttpRequest, site: Site) -> Any:
    kept = request.session.pop(KEPT, None)
    if not kept or kept["site"] not in ("", site.key):
        return None
    data = request.POST.copy()
    for name, values in kept["data"].items():
        data.setlist(name, values)
    return data


def site_of(request: HttpRequest) -> Site:
    """`?site=`, or the one whose desk this is."""
    key = request.GET.get("site", "")
    site = next((site for site in request.sites if site.key == key), None) if key else request.site
    if site is None:
        raise Http404
    return site


def may_edit_or_403(request: HttpRequest, site: Site) -> None:
    if not rules.may_manage_site(request.user, site):
        raise PermissionDenied("只有管理整个站点栏目的人员（总版主）可以调整分工")


def frame(request: HttpRequest, site: Site) -> dict[str, Any]:
    """What all pages of the division share. The site they are about is not always the one whose desk it is."""
    return {
        "about": site,
        "may_edit": rules.may_manage_site(request.user, site),
        "view": "people" if request.GET.get("view") == "people" else "table",
    }
