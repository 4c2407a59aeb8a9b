"""公开目录: who is answered what about an entry that the public reads, a category, an article among the pages.

公开工作机构 is the section in which everybody of the tables works: whoever collects keeps the catalogue there.
"""

from datetime import date
from types import SimpleNamespace

from disclosure.enums.catalogue import PageKind, Publicity
from disclosure.models import Category, CategoryDuty, Issuer, Office
from disclosure.operations import entries, leaving_out, pages
from disclosure.rules.entries import Facts
from publishing.models import Article
from tests.disclosure.catalogue.kit import organ
from tests.rights.dialogue import Dialogue
from tests.rights.rows import Row, signed_in
from tests.rights.site_and_desk import EVERYBODY, SAFE_ONLY, TO_SIGN_IN

KEEPERS, OVERSIGHT, OTHERS = ("collector", "moderator"), ("inspector", "auditor"), ("head_person", "signer")
SEEN = signed_in(404, **dict.fromkeys((*KEEPERS, *OVERSIGHT, *OTHERS), 200))
KEPT = signed_in(404, **dict.fromkeys(KEEPERS, 200))
OVERSEEN = signed_in(404, **dict.fromkeys((*KEEPERS, *OVERSIGHT), 200))


def kept(most: int, others: int) -> Row:
    """Keepers, and whoever else may know of it."""
    return signed_in(404, **dict.fromkeys(KEEPERS, most), **dict.fromkeys((*OVERSIGHT, *OTHERS), others))


GET: dict[str, Row] = {
    "disclosure/": EVERYBODY,
    "disclosure/guide/": EVERYBODY,
    "disclosure/catalogue/": EVERYBODY,
    "disclosure/c/<slug:key>/": EVERYBODY,
    "disclosure/e/<int:pk>/": EVERYBODY,
    "disclosure/pages/<slug:kind>/": EVERYBODY,
    "feeds/disclosure.json": EVERYBODY,
    "desk/catalogue/": SEEN,
    "desk/catalogue/export/": SEEN,
    "desk/catalogue/pending/": SEEN,
    "desk/catalogue/pending/leave-out/": SAFE_ONLY,
    "desk/catalogue/left-out/": SEEN,
    "desk/catalogue/left-out/<int:pk>/take-back/": SAFE_ONLY,
    "desk/catalogue/new/": KEPT,
    "desk/catalogue/duties/": SEEN,
    "desk/catalogue/duties/export/": SEEN,
    "desk/catalogue/package/": OVERSEEN,
    "desk/catalogue/pages/": OVERSEEN,
    "desk/catalogue/pages/<int:pk>/drop/": SAFE_ONLY,
    "desk/catalogue/<int:pk>/": SEEN,
    "desk/catalogue/<int:pk>/edit/": kept(200, 403),
    "desk/catalogue/<int:pk>/<slug:verb>/": TO_SIGN_IN,
}
POST: dict[str, Row] = dict.fromkeys(GET, SAFE_ONLY) | {
    "desk/catalogue/new/": signed_in(404, **dict.fromkeys(KEEPERS, 422)),
    "desk/catalogue/pending/leave-out/": kept(422, 422),  # no reason was given
    "desk/catalogue/left-out/<int:pk>/take-back/": kept(302, 403),
    "desk/catalogue/pages/": signed_in(404, **dict.fromkeys((*KEEPERS, *OVERSIGHT), 422)),
    "desk/catalogue/pages/<int:pk>/drop/": signed_in(
        404, **dict.fromkeys(KEEPERS, 302), **dict.fromkeys(OVERSIGHT, 403)
    ),
    "desk/catalogue/<int:pk>/edit/": kept(422, 403),
    "desk/catalogue/<int:pk>/<slug:verb>/": kept(422, 422),  # no day and no reason was given
}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """An entry that is given on request, in a category of the section; a text that readers see as 公开制度."""
    body = Office.objects.filter(site=office.main).first() or organ(office)
    Issuer.objects.create(office=body, department=office.station, code="CD011")
    category = Category.objects.create(
        site=office.main, key="shiquangongkai", code="01", name="事权公开", clause="测试"
    )
    CategoryDuty.objects.create(
        category=category, department=office.section, route=office.head, clause="测试"
    )
    said = Facts(
        category=category,
        issuer=office.bureau,
        title="检定记录",
        made_on=date(2026, 3, 2),
        publicity=Publicity.ON_REQUEST,
    )
    entry = entries.register(body, said, by=office.collector)
    article = Article.objects.live().filter(column=office.news).earliest("pk")
    page = pages.show(body, PageKind.RULES, article, by=office.collector)
    row = leaving_out.leave_out(body, article, "已作公开制度", by=office.collector)
    dialogue.numbers |= {
        "disclosure/e/": entry.pk, "desk/catalogue/": entry.pk, "desk/catalogue/pages/": page.pk,
        "desk/catalogue/left-out/": row.pk,
        "admin/disclosure/category/": category.pk,
    }  # fmt: skip
    dialogue.parts |= {
        "disclosure/c/": {"slug:key": category.key}, "disclosure/pages/": {"slug:kind": "rules"},
        "desk/catalogue/": {"slug:verb": "repeal"},
    }  # fmt: skip
