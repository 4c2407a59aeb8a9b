"""Kinds and states of what the office sends round."""

from django.db.models import TextChoices


class BulletinKind(TextChoices):
    """石家庄第二十六条."""

    RANKING = "RANKING", "月排名"
    QUARTERLY = "QUARTERLY", "季通报"
    YEARLY = "YEARLY", "年考评"


class BulletinState(TextChoices):
    DRAFT = "DRAFT", "拟稿"
    ISSUED = "ISSUED", "已印发"
    WITHDRAWN = "WITHDRAWN", "已撤回"
