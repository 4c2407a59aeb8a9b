"""The link of a sub-site on the main home page, taken away and given back (大庆第八条); the site itself stays open."""

from django.db import transaction

from portal import audit, clock, pages
from portal.models import Site, User


@transaction.atomic
def hide_link(site: Site, *, by: User, note: str, clause: str) -> bool:
    """撤消链接; False where it is hidden already."""
    current = Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    if current.link_hidden_at:
        return False
    current.link_hidden_at = clock.now()
    current.save(update_fields=["link_hidden_at"])
    pages.site_changed()
    audit.record("hide_link", "撤消首页链接", current, actor=by, note=note, clause=clause)
    return True


@transaction.atomic
def show_link(site: Site, *, by: User, note: str, clause: str) -> bool:
    """恢复链接; False where it is shown already."""
    current = Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    if current.link_hidden_at is None:
        return False
    current.link_hidden_at = None
    current.save(update_fields=["link_hidden_at"])
    pages.site_changed()
    audit.record("show_link", "恢复首页链接", current, actor=by, note=note, clause=clause)
    return True
