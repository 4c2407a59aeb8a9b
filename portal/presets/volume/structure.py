"""What volume stands on: the site, its departments and columns; what is there is used, what is not is made."""

from columns.enums import ColumnKind, Placement, Readers
from columns.models import Column
from portal.enums import DepartmentKind
from portal.models import Department, Site, User

FIELDS = (
    "登记注册",
    "消费维权",
    "市场监管",
    "质量监督",
    "食品安全",
    "药品监管",
    "广告监管",
    "商标",
    "合同",
    "法制",
    "财务",
    "人事",
)
KINDS = ("科", "股", "中心", "大队")
MENU = ("工作动态", "政务公开", "办事指南", "政策法规", "业务交流", "队伍建设")
BELOW = ("要闻", "通知", "简报", "综合", "专题", "资料")


def site() -> Site:
    """The main site; in an empty house a city's."""
    if found := Site.objects.filter(parent=None).order_by("position", "pk").first():
        return found
    bureau = Department.objects.create(name="示例市市场监督管理局", code="shiju", kind=DepartmentKind.BUREAU)
    return Site.objects.create(key="shiju", name="示例市市场监督管理局", department=bureau)


def departments(number: int) -> list[Department]:
    """`number` new ones under the site's own; without any the office's sections as they are."""
    root = site().department
    taken = Department.objects.filter(code__startswith="load-").count()
    for n in range(taken, taken + number):
        name = f"{FIELDS[n % len(FIELDS)]}{KINDS[n // len(FIELDS) % len(KINDS)]}"
        lap = n // (len(FIELDS) * len(KINDS))
        Department.objects.create(
            name=f"第{lap + 1}{name}" if lap else name, code=f"load-{n}", kind=DepartmentKind.SECTION, parent=root,
            position=100 + n,
        )  # fmt: skip
    made = Department.objects.filter(code__startswith="load-")
    return list(made if made.exists() else Department.objects.filter(is_active=True))


def columns() -> list[Column]:
    """Where everybody reads articles: columns without sub-columns, of all sites; six times six in an empty house."""
    if not Column.objects.exists():
        _lay_out(site())
    parents = Column.objects.filter(parent__isnull=False).values("parent")
    found = Column.objects.filter(kind=ColumnKind.ARTICLES, readers=Readers.EVERYONE).exclude(pk__in=parents)
    return list(found.exclude(placement=Placement.UNLISTED).select_related("site").order_by("pk"))


def author() -> User:
    """Of all volume; nobody signs in as them."""
    person, is_new = User.objects.get_or_create(
        staff_number="load", defaults={"name": "测试数据", "is_sample": True, "is_active": False}
    )
    if is_new:
        person.set_unusable_password()
        person.save()
    return person


def _lay_out(of: Site) -> None:
    for place, name in enumerate(MENU):
        parent = Column.objects.create(site=of, name=name, slug=f"load-{place}", position=place)
        for number, below in enumerate(BELOW):
            Column.objects.create(
                site=of, name=f"{name}{below}", slug=f"load-{place}-{number}", parent=parent, position=number
            )
