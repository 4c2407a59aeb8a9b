"""What editors type, cleaned. Nothing here saves."""

from publishing.forms.article import ArticleForm
from publishing.forms.moves import MoveForm

__all__ = ["ArticleForm", "MoveForm"]
