"""What is typed about grants, absences and delegations, cleaned. Nothing here saves."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from columns.enums import AppointmentState
from columns.forms.tree import column_choices
from columns.models import Appointment, Column, Role
from portal import clock
from portal.models import Site, User

OFFERED = 300


class PersonField(forms.CharField):
    """A person by 工号, or by name where only one has it; gives the User."""

    def __init__(self, **kwargs):
        offered = forms.TextInput(attrs={"list": "people", "autocomplete": "off"})
        super().__init__(
            max_length=40, widget=offered, error_messages={"required": "请填写工号或姓名"}, **kwargs
        )

    def clean(self, value: str) -> User:
        typed = super().clean(value).split("（")[0].strip()
        people = User.objects.filter(is_active=True).exclude(staff_number="system")
        found = list(people.filter(Q(staff_number=typed) | Q(name=typed)).select_related("department")[:6])
        exact = [one for one in found if one.staff_number == typed]
        if not found:
            raise ValidationError(f"没有找到“{typed}”，或账号已停用；请填工号")
        if len(exact or found) > 1:
            numbers = "、".join(f"{one.staff_number}（{one.department or '无部门'}）" for one in found)
            raise ValidationError(f"有几位同名，请填工号：{numbers}")
        return (exact or found)[0]


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        wrong = "请写成 2026-09-30 的样子"
        messages = {"invalid": wrong, "required": "请填写日期"}
        super().__init__(
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages=messages,
            **kwargs,
        )


class ReasonForm(forms.Form):
    """事由; `required` where the step asks for one."""

    note = forms.CharField(
        label="事由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明事由", "max_length": "事由不超过 200 字"},
    )  # fmt: skip

    def __init__(self, *args, required: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = required


class ProposalForm(forms.Form):
    """析权: who, which role, where, until when, why."""

    person = PersonField(label="人员", help_text="工号，或不重名的姓名")
    role = forms.ModelChoiceField(Role.objects.all(), label="角色", empty_label="请选择")
    place = forms.ChoiceField(label="范围", help_text="整个站点，或一个栏目（含其下级栏目）")
    ends_on = DayField(label="期限至", required=False, help_text="含当日；不填即不定期")
    reason = forms.CharField(
        label="事由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明事由"}, help_text="如：人教科通知、岗位调整",
    )  # fmt: skip

    def __init__(self, *args, sites: Iterable[Site], **kwargs):
        super().__init__(*args, **kwargs)
        self.sites = {site.pk: site for site in sites}
        self.fields["role"].error_messages["required"] = "请选择角色"
        self.fields["ends_on"].widget.attrs["min"] = f"{clock.today():%Y-%m-%d}"
        groups = dict(column_choices(self.sites.values()))
        self.fields["place"].choices = [("", "请选择")] + [
            (site.name, [(f"s{pk}", "整个站点")] + [(f"c{c}", name) for c, name in groups.get(site.name, [])])
            for pk, site in self.sites.items()
        ]
        self.fields["place"].error_messages = {
            "required": "请选择范围",
            "invalid_choice": "没有这个范围，请重新选择",
        }

    def clean_place(self) -> tuple[Site, Column | None]:
        kind, pk = self.cleaned_data["place"][0], int(self.cleaned_data["place"][1:])
        if kind == "s":
            return self.sites[pk], None
        column = Column.objects.select_related("site").get(pk=pk)
        return self.sites[column.site_id], column

    @classmethod
    def of(cls, row: Appointment) -> dict:
        """What a change of `row` begins with."""
        place = f"c{row.column_id}" if row.column_id else f"s{row.site_id}"
        return {"person": row.user.staff_number, "role": row.role_id, "place": place, "ends_on": row.ends_on}


class LedgerFilter(forms.Form):
    """What the ledger is narrowed down by; anything odd narrows nothing."""

    q = forms.CharField(label="人员", required=False, max_length=40)
    state = forms.ChoiceField(label="状态", required=False)
    site = forms.ModelChoiceField(Site.objects.all(), label="站点", required=False, empty_label="全部站点")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", "全部状态"), *AppointmentState.choices]
        self.fields["q"].widget.attrs["placeholder"] = "姓名或工号"

    def rows(self):
        chosen = self.cleaned_data if self.is_valid() else {}
        rows = Appointment.objects.all()
        if words := chosen.get("q"):
            rows = rows.filter(Q(user__name__icontains=words) | Q(user__staff_number__icontains=words))
        if state := chosen.get("state"):
            rows = rows.filter(state=state)
        if site := chosen.get("site"):
            rows = rows.filter(site=site)
        return rows


class DayForm(forms.Form):
    """As at which day a sheet is drawn up: today unless said otherwise, never in the future."""

    at = DayField(label="截至", required=False)

    def clean_at(self) -> date:
        return min(self.cleaned_data["at"] or clock.today(), clock.today())

    @property
    def day(self) -> date:
        return self.cleaned_data["at"] if self.is_valid() else clock.today()


class LeaveForm(forms.Form):
    """外出报告."""

    starts_on = DayField(label="外出第一天")
    ends_on = DayField(label="外出最后一天")
    reason = forms.CharField(
        label="事由",
        max_length=200,
        error_messages={"required": "请写明事由"},
        help_text="如：出差、学习、休假",
    )


class ActingForm(forms.Form):
    """指定代理."""

    principal = PersonField(label="被代理人", help_text="工号，或不重名的姓名")
    acting = PersonField(label="代理人", help_text="工号，或不重名的姓名")
    starts_on = DayField(label="代理第一天")
    ends_on = DayField(label="代理最后一天")
    reason = forms.CharField(label="事由", max_length=200, error_messages={"required": "请写明事由"})


def people_to_offer(user: User) -> list[User]:
    """For the list under a person field: the colleagues first, a bounded number in all."""
    people = User.objects.filter(is_active=True).exclude(staff_number="system").select_related("department")
    near = people.filter(department=user.department_id) if user.department_id else people.none()
    rest = people.exclude(department=user.department_id) if user.department_id else people
    return [*near[:OFFERED], *rest[: OFFERED - min(OFFERED, near.count())]]
