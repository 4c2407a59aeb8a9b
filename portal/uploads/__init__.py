"""Files enter here: judged by their content, never by their name, and kept with their row or not at all."""

from portal.uploads.archives import open_zip_safely
from portal.uploads.pictures import THUMBNAILS
from portal.uploads.refusal import UploadRefused
from portal.uploads.storing import accept, thumbnail_name, together
from portal.uploads.strays import stray_files

__all__ = [
    "THUMBNAILS",
    "UploadRefused",
    "accept",
    "open_zip_safely",
    "stray_files",
    "thumbnail_name",
    "together",
]
