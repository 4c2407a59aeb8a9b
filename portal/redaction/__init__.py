"""遮盖: pages as pictures with what may not be read painted over, and texts with it taken out.

Nothing of the original is carried along: no text, no layer, no metadata (政府信息公开条例第三十七条: 区分处理).
"""

from portal.redaction.boxes import WHOLE, Box
from portal.redaction.covering import cover
from portal.redaction.pages import PAGED, Pages, Unreadable
from portal.redaction.texts import COVER, TEXTS, cover_text, lines, text_file

__all__ = [
    "COVER",
    "PAGED",
    "TEXTS",
    "WHOLE",
    "Box",
    "Pages",
    "Unreadable",
    "cover",
    "cover_text",
    "lines",
    "text_file",
]
