"""公开类别、责任分工、发布机构: kept in the admin, brought by a preset, shown to all by the demo."""

import pytest
from django.test import Client

from disclosure.models import CatalogueEntry, Category, CategoryDuty, Issuer, Office
from disclosure.operations import categories
from portal import presets
from portal.models import AuditEntry
from portal.workflow import Refused


def test_the_preset_brings_categories_with_codes_columns_and_duties(jiangsu):
    rows = Category.objects.order_by("position").values_list("code", "name", "column__slug")
    assert list(rows) == [
        ("00", "局务公开", "juwugongkai"), ("01", "事权公开", "shiquangongkai"), ("02", "人事公开", "renshigongkai"),
        ("03", "财务公开", "caiwugongkai"), ("04", "热点公开", "rediangongkai"), ("05", "党务公开", "dangwugongkai"),
    ]  # fmt: skip
    assert list(Issuer.objects.values_list("code", flat=True)) == ["CD011", "CD012", "CD013"]
    assert set(CategoryDuty.objects.filter(leads=True).values_list("department__code", flat=True)) == {
        "fazhike", "renjiaoke", "bangongshi",
    }  # fmt: skip


def test_loading_twice_changes_nothing(jiangsu):
    merge = presets.load("jiangsu")
    assert (merge.created, merge.updated) == (0, 0)


def test_a_category_is_no_descendant_of_itself(house):
    house.top.parent = house.powers
    with pytest.raises(Refused) as refused:
        categories.save(house.top, by=house.world.granter)
    assert refused.value.field == "parent"


def test_an_issuer_has_a_code_of_its_own(house):
    issuer = Issuer(office=house.organ, department=house.legal, code=Office.objects.get().code)
    with pytest.raises(Refused) as refused:
        categories.save_issuer(issuer, by=house.world.granter)
    assert refused.value.field == "code"


def admin(house, name: str) -> Client:
    browser = Client()
    browser.force_login(getattr(house.world, name))
    return browser


def test_the_system_administrator_keeps_categories_and_their_duties(house):
    address = f"/admin/disclosure/category/{house.people.pk}/change/"
    said = {
        "name": "人事公开", "parent": house.top.pk, "position": 30, "is_active": "on", "note": "干部任免", "period": "",
        "column": "", "clause": "附件一 6", "duties-TOTAL_FORMS": 1, "duties-INITIAL_FORMS": 0,
        "duties-0-department": house.legal.pk, "duties-0-leads": "on", "duties-0-clause": "附件二",
    }  # fmt: skip
    assert admin(house, "granter").post(address, said).status_code == 302
    assert house.people.duties.get().department == house.legal
    assert set(AuditEntry.objects.filter(verb__in=("save_category", "save_duty")).values_list("verb", flat=True)) == {
        "save_category", "save_duty",
    }  # fmt: skip
    assert admin(house, "auditor").get(address).status_code == 200
    assert admin(house, "moderator").get(address).status_code == 403


@pytest.mark.django_db
def test_a_category_out_of_use_stays_with_its_entries(house, catalogued):
    catalogued()
    house.powers.is_active = False
    house.powers.save()
    with pytest.raises(Refused):
        catalogued(title="新的")
    assert CatalogueEntry.objects.count() == 1
