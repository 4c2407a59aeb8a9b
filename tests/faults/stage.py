"""What the killed processes work on: a poll that is open, texts that wait to be published, people who are signed in."""

import json
import sys
from datetime import timedelta

import django


def prepare(people: int, texts: int) -> dict:
    """Ids and session keys: `poll`, `ballot`, `sessions` by p0…, `maker`, `approved` and `scheduled` revisions."""
    plan = _load_stage.prepare(people, 2)
    site, maker = Site.objects.get(), User.objects.get(staff_number="maker")
    route = ReviewRoute.objects.create(key="direct", name="直接发布")
    column = Column.objects.create(site=site, name="要闻报道", slug="yaowenbaodao", route=route)
    role = Role.objects.create(key="KEEPER", name="版主", powers=[str(Power.COLLECT), str(Power.PUBLISH)])
    column_operations.appoint(maker, role, site, by=User.objects.system(), reason="测量")
    made = [_text(column, maker, n) for n in range(texts * 2)]
    for one in made[texts:]:
        operations.schedule(one, at=clock.now() + timedelta(seconds=1), by=maker)
    return plan | {
        "maker": _load_stage.sign_in(maker), "approved": [one.pk for one in made[:texts]],
        "scheduled": [one.pk for one in made[texts:]],
    }  # fmt: skip


def _text(column, maker, number: int):
    draft = Draft(column=column, title=f"第{number}篇", body="<p>正文。</p>", author_name="李岚")
    return operations.report(operations.create(draft, by=maker), by=maker)


if __name__ == "__main__":
    django.setup()
    from bench import _load_stage
    from columns import operations as column_operations
    from columns.models import Column, ReviewRoute, Role
    from portal import clock
    from portal.enums import Power
    from portal.models import Site, User
    from publishing import operations
    from publishing.operations import Draft

    print(json.dumps(prepare(int(sys.argv[1]), int(sys.argv[2]))))
