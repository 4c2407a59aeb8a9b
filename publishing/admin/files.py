"""Files chosen in the editor are kept before anything else is judged: no other error costs an upload."""

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from portal.uploads import UploadRefused, accept

FIELDS = {"cover_upload": "cover", "attachment_uploads": "attachments"}


def keep_uploads(request: HttpRequest) -> tuple[MultiValueDict, dict[str, list[str]]]:
    """What was posted, with the ids of accepted files joined in; and per file field what was refused."""
    data, refused = request.POST.copy(), {}
    for field, carrier in FIELDS.items():
        refused[field] = []
        for upload in request.FILES.getlist(field):
            try:
                file = accept(upload, owner=request.user)
            except UploadRefused as refusal:
                refused[field].append(refusal.message)
                continue
            if carrier == "cover":
                data[carrier] = str(file.pk)
                data.pop("remove_cover", None)
            else:
                data.appendlist(carrier, str(file.pk))
    return data, refused
