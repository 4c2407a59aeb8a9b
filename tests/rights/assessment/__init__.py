"""The addresses of assessment, by topic."""

from types import SimpleNamespace

from tests.rights.assessment import bulletins, inspections, radar, scores, slips, website_reports
from tests.rights.dialogue import Dialogue

TOPICS = (slips, scores, inspections, radar, bulletins, website_reports)
GET = {route: row for topic in TOPICS for route, row in topic.GET.items()}
POST = {route: row for topic in TOPICS for route, row in topic.POST.items()}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    for topic in TOPICS:
        topic.build(office, dialogue)
