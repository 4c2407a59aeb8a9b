"""Files that go with an activity, taken and let go; the operation of a kind that calls this has locked and checked."""

from collections.abc import Iterable, Sequence

from django.core.files.uploadedfile import UploadedFile

from interaction.models import Activity, ActivityFile
from portal import uploads
from portal.enums import FileKind
from portal.models import StoredFile, User
from portal.workflow import Refused

MOST_FILES = 20


def attach(
    activity: Activity, files: Sequence[UploadedFile], *, by: User, caption: str = "", pictures: bool = False
) -> None:
    """At the end of those there are. Raises Refused at `files`; call it inside `uploads.together()`."""
    there = list(activity.files.values_list("position", flat=True))
    if len(there) + len(files) > MOST_FILES:
        raise Refused(f"附件最多 {MOST_FILES} 个，请先去掉一些", "files")
    for place, file in enumerate(files, start=max(there, default=0) + 1):
        activity.files.create(file=accept(file, by=by, pictures=pictures), caption=caption, position=place)


def accept(file: UploadedFile, *, by: User, field: str = "files", pictures: bool = False) -> StoredFile:
    """The stored file, or Refused with what is wrong with it; `pictures`: nothing else is taken."""
    try:
        stored = uploads.accept(file, owner=by)
    except uploads.UploadRefused as refusal:
        raise Refused(refusal.message, field) from refusal
    if pictures and stored.kind != FileKind.PICTURE:
        raise Refused(f"“{stored}”不是图片", field)
    return stored


def drop(activity: Activity, ids: Iterable[int]) -> list[str]:
    """Let go of some; the stored bytes stay on record. Returns how they were called."""
    gone = list(activity.files.filter(pk__in=list(ids)).select_related("file"))
    activity.files.filter(pk__in=[one.pk for one in gone]).delete()
    return [str(one) for one in gone]


def take_over(source: Activity, target: Activity) -> None:
    """The same files for a copy."""
    ActivityFile.objects.bulk_create(
        ActivityFile(activity=target, file_id=one.file_id, caption=one.caption, position=one.position)
        for one in source.files.all()
    )
