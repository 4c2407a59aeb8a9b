"""The house in the admin: who sees what, what saving does, and that every page speaks Chinese."""

import gettext
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from lxml.html import document_fromstring

from portal import audit
from portal.models import AuditEntry, CalendarDay, CalendarYear, Department, Site, User

LOCALE = Path(settings.BASE_DIR) / "locale/zh_Hans/LC_MESSAGES"
STRUCTURE = [
    "portal_site", "portal_department", "portal_user", "portal_calendarday", "portal_calendaryear",
    "columns_reviewroute",
]  # fmt: skip


def page_of(name: str, *args) -> str:
    return reverse(f"admin:{name}", args=args)


@pytest.fixture
def granter(client, office):
    client.force_login(office.granter)
    return client


# --- doors --------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", STRUCTURE)
@pytest.mark.parametrize(
    ("who", "status"), [("granter", 200), ("moderator", 403), ("collector", 403), ("inspector", 403)]
)
def test_structure_belongs_to_the_granter(client, office, model, who, status):
    client.force_login(getattr(office, who))
    assert client.get(page_of(f"{model}_changelist")).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("granter", 200), ("inspector", 200), ("moderator", 403), ("collector", 403)]
)
def test_roles_are_read_by_whoever_looks_into_the_ledger(client, office, who, status):
    client.force_login(getattr(office, who))
    assert client.get(page_of("columns_role_changelist")).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("granter", 200), ("inspector", 200), ("moderator", 403), ("collector", 403)]
)
def test_audit_trail_is_for_inspectors(client, office, who, status):
    client.force_login(getattr(office, who))
    assert client.get(page_of("portal_auditentry_changelist")).status_code == status


def test_audit_trail_is_read_only(client, office):
    client.force_login(office.inspector)
    entry = AuditEntry.objects.first()
    where = page_of("portal_auditentry_change", entry.pk)
    assert client.get(where).status_code == 200
    assert client.post(where, {"note": "改写"}).status_code == 403
    assert client.get(page_of("portal_auditentry_add")).status_code == 403
    assert audit.verify().reason == ""


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("moderator", "publishing_article_changelist"),
        ("granter", "columns_reviewroute_changelist"),
        ("inspector", "publishing_article_changelist"),
    ],
)
def test_entrance_leads_to_the_first_page_of_ones_own(client, office, who, where):
    client.force_login(getattr(office, who))
    assert client.get(page_of("index"), follow=True).redirect_chain[-1][0] in {
        page_of(where),
        reverse("desk:home"),
    }


def test_side_bar_offers_what_one_may_open(client, office):
    client.force_login(office.moderator)
    page = client.get(page_of("publishing_article_changelist")).content.decode()
    assert page_of("columns_column_changelist") in page
    assert page_of("portal_user_changelist") not in page


# --- saving -------------------------------------------------------------------------------------


def person(office, **fields) -> dict:
    return {
        "staff_number": "320101", "name": "周明", "department": office.section.pk, "title": "科员", "email": "",
        "phone": "", "is_active": "on", "initial_password": "Chushi-Mima-7", **fields,
    }  # fmt: skip


def test_new_person_starts_with_an_initial_password(granter, office):
    granter.post(page_of("portal_user_add"), person(office))
    new = User.objects.get(staff_number="320101")
    assert new.check_password("Chushi-Mima-7")
    assert new.has_initial_password
    assert AuditEntry.objects.first().label == "新增人员"


def test_new_person_needs_an_initial_password(granter, office):
    page = granter.post(page_of("portal_user_add"), person(office, initial_password=""))
    assert list(page.context["adminform"].form.errors) == ["initial_password"]
    assert page.context["adminform"].form["name"].value() == "周明"


def test_weak_initial_password_is_refused_in_chinese(granter, office):
    page = granter.post(page_of("portal_user_add"), person(office, initial_password="123"))
    assert "密码" in page.context["adminform"].form.errors["initial_password"][0]


def test_changing_a_person_keeps_the_password_and_says_what_changed(granter, office):
    before = office.staff.password
    changed = person(office, name="李岚", initial_password="")
    granter.post(page_of("portal_user_change", office.staff.pk), changed)
    office.staff.refresh_from_db()
    assert (office.staff.name, office.staff.password, office.staff.staff_number) == ("李岚", before, "staff")
    assert AuditEntry.objects.first().note == "姓名、职务"


def test_new_initial_password_is_recorded_and_told(granter, office):
    granter.post(page_of("portal_user_change", office.staff.pk), person(office))
    office.staff.refresh_from_db()
    assert office.staff.has_initial_password
    assert AuditEntry.objects.first().label == "重设初始密码"
    assert office.staff.notices.count() == 1


def test_a_superuser_is_given_no_password(granter, office):
    root = User.objects.create_superuser("root", "Root-Mima-2026", name="系统管理员")
    page = granter.post(page_of("portal_user_change", root.pk), person(office, is_staff="on"))
    assert list(page.context["adminform"].form.errors) == ["initial_password"]
    root.refresh_from_db()
    assert root.check_password("Root-Mima-2026")


def test_nobody_locks_themselves_out(granter, office):
    form = person(office, initial_password="", is_staff="on")
    form.pop("is_active")
    page = granter.post(page_of("portal_user_change", office.granter.pk), form)
    assert page.context["adminform"].form.errors == {"is_active": ["不能停用自己"]}


