"""信息维护分工 as an Excel workbook: written to be edited and printed, read back cell by cell."""

from columns.workbook.reading import Reading, RefusedCell, WorkbookRefused, read
from columns.workbook.writing import write

__all__ = ["Reading", "RefusedCell", "WorkbookRefused", "read", "write"]
