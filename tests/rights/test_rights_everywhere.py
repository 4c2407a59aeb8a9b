"""Every address × every role × every kind of text: what is answered, and that nothing hidden shines through.

The tables are complete: an address that no table names fails the first test.
"""

from itertools import product

import pytest

from portal.models import AuditEntry
from publishing.models import Revision
from tests.rights import admin_pages, assessment, disclosure, interaction, safety, site_and_desk
from tests.rights.rows import HANDLERS, ROLES, Row
from tests.rights.visitors import NEVER, fill, routes

TEXTS = ("draft", "review", "live", "edited", "withdrawn", "inside", "inside_draft", "far", "far_draft")
GET = site_and_desk.GET | interaction.GET | disclosure.GET | assessment.GET | safety.GET | admin_pages.GET
POST = (
    site_and_desk.POST | interaction.POST | disclosure.POST | assessment.POST | safety.POST | admin_pages.POST
)
ARTICLES = "admin/publishing/article/"
KINDS = ["site_and_desk", "interaction", "disclosure", "assessment", "safety", "admin"]

UNPUBLISHED = {"draft", "review", "edit", "withdrawn", "inside_draft", "far_draft"}
HIDDEN = {
    **dict.fromkeys(("granter", "security", "chief"), UNPUBLISHED),
    **{role: UNPUBLISHED | {"inside"} for role in ("security", "chief", "staff", "anonymous")},
    **{role: {"far_draft"} for role in (*HANDLERS, "auditor")},
}
for role in set(ROLES) - {
    "head_person",
    "signer",
    "chief",
}:  # they approve, were asked, were told of a major matter
    HIDDEN[role] = HIDDEN.get(role, set()) | {"letter"}
for role in (
    "granter",
    "security",
    "chief",
    "staff",
    "anonymous",
):  # what waits for a moderator or for an answer
    HIDDEN[role] |= {"said"}
"""Marks that may not appear in anything a role is answered."""

AUDIT_TRAIL = "admin/portal/auditentry/"
"""Tells the granter titles of the sites they keep and 审计管理员 all titles, never more."""


def rows_by_kind(rows: Row | dict[str, Row]) -> dict[str, Row]:
    """What is the same for all kinds is asked about the draft."""
    return {kind: rows.get(kind, rows["*"]) for kind in TEXTS} if "*" in rows else {"draft": rows}


def leaks(role: str, route: str, response) -> set[str]:
    hidden = HIDDEN[role]
    if route.startswith(AUDIT_TRAIL):
        hidden = {"granter": {"far_draft"}, "auditor": set()}.get(role, hidden)
    return {mark for mark in hidden if f"mark-{mark}-" in response.said}


def asked(visitors, method: str, table: dict):
    """Every request that the table speaks of: where, who, what it says, what was answered; the same one once."""
    for route, rows in table.items():
        answers = {}
        for kind, row in rows_by_kind(rows).items():
            where = visitors.address(route, kind)
            for role, status in row.items():
                if (where, role) not in answers:
                    answers[where, role] = visitors.ask(role, method, where)
                yield (route, kind, role), status, answers[where, role]


@pytest.mark.parametrize("table", [GET, POST], ids=["get", "post"])
def test_every_address_has_its_place_in_the_table(table):
    assert set(table) == set(routes())


@pytest.mark.parametrize(
    "table",
    [site_and_desk.GET, interaction.GET, disclosure.GET, assessment.GET, safety.GET, admin_pages.GET],
    ids=KINDS,
)
def test_every_page_is_shown_as_the_table_says_and_shows_nothing_hidden(table, visitors):
    wrong, shown = [], []
    for what, status, response in asked(visitors, "get", table):
        if response.status_code != status:
            wrong.append((*what, status, response.status_code))
        if found := leaks(what[2], what[0], response):
            shown.append((*what, found))
    assert wrong == []
    assert shown == []


