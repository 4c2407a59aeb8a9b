"""Things that several scenes share: trees, people, rooms."""

import math

from drawing.canvas import (
    AMBER,
    BARK,
    CREAM,
    HAIR,
    HEIGHT,
    INK,
    LEAF,
    MIST,
    NAVY,
    PINE,
    RED,
    SAGE,
    SKIN,
    STONE,
    WHITE,
    WIDTH,
    Point,
    Scene,
    mix,
)


def tree(s: Scene, x: float, y: float, h: float, leaf: str = LEAF) -> None:
    s.oval(x, y, h * 0.26, h * 0.03, INK, 40)
    s.poly(
        [(x - h * 0.03, y), (x + h * 0.03, y), (x + h * 0.015, y - h * 0.6), (x - h * 0.015, y - h * 0.6)],
        BARK,
    )
    for dx, dy, r, shade in ((-0.13, 0.5, 0.17, 0.22), (0.14, 0.52, 0.17, 0.3), (0, 0.7, 0.24, 0.0)):
        s.oval(x + h * dx, y - h * dy, h * r, h * r * 0.95, mix(leaf, INK, shade))
    s.oval(x - h * 0.07, y - h * 0.76, h * 0.13, h * 0.12, mix(leaf, WHITE, 0.2))


def leaf(s: Scene, x: float, y: float, length: float, turn: float, tint: str) -> None:
    """A slim leaf growing from (x, y); turn in degrees, 0 to the right, 90 downwards."""
    along, across = math.radians(turn), math.radians(turn + 90)
    rim: list[Point] = []
    for side in (1, -1):
        for step in range(9) if side == 1 else range(8, -1, -1):
            t, w = step / 8, side * length * 0.12 * math.sin(math.pi * step / 8)
            rim.append(
                (
                    x + math.cos(along) * length * t + math.cos(across) * w,
                    y + math.sin(along) * length * t + math.sin(across) * w,
                )
            )
    s.poly(rim, tint)


def tower(
    s: Scene, x: float, y: float, w: float, h: float, wall: str, lit: str = AMBER, odds: float = 0.15
) -> None:
    """A plain block with rows of windows, some of them lit."""
    s.rect(x, y - h, w, h, wall)
    s.rect(x + w * 0.72, y - h, w * 0.28, h, INK, a=28)
    pane = mix(wall, WHITE, 0.28)
    columns, rows = max(2, int(w / 26)), int(h / 30)
    gap = w / columns
    for row in range(rows):
        for column in range(columns):
            fill = lit if s.random.random() < odds else pane
            s.rect(x + gap * column + gap * 0.28, y - h + 16 + row * 30, gap * 0.44, 15, fill)


