"""Django's own questions: who signs in, and `user.has_perm(…)`, answered from the ledger. Apps below may ask it too."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied

from columns import rules
from columns.models import Column
from portal.enums import Power
from portal.models import Site


class PowerBackend(ModelBackend):
    """Sign-in by 工号 and password; about powers the ledger has the last word: a stray permission row grants nothing.

    `portal.<power>`: held on some whole site, or on the site given; `columns.<power>`: held on some site or
    column, or on the column given. About an object the app may be left out, as guardian allows.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        app, _, power = perm.rpartition(".")
        if app not in ("portal", "columns", "") or power not in Power.values:
            return super().has_perm(user_obj, perm, obj)
        if not _holds(rules.powers_of(user_obj), app, power, obj):
            raise PermissionDenied
        return True


def _holds(powers: rules.Powers, app: str, power: str, obj: Any) -> bool:
    if obj is None:
        return powers.anywhere(power) if app == "columns" else powers.on_some_site(power)
    if isinstance(obj, Site):
        return powers.has_on_site(power, obj.pk)
    return isinstance(obj, Column) and powers.has(power, obj.pk)
