"""The admin of the house itself: sites, departments, people, links, working days, parameters, addresses, audit."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.admin.access import may_see_audit, may_see_people, may_see_safety, may_see_structure
from portal.admin.applications import ApplicationLinkAdmin
from portal.admin.audit import AuditEntryAdmin
from portal.admin.calendar import CalendarDayAdmin, CalendarYearAdmin
from portal.admin.locks import SignInLockAdmin
from portal.admin.networks import RegisteredNetworkAdmin
from portal.admin.parameters import ParameterAdmin
from portal.admin.people import UserAdmin
from portal.admin.structure import DepartmentAdmin, SiteAdmin

admin.site.unregister(Group)  # powers are granted by appointment, not by group
admin.site.unregister([StaticDevice, TOTPDevice])  # nobody reads the secrets of others

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
    "may_see_people",
    "may_see_safety",
    "may_see_structure",
]
