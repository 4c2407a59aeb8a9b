"""How a contribution stands."""

from django.db.models import TextChoices


class ContributionState(TextChoices):
    """Whether an adopted text is live already, its article says."""

    SUBMITTED = "SUBMITTED", "待处理"
    ADOPTED = "ADOPTED", "已采用"
    REFUSED = "REFUSED", "未采用"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class Party(TextChoices):
    """Who moves a contribution where no power is needed: stands in the state table in its place."""

    AUTHOR = "author", "投稿人"
