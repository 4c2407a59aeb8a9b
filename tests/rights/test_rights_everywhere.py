"""Every address × every role × every kind of text: what is answered, and that nothing hidden shines through.

The tables are complete: an address that no table names fails the first test.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from PIL import Image

from columns import operations as column_operations
from columns.enums import Readers
from columns.models import Appointment, Column, ReviewRoute, Role
from portal import clock, uploads
from portal import operations as portal_operations
from portal.enums import LockKind, MailboxKind
from portal.models import (
    ApplicationLink,
    AuditEntry,
    CalendarDay,
    CalendarYear,
    Department,
    RegisteredNetwork,
    SignInLock,
    Site,
    StoredFile,
    User,
)
from publishing import operations
from publishing.models import Article, Revision
from publishing.operations import Draft
from publishing.operations.drafts import version_token

ROLES = (
    "collector", "head_person", "moderator", "signer", "inspector", "granter", "security", "auditor", "chief",
    "staff", "anonymous",
)  # fmt: skip
TEXTS = ("draft", "review", "live", "edited", "withdrawn", "inside", "inside_draft", "far", "far_draft")


def draft_of(kind: str, column: Column, by: User) -> Draft:
    """Every word of the text and the names of its files hold the mark of its kind."""
    picture = BytesIO()
    Image.new("RGB", (8, 5), "#1c4a84").save(picture, "PNG")
    cover = SimpleUploadedFile(f"题图mark-{kind}-.png", picture.getvalue())
    table = SimpleUploadedFile(f"附件mark-{kind}-.txt", f"内容mark-{kind}-".encode())
    return Draft(
        column=column, title=f"标题mark-{kind}-", body=f"<p>正文mark-{kind}-</p>", summary=f"摘要mark-{kind}-",
        author_name=f"作者mark-{kind}-", source_name=f"来源mark-{kind}-",
        cover=uploads.accept(cover, owner=by), attachments=[uploads.accept(table, owner=by)],
    )  # fmt: skip


@pytest.fixture
def texts(office, write) -> SimpleNamespace:
    """One text of every kind; all words of a text, and its files' names, hold its mark."""
    inside = Column.objects.create(
        site=office.main,
        name="内部管理",
        slug="neibuguanli",
        readers=Readers.DEPARTMENTS,
        route=office.direct,
    )
    inside.reader_departments.add(office.station)
    far = Site.objects.create(key="nanhu", name="南湖工商所", department=office.station, parent=office.main)
    far_column = Column.objects.create(site=far, name="要闻报道", slug="yaowenbaodao", route=office.direct)
    writer = User.objects.create_user("nanhu", name="南湖版主", department=office.station, is_staff=True)
    column_operations.appoint(writer, Role.objects.get(key="MODERATOR"), far, by=office.system, reason="测试")

    def marked(kind: str, column: Column = office.news, upto: str = "") -> Article:
        by = writer if column == far_column else office.collector
        revision = operations.create(draft_of(kind, column, by), by=by)
        if upto:
            revision = operations.report(revision, by=by)
        if upto == "publish":
            step = revision.steps.first()
            revision = operations.approve(step, by=office.head_person) if step else revision
            operations.publish(revision, by=writer if by == writer else office.moderator)
        return Article.objects.get(pk=revision.article_id)

    found = SimpleNamespace(
        draft=marked("draft"),
        review=marked("review", upto="report"),
        live=marked("live", upto="publish"),
        edited=marked("edited", upto="publish"),
        withdrawn=marked("withdrawn", upto="publish"),
        inside=marked("inside", inside, "publish"),
        inside_draft=marked("inside_draft", inside),
        far=marked("far", far_column, "publish"),
        far_draft=marked("far_draft", far_column),
    )
    operations.withdraw(found.withdrawn, by=office.moderator, note="理由mark-withdrawn-")
    edit = draft_of("edit", office.news, office.collector)
    operations.save(found.edited, edit, by=office.collector, token=version_token(found.edited))
    found.numbers = {kind: text.revisions.latest("pk").pk for kind, text in vars(found).items()}
    found.type = ContentType.objects.get_for_model(Article).pk
    mailbox = portal_operations.mailboxes.apply(MailboxKind.PERSONAL, by=office.collector)
    mailbox = portal_operations.mailboxes.issue(mailbox, by=office.granter, address="lilan@fenju.example")
    found.mailbox = portal_operations.mailboxes.ask_cancel(mailbox, by=office.collector, note="调离")
    return found


