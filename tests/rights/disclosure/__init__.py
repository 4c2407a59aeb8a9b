"""The addresses of disclosure, by topic."""

from types import SimpleNamespace

from tests.rights.dialogue import Dialogue
from tests.rights.disclosure import catalogue, decisions, dispatches, reports, requests, services

TOPICS = (requests, catalogue, decisions, dispatches, reports, services)
GET = {route: row for topic in TOPICS for route, row in topic.GET.items()}
POST = {route: row for topic in TOPICS for route, row in topic.POST.items()}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    for topic in TOPICS:
        topic.build(office, dialogue)
