"""The foundation's nouns, one file each."""

from portal.models.applications import ApplicationLink
from portal.models.audit import AuditEntry, AuditHead
from portal.models.backups import BackupDrill, BackupRun
from portal.models.calendar import CalendarDay, CalendarYear
from portal.models.departments import Department
from portal.models.departures import Departure, at_work
from portal.models.files import StoredFile
from portal.models.incidents import Incident
from portal.models.limits import Limit, LimitExtension, LimitPause
from portal.models.mailboxes import OfficialMailbox
from portal.models.networks import RegisteredNetwork
from portal.models.notices import Notice
from portal.models.pages import Edition, PublishedPage, StalePage
from portal.models.parameters import Parameter
from portal.models.people import User
from portal.models.presets import PresetRecord
from portal.models.safety import CloserWatch, SafetyRecord
from portal.models.sessions import SignedIn
from portal.models.sign_in import PasswordRecord, SignInFailure, SignInLock
from portal.models.sites import Site
from portal.models.structure import Structure
from portal.models.tallies import Tally
from portal.models.watch import SweepFailure, SweepRun

__all__ = [
    "ApplicationLink",
    "AuditEntry",
    "AuditHead",
    "BackupDrill",
    "BackupRun",
    "CalendarDay",
    "CalendarYear",
    "CloserWatch",
    "Department",
    "Departure",
    "Edition",
    "Incident",
    "Limit",
    "LimitExtension",
    "LimitPause",
    "Notice",
    "OfficialMailbox",
    "Parameter",
    "PasswordRecord",
    "PresetRecord",
    "PublishedPage",
    "RegisteredNetwork",
    "SafetyRecord",
    "SignInFailure",
    "SignInLock",
    "SignedIn",
    "Site",
    "StalePage",
    "StoredFile",
    "Structure",
    "SweepFailure",
    "SweepRun",
    "Tally",
    "User",
    "at_work",
]