@pytest.mark.parametrize(
    "table",
    [site_and_desk.POST, interaction.POST, disclosure.POST, assessment.POST, safety.POST, admin_pages.POST],
    ids=KINDS,
)
def test_every_form_is_taken_as_the_table_says(table, visitors):
    answered = [
        (*what, status, response.status_code) for what, status, response in asked(visitors, "post", table)
    ]
    assert [one for one in answered if one[-1] != one[-2]] == []


QUESTIONS = (
    "search/?q=标题mark", "search/?q=标题mark&page=2", "search/?q=mark-inside", "desk/?kind=draft", "desk/?kind=mend",
    "desk/reviews/?kind=review", "desk/reviews/?kind=publish", "s/nanhu/", "s/nanhu/search/?q=标题mark",
    "s/nanhu/c/yaowenbaodao/", "s/nanhu/feeds/", "s/nanhu/feeds/yaowenbaodao/", "c/neibuguanli/", "c/gongzuodongtai/",
    "feeds/gongzuodongtai/",
    "desk/articles/{live}/preview/?revision=2", "desk/articles/{live}/compare/?a=1&b=9",
    "desk/articles/{live}/history/?version={far_draft_version}",
    "desk/articles/{edited}/compare/?a=1&b=2", "desk/articles/{edited}/preview/?revision=2",
    "admin/publishing/article/?q=标题mark", "admin/publishing/article/?id={far_draft}",
    "admin/publishing/article/?state=DRAFT&o=-1.2", "admin/publishing/article/?site=nanhu",
    "admin/publishing/article/?title__startswith=标题mark",
    "admin/publishing/article/?column={far_column}", "admin/publishing/article/?revisions__body__contains=正文",
    "admin/autocomplete/?term=标题&app_label=publishing&model_name=revision&field_name=article",
    "admin/portal/auditentry/?q=标题mark", "admin/portal/auditentry/?site=nanhu",
    "admin/portal/auditentry/{far_entry}/change/", "admin/portal/auditentry/{far_entry}/history/",
)  # fmt: skip


def test_no_question_brings_hidden_words_to_light(texts, visitors):
    ids = {kind: getattr(texts, kind).pk for kind in TEXTS}
    ids["far_draft_version"] = Revision.history.get(article=texts.far_draft).history_id
    ids["far_column"] = texts.far.column_id
    ids["far_entry"] = AuditEntry.objects.filter(object_label="标题mark-far_draft-").first().pk
    found = {}
    for role, question in product(ROLES, QUESTIONS):
        response = visitors.ask(role, "get", f"/{question.format(**ids)}")
        assert response.status_code < 500, (role, question)
        if shown := leaks(role, question, response):
            found[role, question] = shown
    assert found == {}


def test_answers_of_the_list_do_not_count_what_is_hidden(texts, visitors):
    """The editor's list of a person whose site is another one: its own texts and no more."""
    listed = visitors.ask("moderator", "get", f"/{ARTICLES}?q=mark")
    assert {text.pk for text in listed.context["cl"].result_list} == {
        getattr(texts, kind).pk for kind in TEXTS if not kind.startswith("far")
    }


def test_a_text_nobody_may_know_of_answers_like_one_that_never_was(visitors):
    for route, role in product((
        "a/<int:pk>/", "desk/articles/<int:pk>/", "desk/articles/<int:pk>/preview/", "desk/reviews/<int:pk>/",
        f"{ARTICLES}<path:object_id>/change/", f"{ARTICLES}<path:object_id>/history/",
    ), ROLES):  # fmt: skip
        hidden = visitors.ask(role, "get", visitors.address(route, "far_draft"))
        absent = visitors.ask(role, "get", fill(route, {"int:pk": NEVER, "path:object_id": NEVER}))
        assert hidden.status_code == absent.status_code, (route, role)


def test_the_page_of_what_is_not_there_is_always_the_same(client, texts):
    hidden, absent = f"/a/{texts.draft.pk}/", f"/a/{NEVER}/"
    pages = [client.get(where) for where in (hidden, absent)]
    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].content.decode().replace(hidden, absent) == pages[1].content.decode()
