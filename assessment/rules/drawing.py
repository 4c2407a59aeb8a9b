"""抽查栏目: drawn by lot so that anybody can draw again, with this seed and no more than a SHA-256."""

import hashlib
from collections.abc import Iterable

METHOD = "把“种子/站点代码/栏目地址”作 SHA-256，各站点按结果从小到大取前面的栏目；没有权重，谁来算都一样。"


def lot(seed: str, site: str, slug: str) -> str:
    """The number of one column in the drawing, 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}/{site}/{slug}".encode()).hexdigest()


def draw(seed: str, site: str, slugs: Iterable[str], number: int) -> list[str]:
    """The addresses of `number` columns of a site, or of all where there are no more; the lowest lot first."""
    return sorted(slugs, key=lambda slug: lot(seed, site, slug))[:number]
