"""The only writers of the foundation, by noun: accounts, sign-ins, sessions, the seal, structure, calendar, networks."""

from portal.operations import departure_plans, departures, handovers, mailboxes, second_factor, sessions
from portal.operations.accounts import change_password, record_sign_in
from portal.operations.break_glass import end_session, open_seal, refuse_superuser, seal
from portal.operations.calendar import confirm_year, import_plan, remove_day, seed_years, set_day
from portal.operations.links import hide_link, show_link
from portal.operations.lost import report_lost
from portal.operations.networks import (
    change_network,
    end_network,
    log_closed_door,
    record_closed_door,
    register_network,
)
from portal.operations.sign_in import forget_sign_ins, forgive, lift_lock, record_failed_sign_in
from portal.operations.staff import admit, apply_plan, sync_staff
from portal.operations.structure import (
    save_application_link,
    save_department,
    save_person,
    save_site,
    set_parameter,
)

__all__ = [
    "admit",
    "apply_plan",
    "change_network",
    "change_password",
    "confirm_year",
    "departure_plans",
    "departures",
    "end_network",
    "end_session",
    "forget_sign_ins",
    "forgive",
    "handovers",
    "hide_link",
    "import_plan",
    "lift_lock",
    "log_closed_door",
    "mailboxes",
    "open_seal",
    "record_closed_door",
    "record_failed_sign_in",
    "record_sign_in",
    "refuse_superuser",
    "register_network",
    "remove_day",
    "report_lost",
    "save_application_link",
    "save_department",
    "save_person",
    "save_site",
    "seal",
    "second_factor",
    "seed_years",
    "sessions",
    "set_day",
    "set_parameter",
    "show_link",
    "sync_staff",
]
