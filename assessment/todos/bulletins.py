"""通报 on the rail of everybody's desk."""

from portal.todos import Place, register_places

register_places(Place("bulletins", "通报", 65, "desk:bulletins", group="考核评价"))
