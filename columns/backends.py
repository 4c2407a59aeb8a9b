"""Django's own question `user.has_perm(…)`, answered from the live grants: apps below may ask it too."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from columns import rules
from portal.enums import Power


class PowerBackend(BaseBackend):
    """`portal.<power>`: held on some whole site; `columns.<power>`: held on some site or column."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        app, _, power = perm.partition(".")
        if obj is not None or power not in Power.values:
            return False
        powers = rules.powers_of(user_obj)
        if app == "columns":
            return powers.anywhere(power)
        return app == "portal" and any(power in held for held in powers.sites.values())
