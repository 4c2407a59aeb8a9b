"""隐去个人信息: what may not stand in a public copy (个人信息保护法第二十五条, 政府信息公开条例第十五条)."""

import re
from collections.abc import Iterable

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{6}(?:18|19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx](?![0-9A-Za-z])")
BANK = re.compile(r"(?<!\d)\d(?:[ -]?\d){14,18}(?!\d)")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
LANDLINE = re.compile(r"(?<!\d)(?:0\d{2,3}[ -]?)?[2-8]\d{6,7}(?!\d)")
PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][·• ]?[A-Z0-9]{5,6}(?![A-Z0-9])")
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯")


def masked(text: str, names: Iterable[str] = ()) -> str:
    """`text` without e-mail, identity, bank and telephone numbers and car plates; of `names` the family name stays."""
    for name in sorted({one.strip() for one in names if len(one.strip()) > 1}, key=len, reverse=True):
        text = text.replace(name, short_name(name))
    text = EMAIL.sub("***", text)
    text = IDENTITY.sub(lambda found: _ends(found[0], 3, 2), text)
    text = BANK.sub(lambda found: _ends(found[0], 0, 4), text)
    text = MOBILE.sub(lambda found: _ends(found[0], 3, 2), text)
    text = LANDLINE.sub(lambda found: _ends(found[0], 0, 2), text)
    return PLATE.sub(lambda found: f"{found[0][:2]}*****", text)


def short_name(name: str) -> str:
    """欧阳**, 张**: who it is for those who know, nobody for all others."""
    family = next((one for one in COMPOUND if name.startswith(one) and len(name) > len(one)), name[:1])
    return f"{family}**"


def _ends(number: str, first: int, last: int) -> str:
    return f"{number[:first]}{'*' * (len(number) - first - last)}{number[len(number) - last :]}"
