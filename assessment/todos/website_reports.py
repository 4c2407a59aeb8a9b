"""网站工作年度报表 on the rail of those it concerns; what waits lies in the heap of annual reports."""

from disclosure.rules import reports as rules
from portal.todos import Place, register_places

register_places(
    Place(
        "website_reports",
        "网站年度报表",
        69,
        "desk:website_reports",
        lambda user: bool(rules.seen_sites(user)),
        group="考核评价",
    )
)
