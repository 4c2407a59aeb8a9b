"""The only writers of the foundation, by noun: structure, accounts, calendar."""

from portal.operations.accounts import (
    change_password,
    record_failed_sign_in,
    record_sign_in,
    record_sign_out,
)
from portal.operations.calendar import confirm_year, import_plan, remove_day, seed_years, set_day
from portal.operations.structure import save_department, save_person, save_site, set_parameter

__all__ = [
    "change_password",
    "confirm_year",
    "import_plan",
    "record_failed_sign_in",
    "record_sign_in",
    "record_sign_out",
    "remove_day",
    "save_department",
    "save_person",
    "save_site",
    "seed_years",
    "set_day",
    "set_parameter",
]
