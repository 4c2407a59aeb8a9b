"""The only writers of what an interview is: who is asked while it is a draft; video, pictures and summary later on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F

from columns import rules as column_rules
from interaction.enums.activities import ActivityState
from interaction.models import Activity, Interview, InterviewGuest
from interaction.operations import activity_files as files
from interaction.operations.activities import change
from interaction.rules import interviews as rules
from portal import audit, uploads
from portal.enums import Power
from portal.models import User
from portal.workflow import NotAllowed, Refused, TooLate

MOST_GUESTS = 12


@dataclass(frozen=True, kw_only=True)
class Guest:
    """One line of the form; `keeps` is the id of the guest whose picture stays, `picture` a new one."""

    name: str
    title: str
    keeps: int | None = None
    picture: UploadedFile | None = None


@dataclass(frozen=True, kw_only=True)
class Media:
    """What is added to the page: `drops` are ids of pictures to let go."""

    summary: str = ""
    video_url: str = ""
    pictures: Sequence[UploadedFile] = field(default_factory=list)
    caption: str = ""
    drops: Sequence[int] = ()


def begin(activity: Activity) -> None:
    """What a new interview begins with."""
    Interview.objects.create(activity=activity)


def copy(source: Activity, target: Activity) -> None:
    """Host and guests of another one, without what was asked and said."""
    old = source.interview
    new = Interview.objects.create(activity=target, host=old.host)
    InterviewGuest.objects.bulk_create(
        InterviewGuest(
            interview=new, position=one.position, name=one.name, title=one.title, picture_id=one.picture_id
        )
        for one in old.guests.all()
    )


def save(
    activity: Activity, host: str, guests: Sequence[Guest], *, by: User, version: int | None = None
) -> Interview:
    """Who leads and who is asked; only a draft has no record yet, so its guests may be written anew."""
    with uploads.together():
        activity = change(activity, by=by, version=version)
        if len(guests) > MOST_GUESTS:
            raise Refused(f"嘉宾最多 {MOST_GUESTS} 位")
        interview = activity.interview
        interview.host = host
        interview.save(update_fields=["host"])
        pictures = dict(interview.guests.values_list("pk", "picture"))
        lines = [_guest(interview, place, one, pictures, by) for place, one in enumerate(guests, start=1)]
        interview.guests.all().delete()
        InterviewGuest.objects.bulk_create(lines)
        _record("save_guests", "编辑嘉宾", activity, by, "、".join(one.name for one in guests))
    return interview


def save_media(activity: Activity, media: Media, *, by: User) -> Interview:
    """Summary, video and pictures, from the announcement on; each change is on record."""
    with uploads.together():
        interview = locked(activity)
        activity = interview.activity
        if not column_rules.powers_of(by).has_on_site(Power.COLLECT, activity.site_id):
            raise NotAllowed(f"您没有“{activity.site}”全站的{Power.COLLECT.label}权限")
        if activity.state != ActivityState.APPROVED:
            raise TooLate(f"这场访谈{activity.get_state_display()}，不能添加")
        if media.video_url and (against := rules.why_not_video(media.video_url)):
            raise Refused(against, "video_url")
        interview.summary, interview.video_url = media.summary, media.video_url
        interview.save(update_fields=["summary", "video_url"])
        gone = files.drop(activity, media.drops)
        files.attach(activity, media.pictures, by=by, caption=media.caption, pictures=True)
        changed(interview)
        note = f"去掉 {'、'.join(gone)}" if gone else ""
        _record("save_media", "更新摘要、视频和图片", activity, by, note)
    return interview


def locked(activity: Activity) -> Interview:
    """The row as it is now; nobody else adds lines until the transaction ends."""
    rows = Interview.objects.select_related("activity__site", "activity__department")
    return rows.select_for_update(of=("self",), no_key=True).get(activity=activity.pk)


def changed(interview: Interview) -> None:
    """Whoever has the public page open is shown it anew."""
    Interview.objects.filter(pk=interview.pk).update(live_version=F("live_version") + 1)


def _guest(
    interview: Interview, place: int, line: Guest, pictures: dict[int, int | None], by: User
) -> InterviewGuest:
    picture = pictures.get(line.keeps or 0)
    if line.picture:
        picture = files.accept(line.picture, by=by, field="picture", pictures=True).pk
    return InterviewGuest(
        interview=interview, position=place, name=line.name, title=line.title, picture_id=picture
    )


def _record(verb: str, label: str, activity: Activity, by: User, note: str = "") -> None:
    principal = column_rules.acting_for_site(by, Power.COLLECT, activity.site_id)
    audit.record(verb, label, activity, actor=by, acting_for=principal, note=note)
