"""What is typed about update limits and their pauses, cleaned. Nothing here saves."""

import re
from calendar import monthrange
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessment.enums.radar import Light
from assessment.queries.binding import House
from columns.enums import CadenceRule, CadenceState, Period
from columns.forms.ledger import DayField
from columns.models import Column
from columns.rules.cadences import Filing
from portal import clock
from portal.models import Department, Site

DATE = re.compile(r"(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])")
LEAP_YEAR = 2028
LIGHTS = [("red", "逾期"), ("amber", "将到期"), ("ok", "正常"), ("paused", "暂停")]


class StandingFilter(forms.Form):
    """Site, unit and light; anything odd narrows nothing."""

    site = forms.ModelChoiceField(
        Site.objects.all(), label="站点", required=False, empty_label="全部站点", to_field_name="key"
    )
    unit = forms.ModelChoiceField(
        Department.objects.filter(is_active=True), label="责任单位", required=False, empty_label="全部单位"
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *LIGHTS])

    def rows(self, rows: list) -> list:
        chosen = self.chosen
        if unit := chosen.get("unit"):
            rows = [one for one in rows if one.bound.unit == unit.pk]
        if state := chosen.get("state"):
            rows = [one for one in rows if light_of(one.standing) == state]
        return rows

    @property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


def light_of(standing) -> str:
    return "paused" if standing.is_paused else str(Light(standing.light))


class RuleFilter(forms.Form):
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *CadenceState.choices])


class FilingForm(forms.Form):
    """申报更新时限 (大庆第五条): of what, how often, on what ground."""

    department = forms.ModelChoiceField(
        Department.objects.none(),
        label="申报单位",
        empty_label=None,
        error_messages={"required": "请选择单位"},
    )
    place = forms.ChoiceField(label="范围", required=False, help_text="本单位负责的栏目中，这项时限管哪些")
    together = forms.BooleanField(
        label="合并计算", required=False, help_text="合在一起算；不选则每个栏目各自计算"
    )
    rule = forms.ChoiceField(label="规则", choices=CadenceRule.choices)
    period = forms.ChoiceField(
        label="周期",
        required=False,
        choices=[("", "—"), *Period.choices],
    )
    count = forms.IntegerField(
        label="至少条数", required=False, min_value=1, max_value=999,
        error_messages={"min_value": "至少 1 条", "invalid": "请填写数字"},
    )  # fmt: skip
    days = forms.IntegerField(
        label="天数", required=False, min_value=0, max_value=366,
        error_messages={"invalid": "请填写数字", "max_value": "不超过 366 天"},
    )  # fmt: skip
    working = forms.BooleanField(label="按工作日计算", required=False, help_text="节假日和周末不计")
    dates = forms.CharField(
        label="固定日期", required=False, max_length=60, help_text="月-日，用逗号隔开，如 01-10,07-10"
    )
    clause = forms.CharField(
        label="依据",
        max_length=120,
        help_text="本单位的管理办法及条款",
        error_messages={"required": "请写明依据"},
    )
    note = forms.CharField(
        label="说明", required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, departments: list[Department], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.filter(pk__in=[one.pk for one in departments])
        self.fields["department"].initial = departments[0].pk if departments else None
        self.fields["place"].choices = _places(departments)
        self.fields["place"].error_messages["invalid_choice"] = "没有这个范围，请重新选择"

    def clean_dates(self) -> str:
        typed = [
            one.strip() for one in self.cleaned_data["dates"].replace("，", ",").split(",") if one.strip()
        ]
        found = [DATE.fullmatch(one) for one in typed]
        for one, text in zip(found, typed, strict=True):
            if one is None or int(one[2]) > monthrange(LEAP_YEAR, int(one[1]))[1]:
                raise ValidationError(f"“{text}”不是月-日，请写成 01-10 的样子")
        return ",".join(f"{int(one[1]):02}-{int(one[2]):02}" for one in found if one)

    def filing(self) -> Filing:
        typed = self.cleaned_data
        place = typed["place"]
        column = (
            Column.objects.select_related("site__department").get(pk=place[1:]) if place[:1] == "c" else None
        )
        return Filing(
            department=typed["department"], rule=CadenceRule(typed["rule"]), column=column,
            update_class=place[2:] if place[:2] == "k:" else "", together=typed["together"] and column is None,
            count=typed["count"] or 1, period=typed["period"], days=typed["days"], working=typed["working"],
            dates=typed["dates"], clause=typed["clause"].strip(),
        )  # fmt: skip


def _places(departments: list[Department]) -> list[tuple[str, Any]]:
    """The whole unit, its classes of information, its columns by site."""
    house, own = House(), {one.pk for one in departments}
    mine = [column for column in house.nodes if house.unit_of(column) in own]
    classes = sorted({house.class_of(column) for column in mine} - {""})
    by_site: dict[str, list[tuple[str, str]]] = {}
    for column in mine:
        node = house.nodes[column]
        parent = house.nodes.get(node.parent) if node.parent else None
        name = f"{parent.name} › {node.name}" if parent else node.name
        by_site.setdefault(house.sites[node.site].name, []).append((f"c{column}", name))
    choices: list[tuple[str, Any]] = [("", "本单位负责的全部栏目")]
    if classes:
        choices.append(("信息类别", [(f"k:{one}", one) for one in classes]))
    return [*choices, *by_site.items()]


class PauseForm(forms.Form):
    """暂停或免除: of the column in the address, or of a unit."""

    department = forms.ModelChoiceField(
        Department.objects.filter(is_active=True), label="单位", empty_label="请选择单位",
        help_text="这个单位及其下级负责的栏目都暂停", error_messages={"required": "请选择单位"},
    )  # fmt: skip
    starts_on = DayField(label="自")
    ends_on = DayField(label="至", required=False, help_text="含当日；不填即免除，直到恢复")
    reason = forms.CharField(
        label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明理由"}, help_text="如：网站改版、单位搬迁",
    )  # fmt: skip
    clause = forms.CharField(label="依据", max_length=120, required=False)

    def __init__(self, *args, column: Column | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.column = column
        self.fields["starts_on"].initial = clock.today()
        if column:
            del self.fields["department"]

    def terms(self) -> dict[str, Any]:
        return {**self.cleaned_data, "column": self.column}