def routes() -> list[str]:
    """All addresses of the URL conf as they are written there, the admin's of all models included."""

    def walk(patterns, prefix: str = "") -> Iterator[str]:
        for one in patterns:
            route = prefix + str(one.pattern)
            if hasattr(one, "url_patterns"):
                yield from walk(one.url_patterns, route)
            else:
                yield route

    return list(dict.fromkeys(walk(get_resolver().url_patterns)))


# --- the tables: five handlers alike, 三员 and chief alike, staff, anonymous; or more one by one ------------

EVERYBODY, SAFE_ONLY, TO_SIGN_IN = "200 200 200 200", "405 405 405 405", "302 302 302 302"
SIGNED_IN, NOT_THERE, STAFF_DOOR = "200 200 200 302", "404 404 404 404", "404 404 302 302"
FILES = {
    "*": "200 404 404 404", "live": EVERYBODY, "far": EVERYBODY, "inside": "200 200 404 404",
    "far_draft": NOT_THERE,
}  # fmt: skip
WORK = {"*": "200 404 404 302", "far": "404 404 404 302", "far_draft": "404 404 404 302"}
EDITOR = {"*": "200 404 302 302", "far": STAFF_DOOR, "far_draft": STAFF_DOOR}
LATE = {"*": "409 404 404 302", "far": "404 404 404 302", "far_draft": "404 404 404 302"}
HISTORY = {"*": "200 302 302 302", "far": TO_SIGN_IN, "far_draft": TO_SIGN_IN}
WRITERS = "200 403 200 403 403 403 403 403 302 302"
MODERATES, MODERATES_BADLY = (f"403 403 {got} 403 403 403 403 403 403 302" for got in (200, 422))
ARTICLE = "admin/publishing/article/"

