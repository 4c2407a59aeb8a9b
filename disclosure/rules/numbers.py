"""索引号 and 文号: how they are written. An index number is given once and kept for good."""

import re

from disclosure.models import Category, Issuer, Office
from portal.models import Department
from portal.richtext import one_line
from portal.workflow import Refused

_YEAR = re.compile(r"[\[［(（【﹝〔]\s*((?:19|20)\d\d)\s*[\])）］】﹞〕]")


def index_number(code: str, category: Category, year: int, serial: int) -> str:
    """机关代码-类别代码-年度-流水号: the serial alone runs without gaps, for one issuer in one year."""
    return f"{code}-{category.code}-{year}-{serial:05d}"


def tidy_document_number(typed: str) -> str:
    """城分发〔2026〕5号, whatever brackets and blanks were typed (GB/T 9704-2012: 六角括号)."""
    return "".join(_YEAR.sub(r"〔\1〕", one_line(typed)).split())


def issuer_code(office: Office, department: Department) -> str:
    """The code that an issuer's index numbers begin with. Raises Refused for who issues no documents."""
    if department.pk == office.site.department_id:
        return office.code
    issuer = Issuer.objects.filter(office=office, department=department, is_active=True).first()
    if issuer is None:
        raise Refused(f"“{department}”不是发布机构，请另选，或请系统管理员在后台增设", "issuer")
    return issuer.code
