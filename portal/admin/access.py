"""Who gets into which part of the admin, and how a refused operation comes back to its form.

Rights are the powers of the ledger of grants, asked through `has_perm`; model permissions play no part.
"""

from typing import Any

from django import forms
from django.contrib.admin import ShowFacets
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin

from portal.enums import Power
from portal.workflow import Refused


def holds(request: HttpRequest, *powers: Power) -> bool:
    """Whether the visitor holds any of `powers` on some whole site."""
    return request.user.is_active and any(request.user.has_perm(f"portal.{power}") for power in powers)


def may_keep_structure(request: HttpRequest) -> bool:
    """系统管理员 (网管): sites, departments, people, calendar (办法第十九条; 三员)."""
    return holds(request, Power.SYSTEM)


def may_see_structure(request: HttpRequest) -> bool:
    """系统管理员; 审计管理员 looks on and changes nothing (三员)."""
    return holds(request, Power.SYSTEM, Power.AUDIT)


def may_keep_safety(request: HttpRequest) -> bool:
    """安全管理员: locks, sessions, lost credentials, addresses, the numbers of the standards (三员)."""
    return holds(request, Power.SECURITY)


def may_see_safety(request: HttpRequest) -> bool:
    """安全管理员; 审计管理员 looks on."""
    return holds(request, Power.SECURITY, Power.AUDIT)


def may_see_people(request: HttpRequest) -> bool:
    """All three of the 三员: who keeps people, who keeps their safety, who looks on."""
    return holds(request, Power.SYSTEM, Power.SECURITY, Power.AUDIT)


def may_see_audit(request: HttpRequest) -> bool:
    """审计管理员, and of their own sites whoever inspects or grants there (办法第二十二条)."""
    return holds(request, Power.AUDIT, Power.INSPECT, Power.GRANT)


class PortalAdmin(ModelAdmin):
    """Pages of the house: for 系统管理员, seen by 审计管理员; nothing is ever deleted; a refusal shows at its field,
    typing kept.
    """

    show_facets = ShowFacets.NEVER
    compressed_fields = False
    warn_unsaved_form = True
    show_full_result_count = False
    list_disable_select_all = True
    empty_value_display = "—"
    actions = None

    def may_see(self, request: HttpRequest) -> bool:
        return may_see_structure(request)

    def may_change(self, request: HttpRequest) -> bool:
        return may_keep_structure(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_see(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_see(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_change(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """`?_to_field=` without a name means the key, which Django looks up as a field of no name."""
        return super().get_object(request, object_id, from_field or None)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """A question that no database can be asked (a number too long, a zero byte) is asked anew without it."""
        try:
            return super().get_changelist_instance(request)
        except (OverflowError, ValueError) as odd:
            raise IncorrectLookupParameters from odd

    def view_on_site(self, obj: Any) -> str | None:
        """The object's own address, where it has one: its page asks for rights itself."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def changeform_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Run the form; when its operation refuses, all is rolled back and the form shows the reason."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            request.refusal = refusal
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs):
        """Whoever only looks is shown the plain values: the model's own form offers choices to change them."""
        if change and not self.has_change_permission(request, obj):
            kwargs["form"] = forms.ModelForm
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return with_refusal(form, refusal) if refusal else form

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The audit trail is the record."""

    log_change = log_addition


class ReadOnly:
    """Mixed in before PortalAdmin: to look at, never to touch."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def with_refusal(form: type[forms.BaseForm], refusal: Refused) -> type[forms.BaseForm]:
    """The same form, which also says no with the operation's reason, at the field it belongs to."""

    class RefusedForm(form):
        def clean(self):
            cleaned = super().clean()
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)
            return cleaned

    return RefusedForm
