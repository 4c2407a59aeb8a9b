"""Tables that an office has, read row by row with their line numbers; and tables it takes away, as workbooks.

`read` gives the rows of an .xlsx or .csv file by the fields its headings mean; it judges nothing and writes
nothing. `workbook` answers a request with an .xlsx file, `workbook_of` with one of several sheets.
"""

from portal.spreadsheets.reading import read
from portal.spreadsheets.tables import FileRefused, Headings, Line, Place, Refusal
from portal.spreadsheets.writing import Sheet, spooled, workbook, workbook_of

__all__ = [
    "FileRefused",
    "Headings",
    "Line",
    "Place",
    "Refusal",
    "Sheet",
    "read",
    "spooled",
    "workbook",
    "workbook_of",
]
