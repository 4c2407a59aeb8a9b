"""A house in which there is one thing of every kind to ask for, and one browser per role."""

from datetime import date, timedelta
from io import BytesIO
from pickle import dumps, loads
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image

from columns import operations as column_operations
from columns.enums import Readers
from columns.models import Column, Role
from portal import clock, middleware, todos, uploads
from portal import operations as portal_operations
from portal.enums import LockKind, MailboxKind, Power
from portal.models import (
    ApplicationLink,
    CalendarYear,
    Departure,
    Parameter,
    RegisteredNetwork,
    SignInLock,
    Site,
    User,
)
from publishing import operations
from publishing.models import Article
from publishing.operations import Draft
from publishing.operations.drafts import version_token
from tests.rights import assessment, dialogue, disclosure, safety
from tests.rights.visitors import Visitors


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
def texts(office) -> SimpleNamespace:
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
    found.writer = writer
    return found


@pytest.fixture
def things(office, texts) -> SimpleNamespace:
    """What else has an address of its own: a grant proposed, an absence, who acts, a mailbox, a lock, a network."""
    found = SimpleNamespace(person=office.collector)
    mailbox = portal_operations.mailboxes.apply(MailboxKind.PERSONAL, by=office.collector)
    mailbox = portal_operations.mailboxes.issue(mailbox, by=office.granter, address="lilan@fenju.example")
    found.mailbox = portal_operations.mailboxes.ask_cancel(mailbox, by=office.collector, note="调离")
    inspector = Role.objects.get(key="INSPECTOR")
    found.grant = column_operations.propose(
        office.collector, inspector, office.main, by=office.granter, reason="轮岗"
    )
    office.section.head = office.signer
    office.section.save()
    today = clock.today()
    days = {"starts_on": today, "ends_on": today + timedelta(days=6)}
    found.leave = column_operations.report_leave(office.moderator, **days, by=office.moderator, reason="学习")
    later = {"starts_on": today + timedelta(days=10), "ends_on": today + timedelta(days=12)}
    found.delegation = column_operations.name_acting(
        office.head_person, office.inspector, **later, by=office.signer, reason="培训"
    )
    found.departure = _moved_away(office)
    Parameter.objects.create(key="leave_days", label="外出报告", value=3, unit="日", clause="办法第十条")
    portal_operations.set_day(date(2026, 10, 10), True, by=office.granter)
    CalendarYear.objects.create(year=2026)
    link = ApplicationLink(name="OA 办公系统", url="http://oa.intranet.example/")
    portal_operations.save_application_link(link, by=office.granter)
    network = RegisteredNetwork(
        purpose="ADMIN", network="10.8.0.0/16", place="办公楼", department=office.section, reason="测试"
    )
    portal_operations.register_network(network, by=office.security)
    found.dialogue = dialogue.build(office, texts.live)
    assessment.build(office, found.dialogue)
    disclosure.build(office, found.dialogue)
    safety.build(office, found.dialogue)
    SignInLock.objects.create(
        kind=LockKind.ACCOUNT, key="staff", failures=5, at=clock.now(), until=clock.now() + timedelta(hours=1)
    )
    return found


def _moved_away(office) -> Departure:
    """Of somebody who kept a power that nobody else has, now in another department."""
    leaver = User.objects.create_user("liren", name="离人", department=office.section)
    answerer = Role.objects.create(key="ANSWERER", name="答复人", powers=[str(Power.ANSWER)])
    column_operations.appoint(leaver, answerer, office.main, by=office.system, reason="测试")
    leaver.department = office.station
    portal_operations.save_person(leaver, by=office.granter)
    return Departure.objects.get(person=leaver)


@pytest.fixture
def visitors(office, texts, things, monkeypatch) -> Visitors:
    """Left out is what tells nothing and takes long: the numbers beside 工作台 and in the rail, and the page of 404,
    which is the same whatever was asked for (test_the_page_of_what_is_not_there_is_always_the_same). The sites are
    read once, for what a request changes is taken back after it; every request gets copies of its own.
    """
    sites = dumps(middleware.all_sites())
    monkeypatch.setattr("portal.middleware.all_sites", lambda: loads(sites))
    numbers = {
        "counts": lambda user: {"unread": 0},
        "offered": lambda user: [],
        "pressing_lately": lambda user: 0,
    }
    monkeypatch.setattr("portal.templatetags.desk_badge.todos", SimpleNamespace(**vars(todos) | numbers))
    monkeypatch.setattr("portal.urls.handler404", lambda request, exception=None: HttpResponse(status=404))
    return Visitors(office, texts, things)