GET = {
    "": EVERYBODY,
    "c/<slug:slug>/": {"*": EVERYBODY, "inside": "200 200 403 403", "inside_draft": "200 200 403 403"},
    "a/<int:pk>/": {
        "*": NOT_THERE, "live": EVERYBODY, "edited": EVERYBODY, "withdrawn": "410 410 410 410",
        "inside": "200 200 403 403", "far": "301 301 301 301",
    },
    "search/": EVERYBODY,
    "files/<uuid:pk>/-/<slug:size>.jpg": FILES,
    "files/<uuid:pk>/<str:name>": FILES,
    "feeds/": EVERYBODY,
    "feeds/<slug:slug>/": {"*": EVERYBODY, "inside": "200 200 404 404", "inside_draft": "200 200 404 404"},
    "editor/upload/": SAFE_ONLY,
    "login/": "302 302 302 200",
    "login/code/": TO_SIGN_IN,
    "login/lost/": "302 302 302 200",
    "logout/": SAFE_ONLY,
    "password/": SIGNED_IN,
    "account/": SIGNED_IN,
    "account/sessions/end-others/": SAFE_ONLY,
    "account/sessions/<int:row>/end/": SAFE_ONLY,
    "account/second-factor/": SIGNED_IN,
    "account/lost/": SIGNED_IN,
    "desk/": SIGNED_IN,
    "desk/notices/": SIGNED_IN,
    "desk/reviews/": SIGNED_IN,
    "desk/reviews/<int:pk>/": WORK,
    "desk/reviews/<int:pk>/<slug:verb>/": TO_SIGN_IN,
    **dict.fromkeys(("desk/responsibilities/", "desk/responsibilities/excel/"), SIGNED_IN),
    **dict.fromkeys(("desk/responsibilities/edit/", "desk/responsibilities/import/"), MODERATES),
    "desk/responsibilities/import/apply/": SAFE_ONLY,
    "directory/": EVERYBODY,
    "directory/export/": SIGNED_IN,
    "desk/mailboxes/": SIGNED_IN,
    "desk/mailboxes/apply/<slug:kind>/": TO_SIGN_IN,
    "desk/mailboxes/listing/": SAFE_ONLY,
    "desk/mailboxes/requests/": "403 200 403 200 403 302",
    "desk/mailboxes/<int:pk>/": "302 404 404 404 404 200 404 200 404 302",
    "desk/mailboxes/<int:pk>/<slug:verb>/": TO_SIGN_IN,
    "desk/articles/<int:pk>/": WORK,
    "desk/articles/<int:pk>/preview/": WORK,
    "desk/articles/<int:pk>/history/": WORK,
    "desk/articles/<int:pk>/compare/": WORK,
    "healthz": EVERYBODY,
    "readyz": EVERYBODY,
    **dict.fromkeys(("admin/", "admin/publishing/", "admin/columns/", "admin/portal/"), TO_SIGN_IN),
    "admin/login/": "302 302 403 302",
    "admin/logout/": SAFE_ONLY,
    "admin/password_change/": TO_SIGN_IN,
    "admin/password_change/done/": TO_SIGN_IN,
    "admin/search/": NOT_THERE,
    "admin/r/<path:content_type_id>/<path:object_id>/": NOT_THERE,
    "admin/autocomplete/": "403 403 302 302",
    "admin/jsi18n/": "200 200 302 302",
    "admin/columns/appointment/<int:pk>/revoke/": "403 200 302 302",
    "admin/portal/calendarday/<int:pk>/take-back/": "405 405 302 302",
    "admin/portal/user/import/": "403 200 403 403 302 302",
    "admin/portal/user/import/apply/": "403 405 403 403 302 302",
    "admin/portal/user/import/report/": "403 405 403 403 302 302",
    "admin/portal/user/import/template/": "403 200 403 403 302 302",
    "admin/columns/column/<int:pk>/up/": "405 405 302 302",
    "admin/columns/column/<int:pk>/down/": "405 405 302 302",
    ARTICLE: "200 403 302 302",
    f"{ARTICLE}add/": WRITERS,
    f"{ARTICLE}<path:object_id>/history/": HISTORY,
    f"{ARTICLE}<path:object_id>/delete/": "403 403 302 302",
    f"{ARTICLE}<path:object_id>/change/": EDITOR,
    f"{ARTICLE}<path:object_id>/": TO_SIGN_IN,
    f"{ARTICLE}<int:pk>/act/<slug:verb>/": "405 405 302 302",
    "admin/^(?P<app_label>portal|columns|publishing)/$": TO_SIGN_IN,
    "admin/(?P<url>.*)$": STAFF_DOOR,
}  # fmt: skip
POST = {
    **{route: SAFE_ONLY for route in GET if not route.startswith("admin/") or route == "admin/"},
    "editor/upload/": "200 403 200 403 403 403 403 403 403 403",
    "login/": "302 302 302 200",
    "logout/": TO_SIGN_IN,
    "login/code/": TO_SIGN_IN,
    "login/lost/": "302 302 302 200",
    "password/": SIGNED_IN,
    "account/sessions/end-others/": TO_SIGN_IN,
    "account/sessions/<int:row>/end/": "404 404 404 302",  # nobody's but one's own
    "account/second-factor/": SIGNED_IN,
    "account/lost/": TO_SIGN_IN,
    "desk/reviews/<int:pk>/<slug:verb>/": {
        **LATE, "review": "302 403 403 403 403 404 404 404 404 302",
    },  # it recalls the text: whoever reported it may
    "desk/mailboxes/apply/<slug:kind>/": "409 302 302 302 302 302 302 302 302 302",  # the first has one
    "desk/mailboxes/listing/": "302 404 404 404 404 404 404 404 404 302",
    "desk/mailboxes/<int:pk>/<slug:verb>/": "302 404 404 404 404 403 404 403 404 302",  # its own recalls it
    **dict.fromkeys(("admin/publishing/", "admin/columns/", "admin/portal/"), SAFE_ONLY),
    **{f"desk/responsibilities/{what}/": MODERATES_BADLY for what in ("edit", "import", "import/apply")},
    "admin/login/": "302 302 403 302",
    "admin/logout/": TO_SIGN_IN,
    "admin/password_change/": TO_SIGN_IN,
    "admin/password_change/done/": TO_SIGN_IN,
    "admin/search/": NOT_THERE,
    "admin/r/<path:content_type_id>/<path:object_id>/": NOT_THERE,
    "admin/autocomplete/": "405 405 302 302",
    "admin/jsi18n/": "405 405 302 302",
    "admin/columns/appointment/<int:pk>/revoke/": "403 200 302 302",
    "admin/portal/calendarday/<int:pk>/take-back/": "403 302 302 302",
    "admin/portal/user/import/": "403 200 403 403 302 302",
    "admin/portal/user/import/apply/": "403 302 403 403 302 302",
    "admin/portal/user/import/report/": "403 302 403 403 302 302",
    "admin/portal/user/import/template/": "403 405 403 403 302 302",
    "admin/columns/column/<int:pk>/up/": TO_SIGN_IN,  # back to the list, with a refusal for most
    "admin/columns/column/<int:pk>/down/": TO_SIGN_IN,
    ARTICLE: "200 403 302 302",
    f"{ARTICLE}add/": WRITERS,
    f"{ARTICLE}<path:object_id>/history/": HISTORY,
    f"{ARTICLE}<path:object_id>/delete/": "403 403 302 302",
    f"{ARTICLE}<path:object_id>/change/": EDITOR,
    f"{ARTICLE}<path:object_id>/": TO_SIGN_IN,
    f"{ARTICLE}<int:pk>/act/<slug:verb>/": EDITOR,
    "admin/^(?P<app_label>portal|columns|publishing)/$": SAFE_ONLY,
    "admin/(?P<url>.*)$": STAFF_DOOR,
}  # fmt: skip

