"""Every screen at three widths: nothing sticks out, nothing WCAG A/AA calls serious; screenshots for people to judge."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from disclosure.models import Decision, DecisionFile
from interaction.models import Activity, Letter
from portal import presets
from portal.models import AuditEntry, OfficialMailbox, User
from publishing.models import Article, Revision
from tests.browser.conftest import WIDTHS

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
SERIOUS = {"serious", "critical"}


@pytest.fixture
def story(portal) -> dict[str, int]:
    """The sample texts are told; ids of what the addresses below name: an article, a text that waits and so on."""
    presets.tell_story("jiangsu")
    article = Article.objects.filter(site__key="fenju", state="LIVE", cover__isnull=False).first()
    waiting = Revision.objects.filter(
        state="IN_REVIEW", column__site__key="fenju", cover__isnull=False
    ).first()
    return {
        "article": article.pk,
        "revision": waiting.pk,
        "edited": waiting.article_id,
        "mailbox": OfficialMailbox.objects.filter(state="APPLIED").first().pk,
        "person": User.objects.get(staff_number="xinxiyuan").pk,
        "entry": AuditEntry.objects.latest("pk").pk,
        "letter": Letter.objects.exclude(department=None).latest("pk").pk,
        "decision": Decision.objects.get(state="IN_REVIEW").pk,
        "drafted": Decision.objects.get(state="RETURNED").request_id,
        "covered": DecisionFile.objects.latest("pk").pk,
        **{kind.lower(): _shown(kind) for kind in ("POLL", "EXAM", "SURVEY", "CONSULTATION", "INTERVIEW")},
    }


def _shown(kind: str) -> int:
    """The newest approved activity of the kind that everybody of the house sees."""
    rows = Activity.objects.filter(kind=kind, state="APPROVED", site__key="fenju")
    return rows.exclude(participants="DEPARTMENTS").latest("opens_at").pk


SCREENS = {
    "": {
        "sign-in": "/login/",
        "lost": "/login/lost/",
        "directory": "/directory/",
        "interaction": "/interaction/",
        "letterboxes": "/mailbox/",
        "letter-writing": "/mailbox/juzhang/",
        "letter-tracking": "/mailbox/track/",
        "letters-public": "/mailbox/public/",
        "consultations": "/consultations/",
        "interviews": "/interviews/",
        "surveys": "/surveys/",
    },
    "xinxiyuan": {
        "home": "/",
        "subsite-home": "/s/beiqiao/",
        "column": "/c/yaowenbaodao/",
        "main-column": "/c/neibuguanli/",
        "page-column": "/c/danweijieshao/",
        "article": "/a/{article}/",
        "search": "/search/?q=市场",
        "desk": "/desk/",
        "account": "/account/",
        "account-lost": "/account/lost/",
        "second-factor": "/account/second-factor/",
        "password": "/password/",
        "directory-inside": "/directory/",
        "mailboxes": "/desk/mailboxes/",
        "division": "/desk/responsibilities/",
        "admin-articles": "/admin/publishing/article/",
        "admin-editor": "/admin/publishing/article/add/",
        "questions": "/questions/",
        "polls": "/polls/",
        "poll": "/polls/{poll}/",
        "exams": "/exams/",
        "exam": "/exams/{exam}/",
        "survey": "/surveys/{survey}/",
        "consultation": "/consultations/{consultation}/",
        "interview": "/interviews/{interview}/",
        "activities": "/desk/activities/",
        "activity": "/desk/activities/{poll}/",
        "banks": "/desk/banks/",
    },
    "banzhu": {
        "comments-desk": "/desk/comments/",
        "questions-desk": "/desk/questions/",
        "contributions-desk": "/desk/contributions/",
    },
    "bangongshi": {
        "letters": "/desk/letters/",
        "letters-figures": "/desk/letters/figures/",
        "letter": "/desk/letters/{letter}/",
        "centre": "/desk/centre/",
        "letterbox-register": "/desk/letterboxes/",
        "decisions": "/desk/decisions/",
        "proceedings": "/desk/proceedings/",
    },
    "juzhang": {"decision": "/desk/decisions/{decision}/"},
    "chengban": {
        "decision-draft": "/desk/decisions/for/{drafted}/",
        "decision-covering": "/desk/decisions/files/{covered}/",
        "decision-letter": "/desk/decisions/for/{drafted}/letter/",
    },
    "fuzeren": {
        "desk-leader": "/desk/",
        "reviews": "/desk/reviews/",
        "review": "/desk/reviews/{revision}/",
        "process": "/desk/articles/{edited}/",
        "history": "/desk/articles/{edited}/history/",
    },
    "zongbanzhu": {
        "division-edit": "/desk/responsibilities/edit/?column=gongzuodongtai",
        "division-import": "/desk/responsibilities/import/",
        "admin-columns": "/admin/columns/column/",
    },
    "wangguan": {
        "division-people": "/desk/responsibilities/?view=people",
        "mailbox-requests": "/desk/mailboxes/requests/",
        "mailbox": "/desk/mailboxes/{mailbox}/",
        "admin-people": "/admin/portal/user/",
        "admin-person": "/admin/portal/user/{person}/change/",
        "admin-people-import": "/admin/portal/user/import/",
        "admin-applications": "/admin/portal/applicationlink/",
        "admin-application": "/admin/portal/applicationlink/add/",
        "admin-roles": "/admin/columns/role/",
    },
    "anquan": {
        "admin-locks": "/admin/portal/signinlock/",
        "admin-networks": "/admin/portal/registerednetwork/",
        "admin-network": "/admin/portal/registerednetwork/add/",
        "admin-parameters": "/admin/portal/parameter/",
        "admin-person-safety": "/admin/portal/user/{person}/change/",
    },
    "shenji": {
        "admin-audit": "/admin/portal/auditentry/",
        "admin-audit-entry": "/admin/portal/auditentry/{entry}/change/",
    },
}


def test_screenshots_of_every_screen_at_three_widths(portal, story, sign_in, page, keep):
    findings: list[str] = []
    for who, screens in SCREENS.items():
        at = sign_in(who) if who else page
        for name, address in screens.items():
            assert at.goto(portal + address.format(**story)).status == 200, name
            for width_name, width in WIDTHS.items():
                at.set_viewport_size({"width": width, "height": 900})
                at.wait_for_timeout(150)
                keep(at, f"{name}-{width_name}")
                findings += _overflow(at, name, width)
            findings += _accessibility(at, name)
    assert findings == []


def _overflow(page: Page, name: str, width: int) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{name} is {wide} px wide on a screen of {width}"] if wide > width + 1 else []


def _accessibility(page: Page, name: str) -> list[str]:
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    return [
        f"{name}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in SERIOUS
    ]
