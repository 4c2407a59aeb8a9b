"""Roles: bundles of powers, as the preset brought them. To look at; grants are made in the ledger, under the desk."""

from django.contrib import admin
from django.http import HttpRequest

from columns import rules
from columns.models import Role
from portal.admin.access import PortalAdmin, ReadOnly


def may_see_ledger(request: HttpRequest) -> bool:
    return rules.may_see_ledger(request.user)


@admin.register(Role)
class RoleAdmin(ReadOnly, PortalAdmin):
    list_display = ["name", "labels", "clause"]
    fields = ["name", "labels", "clause"]
    readonly_fields = ["labels"]

    def may_see(self, request: HttpRequest) -> bool:
        return may_see_ledger(request)

    @admin.display(description="权限")
    def labels(self, role: Role) -> str:
        return role.labels
