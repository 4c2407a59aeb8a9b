"""The cases that break a check of the annual report: looked for by what is wrong with each, never more than a page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import F, Q

from disclosure.enums.decisions import Outcome, ProceedingResult
from disclosure.enums.requests import OWED, ApplicantKind
from disclosure.models import CatalogueEntry, DisclosureRequest, Proceeding
from disclosure.queries.annual import (
    GONE,
    Span,
    normative_cases,
    proceedings_of,
    request_cases,
    requests_of,
)
from disclosure.rules.annual_checks import Odd
from disclosure.rules.annual_form import CARRIED_IN, TOTAL
from disclosure.rules.annual_tables import Done, Intake
from portal.models import Site

MOST = 50

UNDATED = Q(received_on=None, done=Done.IN_YEAR)
TURNED = Q(answered_on__lt=F("received_on"))
UNANSWERED = ~Q(state__in=OWED) & Q(answered_on=None, closed_at=None)
NO_KIND = ~Q(kind__in=ApplicantKind.values)
NO_OUTCOME = Q(done=Done.IN_YEAR) & ~Q(counted_as__in=Outcome.values)


def odd_requests(site: Site, year: int) -> list[Odd]:
    """Dates that contradict each other, no kind of applicant, no outcome."""
    wrong = UNDATED | TURNED | UNANSWERED | NO_KIND | NO_OUTCOME
    rows = requests_of(site, year).filter(wrong).order_by("pk")[:MOST]
    return [one for row in rows for one in _faults(row)]


def _faults(row: DisclosureRequest) -> Iterator[Odd]:
    def odd(check: str, why: str) -> Odd:
        return Odd(check, "request", row.pk, row.code, why)

    dates = ""
    if row.received_on is None:
        dates = f"{row.answered_on} 已答复，却没有收到之日"
    elif row.answered_on and row.answered_on < row.received_on:
        dates = f"答复日期 {row.answered_on} 早于收到之日 {row.received_on}"
    elif row.answered_on is None and row.closed_at is None and row.state not in OWED:
        dates = "已办结，却没有答复日期"
    if dates:
        yield odd("dated", dates)
        if _is_uneven(row):
            yield odd("balance", dates)
    if row.kind not in ApplicantKind.values:
        yield odd("across", "没有申请人类别")
    if row.done == Done.IN_YEAR and row.counted_as not in Outcome.values:
        yield odd("down", "没有办理结果")


def _is_uneven(row: Any) -> bool:
    """Counted on one side of 一＋二＝三＋四 only."""
    if row.done == Done.IN_YEAR:
        return row.intake in (Intake.AFTER, Intake.NEVER)
    return row.done == Done.BEFORE and row.intake == Intake.IN_YEAR


def odd_carried(site: Site, year: int, last: Mapping[str, Any]) -> list[Odd]:
    """What last year's issued report carried over and this year's does not take up, or the other way round."""
    was = {pk: kind for _, done, _, kind, ids in last["3"] if done == Done.OWED for pk in ids}
    now = dict(request_cases(site, year, CARRIED_IN, TOTAL).values_list("pk", "kind"))
    told = dict.fromkeys(was.keys() - now.keys(), "上年结转下年度，本年没有列入（日期后来有改动）")
    told |= dict.fromkeys(now.keys() - was.keys(), "本年列为上年结转，上年报告没有结转")
    told |= {
        pk: f"申请人类别与上年报告不同：上年“{_kind(was[pk])}”，现在“{_kind(now[pk])}”"
        for pk in was.keys() & now.keys()
        if was[pk] != now[pk]
    }
    return _labelled("carried", "request", told, DisclosureRequest, "code")


def odd_documents(site: Site, year: int, last: Mapping[str, Any] | None) -> list[Odd]:
    """行政规范性文件 repealed on no day, or before they were made; what last year's report did not know of."""
    wrong = Q(validity__in=GONE) & (Q(validity_on=None) | Q(validity_on__lt=F("made_on")))
    rows = CatalogueEntry.objects.filter(wrong, site=site, is_normative=True, made_on__lte=Span.of(year).last)
    found = [
        Odd("documents_dated", "entry", one.pk, one.title, f"{one.get_validity_display()}，没有写明日期或早于成文日期")
        for one in rows[:MOST]
    ]  # fmt: skip
    if last is None:
        return found
    was, now = (
        set(last["2"]["in_force"]),
        set(normative_cases(site, year - 1, "in_force").values_list("pk", flat=True)),
    )
    told = dict.fromkeys(now - was, "上年报告发布后编目或恢复效力，上年没有计入")
    told |= dict.fromkeys(was - now, "上年报告计为现行有效，后来登记为上年已废止或失效")
    return found + _labelled("documents", "entry", told, CatalogueEntry, "title")


def odd_proceedings(site: Site, year: int, last: Mapping[str, Any] | None) -> list[Odd]:
    """Closed before it was filed; what last year's report did not have pending, or no longer has."""
    found = [
        Odd(
            "proceedings_dated", "proceeding", one.pk, one.number or str(one),
            f"审结 {one.closed_on} 早于受理 {one.filed_on}",
        )
        for one in proceedings_of(site, year).filter(closed_on__lt=F("filed_on"))[:MOST]
    ]  # fmt: skip
    if last is None:
        return found
    was = {pk for _, stands, _, ids in last["4"] if stands == ProceedingResult.PENDING for pk in ids}
    now = set(proceedings_of(site, year).filter(is_old=True).values_list("pk", flat=True))
    told = dict.fromkeys(was - now, "上年未审结，本年没有列入")
    told |= dict.fromkeys(now - was, "上年受理，上年报告没有列入")
    return found + _labelled("pending", "proceeding", told, Proceeding, "number")


def _labelled(check: str, kind: str, told: Mapping[int, str], model: Any, label: str) -> list[Odd]:
    """With their names; what is gone keeps its id."""
    few = sorted(told)[:MOST]
    names = dict(model.objects.filter(pk__in=few).values_list("pk", label))
    return [Odd(check, kind, pk, names.get(pk) or f"第 {pk} 号", told[pk]) for pk in few]


def _kind(key: str) -> str:
    return dict(ApplicantKind.choices).get(key, "未填")


def cases_by_fact(site: Site, year: int) -> dict[str, Any]:
    """The ids behind all numbers of the three tables, as an issued report keeps them."""
    requests: dict[tuple, list[int]] = {}
    rows = requests_of(site, year).values_list("intake", "done", "counted_as", "kind", "pk").order_by("pk")
    for *fact, pk in rows.iterator():
        requests.setdefault(tuple(fact), []).append(pk)
    proceedings: dict[tuple, list[int]] = {}
    for kind, stands, old, pk in proceedings_of(site, year).values_list("kind", "stands", "is_old", "pk"):
        proceedings.setdefault((kind, stands, bool(old)), []).append(pk)
    return {
        "2": {key: _ids(normative_cases(site, year, key)) for key in ("issued", "repealed", "in_force")},
        "3": [[*fact, ids] for fact, ids in sorted(requests.items())],
        "4": [[*fact, sorted(ids)] for fact, ids in sorted(proceedings.items())],
    }


def _ids(rows: Any) -> list[int]:
    return sorted(rows.values_list("pk", flat=True))
