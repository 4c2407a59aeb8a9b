"""The only writers of the foundation, by noun: structure, accounts, calendar, networks."""

from portal.operations.accounts import (
    change_password,
    record_failed_sign_in,
    record_sign_in,
    record_sign_out,
)
from portal.operations.calendar import confirm_year, import_plan, remove_day, seed_years, set_day
from portal.operations.networks import (
    change_network,
    end_network,
    log_closed_door,
    record_closed_door,
    register_network,
)
from portal.operations.structure import (
    save_application_link,
    save_department,
    save_person,
    save_site,
    set_parameter,
)

__all__ = [
    "change_network",
    "change_password",
    "confirm_year",
    "end_network",
    "import_plan",
    "log_closed_door",
    "record_closed_door",
    "record_failed_sign_in",
    "record_sign_in",
    "record_sign_out",
    "register_network",
    "remove_day",
    "save_application_link",
    "save_department",
    "save_person",
    "save_site",
    "seed_years",
    "set_day",
    "set_parameter",
]