# who keeps which part of the house; the pages of each model follow from it
REFUSED, KEEPER = "403 403 302 302", "403 200 302 302"
SAFETY = "403 403 403 403 403 403 200 200 302 302"  # 安全管理员 keeps it, 审计管理员 looks on
MODERATOR, AUDITOR = "403 403 200 403 403 403 403 403 302 302", "403 403 403 403 200 200 200 200 302 302"
HOUSE = {
    "portal/auditentry": (AuditEntry, AUDITOR), "portal/calendarday": (CalendarDay, KEEPER),
    "portal/calendaryear": (CalendarYear, KEEPER), "portal/user": (User, KEEPER),
    "portal/site": (Site, KEEPER), "portal/department": (Department, KEEPER),
    "columns/appointment": (Appointment, KEEPER), "columns/role": (Role, KEEPER),
    "portal/signinlock": (SignInLock, SAFETY),
    "columns/reviewroute": (ReviewRoute, KEEPER), "columns/column": (Column, MODERATOR),
}  # fmt: skip
READ_ONLY = {"portal/auditentry", "portal/signinlock", "columns/role"}
UNCHANGED = {*READ_ONLY, "columns/appointment"}
for name, (_, row) in HOUSE.items():
    start = f"admin/{name}/"
    for table in (GET, POST):
        table |= {
            start: row,
            f"{start}<path:object_id>/history/": row,
            f"{start}<path:object_id>/": TO_SIGN_IN,
        }
        table |= {f"{start}add/": REFUSED if name in READ_ONLY else row}
        table |= {f"{start}<path:object_id>/delete/": REFUSED, f"{start}<path:object_id>/change/": row}
    if name in UNCHANGED:
        POST[f"{start}<path:object_id>/change/"] = REFUSED
for name, (model, sees, keeps) in {
    "portal/applicationlink": (ApplicationLink, "403 200 403 200 302 302", "403 200 403 403 302 302"),
    "portal/registerednetwork": (RegisteredNetwork, "403 403 200 200 302 302", "403 403 200 403 302 302"),
}.items():  # kept by one of 三员, seen by 审计管理员
    HOUSE[name], start = (model, keeps), f"admin/{name}/"
    for table in (GET, POST):
        table |= {start: sees, f"{start}<path:object_id>/": TO_SIGN_IN, f"{start}add/": keeps}
        table |= {f"{start}<path:object_id>/history/": sees, f"{start}<path:object_id>/delete/": REFUSED}
    GET[f"{start}<path:object_id>/change/"] = sees
    POST[f"{start}<path:object_id>/change/"] = keeps
for table in (GET, POST):
    table["admin/portal/registerednetwork/<int:pk>/end/"] = "403 403 200 403 302 302"
    table["admin/portal/signinlock/<int:pk>/lift/"] = "403 403 403 403 403 403 200 403 302 302"
