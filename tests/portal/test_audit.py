"""The chain of the audit trail: whatever is changed, dropped or cut off shows."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal import audit
from portal.models import AuditEntry, AuditHead


@pytest.fixture
def entries(office):
    for number in range(5):
        audit.record("look", "查看", office.main, actor=office.staff, note=f"第 {number} 次")
    return list(AuditEntry.objects.order_by("id"))


def sql(text: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def test_sound_chain_verifies(entries):
    verdict = audit.verify()
    assert (verdict.entries, verdict.bad_id) == (AuditEntry.objects.count(), None)


def test_changed_entry_is_found(entries):
    sql("UPDATE portal_auditentry SET note = 'x' WHERE id = %s", entries[-3].pk)
    assert audit.verify().bad_id == entries[-3].pk


def test_dropped_entry_is_found_at_its_successor(entries):
    sql("DELETE FROM portal_auditentry WHERE id = %s", entries[-3].pk)
    assert audit.verify().bad_id == entries[-2].pk


def test_cut_off_tail_is_found(entries):
    sql("DELETE FROM portal_auditentry WHERE id = %s", entries[-1].pk)
    assert "末尾有记录被删除" in audit.verify().reason


def test_forged_hash_still_breaks_the_link(entries):
    entry = entries[-2]
    entry.note = "伪造"
    sql(
        "UPDATE portal_auditentry SET note = %s, hash = %s WHERE id = %s",
        entry.note, audit.fingerprint(entry), entry.pk,
    )  # fmt: skip
    assert audit.verify().bad_id == entries[-1].pk


def test_entries_refuse_change_and_deletion(entries):
    with pytest.raises(TypeError, match="只增不改"):
        entries[0].save()
    with pytest.raises(TypeError, match="不可删除"):
        entries[0].delete()


def test_command_says_sound_or_fails(entries, capsys):
    call_command("audit_verify")
    assert "审计链完好" in capsys.readouterr().out
    AuditHead.objects.update(hash="0" * 64)
    with pytest.raises(CommandError, match="审计链断裂"):
        call_command("audit_verify")