def person(
    s: Scene,
    x: float,
    y: float,
    h: float,
    coat: str,
    *,
    officer: bool = False,
    legs: str = INK,
    arm: float = 0,
    skirt: bool = False,
    long_hair: bool = False,
    away: bool = False,
) -> None:
    """A standing figure whose feet are at (x, y); arm 1 reaches right, -1 left; away shows the back."""
    u = h / 100
    dark = mix(coat, INK, 0.25)
    s.oval(x, y, 16 * u, 2.6 * u, INK, 46)
    if long_hair:
        s.rect(x - 8.4 * u, y - 97 * u, 16.8 * u, 24 * u, HAIR, 8 * u)
    for side in (-1, 1):
        s.rect(x + side * 5.4 * u - 3.8 * u, y - 46 * u, 7.6 * u, 45 * u, legs, 2.6 * u)
        s.rect(x + side * 6.2 * u - 4.6 * u, y - 3.4 * u, 9.2 * u, 3.8 * u, HAIR, 1.8 * u)
    if skirt:
        s.poly(
            [
                (x - 10 * u, y - 50 * u),
                (x + 10 * u, y - 50 * u),
                (x + 12 * u, y - 26 * u),
                (x - 12 * u, y - 26 * u),
            ],
            legs,
        )
    for side in (-1, 1):
        hand = (x + side * 14.5 * u, y - 43 * u)
        if arm and side == (1 if arm > 0 else -1):
            hand = (x + side * 30 * u, y - 58 * u)
        elbow = (x + side * (15 if hand[1] > y - 50 * u else 18) * u, y - 58 * u)
        s.line([(x + side * 11 * u, y - 74 * u), elbow, hand], dark, 6.4 * u)
        s.oval(*hand, 3.4 * u, 3.4 * u, SKIN)
    s.rect(x - 13.5 * u, y - 80 * u, 27 * u, 38 * u, coat, 8 * u)
    s.rect(x - 11.5 * u, y - 52 * u, 23 * u, 11 * u, coat, 2 * u)
    s.rect(x - 3.2 * u, y - 86 * u, 6.4 * u, 9 * u, mix(SKIN, BARK, 0.18), 2 * u)
    if officer:
        s.poly([(x - 5 * u, y - 80 * u), (x + 5 * u, y - 80 * u), (x, y - 68 * u)], MIST)
        s.poly([(x - 1.4 * u, y - 79 * u), (x + 1.4 * u, y - 79 * u), (x, y - 66 * u)], RED)
        s.rect(x + 5.4 * u, y - 71 * u, 4.4 * u, 2.6 * u, AMBER, 0.6 * u)
    s.oval(x, y - 91 * u, 7.2 * u, 8 * u, SKIN)
    s.slice(x, y - 92.4 * u, 7.9 * u, 8.2 * u, (180, 360), HAIR)
    if away:
        s.oval(x, y - 92.4 * u, 7.9 * u, 8.2 * u, HAIR)
    if away and long_hair:
        s.rect(x - 8.4 * u, y - 94 * u, 16.8 * u, 22 * u, HAIR, 7 * u)
    if officer:
        s.rect(x - 9 * u, y - 96 * u, 18 * u, 3.2 * u, INK, 1.5 * u)
        s.poly(
            [
                (x - 8 * u, y - 96 * u),
                (x + 8 * u, y - 96 * u),
                (x + 10 * u, y - 102 * u),
                (x - 10 * u, y - 102 * u),
            ],
            NAVY,
        )
        s.oval(x, y - 98.6 * u, 1.9 * u, 1.9 * u, AMBER)


def seat_back(s: Scene, x: float, y: float, size: float, coat: str, chair: str | None = None) -> None:
    """Someone seen from behind: head and shoulders, y is the line where the body is cut off."""
    u = size / 100
    s.rect(x - 33 * u, y - 52 * u, 66 * u, 62 * u, coat, 24 * u)
    s.rect(x - 9 * u, y - 66 * u, 18 * u, 22 * u, mix(SKIN, BARK, 0.15), 6 * u)
    s.oval(x, y - 80 * u, 20 * u, 23 * u, HAIR)
    s.oval(x - 19 * u, y - 76 * u, 4 * u, 6 * u, SKIN)
    s.oval(x + 19 * u, y - 76 * u, 4 * u, 6 * u, SKIN)
    if chair:
        s.rect(x - 36 * u, y - 30 * u, 72 * u, 44 * u, chair, 10 * u)


def pot(s: Scene, x: float, y: float, h: float, clay: str = CREAM) -> None:
    """A leafy pot plant standing at (x, y)."""
    s.oval(x, y, h * 0.2, h * 0.03, INK, 40)
    for angle in range(-70, 71, 20):
        tip_x, tip_y = (
            x + math.sin(math.radians(angle)) * h * 0.42,
            y - h * 0.4 - math.cos(math.radians(angle)) * h * 0.55,
        )
        mid_x, mid_y = (x + tip_x) / 2, (y - h * 0.35 + tip_y) / 2
        shade = mix(PINE, SAGE, (angle + 70) / 160)
        s.poly(
            [(x, y - h * 0.3), (mid_x - h * 0.06, mid_y), (tip_x, tip_y), (mid_x + h * 0.06, mid_y)], shade
        )
    s.poly(
        [(x - h * 0.17, y - h * 0.34), (x + h * 0.17, y - h * 0.34), (x + h * 0.12, y), (x - h * 0.12, y)],
        clay,
    )
    s.rect(x - h * 0.19, y - h * 0.36, h * 0.38, h * 0.06, mix(clay, BARK, 0.15), 3)


