"""Named reads of activities: what the public sees of a kind, what the desk lists, what waits for whom."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Case, DateTimeField, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from columns import rules as column_rules
from columns.rules import Visitor
from interaction.enums.activities import ON_THE_WAY, ActivityKind, ActivityState, Participants, Phase
from interaction.models import Activity
from interaction.models.activities import OVER, in_phase
from interaction.rules import activities as rules
from interaction.rules.kinds import kinds
from portal import clock
from portal.enums import Power
from portal.kept import kept
from portal.models import Departure, Site, User

WITH_FACES = ("site", "department")


def shown(user: Visitor, site: Site, kinds: Iterable[ActivityKind]) -> QuerySet[Activity]:
    """What `user` finds on the site's public list: open ones first, the next to close on top, then what is coming,
    then what is over, the latest first. Each row has `over`, when it was or will be over.
    """
    now = clock.now()
    is_open, is_coming = in_phase(Phase.OPEN, now), in_phase(Phase.COMING, now)
    rows = Activity.objects.approved().filter(_visible(user), site=site, kind__in=list(kinds))
    return (
        rows.select_related(*WITH_FACES)
        .annotate(
            over=OVER,
            rank=Case(When(is_open, then=0), When(is_coming, then=1), default=2, output_field=IntegerField()),
            soon=Case(
                When(is_open, then=F("closes_at")),
                When(is_coming, then=F("opens_at")),
                default=Value(None),
                output_field=DateTimeField(),
            ),
        )
        .order_by("rank", "soon", "-over", "-pk")
    )


def running(site: Site) -> list[Activity]:
    """What everybody finds open or coming on the site, in the order of `shown`; read once a day and change."""
    today = clock.today()
    found = kept(("running", site.pk, today), lambda: _not_over(site, today))
    is_open = [one for one in found if one.phase == Phase.OPEN]
    is_coming = [one for one in found if one.phase == Phase.COMING]
    return sorted(is_open, key=lambda one: one.closes_at) + sorted(is_coming, key=lambda one: one.opens_at)


def _not_over(site: Site, day: date) -> list[Activity]:
    start = timezone.make_aware(datetime.combine(day, time.min))
    rows = Activity.objects.approved().filter(participants=Participants.EVERYONE, site=site, ended_at=None)
    return list(rows.filter(closes_at__gte=start).select_related("site").order_by("-closes_at", "-pk"))


def listed(user: User) -> QuerySet[Activity]:
    """What the desk lists to `user`: everything on the sites whose work they see, and what they wrote."""
    seen = Q(site__in=rules.sites_seen(user)) | Q(pk__in=written_by({user.pk}))
    return Activity.objects.filter(seen).select_related(*WITH_FACES, "saved_by").order_by("-pk")


def written_by(people: Iterable[int]) -> QuerySet:
    """Ids of the activities that any of these people (ids) wrote or reported."""
    return Activity.writers.through.objects.filter(user__in=set(people)).values("activity")


def standing(rows: QuerySet[Activity], word: str) -> QuerySet[Activity]:
    """Those that stand as `word` says: a phase, or a state other than approved."""
    if word in Phase.values:
        return rows.filter(in_phase(Phase(word), clock.now()), state=ActivityState.APPROVED)
    return rows.filter(state=word)


def to_review(user: User) -> QuerySet[Activity]:
    """Reported activities that `user` may decide, longest waiting first; never their own nor their principal's."""
    sites = column_rules.powers_of(user).sites_with(Power.REVIEW)
    own = written_by({user.pk, *column_rules.principals(user)})
    rows = Activity.objects.filter(state=ActivityState.IN_REVIEW, site__in=sites)
    return rows.exclude(pk__in=own).order_by("reported_at", "pk")


def to_mend(user: User) -> QuerySet[Activity]:
    """Activities that came back to `user`, or to the person in whose place they act."""
    they = {user.pk, *column_rules.principals(user)}
    theirs = Q(reported_by__in=they) | Q(saved_by__in=they)
    return Activity.objects.filter(theirs, state=ActivityState.RETURNED).order_by("-decided_at", "-pk")


def results_to_publish(user: User) -> QuerySet[Activity]:
    """Activities that are over and about whose results nothing has been decided, on sites where `user` publishes."""
    sites = column_rules.powers_of(user).sites_with(Power.PUBLISH)
    with_results = [kind.key for kind in kinds() if kind.results]
    undecided = Activity.objects.in_phase(Phase.CLOSED).filter(
        site__in=sites, kind__in=with_results, results_published_at=None, results_kept_at=None
    )
    return undecided.order_by("closes_at", "pk")


def left_behind(departure: Departure) -> QuerySet[Activity]:
    """Activities on their way that the person was the last to save; what they save after they have moved is not."""
    rows = Activity.objects.filter(saved_by=departure.person_id, state__in=ON_THE_WAY)
    if departure.carried_out_at:
        rows = rows.filter(saved_at__lte=departure.carried_out_at)
    return rows.select_related("site").order_by("saved_at", "pk")


def _visible(user: Visitor) -> Q:
    """As `rules.may_see`, of many at once."""
    if not user.is_authenticated:
        return Q(participants=Participants.EVERYONE)
    named = Activity.departments.through.objects.filter(department__in=column_rules.own_departments(user))
    handled = Q(site__in=rules.sites_seen(user)) | Q(pk__in=written_by({user.pk}))
    return ~Q(participants=Participants.DEPARTMENTS) | Q(pk__in=named.values("activity")) | handled
