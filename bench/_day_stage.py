"""What an office day stands on: the sample portal with its pages published, and people who each have a draft."""

from django.core.management import call_command

from bench._load_stage import sign_in, staff
from columns import operations as column_operations
from columns.models import Column, Role
from portal.models import PublishedPage, Site, User
from publishing import operations

PAGES = 300


def prepare(editors: int) -> dict:
    """The plan for `bench._day_people`."""
    call_command("prepare", demo=True, verbosity=0)
    call_command("publish_pages", verbosity=0)
    site = Site.objects.get(parent=None)
    column = Column.objects.get(site=site, slug="yaowenbaodao")
    officer = Role.objects.get(key="INFORMATION_OFFICER")
    pages = PublishedPage.objects.filter(site=site.key).exclude(path__contains=".")
    return {
        "staff": [_editor(number, site, column, officer) for number in range(editors)],
        "pages": [f"/{path}" for path in pages.values_list("path", flat=True)[:PAGES]],
    }


def _editor(number: int, site: Site, column: Column, officer: Role) -> tuple[str, int, str]:
    """Session, draft and address of one information officer."""
    person = staff(number, site.department)
    User.objects.filter(pk=person.pk).update(is_staff=True)
    column_operations.appoint(person, officer, site, by=User.objects.system(), reason="测量")
    draft = operations.Draft(
        column=column, title="本周工作情况", body="<p>本周完成登记窗口月报。</p>" * 8, author_name=person.name
    )
    revision = operations.create(draft, by=person)
    return sign_in(User.objects.get(pk=person.pk)), revision.article_id, f"10.8.0.{number + 1}"
