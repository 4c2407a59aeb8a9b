"""Where the files of an activity are fetched."""

from django import template

from interaction.models import Activity
from interaction.models.activity_files import file_url
from portal.models import StoredFile

register = template.Library()


@register.simple_tag
def activity_file(activity: Activity, file: StoredFile, size: str = "") -> str:
    """The address of a file; `size` "card" or "thumb" names a thumbnail of a picture."""
    return file_url(activity.kind, activity.pk, file, size)
