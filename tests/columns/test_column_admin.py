"""Columns, routes and grants in the admin."""

import pytest
from django.urls import reverse

from columns.enums import Placement, Readers
from columns.models import Column, ReviewRoute
from portal.enums import Power
from portal.models import AuditEntry

TREE = reverse("admin:columns_column_changelist")
ADD = reverse("admin:columns_column_add")


def address(column: Column) -> str:
    return reverse("admin:columns_column_change", args=[column.pk])


def typed(**fields) -> dict:
    return {
        "name": "学习园地", "slug": "", "parent": "", "kind": "ARTICLES", "placement": "MENU",
        "content_note": "学习体会", "format_note": "", "readers": "EVERYONE", "route": "", "clause": "", **fields,
    }  # fmt: skip


@pytest.fixture
def moderator(client, office):
    client.force_login(office.moderator)
    return client


@pytest.fixture
def granter(client, office):
    client.force_login(office.granter)
    return client


def errors(page) -> dict:
    return page.context["adminform"].form.errors


# --- the tree -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "status"), [("moderator", 200), ("collector", 403), ("granter", 403)])
def test_only_managers_see_the_tree(client, office, who, status):
    client.force_login(getattr(office, who))
    assert client.get(TREE).status_code == status


def test_tree_shows_every_site_in_reading_order(moderator, office):
    trees = moderator.get(TREE).context["trees"]
    assert [(tree["site"].key, [(row["depth"], row["column"].name) for row in tree["columns"]]) for tree in trees] == [
        ("fenju", [(0, "工作动态"), (1, "要闻报道"), (0, "业务交流")]),
        ("beiqiao", [(0, "要闻报道")]),
    ]  # fmt: skip


@pytest.mark.parametrize("columns", [1, 30])
def test_tree_asks_the_database_the_same_however_many(
    moderator, office, columns, django_assert_max_num_queries
):
    for number in range(columns):
        Column.objects.create(
            site=office.main, name=f"栏目{number}", slug=f"c{number}", position=100 + number
        )
    moderator.get(TREE)  # the first page of a session writes it down
    with django_assert_max_num_queries(13):
        moderator.get(TREE)


def test_new_column_goes_last_below_its_parent(moderator, office):
    moderator.post(f"{ADD}?site=fenju&parent={office.trends.pk}", typed(parent=office.trends.pk))
    column = Column.objects.get(name="学习园地")
    assert (column.site, column.parent, column.position) == (office.main, office.trends, 20)
    assert AuditEntry.objects.first().label == "新增栏目"


def test_new_main_column_of_a_sub_site(moderator, office):
    moderator.post(f"{ADD}?site=beiqiao", typed(slug="xuexi"))
    assert Column.objects.get(slug="xuexi").site == office.sub


def test_rename_hide_and_notes_keep_the_address(moderator, office):
    changed = typed(
        name="要闻", parent=office.trends.pk, placement=Placement.UNLISTED, format_note="不超过千字"
    )
    moderator.post(address(office.news), changed)
    office.news.refresh_from_db()
    assert (office.news.name, office.news.slug, office.news.placement, office.news.format_note) == (
        "要闻", "yaowenbaodao", Placement.UNLISTED, "不超过千字",
    )  # fmt: skip


def test_moving_up_changes_places(moderator, office):
    moderator.post(reverse("admin:columns_column_up", args=[office.exchange.pk]))
    rows = Column.objects.filter(site=office.main, parent=None).order_by("position")
    assert [column.name for column in rows] == ["业务交流", "工作动态"]


def test_named_readers_need_departments(moderator, office):
    page = moderator.post(address(office.exchange), typed(name="业务交流", readers=Readers.DEPARTMENTS))
    assert errors(page) == {"reader_departments": ["请指定至少一个部门"]}
    named = typed(name="业务交流", readers=Readers.DEPARTMENTS, reader_departments=[office.section.pk])
    moderator.post(address(office.exchange), named)
    assert list(Column.objects.get(pk=office.exchange.pk).reader_departments.all()) == [office.section]


def test_same_address_twice_on_a_site_is_refused_at_the_field(moderator, office):
    page = moderator.post(f"{ADD}?site=fenju", typed(slug="yewujiaoliu"))
    assert errors(page) == {"slug": ["这个站点已有同样地址的栏目"]}


def test_a_column_cannot_go_below_itself(moderator, office):
    page = moderator.post(address(office.trends), typed(name="工作动态", parent=office.news.pk))
    assert list(errors(page)) == ["parent"]


def test_columns_are_hidden_never_deleted(moderator, office):
    page = moderator.post(reverse("admin:columns_column_delete", args=[office.news.pk]), {"post": "yes"})
    assert page.status_code == 403


# --- routes -------------------------------------------------------------------------------------


def step(number: int, **fields) -> dict:
    values = {"id": "", "route": "", "position": number, "label": f"第{number}步", "power": "review",
              "asks": ["content"], "working_days": 2, "clause": "", **fields}  # fmt: skip
    return {f"steps-{number - 1}-{name}": value for name, value in values.items()}


def steps_form(*steps: dict, initial: int = 0) -> dict:
    form = {"steps-TOTAL_FORMS": len(steps), "steps-INITIAL_FORMS": initial}
    for one in steps:
        form.update(one)
    return form


def test_new_route_with_two_steps(granter, office):
    form = steps_form(step(1, label="所长审核"), step(2, label="局长签发", power="sign"))
    granter.post(
        reverse("admin:columns_reviewroute_add"), {"name": "两级审核", "key": "two", "clause": "", **form}
    )
    route = ReviewRoute.objects.get(key="two")
    assert [(one.position, one.label, one.power) for one in route.steps.all()] == [
        (1, "所长审核", "review"), (2, "局长签发", "sign"),
    ]  # fmt: skip


def test_steps_change_places(granter, office):
    route = ReviewRoute.objects.create(key="two", name="两级审核")
    first, second = (route.steps.create(position=n, label=f"步骤{n}", power=Power.REVIEW) for n in (1, 2))
    form = steps_form(
        step(1, id=first.pk, route=route.pk, label="步骤1", position=2),
        step(2, id=second.pk, route=route.pk, label="步骤2", position=1),
        initial=2,
    )
    granter.post(reverse("admin:columns_reviewroute_change", args=[route.pk]), {"name": "两级审核", **form})
    assert [(one.position, one.label) for one in route.steps.all()] == [(1, "步骤2"), (2, "步骤1")]


def test_a_new_default_takes_the_old_ones_place(granter, office):
    form = {"name": "直接发布", "clause": "", "is_default": "on", **steps_form()}
    granter.post(reverse("admin:columns_reviewroute_change", args=[office.direct.pk]), form)
    assert [route.key for route in ReviewRoute.objects.filter(is_default=True)] == ["direct"]


def test_the_default_cannot_just_be_dropped(granter, office):
    kept = office.head.steps.get()
    form = steps_form(step(1, id=kept.pk, route=office.head.pk), initial=1)
    page = granter.post(
        reverse("admin:columns_reviewroute_change", args=[office.head.pk]), {"name": "审核", **form}
    )
    assert errors(page) == {"is_default": ["须有一条默认路线；请先把另一条设为默认"]}
    assert ReviewRoute.objects.get(key="head").name == "负责人审核"