LOSS_TAKERS = "403 403 403 403 403 200 200 403 302 302"
SAFETY_KEEPER = "403 403 403 403 403 403 200 403 302 302"
for table in (GET, POST):  # a person's safety: 安全管理员, a loss also by 网管
    table["admin/portal/user/<int:pk>/lost/"] = LOSS_TAKERS
    table["admin/portal/user/<int:pk>/second-factor/"] = SAFETY_KEEPER
    table["admin/portal/user/<int:pk>/sessions/<int:row>/end/"] = "405 405 302 302"
POST["admin/portal/user/<int:pk>/sessions/<int:row>/end/"] = "403 403 403 403 403 403 404 403 302 302"
PEOPLE_KEEPER = "403 403 403 403 403 200 403 403 302 302"
GET["admin/portal/user/add/"] = POST["admin/portal/user/add/"] = PEOPLE_KEEPER
POST["admin/portal/user/<path:object_id>/change/"] = PEOPLE_KEEPER
for table in (GET, POST):  # whoever does not audit is told that there is no such entry
    table["admin/portal/auditentry/<path:object_id>/history/"] = "302 302 302 302 200 200 200 200 302 302"
POST["admin/portal/calendarday/<path:object_id>/change/"] = "403 302 302 302"  # saved as it was

# marks that may not appear in anything a role is answered
HANDLERS = ROLES[:5]
UNPUBLISHED = {"draft", "review", "edit", "withdrawn", "inside_draft", "far_draft"}
HIDDEN = {
    **{role: {"far_draft"} for role in HANDLERS},
    "granter": UNPUBLISHED,
    "staff": UNPUBLISHED | {"inside"},
    "anonymous": UNPUBLISHED | {"inside"},
}
AUDIT_TRAIL = "admin/portal/auditentry/"  # tells the granter titles of the sites they keep, never more


# --- asking ---------------------------------------------------------------------------------------------


def expand(row: str) -> dict[str, int]:
    statuses = [int(status) for status in row.split()]
    if len(statuses) == 4:
        statuses[1:2] *= 3
    if len(statuses) == 6:
        statuses[:1] *= 5
    if len(statuses) == 10:  # 总版主 as 安全管理员
        statuses.insert(8, statuses[6])
    return dict(zip(ROLES, statuses, strict=True))


def expected(rows: str | dict[str, str]) -> dict[str, dict[str, int]]:
    """By kind of text; what is the same for all kinds is asked about the draft."""
    if isinstance(rows, str):
        return {"draft": expand(rows)}
    return {kind: expand(rows.get(kind, rows["*"])) for kind in TEXTS}


def address(route: str, texts: SimpleNamespace, kind: str) -> str:
    """The route with its places filled: about the text of that kind, or the first object of its model."""
    article, mark = getattr(texts, kind), "edit" if kind == "edited" else kind
    file = StoredFile.objects.get(
        name=f"题图mark-{mark}-.png" if "size" in route else f"附件mark-{mark}-.txt"
    )
    model = next((model for name, (model, _) in HOUSE.items() if route.startswith(f"admin/{name}/")), None)
    number = article.pk
    if model:
        number = model.objects.order_by("pk").first().pk
    elif "mailboxes/" in route:
        number = texts.mailbox.pk
    elif "reviews/" in route:
        number = texts.numbers[kind]
    places = {
        "slug:slug": article.column.slug, "uuid:pk": file.pk, "str:name": "any-name", "slug:size": "card",
        "int:pk": number, "int:row": 10**9, "path:object_id": number, "slug:verb": "recall", "app_label": "publishing",
        "slug:kind": "personal",
        "url": "nothing-here", "path:content_type_id": texts.type,
    }  # fmt: skip
    written = re.sub(r"\^?\(\?P<(\w+)>.*", r"<\1>/", route)  # the admin's two regular expressions
    return "/" + re.sub(r"<([^>]+)>", lambda found: str(places[found[1]]), written)


class Visitors:
    """One browser per role; whatever a request changed is taken back after it."""

    def __init__(self, office: SimpleNamespace):
        self.browsers = {role: Client(raise_request_exception=False) for role in ROLES}
        self.sessions = {}
        for role, browser in self.browsers.items():
            if role != "anonymous":
                browser.force_login(getattr(office, role))
            self.sessions[role] = browser.cookies.output(header="", sep=";")

    def ask(self, role: str, method: str, where: str):
        browser = self.browsers[role]
        browser.cookies.clear()
        browser.cookies.load(self.sessions[role])
        with transaction.atomic():
            response = getattr(browser, method)(where)
            response.said = said(response)
            transaction.set_rollback(True)
        return response


