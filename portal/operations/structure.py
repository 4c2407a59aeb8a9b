"""The only writers of the house itself: sites, departments, people, parameters."""

from collections.abc import Iterable

from django.db import models, transaction

from portal import applications, audit, break_glass, clock, notices, pages, parameters
from portal.enums import Ending
from portal.models import ApplicationLink, Department, Parameter, Site, User
from portal.operations import departures
from portal.operations.accounts import give_password
from portal.operations.lost import page_of
from portal.operations.sessions import end_all_of
from portal.workflow import NotAllowed, Refused, as_they_stand


@transaction.atomic
def save_site(site: Site, *, by: User) -> Site:
    """Add a site or change it; there is one main site."""
    if site.parent_id is None and Site.objects.filter(parent=None).exclude(pk=site.pk).exists():
        raise Refused("主站只有一个，请选择上级站点", "parent")
    _refuse_circle(site, "parent", "上级站点不能是它自己或它的子站")
    if site.parent and site.host_name and not site.parent.host_name:
        raise Refused("上级站点还没有域名：先为它设置域名，子站才找得到回去的路", "host_name")
    _save(site, "站点", by)
    pages.site_changed()
    return site


@transaction.atomic
def save_department(department: Department, *, by: User) -> Department:
    """Add a department or change it; a closed one stays on record with its people and texts, and since when it is."""
    _refuse_circle(department, "parent", "上级部门不能是它自己或它的下级部门")
    if department.is_active:
        department.closed_on = None
    elif department.closed_on is None:
        department.closed_on = clock.today()
    _save(department, "部门", by)
    pages.site_changed()
    return department


@transaction.atomic
def save_person(person: User, *, by: User, initial_password: str = "") -> User:
    """Add a person or change them. An `initial_password` replaces theirs until they sign in and change it."""
    if break_glass.is_break_glass(person):
        raise NotAllowed("应急账号只能在服务器上封存和启用", "staff_number")
    if person.pk is None and person.staff_number == break_glass.NUMBER:
        raise Refused(f"工号 {break_glass.NUMBER} 留给应急账号，请换一个", "staff_number")
    if person.pk == by.pk and not person.is_active:
        raise Refused("不能停用自己", "is_active")
    if person.pk == by.pk and not person.is_staff:
        raise Refused("不能取消自己的后台资格", "is_staff")
    if initial_password:
        if person.is_superuser:
            raise NotAllowed("超级用户不许登录，不设密码", "initial_password")
        give_password(person, initial_password, initial=True)
        person.credential_lost_at = None
    is_known = person.pk is not None
    if not is_known and not initial_password:
        person.set_unusable_password()
    was = departures.Standing.of(as_they_stand(person)) if is_known else None
    _save(person, "人员", by)
    if was:
        departures.record([(person, was, "修改人员资料")], by=by)
    if is_known and (initial_password or not person.is_active):
        end_all_of(person, Ending.PASSWORD if initial_password else Ending.BY_ADMINISTRATOR, by=by)
    if is_known and initial_password:
        notices.settle(page_of(person))
        audit.record("reset_password", "重设初始密码", person, actor=by)
        notices.tell([person], f"{by}为您重设了登录密码，请登录后及时修改")
    return person


@transaction.atomic
def set_parameter(parameter: Parameter, *, by: User) -> Parameter:
    """Change the number or its clause; in force at once."""
    before = Parameter.objects.select_for_update(no_key=True).get(pk=parameter.pk)
    parameter.save()
    note = f"{_number(before)} → {_number(parameter)}（{parameter.clause}）"
    audit.record("set_parameter", "修改参数", parameter, actor=by, note=note, clause=parameter.clause)
    transaction.on_commit(parameters.changed)
    pages.site_changed()
    return parameter


@transaction.atomic
def save_application_link(
    link: ApplicationLink, *, by: User, departments: Iterable[Department] = ()
) -> ApplicationLink:
    """Add a way to another system or change it; `departments` limits it to their people (办法第二条)."""
    try:
        link.url = applications.read_url(link.url)
    except ValueError as wrong:
        raise Refused(str(wrong), "url") from wrong
    wanted = {department.pk for department in departments}
    is_limited_anew = link.pk is not None and wanted != set(link.departments.values_list("pk", flat=True))
    _save(link, "应用链接", by, ["限定部门"] if is_limited_anew else [])
    link.departments.set(wanted)
    transaction.on_commit(applications.changed)
    pages.dropped(
        pages.Address(site, "") for site in Site.objects.filter(parent=None).values_list("key", flat=True)
    )
    return link


def _number(parameter: Parameter) -> str:
    return "不作要求" if parameter.value is None else f"{parameter.value} {parameter.unit}"


def _refuse_circle(node: models.Model, field: str, message: str) -> None:
    step = getattr(node, field)
    while node.pk is not None and step is not None:
        if step.pk == node.pk:
            raise Refused(message, field)
        step = getattr(step, field)


def _save(obj: models.Model, noun: str, by: User, more: Iterable[str] = ()):
    """Save and say in the audit trail which fields changed, and what `more`."""
    rows = type(obj)._default_manager.select_for_update(no_key=True)
    before = None if obj.pk is None else rows.get(pk=obj.pk)
    changed = [] if before is None else [*_changes(before, obj), *more]
    obj.save()
    verb, label = ("add", f"新增{noun}") if before is None else ("change", f"修改{noun}")
    audit.record(verb, label, obj, actor=by, note="、".join(changed))
    return obj


def _changes(before: models.Model, after: models.Model) -> Iterable[str]:
    for field in after._meta.concrete_fields:
        is_changed = getattr(before, field.attname) != getattr(after, field.attname)
        if is_changed and field.name not in {"password", "password_set_at", "last_login"}:
            yield str(field.verbose_name)
