"""公开工作机构 of the sites, with the days, channels and charges that bind them."""

from collections.abc import Mapping, Sequence
from typing import Any

from columns.models import ReviewRoute
from disclosure.models import ChannelRule, FeeBand, Issuer, Office
from portal.models import Department, Site
from portal.preset_merge import Merge

Data = Mapping[str, Any]
TEXTS = ("postcode", "fax", "email", "supervisor")
PLAIN = (
    "organ", "code", "address", "phone", "hours", "review_organ", "court", "publish_days", "answer_days",
    "extension_days", "correction_notice_days", "correction_days", "consult_days", "payment_days", "clause",
    "answer_mark", "review_days", "suit_months", "suit_days", "review_first", "remedy_clause",
)  # fmt: skip


def load(rows: Sequence[Data], merge: Merge) -> None:
    departments = {one.code: one for one in Department.objects.all()}
    routes = {one.key: one for one in ReviewRoute.objects.all()}
    for row in rows:
        site = Site.objects.get(key=row["site"])
        values = {name: row[name] for name in PLAIN} | {name: row.get(name, "") for name in TEXTS}
        values |= {
            "department": departments[row["department"]], "route": routes[row["route"]] if row.get("route") else None,
            "fee_mode": row.get("fee_mode", "NONE"),
        }  # fmt: skip
        office = merge.put(Office, row["site"], find={"site": site}, values=values)
        _channels(office, row, merge)
        _bands(office, row, merge)
        for one in row.get("issuers", ()):
            merge.put(
                Issuer, f"{row['site']}/{one['department']}",
                find={"office": office, "department": departments[one["department"]]}, values={"code": one["code"]},
            )  # fmt: skip


def _channels(office: Office, row: Data, merge: Merge) -> None:
    for one in row["channels"]:
        merge.put(
            ChannelRule, f"{row['site']}/{one['channel']}",
            find={"office": office, "channel": one["channel"]},
            values={"receipt": one["receipt"], "clause": one["clause"]},
        )  # fmt: skip


def _bands(office: Office, row: Data, merge: Merge) -> None:
    for one in row.get("fees", ()):
        merge.put(
            FeeBand, f"{row['site']}/{one['mode']}/{one['over']}",
            find={"office": office, "mode": one["mode"], "over": one["over"]},
            values={
                "price": one["price"], "step": one.get("step", 0), "every": one.get("every", 0),
                "clause": one["clause"],
            },
        )  # fmt: skip
