"""Where imported articles go, and what a row becomes there: a draft, or the reason why not."""

import re
from datetime import date
from functools import cached_property
from hashlib import sha256
from html import escape

from columns import queries as column_queries
from columns import rules as column_rules
from columns.models import Column
from portal import richtext
from portal.enums import Power
from portal.models import Department, Site, User
from publishing.importing.rows import NAMES, Row, RowRefused
from publishing.models import Revision
from publishing.operations import Draft

_DATE = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?(?:[T ].*)?|(\d{4})(\d\d)(\d\d)")
_MARKUP = re.compile(r"<(?:p|div|br|table|ul|ol|h[1-6]|img|span|strong|b|em|font|a|section)\b[^<>]*>", re.I)
_YES, _NO = {"是", "1", "true", "yes", "y", "转载", "√"}, {"", "否", "0", "false", "no", "n", "原创", "×"}
_LONGEST = {field.name: field.max_length for field in Revision._meta.concrete_fields if field.max_length}
_PATH = re.compile(r"\s*[/>›＞／]\s*")


class Target:
    """A column of a site for the rows that name none, and who collects; what is asked often is kept."""

    def __init__(self, site: Site, column: Column, by: User, *, author_name: str = "") -> None:
        self.site, self.column, self.by, self.author_name = site, column, by, author_name

    def draft(self, row: Row) -> Draft:
        """What an editor would have typed; the body is clean already. Raises RowRefused."""
        said = {name: row.fields.get(name, "") for name in NAMES}
        title = _line("title", said["title"])
        if not title:
            raise RowRefused("缺少标题")
        written_on = _date(said["written_on"])
        return Draft(
            column=self._column(said["column"]),
            title=title,
            body=_body(said["body"], row.is_html),
            summary=_line("summary", said["summary"]),
            author_name=_line("author_name", said["author_name"] or self.author_name),
            source_name=_line("source_name", said["source_name"]),
            is_reprint=_yes_or_no(said["is_reprint"]),
            department=self._department(said["department"]),
            written_on=written_on,
            key=_key(said["key"], title, written_on),
        )

    def _column(self, said: str) -> Column:
        column = find_column(self.site, said) if said else self.column
        if not column_rules.may(self.by, Power.COLLECT, column):
            raise RowRefused(f"{self.by}没有“{column}”栏目的采集权限")
        return column

    def _department(self, said: str) -> Department | None:
        if not said:
            return None
        named = self._departments.get(said, set())
        if len(named) != 1:
            raise RowRefused(f"有几个部门叫“{said}”，请写全称" if named else f"没有名为“{said}”的部门")
        return next(iter(named))

    @cached_property
    def _departments(self) -> dict[str, set[Department]]:
        """Active departments by everything they are called."""
        called: dict[str, set[Department]] = {}
        for department in Department.objects.filter(is_active=True):
            for name in {department.name, department.short_name, department.code} - {""}:
                called.setdefault(name, set()).add(department)
        return called


def find_site(said: str) -> Site:
    """By key or name. Raises RowRefused."""
    site = Site.objects.filter(key=said).first() or Site.objects.filter(name=said).first()
    if site is None:
        known = "、".join(f"{site.key}（{site.name}）" for site in Site.objects.all())
        raise RowRefused(f"没有站点“{said}”；现有：{known or '无'}")
    return site


def find_column(site: Site, said: str) -> Column:
    """By slug, name or path (“工作动态/要闻报道”). Raises RowRefused, also when several are called so."""
    tree = column_queries.tree(site)
    if column := tree.by_slug(said):
        return column
    steps = _PATH.split(said.strip())
    found = [column for column in tree if [step.name for step in tree.path(column)][-len(steps) :] == steps]
    if len(found) > 1:
        paths = "、".join("/".join(step.name for step in tree.path(column)) for column in found)
        raise RowRefused(f"“{site}”有几个栏目叫“{said}”，请写明路径：{paths}")
    if not found:
        raise RowRefused(f"“{site}”没有栏目“{said}”")
    return found[0]


def moderator_of(column: Column) -> User | None:
    """Whoever looks after the column: its first holder of collecting and publishing, else of collecting."""
    collectors = column_queries.holders(column, Power.COLLECT).order_by("pk")
    publishers = set(column_queries.holders(column, Power.PUBLISH))
    return next((person for person in collectors if person in publishers), collectors.first())


def _line(name: str, said: str) -> str:
    text = " ".join(said.split())
    most = _LONGEST[name]
    if len(text) > most:
        raise RowRefused(f"{NAMES[name][0]}有 {len(text)} 字，超过 {most} 字")
    return text


def _body(said: str, is_html: bool) -> str:
    if not is_html and not _MARKUP.search(said):
        said = "".join(f"<p>{escape(line)}</p>" for line in said.splitlines() if line.strip())
    try:
        body = richtext.clean(said)
    except richtext.RichTextTooLong as error:
        raise RowRefused(str(error)) from error
    if richtext.is_empty(body):
        raise RowRefused("缺少正文")
    return body


def _date(said: str) -> date | None:
    if not said:
        return None
    match = _DATE.fullmatch(said)
    if match is None:
        raise RowRefused(f"成文日期“{said[:30]}”无法识别，请写成 2026-09-30 的样子")
    try:
        return date(*(int(part) for part in match.groups() if part))
    except ValueError:
        raise RowRefused(f"成文日期“{said}”不存在") from None


def _yes_or_no(said: str) -> bool:
    if said.lower() not in _YES | _NO:
        raise RowRefused(f"“转载”一栏须填是或否，不能是“{said[:30]}”")
    return said.lower() in _YES


def _key(number: str, title: str, written_on: date | None) -> str:
    """The same article gives the same key every time: its number, or title and date; fits 64 characters."""
    identity = f"number\0{number}" if number else f"title\0{title}\0{written_on or ''}"
    return "import:" + sha256(identity.encode()).hexdigest()[:56]
