"""The catalogue: two hundred thousand entries narrowed and paged, twenty thousand texts packed with flat memory."""

import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import Row, at_most
from columns import operations as column_operations
from columns.models import Column, Role
from disclosure.enums.catalogue import Publicity, Validity
from disclosure.models import CatalogueEntry, Category, Office
from disclosure.operations import reach
from disclosure.queries.packages import Span
from disclosure.rules.entries import search_words
from disclosure.workbook import packages
from portal import clock
from portal.enums import DepartmentKind, Power
from portal.models import Department, Site, User
from publishing.models import Article, Revision

ENTRIES, TEXTS, CATEGORIES, ROUNDS, QUERIES = 200_000, 20_000, 30, 7, 40
PASSWORD, WORDS = (
    "bench-Portal-2026",
    ("许可", "处罚", "预算", "任免", "采购", "检查", "公示", "标准", "收费", "抽检"),
)
PACKED = Span(date(2024, 1, 1), date(2024, 12, 31))
BODY = "<p>" + "为规范行政许可事项的受理、审查和决定，方便申请人办事，结合工作实际制定本规定。" * 40 + "</p>"
MEGABYTE = 1024 * 1024


def run() -> list[Row]:
    call_command("collectstatic", interactive=False, verbosity=0)
    office = _office()
    keeper = _keeper(office)
    _write(office, keeper)
    middle = CatalogueEntry.objects.order_by("pk")[ENTRIES // 2].pk
    public, desk = "/disclosure/catalogue/", "/desk/catalogue/"
    pages = {
        "公众目录": public, "公众目录翻到很后面": f"{public}?before={middle}", "公众按类别": "/disclosure/c/lei7/",
        "公众按常见词": f"{public}?q=许可", "公众按少见词": f"{public}?q=罕见事项",
        "公众查无此词": f"{public}?q=没有这样的词", "公众按文号": f"{public}?number=城分发〔2020〕777号",
        "公众按类别年份有效性": f"{public}?category=lei3&year=2021&validity=REPEALED",
        "公开首页": "/disclosure/", "工作台目录": desk, "工作台翻到很后面": f"{desk}?before={middle}",
        "工作台按属性": f"{desk}?publicity=CLOSED", "工作台尚未上网": f"{desk}?publicity=WAITING",
        "工作台按少见词": f"{desk}?q=罕见事项", "待编目": "/desk/catalogue/pending/",
        "监察接口": "/feeds/disclosure.json",
    }  # fmt: skip
    rows = [row for name, address in pages.items() for row in _page(name, address, _browser(keeper, address))]
    rows.append(
        at_most(
            f"20 万条目：核对上网时间（{connection.vendor}）", _seconds(reach.follow) * 1000, "毫秒", 1000
        )
    )
    return [*rows, *_packing(office)]


def _page(name: str, address: str, browser: Client) -> Iterator[Row]:
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200, address
    yield at_most(f"20 万条目：{name}的查询数", len(asked), "次", QUERIES)
    took = _seconds(lambda: browser.get(address)) * 1000
    yield at_most(f"20 万条目：{name}（{connection.vendor}）", took, "毫秒", 200)


def _packing(office: Office) -> Iterator[Row]:
    began = time.perf_counter()
    size = sum(len(piece) for piece in packages.stream(office, PACKED))
    took = time.perf_counter() - began
    tracemalloc.start()
    for _piece in packages.stream(office, PACKED):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > TEXTS * 500
    yield at_most(f"2 万件全文打包（{connection.vendor}，{size / MEGABYTE:.0f} MB）", took, "秒", 300)
    yield at_most(f"2 万件全文打包的内存峰值（{connection.vendor}）", peak / MEGABYTE, "MB", 200)


def _office() -> Office:
    bureau = Department.objects.create(name="市局", code="shiju", kind=DepartmentKind.BUREAU)
    site = Site.objects.create(key="shiju", name="市局网站", department=bureau)
    office = Office.objects.create(
        site=site, organ="市局", code="SJ000", department=bureau, address="路 1 号", phone="1", hours="工作日",
        review_organ="区政府", court="区法院", publish_days=20, answer_days=20, extension_days=20,
        correction_notice_days=7, correction_days=15, consult_days=15, payment_days=20,
        review_days=60, suit_months=6, suit_days=15, clause="测量",
    )  # fmt: skip
    column = Column.objects.create(site=site, name="信息公开", slug="gongkai")
    Category.objects.bulk_create(
        Category(site=site, key=f"lei{n}", code=f"{n:02d}", name=f"第{n}类", position=n, column=column)
        for n in range(CATEGORIES)
    )
    return office


def _keeper(office: Office) -> User:
    person = User.objects.create_user("keeper", PASSWORD, name="编目人", department=office.department)
    role = Role.objects.create(key="KEEPER", name="编目人", powers=[str(Power.COLLECT), str(Power.PUBLISH)])
    column_operations.appoint(person, role, office.site, by=User.objects.system(), reason="测量")
    User.objects.update(password_set_at=clock.now())
    return person


def _browser(keeper: User, address: str) -> Client:
    browser = Client(headers={"host": "127.0.0.1"})
    if address.startswith("/desk/"):
        browser.force_login(keeper, backend="columns.backends.PowerBackend")
    return browser


def _write(office: Office, keeper: User) -> None:
    """Nine in ten are open with their text, which the last tenth but one of a year alone has in full."""
    column = Column.objects.get()
    Article.objects.bulk_create(_articles(office, column, keeper), batch_size=2000)
    articles = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    packed = [pk for n, pk in enumerate(articles) if _public_at(n).year == PACKED.first.year]
    Revision.objects.bulk_create(
        (
            Revision(
                article_id=pk, number=1, state="PUBLISHED", column=column, title="全文", body=BODY, created_by=keeper,
                saved_by=keeper, saved_at=clock.now(),
            )
            for pk in packed
        ),
        batch_size=1000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE publishing_article SET published_revision_id = (SELECT id FROM publishing_revision"
            " WHERE publishing_revision.article_id = publishing_article.id)"
        )
    CatalogueEntry.objects.bulk_create(_entries(office, keeper, articles, set(packed)), batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _public_at(n: int) -> datetime:
    """Over ten years; 2024 has as many as are packed."""
    begins = timezone.make_aware(datetime(2016, 1, 4, 10))
    return begins + timedelta(minutes=26 * n)


def _articles(office: Office, column: Column, keeper: User) -> Iterator[Article]:
    for n in range(ENTRIES):
        yield Article(
            site=office.site, column=column, state="LIVE", title=_title(n), published_at=_public_at(n), created_by=keeper,
            created_at=_public_at(n), department=office.department,
        )  # fmt: skip


def _entries(office: Office, keeper: User, articles: list[int], packed: set[int]) -> Iterator[CatalogueEntry]:
    categories = list(Category.objects.order_by("position"))
    for n, pk in enumerate(articles):
        made = (_public_at(n) - timedelta(days=7)).date()
        kind = (
            Publicity.OPEN
            if n % 10 or pk in packed
            else (Publicity.ON_REQUEST, Publicity.CLOSED)[n // 10 % 2]
        )
        is_open = kind == Publicity.OPEN
        entry = CatalogueEntry(
            site=office.site, category=categories[n % CATEGORIES], issuer=office.department, year=made.year, serial=n + 1,
            index_number=f"SJ000-{n % CATEGORIES:02d}-{made.year}-{n + 1:06d}", title=_title(n), made_on=made,
            document_number=f"城分发〔{made.year}〕{n}号" if n % 3 == 0 else "", theme_words=WORDS[n % 7],
            publicity=kind, ground="测量", article_id=pk if is_open else None,
            validity=(Validity.REPEALED if n % 17 == 0 else Validity.IN_FORCE), registered_by=keeper,
            registered_at=_public_at(n), public_at=_public_at(n) if is_open else None,
            listed_at=None if kind == Publicity.CLOSED else _public_at(n),
        )  # fmt: skip
        entry.words = search_words(entry)
        yield entry


def _title(n: int) -> str:
    rare = "罕见事项" if n % 20_000 == 123 else ""
    return f"关于{WORDS[n % 10]}事项{rare}的通知（第{n}件）"


def _seconds(act: Callable[[], object]) -> float:
    """Of one run on the wall clock, the median of some."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return sorted(took)[ROUNDS // 2]
