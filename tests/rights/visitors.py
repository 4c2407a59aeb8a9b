"""Asking: all addresses there are, the address of one thing, one browser per role."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import unquote

from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from portal.models import StoredFile
from tests.rights.dialogue import NEVER
from tests.rights.rows import ROLES

VERBS = {
    "authorisations": "take_back", "desk/letters": "take_back", "desk/answers": "approve", "desk/comments": "publish",
    "desk/contributions": "adopt", "desk/questions": "close", "/opinions/": "show", "<int:pk>/questions/": "accept",
}  # fmt: skip
"""The button that is pressed, by a part of the address; elsewhere it is recall."""


def routes() -> list[str]:
    """All addresses of the URL conf as they are written there, the admin's of all models included."""

    def walk(patterns, prefix: str = "") -> Iterator[str]:
        for one in patterns:
            route = prefix + str(one.pattern)
            if hasattr(one, "url_patterns"):
                yield from walk(one.url_patterns, route)
            else:
                yield route

    return list(dict.fromkeys(walk(get_resolver().url_patterns)))


def fill(route: str, places: dict) -> str:
    """The address with something put into each of its places."""
    written = re.sub(r"\^?\(\?P<(\w+)>.*", r"<\1>/", route)  # the admin's two regular expressions
    return "/" + re.sub(r"<([^>]+)>", lambda found: str(places[found[1]]), written)


class Visitors:
    """One browser per role; whatever a request changed is taken back after it."""

    def __init__(self, office: SimpleNamespace, texts: SimpleNamespace, things: SimpleNamespace):
        self.texts, self.things = texts, things
        self.browsers = {role: Client(raise_request_exception=False) for role in ROLES}
        self.sessions = {}
        for role, browser in self.browsers.items():
            if role != "anonymous":
                browser.force_login(getattr(office, role))
                browser.get("/account/")  # the first page of a session writes it down
            self.sessions[role] = browser.cookies.output(header="", sep=";")

    def address(self, route: str, kind: str = "draft") -> str:
        """The route with its places filled: about the text of that kind, or about the one thing it is for."""
        article, mark = getattr(self.texts, kind), "edit" if kind == "edited" else kind
        name = f"题图mark-{mark}-.png" if "size" in route else f"附件mark-{mark}-.txt"
        number = self._number(route, kind)
        return fill(route, {
            "slug:slug": article.column.slug, "uuid:pk": StoredFile.objects.get(name=name).pk,
            "str:name": "any-name", "slug:size": "card", "int:pk": number, "path:object_id": number,
            "int:row": NEVER, "slug:verb": self._verb(route), "slug:kind": "personal", "app_label": "publishing",
            "staff:staff_number": "collector", "url": "nothing-here", "path:content_type_id": self.texts.type,
            "int:file": NEVER, "int:part": 0, **self.things.dialogue.filling(route),
        })  # fmt: skip

    def ask(self, role: str, method: str, where: str):
        browser = self.browsers[role]
        browser.cookies.clear()
        browser.cookies.load(self.sessions[role])
        with transaction.atomic():
            response = getattr(browser, method)(where)
            response.said = said(response)
            transaction.set_rollback(True)
        return response

    def _number(self, route: str, kind: str) -> int:
        article = getattr(self.texts, kind)
        if (said := self.things.dialogue.number(route)) is not None:
            return said
        for part, number in {
            "authorisations/columns/": article.column_id,
            "authorisations/": self.things.grant.pk,
            "leaves/": self.things.leave.pk,
            "delegations/": self.things.delegation.pk,
            "handovers/": self.things.departure.pk,
            "mailboxes/": self.things.mailbox.pk,
            "reviews/": self.texts.numbers[kind],
        }.items():
            if part in route:
                return number
        if "portal/user/" in route:
            return self.things.person.pk
        model = re.match(r"admin/(portal|columns|interaction|disclosure|assessment)/(\w+)/", route)
        return apps.get_model(*model.groups()).objects.order_by("pk").first().pk if model else article.pk

    @staticmethod
    def _verb(route: str) -> str:
        return next((verb for part, verb in VERBS.items() if part in route), "recall")


def said(response) -> str:
    """All that a visitor is told: the page or file, where it leads, under which name it is saved."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return unquote(content.decode(errors="replace") + str(response.headers))
