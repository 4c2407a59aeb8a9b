"""Each of the four main colours reads well: 4.5:1 for every ink on the ground it stands on (GB/T 37668)."""

import re

import pytest
from django.conf import settings

from portal.enums import Palette

PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3", "main", "main-deep") for ground in ("paper", "ground")),
    *((ink, "paper") for ink in ("accent", "gold", "ok", "warn", "late")),
    ("main-deep", "main-tint"), ("ink-2", "main-tint"),
    ("paper", "main"), ("paper", "main-deep"),
    ("foot-ink", "foot"), ("foot-label", "foot"),
]  # fmt: skip


def colours(palette: str) -> dict[str, str]:
    """Names to #rrggbb: the default's, overridden by the palette's own."""
    css = (settings.BASE_DIR / "static/portal/css/tokens.css").read_text()
    found = {}
    for name in dict.fromkeys(("indigo", palette)):
        block = re.search(rf'\[data-palette="{name}"\] \{{(.*?)\}}', css, re.S)
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block[1]))
    return {name: colour * 2 if len(colour) == 4 else colour for name, colour in found.items()}


def luminance(colour: str) -> float:
    channels = [int(colour.replace("#", "")[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", Palette.values)
def test_palette_has_no_pair_that_is_hard_to_read(palette):
    book = colours(palette)
    ratios = {}
    for ink, ground in PAIRS:
        dark, light = sorted((luminance(book[ink]), luminance(book[ground])))
        ratios[ink, ground] = (light + 0.05) / (dark + 0.05)
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 4.5} == {}
