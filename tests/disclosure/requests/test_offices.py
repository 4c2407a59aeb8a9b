"""公开工作机构 in the admin: its days and charges change there, and the change is on record."""

import pytest
from django.urls import reverse

from disclosure.models import ChannelRule, FeeBand
from portal.models import AuditEntry
from tests.disclosure.requests.conftest import at, due


def form(client, world) -> dict:
    """What the page would send back, unchanged."""
    client.force_login(world.granter)
    page = client.get(reverse("admin:disclosure_office_change", args=[world.disclosure.pk]))
    found = {}
    parts = [page.context["adminform"].form]
    for formset in page.context["inline_admin_formsets"]:
        parts += [formset.formset.management_form, *formset.formset.initial_forms]
    for part in parts:
        for field in part:
            value = field.value()
            found[field.html_name] = "" if value is None else value
    return {name: value for name, value in found.items() if value is not False}


def save(client, world, **more):
    return client.post(
        reverse("admin:disclosure_office_change", args=[world.disclosure.pk]), form(client, world) | more
    )


def test_a_changed_limit_holds_for_what_begins_afterwards(client, world, ask):
    before = ask("2026-09-14")
    with at("2026-09-15"):
        assert save(client, world, answer_days=10).status_code == 302
    after = ask("2026-09-15", title="后来的")

    assert (due(before), due(after)) == ("答复申请 2026-10-16", "答复申请 2026-09-29")
    assert "答复 10、" in AuditEntry.objects.get(verb="save_office").note


def test_rules_of_channels_and_charges_change_there_too(client, world):
    rows = form(client, world)
    channel = next(name for name, value in rows.items() if name.endswith("-channel") and value == "FAX")
    price = next(name for name, value in rows.items() if name.endswith("-over") and value == 10)
    done = save(client, world, **{
        channel.replace("-channel", "-receipt"): "SAME_DAY", price.replace("-over", "-price"): "120",
    })  # fmt: skip
    assert done.status_code == 302
    assert ChannelRule.objects.get(channel="FAX").receipt == "SAME_DAY"
    assert FeeBand.objects.get(mode="BY_CASE", over=10).price == 120
    assert AuditEntry.objects.filter(verb="save_rule").count() == 2


@pytest.mark.parametrize(("who", "status"), [("auditor", 200), ("registrar", 302), ("inspector", 403)])
def test_who_else_gets_there(client, world, who, status):
    client.force_login(getattr(world, who))
    assert client.get(reverse("admin:disclosure_office_changelist")).status_code == status
