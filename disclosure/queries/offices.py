"""政府信息公开工作机构: which one takes requests for a site."""

from disclosure.models import Office
from portal.models import Site


def office_for(site: Site) -> Office | None:
    """That of the site, else of the site above it (条例第四条); None where nobody answers for disclosure."""
    found = {one.site_id: one for one in Office.objects.filter(site__in=[site.pk, site.parent_id or site.pk])}
    return found.get(site.pk) or found.get(site.parent_id)
