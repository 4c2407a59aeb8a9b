"""登记地址: registered, changed and ended with a reason; nothing is deleted (石家庄第三十一条)."""

import logging

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from portal import addresses, audit, clock
from portal.addresses import Origin
from portal.enums import NetworkPurpose
from portal.models import RegisteredNetwork, User
from portal.workflow import Refused, TooLate

CLAUSES = {
    NetworkPurpose.ADMIN: "GB/T 22239-2019 入侵防范；石家庄第三十一条",
    NetworkPurpose.IMPORT_STATION: "办法第二十条；石家庄第三十一条",
}
DAY = 24 * 60 * 60
log = logging.getLogger(__name__)


@transaction.atomic
def register_network(row: RegisteredNetwork, *, by: User) -> RegisteredNetwork:
    """登记: in force at once. Wherever it is typed, the network is kept in its one spelling."""
    _spell(row)
    _refuse_twice(row)
    row.registered_by, row.registered_at = by, clock.now()
    row.save()
    _record("register_network", "登记地址", row, by, row.reason)
    return row


@transaction.atomic
def change_network(row: RegisteredNetwork, *, by: User, visitor: Origin | None = None) -> RegisteredNetwork:
    """变更, with what it was before; refused where it shuts out the `visitor` who is asking."""
    before = _locked(row.pk)
    if row.purpose != before.purpose:
        raise Refused("用途不能变更，请注销后另行登记", "purpose")
    _spell(row)
    _refuse_twice(row)
    if visitor and _shuts_out(visitor, before, after=row):
        raise Refused(
            f"您正从这个网段（本机 {visitor.address}）办理，改动后本机就进不了管理后台；请先登记另一个包含本机的管理网段",
            "network",
        )
    row.save()
    _record("change_network", "变更登记地址", row, by, f"{row.reason}（原为{_described(before)}）")
    return row


@transaction.atomic
def end_network(
    row: RegisteredNetwork, *, by: User, reason: str, visitor: Origin | None = None
) -> RegisteredNetwork:
    """注销: from now on the network admits nobody; refused where that shuts out the `visitor` who is asking."""
    current = _locked(row.pk)
    if visitor and _shuts_out(visitor, current):
        raise Refused(
            f"您正从这个网段（本机 {visitor.address}）办理，注销后本机就进不了管理后台；请先登记另一个包含本机的管理网段",
            "reason",
        )
    current.ended_at = clock.now()
    current.save()
    _record("end_network", "注销登记地址", current, by, reason)
    return current


def record_closed_door(user: User, address: str, path: str) -> None:
    """A person asked for 管理后台 from elsewhere: one entry per person, address and day, so that none is drowned."""
    if cache.add(f"closed-door:{user.pk}:{address}:{clock.today()}", True, DAY):
        clause = CLAUSES[NetworkPurpose.ADMIN]
        note = f"地址 {address or '不明'} 没有登记，访问 {path[:200]}"
        audit.record("admin_refused", "管理后台拒绝访问", user, actor=user, note=note, clause=clause)


def log_closed_door(address: str, path: str) -> None:
    """A visitor who is not signed in asked for 管理后台 from elsewhere: a line in the log."""
    log.warning("管理后台拒绝访问：地址 %r，%r", address, path[:200])


def _locked(pk: int) -> RegisteredNetwork:
    """The row, with all live ones of the register: of two that end the last two networks one comes second."""
    rows = RegisteredNetwork.objects.select_for_update(no_key=True).filter(ended_at=None)
    found = {row.pk: row for row in rows}
    if pk not in found:
        raise TooLate("这个地址已经注销，请刷新后再看")
    return found[pk]


def _spell(row: RegisteredNetwork) -> None:
    try:
        row.network = addresses.spelling(addresses.read_network(row.network))
    except ValueError as wrong:
        raise Refused(str(wrong), "network") from wrong


def _refuse_twice(row: RegisteredNetwork) -> None:
    same = RegisteredNetwork.objects.filter(purpose=row.purpose, network=row.network, ended_at=None)
    if known := same.exclude(pk=row.pk).first():
        raise Refused(f"{known.network} 已经登记为{known.get_purpose_display()}（{known.place}）", "network")


def _shuts_out(visitor: Origin, row: RegisteredNetwork, after: RegisteredNetwork | None = None) -> bool:
    """Whether `visitor` gets in by `row` alone, and no more once it is gone or is as `after`."""
    if row.purpose != NetworkPurpose.ADMIN:
        return False
    rows = RegisteredNetwork.objects.filter(purpose=NetworkPurpose.ADMIN, ended_at=None).exclude(pk=row.pk)
    others = [addresses.read_network(one.network) for one in [*rows, *([after] if after else [])]]
    own = addresses.read_network(row.network)
    return addresses.admits(visitor, [own]) and not addresses.admits(
        visitor, [*settings.ADMIN_NETWORKS, *others]
    )


def _described(row: RegisteredNetwork) -> str:
    return f"{row.get_purpose_display()} {row.network}，{row.place}，{row.department}"


def _record(verb: str, label: str, row: RegisteredNetwork, by: User, reason: str) -> None:
    note = f"{_described(row)}；事由：{reason}"
    audit.record(verb, label, row, actor=by, note=note, clause=CLAUSES[NetworkPurpose(row.purpose)])
    transaction.on_commit(addresses.changed)
