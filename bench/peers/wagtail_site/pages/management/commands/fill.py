"""Fills the Wagtail database: `python -m django fill ARTICLES`; run again with more, it adds what is missing.

Pages are written in bulk, as the tree would write them one by one (which does some fifty a second).
"""

import sys

from django.contrib.contenttypes.models import ContentType
from django.core.management import BaseCommand, call_command
from django.db import connection
from wagtail.models import Locale, Page, Site

from pages.models import ArticlePage, ColumnPage, HomePage

MAINS = SUBS = 6
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COPY = """
WITH made AS (
    INSERT INTO wagtailcore_page (
        path, depth, numchild, translation_key, live, has_unpublished_changes, title, draft_title, slug,
        content_type_id, locale_id, url_path, seo_title, show_in_menus, search_description, expired, locked,
        first_published_at, last_published_at
    )
    SELECT %(path)s || pg_temp.step(place), 5, 0, gen_random_uuid(), true, false, title, title,
        'a' || n, %(type)s, %(locale)s, %(url)s || 'a' || n || '/', '', false, '', false, false, at, at
    FROM (
        SELECT n, row_number() OVER (ORDER BY n) + %(there)s AS place,
            '关于做好第' || n || '项信息维护工作的通知' AS title,
            timestamptz '2016-01-01' + n * (interval '3650 days' / %(all)s) AS at
        FROM generate_series(%(first)s, %(last)s) AS n WHERE %(condition)s
    ) AS numbers
    RETURNING id, slug, first_published_at
)
INSERT INTO pages_articlepage (page_ptr_id, body, author_name, department, published_at)
SELECT id, %(body)s, '李岚', '办公室', first_published_at FROM made
"""


def columns() -> list[ColumnPage]:
    """6 × 6 columns under a home page; the sub-columns in order."""
    call_command("migrate", verbosity=0)
    if not HomePage.objects.exists():
        Page.objects.filter(depth=2).delete()
        root = Page.objects.get(depth=1)
        root.numchild = 0
        root.save()
        home = root.add_child(instance=HomePage(title="城东分局基层信息网", slug="home"))
        Site.objects.all().delete()
        Site.objects.create(hostname="127.0.0.1", root_page=home, is_default_site=True)
        for number in range(MAINS):
            main = ColumnPage(title=f"主栏目{number}", slug=f"m{number}", show_in_menus=True)
            main = home.add_child(instance=main)
            for sub in range(SUBS):
                title = f"子栏目{number}-{sub}"
                main.add_child(instance=ColumnPage(title=title, slug=f"s{number}-{sub}", show_in_menus=True))
    return list(ColumnPage.objects.filter(depth=4).order_by("path"))


def fill(last: int, body: str) -> None:
    """Every second article goes to the first column, the others to all the rest in turn."""
    subs, first = columns(), ArticlePage.objects.count()
    if first >= last:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION pg_temp.step(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS"
            f" $$ SELECT string_agg(substr('{ALPHABET}', (n / steps[p] % 36)::int + 1, 1), '' ORDER BY p)"
            " FROM (SELECT ARRAY[46656, 1296, 36, 1]::bigint[] AS steps) AS s, generate_series(1, 4) AS p $$"
        )
        rest = len(subs) - 1
        for place, sub in enumerate(subs):
            condition = "n % 2 = 0" if place == 0 else f"n % 2 = 1 AND (n / 2) % {rest} = {place - 1}"
            values = {
                "path": sub.path, "type": ContentType.objects.get_for_model(ArticlePage).pk, "body": body,
                "locale": Locale.get_default().pk, "url": sub.url_path, "there": sub.numchild,
                "first": first, "last": last - 1, "all": 1_000_000,
            }  # fmt: skip
            cursor.execute(COPY.replace("%(condition)s", condition.replace("%", "%%")), values)
        cursor.execute(
            "UPDATE wagtailcore_page AS p SET numchild = (SELECT count(*) FROM wagtailcore_page AS c"
            " WHERE c.depth = 5 AND c.path LIKE p.path || '%') WHERE depth = 4"
        )
        cursor.execute("ANALYZE")


class Command(BaseCommand):
    def add_arguments(self, parser) -> None:
        parser.add_argument("articles", type=int)

    def handle(self, *args, **options) -> None:
        fill(options["articles"], sys.stdin.read())
        first = ColumnPage.objects.filter(depth=4).order_by("path").first()
        last = ArticlePage.objects.order_by("-published_at").first()
        print(f"{first.get_parent().slug}/{first.slug}/ {last.url_path.removeprefix('/home/')}")