def said(response) -> str:
    """All that a visitor is told: the page or file, where it leads, under which name it is saved."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return unquote(content.decode(errors="replace") + str(response.headers))


def leaks(role: str, route: str, response) -> set[str]:
    hidden = {"far_draft"} if role == "granter" and route.startswith(AUDIT_TRAIL) else HIDDEN[role]
    return {mark for mark in hidden if f"mark-{mark}-" in response.said}


@pytest.fixture
def visitors(office, texts) -> Visitors:
    portal_operations.set_day(date(2026, 10, 10), True, by=office.granter)
    CalendarYear.objects.create(year=2026)
    link = ApplicationLink(name="OA 办公系统", url="http://oa.intranet.example/")
    portal_operations.save_application_link(link, by=office.granter)
    network = RegisteredNetwork(
        purpose="ADMIN", network="10.8.0.0/16", place="办公楼", department=office.section, reason="测试"
    )
    portal_operations.register_network(network, by=office.security)
    SignInLock.objects.create(
        kind=LockKind.ACCOUNT, key="staff", failures=5, at=clock.now(), until=clock.now() + timedelta(hours=1)
    )
    return Visitors(office)


# --- the tests ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [GET, POST], ids=["get", "post"])
def test_every_address_has_its_place_in_the_table(table):
    assert set(table) == set(routes())


def test_every_page_is_shown_as_the_table_says_and_shows_nothing_hidden(texts, visitors):
    wrong, shown = [], []
    for route, rows in GET.items():
        for kind, row in expected(rows).items():
            for role, status in row.items():
                response = visitors.ask(role, "get", address(route, texts, kind))
                if response.status_code != status:
                    wrong.append((route, kind, role, status, response.status_code))
                if found := leaks(role, route, response):
                    shown.append((route, kind, role, found))
    assert wrong == []
    assert shown == []


def test_every_form_is_taken_as_the_table_says(texts, visitors):
    wrong = []
    for route, rows in POST.items():
        for kind, row in expected(rows).items():
            for role, status in row.items():
                answered = visitors.ask(role, "post", address(route, texts, kind)).status_code
                if answered != status:
                    wrong.append((route, kind, role, status, answered))
    assert wrong == []


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


@pytest.mark.parametrize("role", ROLES)
def test_no_question_brings_hidden_words_to_light(role, texts, visitors):
    ids = {kind: getattr(texts, kind).pk for kind in TEXTS}
    ids["far_draft_version"] = Revision.history.get(article=texts.far_draft).history_id
    ids["far_column"] = texts.far.column_id
    ids["far_entry"] = AuditEntry.objects.filter(object_label="标题mark-far_draft-").first().pk
    found = {}
    for question in QUESTIONS:
        response = visitors.ask(role, "get", f"/{question.format(**ids)}")
        assert response.status_code < 500, question
        if shown := leaks(role, question, response):
            found[question] = shown
    assert found == {}


def test_answers_of_the_list_do_not_count_what_is_hidden(texts, visitors):
    """The editor's list of a person whose site is another one: its own texts and no more."""
    listed = visitors.ask("moderator", "get", f"/{ARTICLE}?q=mark")
    assert {text.pk for text in listed.context["cl"].result_list} == {
        getattr(texts, kind).pk for kind in TEXTS if not kind.startswith("far")
    }


def test_a_text_nobody_may_know_of_answers_like_one_that_never_was(texts, visitors):
    never = 10**9
    for route in (
        "a/<int:pk>/", "desk/articles/<int:pk>/", "desk/articles/<int:pk>/preview/", "desk/reviews/<int:pk>/",
        f"{ARTICLE}<path:object_id>/change/", f"{ARTICLE}<path:object_id>/history/",
    ):  # fmt: skip
        for role in ROLES:
            hidden = visitors.ask(role, "get", address(route, texts, "far_draft"))
            absent = visitors.ask(role, "get", "/" + re.sub(r"<[^>]+>", str(never), route))
            assert hidden.status_code == absent.status_code, (route, role)
