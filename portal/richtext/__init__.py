"""Rich text enters here and nowhere else: sanitised and set in the one house style (石家庄制度第十七条)."""

from portal.richtext.cleaning import RichTextTooLong, clean, clean_with_report
from portal.richtext.editor import EDITOR_CONFIGS
from portal.richtext.reading import is_empty, one_line, picture_ids, pictures_without_alt, plain_text, summary

__all__ = [
    "EDITOR_CONFIGS",
    "RichTextTooLong",
    "clean",
    "clean_with_report",
    "is_empty",
    "one_line",
    "picture_ids",
    "pictures_without_alt",
    "plain_text",
    "summary",
]
