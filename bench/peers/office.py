"""Our database: one site, 6 × 6 columns, articles of about 2,000 characters; half of them in one column."""

from django.db import connection

from columns.models import Column
from portal.enums import DepartmentKind
from portal.models import Department, Site, User
from publishing.models import Article

MAINS = SUBS = 6
SENTENCE = "本周各科室按时报送信息，办公室逐条核对，对超过时限的栏目发出提醒，并将结果计入当月考核。"
BODY = "".join(f"<p>{SENTENCE * 4}</p>" for _ in range(12))
ALL = 1_000_000
ARTICLES = """
INSERT INTO publishing_article (
    site_id, column_id, state, title, summary, author_name, source_name, department_id, is_headline,
    published_at, created_by_id, created_at, import_key
)
SELECT %(site)s, CASE WHEN n %% 2 = 0 THEN %(first_column)s ELSE (%(columns)s)[1 + n / 2 %% %(others)s] END, 'LIVE',
    '关于做好第' || n || '项信息维护工作的通知', '', '李岚', '', %(department)s, false,
    timestamptz '2016-01-01' + n * (interval '3650 days' / %(all)s), %(person)s, now(), ''
FROM generate_series(%(first)s, %(last)s) AS n
"""
REVISIONS = """
INSERT INTO publishing_revision (
    article_id, number, state, version, column_id, title, body, summary, author_name, is_reprint, source_name,
    department_id, is_headline, created_by_id, saved_by_id, saved_at, published_by_id, published_at
)
SELECT id, 1, 'PUBLISHED', 1, column_id, title, %(body)s, '', author_name, false, '', department_id, false,
    created_by_id, created_by_id, created_at, created_by_id, published_at
FROM publishing_article WHERE published_revision_id IS NULL
"""
LINKED = """
UPDATE publishing_article AS a SET published_revision_id = r.id FROM publishing_revision AS r
WHERE r.article_id = a.id AND a.published_revision_id IS NULL
"""


def fill(size: int) -> dict[str, str]:
    """Adds articles until there are `size`; the paths of the pages that are looked at."""
    site, columns, person = _office()
    there = Article.objects.count()
    values = {
        "site": site.pk, "columns": [one.pk for one in columns[1:]], "others": len(columns) - 1,
        "first_column": columns[0].pk, "department": site.department_id, "person": person.pk, "all": ALL,
        "first": there, "last": size - 1, "body": BODY,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in (ARTICLES, REVISIONS, LINKED) if there < size else ():
            cursor.execute(statement, values)
        cursor.execute("VACUUM ANALYZE publishing_article, publishing_revision, publishing_livecount")
    column = f"/c/{columns[0].slug}/"
    return {
        "首页": "/", "栏目页": column, "深页": f"{column}?page={deep(size)}",
        "文章页": f"/a/{Article.objects.filter(column=columns[0]).latest('published_at').pk}/",
    }  # fmt: skip


def deep(size: int) -> int:
    """Nine tenths down the list of the large column."""
    return max(2, size // 2 * 9 // 10 // 20)


def _office() -> tuple[Site, list[Column], User]:
    if found := Site.objects.first():
        columns = list(Column.objects.filter(site=found, parent__isnull=False).order_by("pk"))
        return found, columns, User.objects.get(staff_number="writer")
    department = Department.objects.create(name="城东分局", code="fenju", kind=DepartmentKind.SUB_BUREAU)
    site = Site.objects.create(key="fenju", name="城东分局基层信息网", department=department)
    columns = []
    for main in range(MAINS):
        above = Column.objects.create(
            site=site, name=f"主栏目{main}", slug=f"m{main}", position=main * 10 + 10
        )
        for sub in range(SUBS):
            columns.append(
                Column.objects.create(
                    site=site,
                    name=f"子栏目{main}-{sub}",
                    slug=f"s{main}-{sub}",
                    parent=above,
                    position=sub * 10 + 10,
                )
            )
    return site, columns, User.objects.create_user("writer", name="李岚", department=department)