def site(office, **fields) -> dict:
    return {
        "name": "南湖工商所", "key": "nanhu", "tagline": "", "parent": office.main.pk, "department": office.station.pk,
        "palette": "pine", "position": 30, "host_name": "", "organiser": "", "phone": "", "id_code": "", "icp": "",
        **fields,
    }  # fmt: skip


def test_new_site_is_reached_by_its_path(granter, office):
    granter.post(page_of("portal_site_add"), site(office))
    new = Site.objects.get(key="nanhu")
    assert (new.prefix, new.host_name) == ("/s/nanhu/", None)


def test_second_main_site_is_refused_at_the_field(granter, office):
    page = granter.post(page_of("portal_site_add"), site(office, parent=""))
    assert page.context["adminform"].form.errors == {"parent": ["主站只有一个，请选择上级站点"]}


def test_department_cannot_go_below_itself(granter, office):
    form = {
        "name": "城东分局",
        "short_name": "",
        "kind": "SUB_BUREAU",
        "parent": office.section.pk,
        "position": 10,
    }
    page = granter.post(page_of("portal_department_change", office.bureau.pk), form)
    assert list(page.context["adminform"].form.errors) == ["parent"]


def test_departments_are_listed_as_a_tree(granter, office):
    rows = granter.get(page_of("portal_department_changelist")).context["cl"].result_list
    assert [(row.tree_depth, row.name) for row in rows] == [(0, "城东分局"), (1, "办公室"), (1, "北桥工商所")]


def test_calendar_day_is_set_and_taken_back(granter, office):
    granter.post(page_of("portal_calendarday_add"), {"date": "2027-01-01", "note": "元旦"})
    row = CalendarDay.objects.get()
    assert (row.date, row.is_workday, row.note) == (date(2027, 1, 1), False, "元旦")
    granter.post(page_of("portal_calendarday_take_back", row.pk))
    assert not CalendarDay.objects.exists()


def test_year_without_holidays_is_not_settled(granter, office):
    page = granter.post(page_of("portal_calendaryear_add"), {"year": 2027, "source": "国办发明电〔2026〕7号"})
    assert list(page.context["adminform"].form.errors) == ["year"]
    CalendarDay.objects.create(date=date(2027, 1, 1), is_workday=False)
    granter.post(page_of("portal_calendaryear_add"), {"year": 2027, "source": "国办发明电〔2026〕7号"})
    assert CalendarYear.objects.get(year=2027).is_confirmed


@pytest.mark.parametrize("model", ["portal_site", "portal_department", "portal_user", "columns_reviewroute"])
def test_nothing_of_the_house_is_deleted(granter, office, model):
    models = {"portal_site": Site, "portal_department": Department, "portal_user": User}
    pk = models[model].objects.first().pk if model in models else 1
    assert granter.post(page_of(f"{model}_delete", pk), {"post": "yes"}).status_code in {403, 404, 302}
    if model in models:
        assert models[model].objects.filter(pk=pk).exists()


# --- language -----------------------------------------------------------------------------------


def visible_words(page: str) -> set[str]:
    """ASCII words that a person sees: no scripts, styles, icon names, attributes."""
    body = document_fromstring(page).body
    for hidden in body.xpath(
        "//script|//style|//template|//comment()|//*[contains(@class, 'material-symbols')]"
    ):
        hidden.drop_tree()
    return set(re.findall(r"[A-Za-z]{2,}", body.text_content()))


KNOWN = {
    # codes and sign-in names of the sample office
    "fenju", "beiqiao", "bangongshi", "collector", "head", "moderator", "signer", "inspector", "granter", "staff",
    "security", "auditor", "chief", "ICP", "direct", "HEAD",
    "esc",  # a key
}  # fmt: skip


@pytest.mark.parametrize(
    ("who", "name"),
    [
        *[("granter", f"{model}_changelist") for model in STRUCTURE],
        *[("granter", f"{model}_add") for model in STRUCTURE],
        ("granter", "columns_role_changelist"),
        ("inspector", "portal_auditentry_changelist"),
        ("moderator", "publishing_article_changelist"),
        ("moderator", "publishing_article_add"),
        ("moderator", "columns_column_changelist"),
        ("moderator", "columns_column_add"),
    ],
)
def test_pages_have_no_english_left(client, office, write, who, name):
    write(upto="report")
    client.force_login(getattr(office, who))
    page = client.get(page_of(name))
    assert page.status_code == 200
    assert visible_words(page.content.decode()) - KNOWN == set()


def test_compiled_catalogue_says_what_its_source_says():
    source = (LOCALE / "django.po").read_text()
    with (LOCALE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    said = {}
    for entry in source.split("\n\n")[1:]:
        parts = [
            quoted(part) for part in re.split(r"^msg(?:id|id_plural|str|str\[0\]) ", entry, flags=re.M)[1:]
        ]
        said[parts[0]] = (
            parts[-1],
            compiled.gettext(*parts[:1]) if len(parts) == 2 else compiled.ngettext(*parts[:2], 2),
        )
    assert len(said) > 60
    assert {ident: found for ident, (_, found) in said.items()} == {
        ident: want for ident, (want, _) in said.items()
    }


def quoted(part: str) -> str:
    return "".join(re.findall(r'"(.*)"', part))
