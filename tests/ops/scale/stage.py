"""What the two machines stand on: an office, published texts, a file, and texts that wait to be published by the clock.

`python -m tests.ops.scale.stage prepare` prints addresses; `… after` prints what became of the waiting ones.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402

from columns.models import Column  # noqa: E402
from portal import audit, clock, uploads  # noqa: E402
from portal.models import AuditEntry, Notice, User  # noqa: E402
from publishing import operations  # noqa: E402
from publishing.models import Revision  # noqa: E402
from publishing.operations import Draft  # noqa: E402
from tests.conftest import build  # noqa: E402

WAITING = 40


def prepare() -> dict:
    call_command("migrate", run_syncdb=True, verbosity=0)
    office = build()
    User.objects.update(password_set_at=clock.now())
    table = uploads.accept(
        SimpleUploadedFile("值班安排表.txt", "周一 办公室\n".encode()), owner=office.collector
    )
    made = [_published(office, f"例会第 {n} 次召开", [table] if n == 0 else []) for n in range(5)]
    for n in range(WAITING):
        revision = _draft(office, f"到点发布的稿件 {n}", [])
        when = clock.now() + timedelta(seconds=1 + n / 5)
        operations.schedule(operations.report(revision, by=office.collector), by=office.moderator, at=when)
    pages = ["/", office.exchange.get_absolute_url(), *(one.get_absolute_url() for one in made)]
    return {"pages": [*pages, table.get_absolute_url()], "file": table.get_absolute_url()}


def rename() -> dict:
    Column.objects.filter(slug="yewujiaoliu").update(name="换了名称的栏目")
    return {}


def after() -> dict:
    revisions = Revision.objects.filter(title__startswith="到点发布")
    ids = [str(pk) for pk in revisions.values_list("pk", flat=True)]
    entries = AuditEntry.objects.filter(verb="publish", object_type="publishing.revision", object_id__in=ids)
    return {
        "published": revisions.filter(state="PUBLISHED").count(),
        "acts": entries.count(),
        "notices": Notice.objects.filter(title__startswith="已发布：到点发布").count(),
        "trail": audit.verify().reason,
    }


def _draft(office, title: str, attachments: list) -> Revision:
    draft = Draft(
        column=office.exchange, title=title, body="<p>正文</p>", author_name="李岚", attachments=attachments
    )
    return operations.create(draft, by=office.collector)


def _published(office, title: str, attachments: list):
    revision = operations.report(_draft(office, title, attachments), by=office.collector)
    return operations.publish(revision, by=office.moderator)


if __name__ == "__main__":
    print(json.dumps({"prepare": prepare, "rename": rename, "after": after}[sys.argv[1]]()))
