"""Nouns of publishing: what readers have, what editors write, what reviewers decide."""

from publishing.models.articles import Article
from publishing.models.counts import LiveCount
from publishing.models.reviews import ReviewStep
from publishing.models.revisions import Attachment, Revision

__all__ = ["Article", "Attachment", "LiveCount", "ReviewStep", "Revision"]