def window(s: Scene, x: float, y: float, w: float, h: float, frame: str = WHITE) -> None:
    """A window on a pale sky with hills and roofs."""
    s.rect(x - 10, y - 10, w + 20, h + 20, frame, 4)
    s.rect(x, y, w, h, "#cfe0ef")
    s.rect(x, y + h * 0.4, w, h * 0.6, "#dfeaf2")
    s.oval(x + w * 0.72, y + h * 0.26, h * 0.09, h * 0.09, "#fbe7bd")
    s.poly(
        [
            (x, y + h * 0.72),
            (x + w * 0.3, y + h * 0.5),
            (x + w * 0.55, y + h * 0.68),
            (x + w * 0.8, y + h * 0.54),
            (x + w, y + h * 0.66),
            (x + w, y + h),
            (x, y + h),
        ],
        "#a9c3d4",
    )
    s.poly(
        [(x, y + h * 0.86), (x + w * 0.4, y + h * 0.76), (x + w, y + h * 0.84), (x + w, y + h), (x, y + h)],
        SAGE,
    )
    s.rect(x + w / 2 - 4, y, 8, h, frame)
    s.rect(x, y + h * 0.3, w, 6, frame)
    s.rect(x - 18, y + h + 8, w + 36, 14, mix(frame, STONE, 0.25), 3)


def van(s: Scene, x: float, y: float, w: float, body: str, stripe: str, lamp: bool = True) -> None:
    """A patrol van facing right, wheels on y."""
    h = w * 0.42
    s.oval(x + w / 2, y, w * 0.54, h * 0.07, INK, 70)
    s.poly(
        [
            (x, y - h * 0.18),
            (x + w * 0.02, y - h * 0.92),
            (x + w * 0.06, y - h),
            (x + w * 0.72, y - h),
            (x + w * 0.88, y - h * 0.55),
            (x + w * 0.98, y - h * 0.46),
            (x + w, y - h * 0.18),
        ],
        body,
    )
    s.rect(x + w * 0.01, y - h * 0.42, w * 0.97, h * 0.13, stripe)
    glass = "#35506e"
    for start, width in ((0.07, 0.18), (0.28, 0.18)):
        s.rect(x + w * start, y - h * 0.9, w * width, h * 0.34, glass, 8)
    s.poly(
        [
            (x + w * 0.5, y - h * 0.9),
            (x + w * 0.695, y - h * 0.9),
            (x + w * 0.82, y - h * 0.56),
            (x + w * 0.5, y - h * 0.56),
        ],
        glass,
    )
    s.line([(x + w * 0.48, y - h * 0.92), (x + w * 0.48, y - h * 0.2)], mix(body, STONE, 0.5), 2)
    for wheel in (0.2, 0.79):
        s.oval(x + w * wheel, y - h * 0.15, h * 0.2, h * 0.2, INK)
        s.oval(x + w * wheel, y - h * 0.15, h * 0.1, h * 0.1, STONE)
    s.rect(x + w * 0.95, y - h * 0.4, w * 0.04, h * 0.1, AMBER, 3)
    if lamp:
        s.rect(x + w * 0.32, y - h * 1.09, w * 0.11, h * 0.09, "#2f6fd0", 5)
        s.rect(x + w * 0.43, y - h * 1.09, w * 0.11, h * 0.09, RED, 5)


def floor(s: Scene, y: float, colour: str, seam: str) -> None:
    """A tiled floor seen in perspective."""
    s.rect(0, y, WIDTH, HEIGHT - y, colour)
    for k in range(-14, 15):
        s.line([(WIDTH / 2 + k * 90, y), (WIDTH / 2 + k * 260, HEIGHT)], seam, 1.6, 120)
    depth = 18.0
    while y + depth < HEIGHT:
        s.line([(0, y + depth), (WIDTH, y + depth)], seam, 1.6, 120)
        depth *= 1.55
