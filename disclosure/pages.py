"""Public pages of disclosure and services: the catalogue, its entries, reports, guides, results."""

from collections.abc import Iterable
from functools import partial
from itertools import chain
from typing import Any

from disclosure.models import AnnualReport, CatalogueEntry, Category, Interpretation
from disclosure.queries import catalogue, reports, services
from portal import pages
from portal.models import PublishedPage, Site
from portal.pages import Address, Kind
from publishing.models import Article

START = ("disclosure/", "disclosure/guide/", "disclosure/catalogue/", "disclosure/pages/rules/")
REPORTS, SERVICES, RESULTS = "disclosure/reports/", "services/", "services/results/"
CATALOGUE, REPORT, SERVICE = "catalogue", "annual report", "services"
HOME = "home"


def lying(kinds: Iterable[str], site: Site | None = None) -> list[Address]:
    """Pages of these kinds that lie there, of one site or of all: sub-sites show what the site above offers."""
    rows = PublishedPage.objects.filter(kind__in=list(kinds))
    rows = rows.filter(site=site.key) if site else rows
    return [Address(*row) for row in rows.values_list("site", "path")]


def of_entry(entry: CatalogueEntry) -> Iterable[Address]:
    """The entry, all lists of the catalogue, the article with the table above it and what explains it."""
    at = partial(Address, entry.site.key)
    articles = [
        *Interpretation.objects.filter(entry=entry).values_list("article", flat=True),
        entry.article_id,
    ]
    found = [at(f"disclosure/e/{entry.pk}/"), *(at(f"a/{pk}/") for pk in articles if pk)]
    return [*found, *lying([CATALOGUE], entry.site)]


def of_article(article: Article) -> Iterable[Address]:
    """What disclosure says of an article that is published or withdrawn; of a new one nothing, without asking."""
    if article.published_revision_id is None:
        return ()
    entries = CatalogueEntry.objects.filter(article=article).select_related("site")
    explained = CatalogueEntry.objects.filter(interpretations__article=article).select_related("site")
    found = [*chain.from_iterable(of_entry(entry) for entry in {*entries, *explained})]
    return [
        *found,
        *(lying([CATALOGUE, REPORT], article.site) if hasattr(article, "disclosure_page") else ()),
    ]


def of_report(report: AnnualReport) -> Iterable[Address]:
    return [Address(report.site.key, f"{REPORTS}{report.year}/"), *lying([CATALOGUE, REPORT], report.site)]


def of_services(obj: Any) -> Iterable[Address]:
    return lying([SERVICE, HOME])


def of_catalogue(obj: Any) -> Iterable[Address]:
    """The office, its categories, its own pages: whatever the whole catalogue shows."""
    return lying([CATALOGUE, "catalogue entry", REPORT])


def _catalogue(site: Site) -> Iterable[str]:
    keys = Category.objects.filter(site=site).values_list("key", flat=True)
    return [*START, *(f"disclosure/c/{key}/" for key in keys)]


def _entries(site: Site) -> Iterable[str]:
    rows = catalogue.listed(site).values_list("pk", flat=True)
    return (f"disclosure/e/{pk}/" for pk in rows.iterator(chunk_size=2000))


def _reports(site: Site) -> Iterable[str]:
    return [REPORTS, *(f"{REPORTS}{year}/" for year in reports.public(site).values_list("year", flat=True))]


def _services(site: Site) -> Iterable[str]:
    own = services.shown(site).values_list("pk", flat=True)
    return [SERVICES, RESULTS, *(f"{SERVICES}{pk}/" for pk in own)]


pages.register(
    Kind(CATALOGUE, rf"{'|'.join(START)}|disclosure/c/[\w-]+/", _catalogue, rank=4, turns_daily=True)
)
pages.register(Kind("catalogue entry", r"disclosure/e/\d+/", _entries, rank=5))
pages.register(Kind(REPORT, rf"{REPORTS}(\d+/)?", _reports, rank=5))
pages.register(Kind(SERVICE, rf"{SERVICES}(\d+/)?|{RESULTS}", _services, rank=4, turns_daily=True))
pages.show("disclosure.catalogueentry", of_entry)
pages.show("disclosure.annualreport", of_report)
pages.show("publishing.article", of_article)
for name in ("serviceitem", "guide", "resultnotice", "prereview"):
    pages.show(f"disclosure.{name}", of_services)
for name in ("office", "category", "disclosurepage", "issuer"):
    pages.show(f"disclosure.{name}", of_catalogue)
