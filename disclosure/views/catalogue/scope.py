"""Whose catalogue is on the desk: the site asked for among those the person sees; nobody's is not there."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from disclosure.models import CatalogueEntry, Office
from disclosure.queries.entries import entries_to_read
from disclosure.queries.offices import offices_in
from disclosure.rules import cataloguing as rules
from portal.refusals import unseen

HERE = "catalogue"


@dataclass(frozen=True)
class Scope:
    """The office in hand, and all that the person may turn to."""

    office: Office
    offices: list[Office]
    keeps: bool
    sees_closed: bool


def scope(request: HttpRequest) -> Scope:
    """404 for whoever sees no catalogue."""
    offices = offices_in(rules.sites_seen(request.user))
    if not offices:
        raise Http404
    asked = request.GET.get("site") or request.POST.get("site")
    office = next((one for one in offices if one.site.key == asked), offices[0])
    keeps = rules.keeps(request.user, office)
    return Scope(office, offices, keeps, keeps or rules.oversees(request.user, office.site_id))


def keeps_none(request: HttpRequest) -> bool:
    """Whether the person handles texts on sites of which none has an office."""
    sites = rules.sites_seen(request.user)
    return bool(sites) and not offices_in(sites)


def find(request: HttpRequest, pk: int) -> tuple[CatalogueEntry, Office]:
    """The entry and its office, for whoever may know of it."""
    entry = get_object_or_404(entries_to_read(), pk=pk)
    office = entry.site.disclosure_office
    office.site = entry.category.site = entry.site
    if not rules.may_see(request.user, entry, office):
        raise unseen(request, entry, "不能查看这一条公开目录")
    return entry, office
