"""Papers that an office sends out: said once as parts, written as .docx in official form, as .xlsx, or shown by a page.

The form is that of GB/T 9704-2012 党政机关公文格式: A4, margins, 小标宋 title, 仿宋 text of 16 points on lines of 28,
黑体 headings, page numbers between dashes.
"""

from portal.documents.book import book
from portal.documents.parts import Bars, Heading, Paper, Paragraph, Part, Table, as_json, from_json
from portal.documents.word import word
from portal.documents.zipped import zipped

__all__ = [
    "Bars",
    "Heading",
    "Paper",
    "Paragraph",
    "Part",
    "Table",
    "as_json",
    "book",
    "from_json",
    "word",
    "zipped",
]
