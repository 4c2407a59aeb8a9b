"""What readers have of an entry: whether its text is online, since when it stands in the public lists, its clock.

The text is published and withdrawn elsewhere, by its own route: a sweep follows within a minute. Until then the public
lists look at the article itself, so that what was withdrawn is gone at once.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from disclosure.enums.catalogue import OVER, Publicity
from disclosure.models import CatalogueEntry, Office
from disclosure.queries.issuers import keepers
from disclosure.rules.entries import PUBLISH_CLAUSE
from portal import audit, limits, notices
from portal.models import User
from portal.sweeps import sweep
from publishing.enums import ArticleState

LABEL = "主动公开"


@sweep("follow_articles", every=timedelta(minutes=1), label="公开目录核对上网时间")
def follow() -> int:
    """Every entry whose text went online or was withdrawn since. Returns how many."""
    return sum(_follow(pk) for pk in list(_behind().order_by().values_list("pk", flat=True)))


def settle(entry: CatalogueEntry, office: Office, *, by: User | None = None) -> bool:
    """Set `public_at` and `listed_at` to what holds now, on the locked instance; stop or start the clock.

    Returns whether anything changed; the caller saves.
    """
    before = entry.public_at, entry.listed_at
    entry.public_at = _public_at(entry)
    entry.listed_at = _listed_at(entry)
    if entry.pk:
        _clock(entry, office, by)
    return before != (entry.public_at, entry.listed_at)


def start_clock(entry: CatalogueEntry, office: Office, *, by: User | None = None) -> None:
    """二十个工作日 from the day it was made or changed (条例第二十六条), for what is open and not online."""
    if entry.publicity != Publicity.OPEN or entry.public_at is not None:
        return
    made = timezone.make_aware(datetime.combine(entry.made_on, time.min))
    limits.start(entry, label=LABEL, clause=PUBLISH_CLAUSE, working_days=office.publish_days, at=made, by=by)


def stop_clock(entry: CatalogueEntry, *, by: User | None = None) -> None:
    for limit in limits.open_limits_for(entry):
        limits.meet(limit, by=by)
    notices.settle(entry.desk_url)


def _clock(entry: CatalogueEntry, office: Office, by: User | None) -> None:
    if entry.public_at is not None or entry.publicity != Publicity.OPEN:
        stop_clock(entry, by=by)


def _public_at(entry: CatalogueEntry) -> datetime | None:
    article = entry.article
    is_online = article is not None and article.state == ArticleState.LIVE
    return article.published_at if is_online else None


def _listed_at(entry: CatalogueEntry) -> datetime | None:
    """What is over stays listed with its status after its text is gone (大庆第六条); what was withdrawn does not."""
    if entry.publicity == Publicity.ON_REQUEST:
        return entry.registered_at
    if entry.publicity == Publicity.OPEN and entry.article is not None:
        is_over = entry.article.state == ArticleState.WITHDRAWN and entry.validity in OVER
        return entry.article.published_at if is_over else entry.public_at
    return None


def _behind() -> QuerySet[CatalogueEntry]:
    """Those that say something else than their article does."""
    live = Q(article__state=ArticleState.LIVE)
    said = Q(public_at=F("article__published_at"), listed_at=F("article__published_at"))
    gone = Q(article__state=ArticleState.WITHDRAWN, public_at__isnull=False)
    return CatalogueEntry.objects.filter((live & ~said) | gone)


@transaction.atomic
def _follow(pk: int) -> bool:
    rows = CatalogueEntry.objects.select_for_update(of=("self",), no_key=True)
    entry = rows.select_related("article", "site__disclosure_office").get(pk=pk)
    was_public, office = entry.public_at, entry.site.disclosure_office
    if not settle(entry, office):
        return False  # another sweep was quicker
    entry.skip_history_when_saving = True
    entry.save(update_fields=["public_at", "listed_at"])
    system = User.objects.system()
    if entry.public_at:
        audit.record("went_public", "已主动公开", entry, actor=system, clause=PUBLISH_CLAUSE)
    elif was_public:
        audit.record("went_offline", "全文已撤下", entry, actor=system)
        title = f"全文已撤下，请核对公开属性和有效性：{entry.title}"
        notices.tell(keepers(office), title, url=entry.desk_url)
    return True
