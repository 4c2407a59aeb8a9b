"""`--demo`: the radar as it was read week by week, and one number the office set stricter."""

from datetime import timedelta

from assessment.models import Reading
from assessment.operations import radar
from columns import queries as column_queries
from portal import clock
from portal.enums import Power
from portal.models import Site
from portal.presets.moments import moment

WEEKS = 8


def play(preset: str) -> None:
    """Once, in a house whose radar was never read."""
    main = Site.objects.filter(parent=None).first()
    if main is None or Reading.objects.exists():
        return
    for back in reversed(range(WEEKS)):
        with clock.at(moment(back * 7, hour=9)):
            radar.read_all()
    inspector = column_queries.site_holders(main, Power.INSPECT).order_by("pk").first()
    if inspector:
        with clock.at(moment(6, hour=15)):
            radar.tighten(
                "home_days", 7, site=main, since=clock.today() + timedelta(days=1),
                reason="办法第十五条：工作动态每个星期至少更新一次", by=inspector,
            )  # fmt: skip
