"""公开工作机构 as the tests of disclosure want it: the days and remedies of 政府信息公开条例."""

from disclosure.models import Office
from portal.models import Department, Site

LAWFUL = {
    "publish_days": 20, "answer_days": 20, "extension_days": 20, "correction_notice_days": 7, "correction_days": 15,
    "consult_days": 15, "payment_days": 20, "review_days": 60, "suit_months": 6, "suit_days": 15,
    "review_first": ["PARTLY", "REFUSED", "UNABLE", "NOT_HANDLED"], "remedy_clause": "条例第五十一条",
}  # fmt: skip


def make_office(site: Site, department: Department, **changes) -> Office:
    """Of that site, in that department."""
    known = {
        "organ": "城东分局", "code": "CD010", "address": "城东区人民路 1 号", "phone": "8001", "hours": "工作日",
        "review_organ": "城东区人民政府", "court": "城东区人民法院", "answer_mark": "城东公开答", "clause": "条例第四条",
    }  # fmt: skip
    return Office.objects.create(site=site, department=department, **known | LAWFUL | changes)
