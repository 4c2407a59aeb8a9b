"""Reads of answers: what waits to be approved or delivered, the register, what an earlier request was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from columns import rules as column_rules
from columns.enums import StepState
from disclosure.enums.decisions import DecisionState, Outcome, OutcomeGroup
from disclosure.enums.requests import Delivery, RequestState
from disclosure.models import Decision, DecisionFile, DecisionStep, DisclosureRequest
from disclosure.queries.request_board import Scope
from disclosure.queries.requests import of_applicant, seats_by_site
from disclosure.rules.outcomes import RULINGS
from portal import clock, limits, parameters
from portal.enums import Power
from portal.models import Site, User
from portal.notices import holders

DECIDING = (Power.REVIEW, Power.SIGN, Power.PUBLISH, Power.INSPECT)
STEP_WITH = ("decision__request__site", "decision__department", "decision__saved_by")
ANSWER_WITH = ("request__site", "department", "signed_by", "letter")
YEARS, MOST_ATTEMPTS = 10, 5


def to_decide(user: User) -> QuerySet[DecisionStep]:
    """Current steps that `user` may take: they hold the power on the site, did not draft it, act for no drafter, and,
    where the answering department has a reviewer of its own, sit there. The rules have the last word.
    """
    powers = column_rules.powers_of(user)
    held = {power: sites for power in DECIDING if (sites := powers.sites_with(power))}
    if not held:
        return DecisionStep.objects.none()
    wanted = reduce(or_, (Q(power=power, decision__request__site__in=sites) for power, sites in held.items()))
    mine = {user.pk, *column_rules.principals(user)}
    drafted = Q(saved_by__in=mine) | Q(saved_for__in=mine)
    written = Decision.history.model.objects.filter(drafted, id=OuterRef("decision_id"))
    rows = DecisionStep.objects.filter(wanted, state=StepState.CURRENT).exclude(Exists(written))
    elsewhere = Q(power=Power.REVIEW) & ~Q(decision__department=user.department_id)
    return rows.exclude(elsewhere & Q(decision__department__in=_with_own_reviewer()))


def with_clock(user: User) -> QuerySet[DecisionStep]:
    """`to_decide` with the clock of each step, nearest first."""
    return limits.with_clock(to_decide(user)).select_related(*STEP_WITH)


def to_deliver(user: User) -> QuerySet[Decision]:
    """Sent by an office for which `user` answers and not with the applicant yet; what the portal itself delivers, only
    once its e-mail failed or the applicant has not opened it for long.
    """
    wanted = Q(pk__in=[])
    for site, departments in seats_by_site(user).items():
        wanted |= Q(request__site=site, request__site__disclosure_office__department__in=departments)
    rows = Decision.objects.filter(wanted, state=DecisionState.SENT, request__state=RequestState.ANSWERED)
    mailed = Q(request__delivery=Delivery.EMAIL, mail_attempts__lt=MOST_ATTEMPTS)
    on_line, days = Q(request__delivery=Delivery.ONLINE), parameters.value("answer_unopened_days")
    if days is not None:
        on_line &= Q(sent_at__gt=clock.now() - timedelta(days=days))
    return rows.exclude(mailed | on_line)


def answered_before(request: DisclosureRequest) -> QuerySet[DisclosureRequest]:
    """What the same applicant asked and was answered: one of them a repeated request repeats."""
    return of_applicant(request).exclude(pk=request.pk).exclude(answered_on=None).order_by("-answered_on")


@dataclass(frozen=True)
class Asked:
    """What the register was asked for."""

    site: Site
    year: int
    outcome: str = ""
    words: str = ""

    @classmethod
    def read(cls, typed: Mapping[str, str], sites: list[Site]) -> "Asked":
        site = next((one for one in sites if one.key == typed.get("site")), sites[0])
        year = typed.get("year", "")
        outcome = typed.get("outcome", "")
        known = outcome in RULINGS or outcome in GROUPS
        return cls(
            site, int(year) if year in map(str, years()) else clock.today().year, outcome if known else "",
            " ".join(typed.get("q", "").replace("\x00", "").split())[:60],
        )  # fmt: skip

    @property
    def is_narrowed(self) -> bool:
        return bool(self.outcome or self.words)


GROUPS = {f"group-{group}": group for group in OutcomeGroup}
"""A whole group of the third table, by the value of the filter."""


def register(scope: Scope, asked: Asked) -> QuerySet[Decision]:
    """Answers sent in a year, the newest first: the rows that the third table counts."""
    rows = Decision.objects.filter(
        state=DecisionState.SENT, request__in=scope.rows(asked.site), request__answered_on__year=asked.year
    )
    if asked.outcome:
        rows = rows.filter(outcome__in=_outcomes(asked.outcome))
    for word in asked.words.split():
        rows = rows.filter(
            Q(request__title__icontains=word) | Q(request__code__iexact=word) | Q(number__icontains=word)
        )
    return rows.select_related(*ANSWER_WITH).order_by("-request__answered_on", "-pk")


def outcome_choices() -> list[tuple[str, str]]:
    """Every group, its rows below it."""
    found: list[tuple[str, str]] = []
    for key, group in GROUPS.items():
        inside = [(one.outcome.value, f"　{one.label}") for one in RULINGS.values() if one.group == group]
        found.append((key, f"{group.label}（全部）" if len(inside) > 1 else group.label))
        found += inside if len(inside) > 1 else []
    return found


def years() -> range:
    """This year and those before it, newest first."""
    this = clock.today().year
    return range(this, this - YEARS, -1)


def files_of(decision: Decision) -> QuerySet[DecisionFile]:
    return decision.files.select_related("file", "original")


def _outcomes(wanted: str) -> list[Outcome]:
    if wanted not in GROUPS:
        return [Outcome(wanted)]
    return [one.outcome for one in RULINGS.values() if one.group == GROUPS[wanted]]


def _with_own_reviewer() -> QuerySet:
    """Departments where somebody reviews, by guardian's copy of the ledger: part of the query, not one more."""
    return holders(Power.REVIEW).filter(department__isnull=False).order_by().values("department")
