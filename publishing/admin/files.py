"""Files chosen in the editor are kept before anything else is judged: no other error costs an upload."""

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from portal import addresses
from portal.uploads import UploadRefused, accept

FIELDS = {"cover_upload": "cover", "attachment_uploads": "attachments"}


def keep_uploads(request: HttpRequest) -> tuple[MultiValueDict, dict[str, list[str]]]:
    """What was posted, with the ids of accepted files joined in; and per file field what was refused."""
    data, refused = request.POST.copy(), {}
    why_not = addresses.why_not_upload(request) if request.FILES else ""
    for field, carrier in FIELDS.items():
        chosen = request.FILES.getlist(field)
        refused[field] = [why_not] if chosen and why_not else []
        for upload in chosen if not why_not else ():
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
