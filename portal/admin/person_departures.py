"""离岗与交接 on a person's page: the handovers there are, and the way to record that they leave or move."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import display

from portal.departures import rules
from portal.models import Departure, User

SHOWN = 5


class PersonDepartures:
    """Mixed into the admin of people; for 网管, looked at by 审计管理员."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> User | None:
        """The person remembers who looks: whoever may not follow a link is not shown it."""
        person = super().get_object(request, object_id, from_field)
        if person is not None:
            person.may_be_planned = person.is_active and not rules.why_not_plan(request.user, person)
            person.departures_seen = rules.watches(request.user) and request.user.pk != person.pk
        return person

    @display(description="离岗与交接")
    def departures(self, person: User) -> str | SafeString:
        rows = Departure.objects.filter(person=person).select_related("to_department", "person")[:SHOWN]
        lines = [(_link(one) if person.departures_seen else str(one), one.standing) for one in rows]
        found = format_html_join("", '<p>{} <span class="quiet">{}</span></p>', lines)
        if not person.may_be_planned or any(one.is_planned for one in rows):
            return found or "没有"
        address = reverse("desk:plan_departure", args=[person.staff_number])
        return format_html('{}<a class="row-act" href="{}">离岗或调动</a>', found, address)


def _link(row: Departure) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("desk:handover", args=[row.pk]), row)
