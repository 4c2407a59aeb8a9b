"""The radar's and the reports' places on the desk."""

from assessment.rules.looking_on import may_look
from portal.todos import Place, register_places

register_places(
    Place("radar", "自查雷达", 67, "desk:radar", may_look, group="考核评价"),
    Place("reports", "统计报表", 68, "desk:report_updates", may_look, group="考核评价"),
)
