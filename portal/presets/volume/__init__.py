"""Synthetic volume for benchmarks: many articles, departments and letters, as if an office had worked for five years.

Written in bulk, past the operations, which check each text and would take hours; so it leaves behind what the
operations would: revisions with their history, the audit trail with its chain, facts for scoring, limits of letters.
The same numbers give the same texts. Never beside real data: see `why_not`.
"""

from django.conf import settings
from django.db import connection

from portal import partitions
from portal.models import User
from portal.presets.volume import articles, letters, structure

__all__ = ["generate", "why_not"]


def why_not() -> str:
    """Why this installation takes no synthetic volume, "" when it does."""
    if settings.SESSION_COOKIE_SECURE:
        return "这是正式运行的设置，不生成测试数据"
    real = User.objects.filter(is_sample=False).exclude(staff_number="system").order_by("pk").first()
    if real is not None:
        return f"库中有真实人员（{real.staff_number} 等），不生成测试数据；请另建一个空库"
    return ""


def generate(*, article_count: int = 0, department_count: int = 0, letter_count: int = 0) -> None:
    """So many more of each; the database's statistics are brought up to date afterwards."""
    departments = structure.departments(department_count)
    if article_count:
        articles.write(article_count, departments)
    if letter_count:
        letters.write(letter_count, departments)
    partitions.make_partitions()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
