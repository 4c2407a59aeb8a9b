"""The admin of the house itself: sites, departments, people, links, working days, parameters, addresses, audit."""

from django.contrib import admin
from django.contrib.auth.models import Group

from portal.admin.access import may_see_audit, may_see_safety, may_see_structure
from portal.admin.applications import ApplicationLinkAdmin
from portal.admin.audit import AuditEntryAdmin
from portal.admin.calendar import CalendarDayAdmin, CalendarYearAdmin
from portal.admin.locks import SignInLockAdmin
from portal.admin.networks import RegisteredNetworkAdmin
from portal.admin.parameters import ParameterAdmin
from portal.admin.people import UserAdmin
from portal.admin.structure import DepartmentAdmin, SiteAdmin

admin.site.unregister(Group)  # powers are granted by appointment, not by group

__all__ = [
    "ApplicationLinkAdmin",
    "AuditEntryAdmin",
    "CalendarDayAdmin",
    "CalendarYearAdmin",
    "DepartmentAdmin",
    "ParameterAdmin",
    "RegisteredNetworkAdmin",
    "SignInLockAdmin",
    "SiteAdmin",
    "UserAdmin",
    "may_see_audit",
    "may_see_safety",
    "may_see_structure",
]
