"""People: who they are. What they may do is granted by appointment."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from portal import operations, passwords
from portal.admin.access import PortalAdmin, may_see_people
from portal.admin.person_departures import PersonDepartures
from portal.admin.person_safety import PersonSafety
from portal.admin.staff_import import StaffImportPages
from portal.models import User


class PersonForm(forms.ModelForm):
    initial_password = forms.CharField(
        label="初始密码",
        required=False,
        strip=False,
        max_length=128,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = User
        fields = ["staff_number", "name", "department", "title", "email", "phone", "is_active", "is_staff"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["initial_password"]
        field.required = self.instance.pk is None
        first = "请当面告知本人，首次登录须修改。"
        field.help_text = first if field.required else "填写则替换现有密码，并通知本人；不改请留空。"
        field.help_text += passwords.help_text()

    def clean_initial_password(self) -> str:
        password = self.cleaned_data["initial_password"]
        if password:
            passwords.check_initial(password, self.instance)
        return password


@admin.register(User)
class UserAdmin(StaffImportPages, PersonSafety, PersonDepartures, PortalAdmin):
    form = PersonForm
    list_display = ["name", "staff_number", "department", "title", "enters", "password_state"]
    list_select_related = ["department"]
    list_filter = ["is_active", "is_staff", "has_initial_password"]
    search_fields = ["staff_number", "name", "department__name"]
    fieldsets = [
        (None, {"fields": ["staff_number", "name", "department", "title", "email", "phone"]}),
        ("登录", {"fields": ["is_active", "is_staff", "initial_password"]}),
    ]
    safety = ["credential", "second_factor_state", "stays"]

    def may_see(self, request: HttpRequest) -> bool:
        return may_see_people(request)

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).exclude(staff_number="system")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return ["staff_number", "departures", *self.safety] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list:
        """Whoever keeps people changes them; whoever only looks finds safety first, and no field for a password."""
        who, (title, options) = super().get_fieldsets(request, obj)
        safety = [("安全", {"fields": self.safety})] if obj else []
        leaving = [("离岗与交接", {"fields": ["departures"]})] if obj else []
        if self.may_change(request):
            return [who, (title, options), *leaving, *safety]
        return [*safety, *leaving, ("人员", who[1]), (title, {"fields": options["fields"][:-1]})]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Nobody narrows the list down to a password's hash."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    @display(description="登录", label={"停用": "danger", "前台": "default", "前台、后台": "info"})
    def enters(self, person: User) -> str:
        if not person.is_active:
            return "停用"
        return "前台、后台" if person.is_staff else "前台"

    @display(description="密码", label={"初始密码未改": "warning", "已挂失": "danger"})
    def password_state(self, person: User) -> str:
        if person.credential_lost_at:
            return "已挂失"
        if not person.has_usable_password():
            return "没有密码"
        return "初始密码未改" if person.has_initial_password else "已自行设置"

    def save_model(self, request: HttpRequest, obj: User, form: PersonForm, change: bool) -> None:
        password = form.cleaned_data["initial_password"]
        operations.save_person(obj, by=request.user, initial_password=password)
