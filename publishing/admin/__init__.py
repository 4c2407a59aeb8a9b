"""The admin where texts are written and published."""

from publishing.admin.articles import ArticleAdmin, may_see_articles

__all__ = ["ArticleAdmin", "may_see_articles"]
