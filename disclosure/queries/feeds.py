"""The JSON feed for 电子监察: what stands in the public catalogue, paged by id, with the working days each took."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from disclosure.models import CatalogueEntry, Office
from disclosure.queries.catalogue import listed
from disclosure.queries.entries import at_site
from portal import clock
from portal.workdays import Calendar

PAGE, MOST = 200, 500
COUNTED = timedelta(days=366)
"""Of what took longer nobody counts the days: `in_time` says it."""


def page(office: Office, after: int, most: int) -> list[dict[str, Any]]:
    """Entries with a greater id than `after`, in the order of ids: two queries and the calendar's two."""
    rows = listed(office.site).filter(pk__gt=after).select_related("category", "issuer", "article")
    found = at_site(rows.order_by("pk")[:most], office.site)
    calendar = _calendar(found)
    return [_row(one, office, calendar) for one in found]


def _calendar(found: Iterable[CatalogueEntry]) -> Calendar:
    return Calendar.since(min([clock.today(), *(one.made_on for one in found)]))


def _row(one: CatalogueEntry, office: Office, calendar: Calendar) -> dict[str, Any]:
    public = clock.local(one.public_at).date() if one.public_at else None
    due = calendar.add(one.made_on, office.publish_days).due
    days = (
        calendar.working_days_between(one.made_on, public)
        if public and public - one.made_on < COUNTED
        else None
    )
    return {
        "id": one.pk, "index_number": one.index_number, "title": one.title, "document_number": one.document_number,
        "category": one.category.key, "category_name": one.category.name, "issuer": one.issuer.name,
        "genre": one.genre, "theme": one.theme, "theme_words": one.theme_words, "made_on": _day(one.made_on),
        "effective_on": _day(one.effective_on), "expires_on": _day(one.expires_on), "publicity": one.publicity,
        "validity": one.validity, "validity_on": _day(one.validity_on), "is_normative": one.is_normative,
        "public_on": _day(public), "due_on": _day(due), "working_days": days,
        "limit": office.publish_days, "in_time": public <= due if public else None, "url": one.get_absolute_url(),
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
