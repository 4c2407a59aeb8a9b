"""Schemes as people read them."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from assessment.enums.schemes import IndicatorKind
from assessment.models import Scheme
from assessment.queries.facts.base import FACTS
from assessment.rules.schemes import IndicatorRules, as_json
from assessment.rules.words import how
from portal.enums import DepartmentKind


def current(day: date) -> QuerySet[Scheme]:
    """The version of each scheme in force on `day`, and those that are to come; the ones used first."""
    rows = Scheme.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day))
    return rows.prefetch_related("indicators").order_by("-is_used", "key", "version")


def versions(scheme: Scheme) -> list[Scheme]:
    return list(Scheme.objects.filter(key=scheme.key).order_by("-version"))


def is_latest(scheme: Scheme) -> bool:
    return not Scheme.objects.filter(key=scheme.key, version__gt=scheme.version).exists()


def readable(scheme: Scheme) -> list[dict[str, Any]]:
    """By indicator: what it is, how it is counted in words, from which facts."""
    found = []
    for data in as_json(scheme)["indicators"]:
        one, fact = IndicatorRules.read(data), FACTS.get(data["fact"])
        found.append({
            "rules": one, "how": how(one, fact.word if fact else "件"), "fact": fact,
            "kind": IndicatorKind(one.kind).label,
        })  # fmt: skip
    return found


def unit_kinds(scheme: Scheme) -> str:
    return "、".join(str(DepartmentKind(kind).label) for kind in scheme.unit_kinds)
