"""Choices of the catalogue, with the words people read."""

from django.db.models import TextChoices


class Publicity(TextChoices):
    """公开属性 (政府信息公开条例第十三条): what is neither sought nor closed is open."""

    OPEN = "OPEN", "主动公开"
    ON_REQUEST = "ON_REQUEST", "依申请公开"
    CLOSED = "CLOSED", "不予公开"


class Validity(TextChoices):
    """有效性 of a document (大庆第六条: 失效文件注销, still readable with its status)."""

    IN_FORCE = "IN_FORCE", "现行有效"
    AMENDED = "AMENDED", "已修改"
    REPEALED = "REPEALED", "废止"
    LAPSED = "LAPSED", "失效"


RUNS_OUT = (Validity.IN_FORCE, Validity.AMENDED)
"""What holds still, and lapses when its time is over."""

OVER = (Validity.REPEALED, Validity.LAPSED)


class Cataloguer(TextChoices):
    """Who makes a move in the catalogue."""

    KEEPER = "keeper", "公开工作机构"


class PageKind(TextChoices):
    """What an article of the site is to disclosure (条例第十二条、第四十九条)."""

    GUIDE = "GUIDE", "公开指南"
    RULES = "RULES", "公开制度"
    REPORT = "REPORT", "公开年报"
