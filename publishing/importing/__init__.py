"""Articles from files that an office already has: read row by row, judged row by row, written in batches.

`sources` opens a file or a folder, the readers say what each row contains, `target` makes a draft of it or
says why not, `intake` writes. Only `intake` changes anything, and only through operations.
"""

from portal.spreadsheets import FileRefused, Place, Refusal
from publishing.importing.intake import Report, bring_in
from publishing.importing.rows import Row, RowRefused
from publishing.importing.sources import Source, open_source
from publishing.importing.target import Target

__all__ = [
    "FileRefused",
    "Place",
    "Refusal",
    "Report",
    "Row",
    "RowRefused",
    "Source",
    "Target",
    "bring_in",
    "open_source",
]
