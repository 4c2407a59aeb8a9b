"""备份与演练 in the rail, for whoever keeps the house or looks on."""

from portal.backups import rules
from portal.todos import Place, register_places

register_places(Place("backups", "备份与演练", 80, "desk:backups", rules.sees, group="运行维护"))
