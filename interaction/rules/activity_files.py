"""Who may read a file of an activity: whoever may read its page, and whoever sees the work."""

from uuid import UUID

from columns.rules import Visitor
from interaction.models import Activity, InterviewGuest
from interaction.rules import activities as rules
from portal.models import StoredFile


def may_read(user: Visitor, activity: Activity) -> bool:
    return rules.may_see(user, activity) or rules.may_see_work(user, activity)


def file_of(activity: Activity, pk: UUID) -> StoredFile | None:
    """The file with this id that goes with the activity, or shows one of its guests; None when there is none."""
    if used := activity.files.filter(file=pk).select_related("file").first():
        return used.file
    shown = InterviewGuest.objects.filter(interview__activity=activity, picture=pk)
    guest = shown.select_related("picture").first()
    return guest.picture if guest else None
