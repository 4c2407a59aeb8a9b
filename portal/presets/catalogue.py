"""`--demo`: sample entries of the catalogue, of texts that went their real route, registered by the office itself."""

from collections.abc import Mapping
from datetime import date, timedelta
from html import escape
from typing import Any

from django.db import transaction

from disclosure.enums.catalogue import PageKind, Publicity
from disclosure.models import CatalogueEntry, Category, Office
from disclosure.operations import entries, interpretations, pages, reach, validity
from disclosure.rules.entries import Facts
from portal import clock
from portal.models import User
from portal.presets import source
from portal.presets.days import Days
from portal.presets.scenes import Scene
from publishing.models import Article

Row = Mapping[str, Any]
KEEPER = "xinxiyuan"
LINKED_AGO = 8  # days: after everything was catalogued


def texts(preset: str) -> list[Scene]:
    """What is written for the catalogue alone, played with the other texts."""
    return [
        Scene(
            site="fenju", column=row["column"], title=row["title"], author=row["author"], department=row["department"],
            collector=KEEPER, days_ago=row["days_ago"],
            body="".join(f"<p>{escape(paragraph)}</p>" for paragraph in row["body"]),
        )
        for row in _told(preset).get("texts", ())
    ]  # fmt: skip


@transaction.atomic
def play(preset: str) -> None:
    """Once, in an office whose catalogue is empty."""
    told = _told(preset)
    office = Office.objects.select_related("site", "department").filter(site__key="fenju").first()
    if not told or office is None or CatalogueEntry.objects.exists():
        return
    stage = _Stage(office)
    for row in sorted(told["entries"], key=lambda row: -row["ago"]):
        stage.register(row)
    for row in told["changes"]:
        stage.change(row)
    with clock.at(stage.days.at(LINKED_AGO, 11)):
        stage.link(told)
    reach.follow()
    validity.lapse_expired()


class _Stage:
    """What the entries share, looked up once."""

    def __init__(self, office: Office):
        self.office, self.days, self.today = office, Days(), clock.today()
        self.keeper = User.objects.get(staff_number=KEEPER)
        self.categories = {one.key: one for one in Category.objects.filter(site=office.site)}
        live = Article.objects.live().filter(site=office.site).select_related("site", "column")
        self.articles = {one.title: one for one in live}
        self.entries: dict[str, CatalogueEntry] = {}

    def register(self, row: Row) -> None:
        """The day after the text went online, or some days after it was made where there is none."""
        made = clock.local(self.days.at(row["ago"], 9)).date()
        has_text = not row.get("without") and row.get("publicity", Publicity.OPEN) == Publicity.OPEN
        article = self.articles[row["title"]] if has_text else None
        when = max(self.days.at(max(row["ago"] - 3, 0), 15, 20), self.days.at(row["ago"], 16))
        if article is not None:
            when = max(when, article.published_at + timedelta(minutes=40))
        with clock.at(min(when, clock.now() - timedelta(minutes=5))):
            self.entries[row["title"]] = entries.register(
                self.office, self._facts(row, made), article=article, by=self.keeper
            )

    def change(self, row: Row) -> None:
        when = self.days.at(row["ago"], 10, 5)
        successor = self.entries[row["successor"]] if row.get("successor") else None
        with clock.at(when):
            validity.change(
                self.entries[row["title"]], row["verb"], on=clock.local(when).date(), note=row["note"],
                successor=successor, by=self.keeper,
            )  # fmt: skip

    def link(self, told: Row) -> None:
        for row in told["interpretations"]:
            entry, article = self.entries[row["title"]], self.articles[row["article"]]
            interpretations.link(entry, article, by=self.keeper)
        for row in told["pages"]:
            pages.show(self.office, PageKind(row["kind"]), self.articles[row["article"]], by=self.keeper)

    def _facts(self, row: Row, made: date) -> Facts:
        ends = row.get("expires_in")
        return Facts(
            category=self.categories[row["category"]], issuer=self.office.site.department, title=row["title"],
            made_on=made, publicity=row.get("publicity", Publicity.OPEN), ground=row.get("ground", ""),
            document_number=row.get("number", ""), genre=row["genre"], theme=row["theme"], theme_words=row["words"],
            expires_on=self.today + timedelta(days=ends) if ends is not None else None,
            is_normative=row.get("normative", False),
        )  # fmt: skip


def _told(preset: str) -> Row:
    path = source.folder(preset) / "demo" / "catalogue.yaml"
    return source.read_file(path, "catalogue.yaml") if path.exists() else {}
