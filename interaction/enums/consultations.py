"""民意征集: how a draft was cut into clauses, how an opinion is shown, and what became of it."""

from django.db.models import TextChoices


class Cut(TextChoices):
    """Where one pasted text is cut into clauses."""

    AUTO = "AUTO", "自动识别"
    ARTICLES = "ARTICLES", "按“第×条”"
    ITEMS = "ITEMS", "按“一、”和“（一）”"
    BLANKS = "BLANKS", "按空行"


class OpinionState(TextChoices):
    """Whether readers see it: by choice, after somebody has looked it over."""

    WAITING = "WAITING", "待看"
    SHOWN = "SHOWN", "已公开"
    HELD = "HELD", "不公开"


class Outcome(TextChoices):
    """What was made of an opinion."""

    ADOPTED = "ADOPTED", "采纳"
    PARTLY = "PARTLY", "部分采纳"
    DECLINED = "DECLINED", "未采纳"
