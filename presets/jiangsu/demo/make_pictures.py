"""Draws the sample pictures: flat layered scenes in calm office colours.

Usage: python presets/jiangsu/demo/make_pictures.py [NAME …]
Every scene is drawn at twice its size and reduced, so edges are smooth; the same call gives the same bytes.
"""

import math
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFilter

FOLDER = Path(__file__).parent / "pictures"
WIDTH, HEIGHT, SCALE = 1280, 800, 2

NAVY, BLUE, MID, SOFT, PALE, MIST = "#143862", "#1c4a84", "#5b7fa6", "#9db6d3", "#c5d4e8", "#eaf0f8"
INK, STONE, CREAM, SAND, WHITE = "#1d2a3a", "#8b97a6", "#f7efe0", "#e6d3b3", "#ffffff"
RED, CORAL, GOLD, AMBER = "#b3261e", "#d8705a", "#c9963f", "#f1c27d"
PINE, LEAF, SAGE, MINT = "#2c5f4b", "#4c8a6b", "#8bb59a", "#cfe2d3"
WOOD, OAK, BARK, SKIN, HAIR = "#b98a5b", "#d3ab7c", "#7a5636", "#f0c9a4", "#2b2c33"

SCENES: dict[str, Callable[["Scene"], None]] = {}
Point = tuple[float, float]


def scene(name: str) -> Callable[[Callable[["Scene"], None]], Callable[["Scene"], None]]:
    """Register a drawing under its file name (without suffix)."""

    def register(draw: Callable[["Scene"], None]) -> Callable[["Scene"], None]:
        SCENES[name] = draw
        return draw

    return register


def rgb(colour: str, alpha: int = 255) -> tuple[int, int, int, int]:
    return (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16), alpha)


def mix(first: str, second: str, share: float) -> str:
    """The colour `share` (0–1) of the way from first to second."""
    pairs = zip(rgb(first)[:3], rgb(second)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


class Scene:
    """A canvas in units of the finished picture; every shape takes a colour and an opacity."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.random = Random(name)
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), MIST)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def sky(self, top: str, bottom: str, y0: float = 0, y1: float = HEIGHT) -> None:
        for y in range(int(y0 * SCALE), int(y1 * SCALE)):
            colour = mix(top, bottom, (y / SCALE - y0) / (y1 - y0))
            self.pen.line((0, y, WIDTH * SCALE, y), fill=rgb(colour))

    def rect(self, x: float, y: float, w: float, h: float, fill: str, r: float = 0, a: int = 255) -> None:
        box = tuple(v * SCALE for v in (x, y, x + w, y + h))
        self.pen.rounded_rectangle(box, r * SCALE, fill=rgb(fill, a))

    def oval(self, x: float, y: float, rx: float, ry: float, fill: str, a: int = 255) -> None:
        self.pen.ellipse([v * SCALE for v in (x - rx, y - ry, x + rx, y + ry)], fill=rgb(fill, a))

    def poly(self, points: Iterable[Point], fill: str, a: int = 255) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=rgb(fill, a))

    def line(self, points: Iterable[Point], fill: str, width: float = 4, a: int = 255) -> None:
        path = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(path, fill=rgb(fill, a), width=round(width * SCALE), joint="curve")
        if a == 255:
            for x, y in (path[0], path[-1]):
                r = width * SCALE / 2
                self.pen.ellipse((x - r, y - r, x + r, y + r), fill=rgb(fill))

    def ring(self, x: float, y: float, r: float, fill: str, width: float, span: Point = (0, 360)) -> None:
        box = [v * SCALE for v in (x - r, y - r, x + r, y + r)]
        self.pen.arc(box, *span, fill=rgb(fill), width=round(width * SCALE))

    def slice(self, x: float, y: float, rx: float, ry: float, span: Point, fill: str, a: int = 255) -> None:
        box = [v * SCALE for v in (x - rx, y - ry, x + rx, y + ry)]
        self.pen.pieslice(box, *span, fill=rgb(fill, a))

    def glow(self, x: float, y: float, r: float, colour: str, strength: float = 0.6) -> None:
        """Light added round a point, fading to nothing at r."""
        small = 8
        layer = Image.new("L", (WIDTH // small, HEIGHT // small), 0)
        box = [v / small for v in (x - r / 2, y - r / 2, x + r / 2, y + r / 2)]
        ImageDraw.Draw(layer).ellipse(box, fill=round(255 * strength))
        mask = layer.filter(ImageFilter.GaussianBlur(r / small / 3)).resize(self.image.size, Image.BICUBIC)
        self.image.paste(Image.new("RGB", self.image.size, colour), mask=mask)

    def hills(self, y: float, height: float, colour: str, phase: float, wave: float = 300) -> None:
        crest = [
            (x, y - height * (0.6 * math.sin(x / wave + phase) + 0.4 * math.sin(x / wave * 2.3 + phase * 2)))
            for x in range(0, WIDTH + 11, 10)
        ]
        self.poly([(0, HEIGHT), *crest, (WIDTH, HEIGHT)], colour)

    def reflect(self, y: float, h: float, tint: str, share: float) -> None:
        """Mirror the h above y into the water below it, tinted."""
        top = self.image.crop((0, int((y - h) * SCALE), WIDTH * SCALE, int(y * SCALE)))
        mirrored = top.transpose(Image.FLIP_TOP_BOTTOM).filter(ImageFilter.GaussianBlur(3))
        water = Image.blend(mirrored, Image.new("RGB", mirrored.size, tint), share)
        self.image.paste(water, (0, int(y * SCALE)))

    def ripples(self, y0: float, y1: float, count: int, colour: str, a: int = 90) -> None:
        for _ in range(count):
            y = self.random.uniform(y0, y1)
            half = self.random.uniform(20, 90) * (0.5 + (y - y0) / (y1 - y0))
            self.rect(self.random.uniform(-40, WIDTH), y, half * 2, 2.4, colour, 1.2, a)

    def save(self) -> None:
        FOLDER.mkdir(exist_ok=True)
        small = self.image.resize((WIDTH, HEIGHT), Image.LANCZOS)
        small.save(FOLDER / f"{self.name}.jpg", quality=82, optimize=True, progressive=True)


# Things that several scenes share


def tree(s: Scene, x: float, y: float, h: float, leaf: str = LEAF) -> None:
    s.oval(x, y, h * 0.26, h * 0.03, INK, 40)
    s.poly([(x - h * 0.03, y), (x + h * 0.03, y), (x + h * 0.015, y - h * 0.6), (x - h * 0.015, y - h * 0.6)], BARK)
    for dx, dy, r, shade in ((-0.13, 0.5, 0.17, 0.22), (0.14, 0.52, 0.17, 0.3), (0, 0.7, 0.24, 0.0)):
        s.oval(x + h * dx, y - h * dy, h * r, h * r * 0.95, mix(leaf, INK, shade))
    s.oval(x - h * 0.07, y - h * 0.76, h * 0.13, h * 0.12, mix(leaf, WHITE, 0.2))


def tower(s: Scene, x: float, y: float, w: float, h: float, wall: str, lit: str = AMBER, odds: float = 0.15) -> None:
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


def person(s: Scene, x: float, y: float, h: float, coat: str, *, officer: bool = False, legs: str = INK,
           arm: float = 0, skirt: bool = False, long_hair: bool = False, away: bool = False) -> None:
    """A standing figure whose feet are at (x, y); arm: 0 hangs, 1 reaches right, -1 left; away: seen from behind."""
    u = h / 100
    dark = mix(coat, INK, 0.25)
    s.oval(x, y, 16 * u, 2.6 * u, INK, 46)
    if long_hair:
        s.rect(x - 8.4 * u, y - 97 * u, 16.8 * u, 24 * u, HAIR, 8 * u)
    for side in (-1, 1):
        s.rect(x + side * 5.4 * u - 3.8 * u, y - 46 * u, 7.6 * u, 45 * u, legs, 2.6 * u)
        s.rect(x + side * 6.2 * u - 4.6 * u, y - 3.4 * u, 9.2 * u, 3.8 * u, HAIR, 1.8 * u)
    if skirt:
        s.poly([(x - 10 * u, y - 50 * u), (x + 10 * u, y - 50 * u), (x + 12 * u, y - 26 * u), (x - 12 * u, y - 26 * u)], legs)
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
        s.poly([(x - 8 * u, y - 96 * u), (x + 8 * u, y - 96 * u), (x + 10 * u, y - 102 * u), (x - 10 * u, y - 102 * u)], NAVY)
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
        tip_x, tip_y = x + math.sin(math.radians(angle)) * h * 0.42, y - h * 0.4 - math.cos(math.radians(angle)) * h * 0.55
        mid_x, mid_y = (x + tip_x) / 2, (y - h * 0.35 + tip_y) / 2
        shade = mix(PINE, SAGE, (angle + 70) / 160)
        s.poly([(x, y - h * 0.3), (mid_x - h * 0.06, mid_y), (tip_x, tip_y), (mid_x + h * 0.06, mid_y)], shade)
    s.poly([(x - h * 0.17, y - h * 0.34), (x + h * 0.17, y - h * 0.34), (x + h * 0.12, y), (x - h * 0.12, y)], clay)
    s.rect(x - h * 0.19, y - h * 0.36, h * 0.38, h * 0.06, mix(clay, BARK, 0.15), 3)


def window(s: Scene, x: float, y: float, w: float, h: float, frame: str = WHITE) -> None:
    """A window on a pale sky with hills and roofs."""
    s.rect(x - 10, y - 10, w + 20, h + 20, frame, 4)
    s.rect(x, y, w, h, "#cfe0ef")
    s.rect(x, y + h * 0.4, w, h * 0.6, "#dfeaf2")
    s.oval(x + w * 0.72, y + h * 0.26, h * 0.09, h * 0.09, "#fbe7bd")
    s.poly([(x, y + h * 0.72), (x + w * 0.3, y + h * 0.5), (x + w * 0.55, y + h * 0.68), (x + w * 0.8, y + h * 0.54),
            (x + w, y + h * 0.66), (x + w, y + h), (x, y + h)], "#a9c3d4")
    s.poly([(x, y + h * 0.86), (x + w * 0.4, y + h * 0.76), (x + w, y + h * 0.84), (x + w, y + h), (x, y + h)], SAGE)
    s.rect(x + w / 2 - 4, y, 8, h, frame)
    s.rect(x, y + h * 0.3, w, 6, frame)
    s.rect(x - 18, y + h + 8, w + 36, 14, mix(frame, STONE, 0.25), 3)


def van(s: Scene, x: float, y: float, w: float, body: str, stripe: str, lamp: bool = True) -> None:
    """A patrol van facing right, wheels on y."""
    h = w * 0.42
    s.oval(x + w / 2, y, w * 0.54, h * 0.07, INK, 70)
    s.poly([(x, y - h * 0.18), (x + w * 0.02, y - h * 0.92), (x + w * 0.06, y - h), (x + w * 0.72, y - h),
            (x + w * 0.88, y - h * 0.55), (x + w * 0.98, y - h * 0.46), (x + w, y - h * 0.18)], body)
    s.rect(x + w * 0.01, y - h * 0.42, w * 0.97, h * 0.13, stripe)
    glass = "#35506e"
    for start, width in ((0.07, 0.18), (0.28, 0.18)):
        s.rect(x + w * start, y - h * 0.9, w * width, h * 0.34, glass, 8)
    s.poly([(x + w * 0.5, y - h * 0.9), (x + w * 0.695, y - h * 0.9), (x + w * 0.82, y - h * 0.56), (x + w * 0.5, y - h * 0.56)], glass)
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


# The scenes


@scene("chengshi-qingchen")
def city_at_dawn(s: Scene) -> None:
    s.sky("#7fa3c9", "#fbe3c4", 0, 560)
    s.glow(860, 430, 420, "#fff1d0", 0.9)
    s.oval(860, 430, 62, 62, "#fff6e0")
    for x, y, w in ((120, 130, 300), (700, 90, 220), (980, 190, 260)):
        s.rect(x, y, w, 12, WHITE, 6, 110)
        s.rect(x + 50, y + 22, w * 0.6, 9, WHITE, 5, 90)
    s.hills(520, 60, "#b9bfd0", 0.4, 260)
    for layer, (base, tint) in enumerate(((600, "#a5b4cc"), (650, "#7690b3"), (700, "#456a97"))):
        x = -30.0
        while x < WIDTH:
            w = s.random.uniform(62, 120)
            tower(s, x, base, w, s.random.uniform(110, 260 - layer * 20), tint, "#fbe0a8", 0.06 + layer * 0.06)
            x += w + s.random.uniform(4, 34)
    s.rect(560, 300, 14, 110, "#456a97")
    tower(s, 500, 700, 134, 330, "#3b608d", "#fbe0a8", 0.2)
    s.poly([(500, 370), (567, 322), (634, 370)], "#35577f")
    s.rect(0, 690, WIDTH, 110, "#2b4d77")
    for x in range(20, WIDTH, 74):
        tree(s, x + s.random.uniform(-12, 12), 742, s.random.uniform(80, 118), mix(PINE, "#2b4d77", 0.35))
    s.rect(0, 738, WIDTH, 62, NAVY)
    for x in range(0, WIDTH, 96):
        s.rect(x, 766, 50, 5, "#8fa9c8", 2)


@scene("bangong-dalou")
def office_building(s: Scene) -> None:
    s.sky("#8fb4da", "#eaf2f8", 0, 640)
    for x, y in ((180, 130), (960, 100), (1090, 210)):
        for dx, r in ((-50, 26), (0, 40), (52, 28)):
            s.oval(x + dx, y, r * 1.5, r * 0.7, WHITE, 210)
    s.hills(560, 40, "#b8cfd8", 1.2, 330)
    s.rect(0, 620, WIDTH, 180, "#d9dfe5")
    s.rect(150, 300, 980, 330, "#dde5ee")
    s.rect(150, 300, 980, 22, BLUE)
    s.rect(430, 200, 420, 430, WHITE)
    s.rect(410, 180, 460, 30, BLUE, 3)
    s.rect(850, 210, 14, 420, INK, a=30)
    for row in range(4):
        for k in range(5):
            s.rect(175 + k * 50, 345 + row * 70, 32, 44, MID if (row + k) % 3 else SOFT, 2)
            s.rect(873 + k * 50, 345 + row * 70, 32, 44, MID if (row * k) % 3 else SOFT, 2)
    for k in range(6):
        s.rect(452 + k * 64, 250, 44, 150, mix(MID, SOFT, (k % 3) / 3), 3)
        s.rect(452 + k * 64, 322, 44, 6, WHITE)
    s.rect(440, 430, 400, 26, NAVY, 2)
    for x in (456, 536, 718, 798):
        s.rect(x, 456, 26, 160, PALE)
        s.rect(x + 18, 456, 8, 160, SOFT)
    s.rect(580, 490, 120, 130, "#27476b")
    s.rect(586, 496, 52, 124, "#6c8fb4")
    s.rect(642, 496, 52, 124, "#6c8fb4")
    for k in range(4):
        s.rect(420 - k * 22, 616 + k * 14, 440 + k * 44, 14, mix(WHITE, STONE, 0.12 + k * 0.12))
    s.rect(0, 672, WIDTH, 128, "#c3ccd6")
    s.poly([(520, 672), (760, 672), (940, 800), (340, 800)], "#e8ecf0")
    s.line([(1010, 640), (1010, 130)], STONE, 5)
    s.poly([(1012, 136), (1112, 142), (1104, 172), (1114, 204), (1012, 198)], RED)
    for x, h in ((60, 230), (200, 190), (330, 150), (950, 150), (1090, 200), (1220, 240)):
        tree(s, x, 690, h)
    for x in range(-20, WIDTH, 62):
        if not 300 < x < 900:
            s.oval(x, 712, 44, 24, LEAF)
            s.oval(x - 8, 704, 28, 12, SAGE)
    person(s, 600, 752, 110, BLUE)
    person(s, 700, 738, 98, "#7c8da3", long_hair=True, skirt=True)


@scene("beiqiao-shiqiao")
def stone_bridge(s: Scene) -> None:
    s.sky("#a9c7dc", "#f6efe2", 0, 520)
    s.oval(1010, 150, 50, 50, "#fdf3dc")
    s.hills(400, 60, "#b7c9d3", 0.2, 250)
    s.hills(440, 40, "#93afb6", 2.1, 200)
    s.rect(0, 450, WIDTH, 70, "#7fa18c")
    for x, w, h in ((20, 210, 110), (1050, 240, 120), (240, 130, 80), (930, 110, 78)):
        s.rect(x, 500 - h, w, h + 14, "#f4f1ea")
        s.poly([(x - 22, 504 - h), (x + w + 22, 504 - h), (x + w - 6, 464 - h), (x + 6, 464 - h)], "#46525f")
        for k in range(int(w / 56)):
            s.rect(x + 18 + k * 56, 526 - h, 26, 34, "#7c5a43", 2)
            s.rect(x + 30 + k * 56, 526 - h, 2, 34, CREAM)
        s.oval(x + w - 24, 520 - h, 8, 11, RED)
    deck = [(170 + t * 9.4, 500 - 190 * math.sin(math.pi * t / 100) ** 1.15) for t in range(101)]
    s.poly([*deck, (1110, 514), (170, 514)], "#c9c4b8")
    s.slice(640, 514, 158, 150, (180, 360), "#a6bcc6")
    s.slice(640, 514, 158, 150, (180, 360), "#dbe6e4", 120)
    for x in (392, 888):
        s.slice(x, 514, 74, 72, (180, 360), "#b9cbd0")
    for x, r in ((640, 158), (392, 74), (888, 74)):
        s.ring(x, 514, r + 15, "#aaa393", 15, (180, 360))
    s.line(deck, "#aaa393", 10)
    s.line([(x, y - 34) for x, y in deck], "#ded9cc", 8)
    for x, y in deck[2:-1:5]:
        s.rect(x - 5, y - 44, 10, 44, "#d1cbbd", 3)
    person(s, 575, 304, 70, CORAL, long_hair=True)
    person(s, 705, 304, 76, BLUE)
    s.reflect(514, 286, "#7fa3b2", 0.42)
    s.ripples(524, 800, 90, WHITE, 70)
    s.rect(0, 508, WIDTH, 9, "#6d8a78")
    s.oval(930, 690, 120, 18, INK, 50)
    s.poly([(800, 662), (1070, 662), (1030, 700), (830, 700)], BARK)
    s.slice(935, 664, 82, 62, (180, 360), "#5d6b74")
    s.rect(860, 646, 150, 18, WOOD)
    for k in range(26):
        x, length = 20 + k * 11, 150 + 130 * s.random.random()
        sway = [(x + math.sin(t / 6 + k) * 5, -10 + length * t / 12) for t in range(13)]
        s.line(sway, mix(LEAF, SAGE, s.random.random()), 4.5, 220)


@scene("nanhu-hupan")
def lakeside(s: Scene) -> None:
    s.sky("#9fc3d8", "#e9f2ec", 0, 460)
    s.glow(300, 200, 300, "#fff8e4", 0.7)
    s.hills(350, 70, "#b6cdd6", 1.0, 210)
    s.hills(395, 46, "#8db0b4", 2.7, 170)
    s.hills(425, 22, "#6c9a8b", 0.3, 120)
    for x in range(0, WIDTH, 34):
        s.oval(x + s.random.uniform(-8, 8), 440, 26, s.random.uniform(16, 30), mix(PINE, SAGE, s.random.random() * 0.7))
    s.rect(740, 434, 400, 20, "#b9b3a4", 6)
    for x in (806, 866, 994, 1054):
        s.rect(x, 330, 12, 106, "#9c3b2c")
    s.rect(790, 400, 292, 10, "#9c3b2c")
    s.poly([(740, 336), (1132, 336), (1056, 282), (816, 282)], "#3d4c58")
    s.poly([(720, 342), (1152, 342), (1132, 328), (740, 328)], "#55656f")
    s.poly([(820, 286), (1052, 286), (936, 206)], "#46555f")
    s.oval(936, 204, 9, 12, GOLD)
    s.reflect(454, 270, "#7fb0bd", 0.35)
    s.rect(0, 700, WIDTH, 100, "#7fb0bd")
    s.ripples(466, 790, 110, WHITE, 80)
    for k in range(7):
        x, y = 640 + k * 92, 650 + (k % 3) * 42
        s.oval(x, y, 58, 15, LEAF)
        s.oval(x - 8, y - 3, 40, 9, SAGE)
    s.poly([(0, 800), (0, 600), (180, 640), (420, 740), (560, 800)], "#5d8b67")
    s.poly([(0, 800), (0, 690), (240, 740), (380, 800)], "#d9c9a6")
    s.poly([(96, 800), (150, 800), (168, 330), (150, 120), (118, 120), (120, 340)], BARK)
    for k in range(52):
        x = -60 + k * 8.6
        top = 20 + abs(x - 140) * 0.35
        length = s.random.uniform(230, 470) * (1 - abs(x - 140) / 620)
        strand = [(x + math.sin(t / 4 + k) * 7 + t * 0.9, top + length * t / 12) for t in range(13)]
        s.line(strand, mix(LEAF, MINT, s.random.random() * 0.75), 5, 215)
    s.oval(140, 70, 210, 90, LEAF)
    s.oval(80, 40, 150, 60, SAGE)
    s.rect(250, 690, 150, 12, OAK, 4)
    s.rect(250, 656, 150, 12, OAK, 4)
    for x in (266, 378):
        s.rect(x, 656, 9, 76, BARK)


@scene("shichang-jiancha")
def market_inspection(s: Scene) -> None:
    s.rect(0, 0, WIDTH, 520, "#e4ebf1")
    s.poly([(0, 0), (WIDTH, 0), (WIDTH, 90), (640, 30), (0, 90)], "#7d95b0")
    for k in range(9):
        s.line([(k * 160, 0), (640 + (k - 4) * 70, 210)], "#b7c6d6", 5)
    for x in (110, 370, 640, 910, 1170):
        s.line([(x, 0), (x, 118)], STONE, 2)
        s.glow(x, 140, 130, "#fff4d2", 0.7)
        s.poly([(x - 34, 142), (x + 34, 142), (x + 14, 112), (x - 14, 112)], BLUE)
    s.rect(0, 220, WIDTH, 250, "#d5dfe8")
    for k, shade in enumerate((PALE, "#e5d8c2", PALE, "#e5d8c2", PALE)):
        s.rect(20 + k * 252, 250, 232, 210, shade, 4)
    floor(s, 560, "#cfd6dd", WHITE)
    goods = [
        ["#6aa25c", "#88b868", "#4f8a54"], ["#d9573f", "#e8825b", "#c8402f"], ["#f0b64a", "#f4cb72", "#e39a33"],
        ["#8f5a86", "#a9749f", "#74446d"], ["#e9e4d4", "#d8cfb6", "#f3efe4"],
    ]
    awnings = [BLUE, RED, PINE, BLUE, GOLD]
    for k in range(5):
        x = -10 + k * 262
        s.rect(x + 10, 440, 232, 140, WOOD, 4)
        s.rect(x + 10, 440, 232, 18, OAK, 4)
        s.rect(x + 10, 566, 232, 16, BARK)
        for row in range(2):
            for c in range(9):
                tint = goods[k][s.random.randrange(3)]
                s.oval(x + 28 + c * 24.5, 436 - row * 20, 15, 15, mix(tint, INK, 0.12))
                s.oval(x + 25 + c * 24.5, 432 - row * 20, 11, 10, tint)
        s.rect(x + 14, 250, 8, 200, STONE)
        s.rect(x + 230, 250, 8, 200, STONE)
        for c in range(8):
            tint = awnings[k] if c % 2 == 0 else WHITE
            s.poly([(x - 4 + c * 32, 300), (x + 28 + c * 32, 300), (x + 22 + c * 28 + 4, 226), (x + 24 + c * 28 - 22, 226)], tint)
            s.slice(x + 12 + c * 32, 300, 16, 16, (0, 180), tint)
        s.rect(x + 92, 478, 70, 44, WHITE, 4)
        s.rect(x + 104, 492, 46, 5, SOFT, 2)
        s.rect(x + 104, 504, 30, 5, SOFT, 2)
    person(s, 250, 650, 230, "#e8d9b8", legs=INK, long_hair=True)
    person(s, 560, 744, 320, NAVY, officer=True, legs="#1b2f4b", arm=1)
    person(s, 790, 756, 330, NAVY, officer=True, legs="#1b2f4b")
    s.rect(636, 520, 56, 74, WHITE, 4)
    s.rect(650, 512, 28, 14, STONE, 3)
    for k in range(4):
        s.rect(645, 540 + k * 12, 38 - (k % 2) * 12, 4, SOFT, 2)
    person(s, 1060, 690, 262, CORAL, legs="#4a5567", arm=-1)


@scene("fuwu-chuangkou")
def service_counter(s: Scene) -> None:
    s.rect(0, 0, WIDTH, 520, MIST)
    s.rect(0, 0, WIDTH, 96, BLUE)
    s.rect(0, 96, WIDTH, 8, AMBER)
    for k in range(4):
        s.rect(90 + k * 300, 26, 200, 46, NAVY, 6)
        s.oval(122 + k * 300, 49, 13, 13, AMBER)
        s.rect(150 + k * 300, 36, 108, 9, WHITE, 4)
        s.rect(150 + k * 300, 54, 74, 7, SOFT, 4)
    for k in range(4):
        x = 50 + k * 300
        s.rect(x, 150, 280, 330, WHITE, 6)
        s.rect(x + 12, 162, 256, 250, "#dbe7f2", 4)
        s.rect(x + 30, 180, 60, 80, "#c7d8e8", 3)
        s.rect(x + 36, 190, 48, 6, WHITE, 2)
        coat = (BLUE, NAVY, BLUE, "#3a6ea5")[k]
        s.rect(x + 100, 300, 96, 130, coat, 30)
        s.poly([(x + 134, 300), (x + 162, 300), (x + 148, 336)], WHITE)
        if k % 2:
            s.rect(x + 119, 214, 58, 84, HAIR, 28)
        s.rect(x + 138, 280, 20, 26, mix(SKIN, BARK, 0.18), 5)
        s.oval(x + 148, 258, 25, 28, SKIN)
        s.slice(x + 148, 254, 27, 29, (180, 360), HAIR)
        s.rect(x + 196, 330, 70, 52, INK, 5)
        s.rect(x + 202, 336, 58, 40, "#4d82b4", 2)
        s.rect(x + 226, 382, 10, 26, INK)
        s.poly([(x + 12, 162), (x + 110, 162), (x + 40, 412), (x + 12, 412)], WHITE, 60)
    s.rect(0, 430, WIDTH, 40, "#f4f7fa")
    s.rect(0, 466, WIDTH, 130, "#d8b588")
    s.rect(0, 466, WIDTH, 12, OAK)
    for x in range(40, WIDTH, 300):
        s.line([(x, 480), (x, 594)], WOOD, 3)
        s.rect(x + 106, 408, 66, 24, WHITE, 3)
    floor(s, 596, "#dfe5ec", WHITE)
    pot(s, 1236, 596, 190)
    person(s, 200, 712, 290, "#6b7f97", legs="#39465a", away=True)
    person(s, 500, 716, 276, CORAL, legs=INK, long_hair=True, skirt=True, arm=1, away=True)
    person(s, 800, 718, 300, "#4f7a63", legs="#3d4450", arm=-1, away=True)
    for x in (950, 1050, 1150):
        s.rect(x, 640, 84, 72, MID, 12)
        s.rect(x, 700, 84, 22, BLUE, 8)
        s.rect(x + 8, 720, 6, 40, STONE)
        s.rect(x + 70, 720, 6, 40, STONE)
    seat_back(s, 1092, 716, 130, "#b98a5b")
    s.rect(1050, 664, 84, 48, MID, 12)


@scene("peixun-jiaoshi")
def lecture_room(s: Scene) -> None:
    s.rect(0, 0, WIDTH, HEIGHT, "#e9e4da")
    s.rect(0, 0, WIDTH, 40, "#d4cdbf")
    for x in (60, 1080):
        window(s, x, 130, 140, 250)
    s.rect(300, 90, 680, 370, INK, 8)
    s.rect(312, 102, 656, 346, "#f6fafd", 4)
    s.rect(352, 140, 260, 22, BLUE, 6)
    for k, w in enumerate((220, 260, 190, 240)):
        s.oval(360, 204 + k * 50, 7, 7, AMBER)
        s.rect(380, 198 + k * 50, w, 12, PALE, 6)
    for k, h in enumerate((70, 110, 96, 150, 190)):
        s.rect(690 + k * 50, 404 - h, 32, h, (SOFT, MID, SOFT, MID, CORAL)[k], 4)
    s.line([(676, 408), (946, 408)], STONE, 3)
    s.line([(700, 320), (756, 282), (806, 296), (856, 236), (912, 190)], GOLD, 5)
    s.rect(0, 500, WIDTH, 300, "#c9b79b")
    s.rect(1000, 400, 130, 150, WOOD, 6)
    s.rect(988, 388, 154, 20, OAK, 4)
    person(s, 900, 546, 270, NAVY, legs="#24364f", arm=-1)
    s.line([(818, 388), (736, 320)], BARK, 4)
    tints = ("#3f6a9c", "#7c8da3", "#4c8a6b", "#b0654f", "#56657a", "#2f557f", "#8a7aa0")
    for row, (y, size, count, offset) in enumerate(((600, 92, 7, 110), (690, 118, 6, 110), (800, 150, 5, 130))):
        gap = (WIDTH - 2 * offset) / (count - 1)
        s.rect(0, y - 10, WIDTH, 16, mix(OAK, BARK, 0.12 * row))
        for k in range(count):
            seat_back(s, offset + k * gap, y, size, tints[(k * 2 + row) % 7])
        s.rect(0, y, WIDTH, 52, mix(WOOD, BARK, 0.15 + 0.12 * row))
        s.rect(0, y, WIDTH, 8, mix(OAK, BARK, 0.15 * row))


@scene("chaoshi-huojia")
def supermarket(s: Scene) -> None:
    s.rect(0, 0, WIDTH, HEIGHT, "#eef2f5")
    s.rect(0, 0, WIDTH, 84, "#5f7f9f")
    for k in range(5):
        s.rect(70 + k * 250, 30, 150, 14, WHITE, 6)
        s.glow(145 + k * 250, 60, 130, WHITE, 0.6)
    floor(s, 600, "#d7dee4", WHITE)
    tints = (RED, AMBER, LEAF, BLUE, CORAL, "#7aa7c7", SAGE, GOLD, CREAM, "#8a7aa0")
    for side in (-1, 1):
        for row in range(5):
            y = 150 + row * 104
            far, near = 640 + side * 150, 640 + side * 660
            lift = (y - 390) * 0.55
            s.poly([(far, 390 + lift * 0.62), (near, y + lift * 0.7), (near, y + lift * 0.7 + 118), (far, 390 + lift * 0.62 + 60)], "#c6d1db")
            for k in range(15):
                t0, t1 = (k / 15) ** 1.5, ((k + 0.82) / 15) ** 1.5
                x0, x1 = far + (near - far) * t0, far + (near - far) * t1
                base0 = 390 + lift * 0.62 + 52 + (y + lift * 0.7 + 104 - 390 - lift * 0.62 - 52) * t0
                base1 = 390 + lift * 0.62 + 52 + (y + lift * 0.7 + 104 - 390 - lift * 0.62 - 52) * t1
                tall = 0.62 + 0.3 * s.random.random()
                tint = tints[s.random.randrange(10)]
                s.poly([(x0, base0), (x1, base1), (x1, base1 - (44 + 56 * t1) * tall), (x0, base0 - (44 + 56 * t0) * tall)], tint)
                s.poly([(x0, base0 - 14 - 12 * t0), (x1, base1 - 14 - 12 * t1), (x1, base1 - 22 - 20 * t1), (x0, base0 - 22 - 20 * t0)], WHITE, 150)
            s.line([(far, 390 + lift * 0.62 + 54), (near, y + lift * 0.7 + 108)], WHITE, 7)
    s.rect(490, 330, 300, 190, "#b8cad8", 4)
    for k in range(6):
        s.rect(502 + k * 48, 344, 40, 150, (PALE, "#dfeaf1")[k % 2], 3)
    s.rect(560, 236, 160, 54, PINE, 6)
    s.rect(584, 254, 112, 8, WHITE, 4)
    s.rect(584, 270, 70, 7, MINT, 3)
    person(s, 560, 690, 300, NAVY, officer=True, legs="#1b2f4b", arm=-1)
    person(s, 800, 700, 286, "#e0b673", legs="#4b5a70", long_hair=True, away=True)
    s.poly([(874, 560), (1060, 560), (1036, 660), (896, 660)], "#dfe6ec")
    for k in range(7):
        s.line([(884 + k * 27, 562), (900 + k * 22, 658)], STONE, 2.5)
    for y in (585, 610, 635):
        s.line([(880 + (y - 560) * 0.2, y), (1054 - (y - 560) * 0.22, y)], STONE, 2.5)
    s.line([(838, 540), (874, 556), (898, 662), (1040, 690)], "#5b6b7b", 6)
    for x in (914, 1024):
        s.oval(x, 712, 13, 13, INK)
    for x, tint in ((910, RED), (950, LEAF), (990, AMBER), (1026, "#7aa7c7")):
        s.rect(x - 16, 528, 34, 50, tint, 6)


@scene("dangjian-xuexi")
def study_room(s: Scene) -> None:
    s.sky("#8e1f1a", "#b3362a", 0, 500)
    for k in range(17):
        x = k * 80
        s.poly([(x, 0), (x + 34, 0), (x + 22, 500), (x + 6, 500)], "#7c1813", 110)
    s.rect(0, 0, WIDTH, 64, "#7c1813")
    for k in range(11):
        s.slice(58 + k * 117, 62, 60, 46, (0, 180), "#7c1813")
        s.ring(58 + k * 117, 58, 52, GOLD, 4, (20, 160))
    s.glow(640, 250, 360, "#e8805a", 0.45)
    star = []
    for k in range(10):
        r = 78 if k % 2 == 0 else 31
        a = math.radians(-90 + k * 36)
        star.append((640 + r * math.cos(a), 236 + r * math.sin(a)))
    s.poly(star, AMBER)
    for k in range(5):
        a = math.radians(-90 + k * 72)
        b = math.radians(-54 + k * 72)
        s.poly([(640, 236), (640 + 78 * math.cos(a), 236 + 78 * math.sin(a)), (640 + 31 * math.cos(b), 236 + 31 * math.sin(b))], GOLD, 120)
    s.rect(0, 496, WIDTH, 304, "#c79d6c")
    s.rect(0, 496, WIDTH, 16, BARK)
    for k in range(12):
        s.line([(640 + (k - 5.5) * 110, 512), (640 + (k - 5.5) * 250, 800)], "#b98a5b", 2)
    s.poly([(540, 610), (740, 610), (722, 420), (558, 420)], "#7a4a2a")
    s.poly([(518, 424), (762, 424), (744, 392), (536, 392)], "#95602f")
    s.oval(640, 520, 34, 34, AMBER)
    s.oval(640, 520, 24, 24, RED)
    s.line([(610, 392), (602, 340)], INK, 4)
    s.oval(602, 336, 8, 12, INK)
    s.poly([(640, 386), (700, 376), (700, 390), (640, 398), (580, 390), (580, 376)], WHITE)
    for x in (150, 1130):
        s.rect(x - 66, 520, 132, 80, BARK, 4)
        pot(s, x, 524, 170, "#e9dcc4")
    for row, (y, size, count) in enumerate(((690, 104, 6), (806, 150, 5))):
        gap = 1160 / (count - 1)
        for k in range(count):
            seat_back(s, 60 + gap * k, y, size, ("#33557f", "#4a5567", "#2c4a72", "#6d7a8c")[(k + row) % 4], "#8a3a2c")


@scene("falv-tianping")
def scales_of_law(s: Scene) -> None:
    s.sky("#17365f", "#3a638f", 0, 560)
    s.glow(640, 300, 420, "#8fb3d6", 0.55)
    for k in range(6):
        x = 30 + k * 226
        s.rect(x, 60, 92, 520, "#2a4f7d")
        for groove in range(4):
            s.rect(x + 10 + groove * 21, 90, 8, 470, "#22436c")
        s.rect(x - 14, 50, 120, 26, "#3b638f", 3)
        s.rect(x - 14, 560, 120, 30, "#3b638f", 3)
    s.rect(0, 0, WIDTH, 52, "#22436c")
    s.rect(0, 590, WIDTH, 210, "#8a5f3a")
    s.rect(0, 590, WIDTH, 18, "#a97a4d")
    for y in (650, 706, 760):
        s.line([(0, y), (WIDTH, y + 6)], "#7a5230", 2)
    s.oval(640, 668, 240, 22, INK, 80)
    for w, y in ((300, 640), (230, 616), (160, 594)):
        s.rect(640 - w / 2, y, w, 26, mix(GOLD, BARK, 0.25), 6)
        s.rect(640 - w / 2, y, w * 0.4, 8, AMBER, 4, 160)
    s.poly([(626, 600), (654, 600), (648, 200), (632, 200)], GOLD)
    s.poly([(626, 600), (636, 600), (637, 200), (632, 200)], AMBER)
    s.oval(640, 300, 20, 20, mix(GOLD, BARK, 0.2))
    s.oval(640, 184, 22, 26, AMBER)
    arm = [(390 + k * 10, 236 - 18 * math.sin(math.pi * k / 50)) for k in range(51)]
    s.line(arm, GOLD, 14)
    for x in (390, 890):
        s.oval(x, 238, 13, 13, AMBER)
        for dx in (-92, 0, 92):
            s.line([(x, 240), (x + dx, 440)], mix(GOLD, WHITE, 0.2), 3)
        s.slice(x, 438, 112, 70, (0, 180), GOLD)
        s.slice(x, 438, 112, 70, (90, 180), AMBER, 130)
        s.oval(x, 438, 112, 15, mix(GOLD, BARK, 0.35))
    x, y = 860, 700
    for k, (tint, w) in enumerate((("#7c231d", 300), (BLUE, 270), (PINE, 284))):
        top = y - 44 - k * 50
        s.rect(x + (k % 2) * 14, top, w, 48, tint, 7)
        s.rect(x + 14 + (k % 2) * 14, top + 9, w - 10, 30, CREAM, 3)
        s.rect(x + (k % 2) * 14, top, 54, 48, tint, 7)
        s.rect(x + 12 + (k % 2) * 14, top + 12, 28, 5, AMBER, 2)
        s.rect(x + 12 + (k % 2) * 14, top + 30, 28, 5, AMBER, 2)
    s.oval(300, 712, 118, 20, INK, 70)
    s.rect(206, 668, 190, 40, "#6b4426", 10)
    s.rect(206, 668, 190, 12, "#8f6238", 6)
    s.line([(250, 660), (400, 574)], OAK, 13)
    s.poly([(196, 618), (250, 590), (296, 668), (242, 698)], "#7a4f2d")
    s.poly([(196, 618), (212, 610), (258, 690), (242, 698)], "#9a6a3d")


@scene("hongchou-biaozhang")
def award_ribbon(s: Scene) -> None:
    s.sky("#f8ead5", "#f3d6b4", 0, HEIGHT)
    for k in range(16):
        a, b = math.radians(k * 22.5), math.radians(k * 22.5 + 11)
        s.poly([(640, 300), (640 + 1100 * math.cos(a), 300 + 1100 * math.sin(a)),
                (640 + 1100 * math.cos(b), 300 + 1100 * math.sin(b))], "#fdf6e8", 150)
    s.poly([(0, 0), (330, 0), (130, 260), (0, 330)], RED)
    s.poly([(1280, 0), (950, 0), (1150, 260), (1280, 330)], RED)
    for side in (-1, 1):
        edge = 640 - side * 640
        for k in range(4):
            s.poly([(edge, 0), (edge + side * (60 + k * 80), 0), (edge + side * (20 + k * 34), 290 - k * 14), (edge, 330)],
                   "#8f1c16", 60)
        s.oval(edge + side * 70, 322, 64, 22, GOLD)
        s.poly([(edge, 320), (edge + side * 100, 320), (edge + side * 60, 780), (edge, 800)], "#a9241c")
        s.poly([(edge, 330), (edge + side * 40, 330), (edge + side * 26, 790), (edge, 800)], "#8f1c16")
    for k, (w, h, tint) in enumerate(((1040, 60, "#c9302a"), (840, 60, "#b3261e"), (600, 66, "#9a1f19"))):
        top = 740 - k * 62
        s.rect(640 - w / 2, top, w, h, tint, 4)
        s.rect(640 - w / 2, top, w, 9, AMBER, 4)
    silk = [(160 + k * 9.6, 470 + 60 * math.sin(math.pi * k / 100)) for k in range(101)]
    s.line(silk, "#b8251d", 40)
    s.line([(x, y - 9) for x, y in silk], "#dc4a3d", 9)
    for x, lean in ((590, -1), (690, 1)):
        s.poly([(x - 34, 430), (x + 34, 430), (x + lean * 74 + 40, 640), (x + lean * 74, 612), (x + lean * 74 - 42, 640)], "#c22b22")
        s.poly([(x, 430), (x + lean * 34, 430), (x + lean * 114, 640), (x + lean * 74, 612)], "#8f1c16", 90)
    for count, r, size, tint in ((14, 128, 54, "#a9211a"), (12, 92, 50, "#c22b22"), (9, 56, 42, "#d8443a"), (6, 26, 30, "#e4655a")):
        for k in range(count):
            a = math.radians(k * 360 / count + r)
            s.oval(640 + r * math.cos(a), 400 + r * math.sin(a), size, size, tint)
            s.oval(640 + (r - 8) * math.cos(a) - 5, 400 + (r - 8) * math.sin(a) - 6, size * 0.7, size * 0.7, mix(tint, WHITE, 0.09))
    s.oval(640, 400, 24, 24, AMBER)
    for _ in range(70):
        x, y = s.random.uniform(170, 1110), s.random.uniform(30, 600)
        if abs(x - 640) > 210 or y < 190:
            s.rect(x, y, 9, 15, (AMBER, GOLD, CORAL, RED)[s.random.randrange(4)], 3, 210)


@scene("huiyi-zhuo")
def meeting_table(s: Scene) -> None:
    s.rect(0, 0, WIDTH, 430, "#dfe6ee")
    s.rect(0, 0, WIDTH, 26, WHITE)
    for x in (70, 1010):
        window(s, x, 80, 200, 250)
    s.rect(400, 70, 480, 280, NAVY, 8)
    s.rect(412, 82, 456, 256, "#2c5f9a", 4)
    s.poly([(412, 338), (412, 250), (520, 190), (600, 240), (720, 160), (868, 270), (868, 338)], "#4d82b4")
    s.rect(470, 120, 240, 20, WHITE, 8)
    s.rect(470, 156, 160, 12, PALE, 6)
    s.rect(0, 430, WIDTH, 370, "#b7a58a")
    s.rect(0, 418, WIDTH, 14, "#c7b79d")
    for k in range(6):
        t = k / 5
        for side in (-1, 1):
            x, y, size = 640 + side * (250 + 270 * t), 470 + 250 * t, 86 + 84 * t
            s.rect(x - size * 0.36, y - size * 0.62, size * 0.72, size * 0.86, mix("#4a5f7c", NAVY, t), size * 0.16)
            if (k + side) % 3:
                tint = (BLUE, "#56657a", PINE, "#7c8da3", "#2f557f", "#8c4a3c")[(k * 2 + (side > 0)) % 6]
                s.rect(x - size * 0.28, y - size * 0.5, size * 0.56, size * 0.62, tint, size * 0.2)
                s.rect(x - size * 0.07, y - size * 0.6, size * 0.14, size * 0.18, mix(SKIN, BARK, 0.18), 4)
                s.oval(x, y - size * 0.74, size * 0.17, size * 0.19, SKIN)
                s.slice(x, y - size * 0.77, size * 0.185, size * 0.19, (180, 360), HAIR)
    s.poly([(430, 470), (850, 470), (1120, 800), (160, 800)], "#8a5f3a")
    s.poly([(448, 462), (832, 462), (1090, 790), (190, 790)], WOOD)
    s.poly([(560, 462), (720, 462), (800, 790), (480, 790)], OAK)
    for k in range(5):
        t = k / 4.3
        y, w = 486 + 240 * t, 26 + 30 * t
        for side in (-1, 1):
            x = 640 + side * (150 + 190 * t)
            s.poly([(x - w, y), (x + w, y), (x + w * 1.12, y + w * 0.8), (x - w * 1.12, y + w * 0.8)], WHITE)
            s.rect(x - w * 0.6, y + w * 0.24, w * 1.1, 3, SOFT)
            s.rect(x - w * 0.6, y + w * 0.48, w * 0.8, 3, SOFT)
            cup = x - side * w * 1.9
            s.oval(cup, y + w * 0.6, w * 0.36, w * 0.12, INK, 60)
            s.rect(cup - w * 0.26, y - w * 0.1, w * 0.52, w * 0.7, MIST, 5)
            s.oval(cup, y - w * 0.1, w * 0.26, w * 0.09, PALE)
    for t in (0.1, 0.5):
        y, h = 500 + 200 * t, 60 + 60 * t
        s.oval(640, y + 6, h * 0.8, h * 0.14, INK, 60)
        for k in range(13):
            a = math.radians(180 + k * 15)
            s.oval(640 + h * 0.6 * math.cos(a), y - h * 0.12 + h * 0.42 * math.sin(a), h * 0.17, h * 0.15, (LEAF, SAGE, PINE)[k % 3])
            s.oval(640 + h * 0.4 * math.cos(a), y - h * 0.1 + h * 0.28 * math.sin(a), h * 0.11, h * 0.1, (CORAL, WHITE, AMBER)[k % 3])


@scene("laojie-shangpu")
def old_street(s: Scene) -> None:
    s.sky("#b8d2e2", "#f5ead8", 0, 420)
    s.oval(640, 210, 46, 46, "#fdf3dc")
    s.hills(360, 30, "#c3d3d6", 0.5, 180)
    s.poly([(0, 800), (1280, 800), (760, 400), (520, 400)], "#cfc8ba")
    for row in range(13):
        y = 404 + 396 * (row / 12) ** 2
        half = 120 + 520 * (y - 400) / 400
        s.line([(640 - half, y), (640 + half, y)], "#b5ad9d", 2)
    for side in (-1, 1):
        for k in (2, 1, 0):
            near, far = 640 - 210 * k ** 0.9, 640 - 210 * (k + 1) ** 0.9
            near, far = (640, 400, 240)[k], (400, 240, 130)[k]
            top0, top1 = 330 - near * 0.42, 330 - far * 0.42
            base0, base1 = 392 + near * 0.62, 392 + far * 0.62
            xn, xf = 640 + side * near, 640 + side * far
            wall = ("#efe7d8", "#e6dcc9", "#ded4c2")[k]
            s.poly([(xn, top0), (xf, top1), (xf, base1), (xn, base0)], wall)

            def at(t: float, v: float, xn: float = xn, xf: float = xf, tops: Point = (top0, top1),
                   bases: Point = (base0, base1)) -> Point:
                top, base = tops[0] + (tops[1] - tops[0]) * t, bases[0] + (bases[1] - bases[0]) * t
                return (xn + (xf - xn) * t, top + (base - top) * v)

            def panel(t0: float, t1: float, v0: float, v1: float, tint: str, a: int = 255) -> None:
                s.poly([at(t0, v0), at(t1, v0), at(t1, v1), at(t0, v1)], tint, a)

            panel(-0.1, 1.04, -0.1, 0.04, "#4b5864")
            panel(-0.06, 1.02, 0.04, 0.07, "#37424c")
            panel(0, 1, 0.36, 0.44, "#55626d")
            for b in range(3):
                panel(0.1 + b * 0.3, 0.3 + b * 0.3, 0.13, 0.3, "#6b4a35")
                panel(0.12 + b * 0.3, 0.28 + b * 0.3, 0.15, 0.28, "#f3d9a0" if (b + k) % 2 else "#c5b08a")
                panel(0.195 + b * 0.3, 0.205 + b * 0.3, 0.15, 0.28, "#6b4a35")
            panel(0.16, 0.84, 0.46, 0.56, ("#7c231d", "#2c4a63", "#3c5a45")[k])
            panel(0.28, 0.72, 0.49, 0.53, AMBER)
            panel(0.08, 0.92, 0.6, 0.98, "#5d4130")
            panel(0.12, 0.5, 0.63, 0.95, "#e9c98d")
            panel(0.54, 0.88, 0.63, 0.98, "#8b5e3c")
            panel(0.12, 0.5, 0.84, 0.95, ("#a9563f", "#6a8f6b", "#6f86a0")[k])
            for b in (0.04, 0.95):
                x, y = at(b, 0.5)
                size = (26, 17, 11)[k]
                s.line([(x, y - size * 1.6), (x, y + size * 1.7)], "#7c231d", 2)
                s.oval(x, y, size, size * 1.15, RED)
                s.oval(x - size * 0.3, y - size * 0.2, size * 0.4, size * 0.7, CORAL, 150)
                s.rect(x - size * 0.5, y - size * 1.28, size, size * 0.26, GOLD, 2)
                s.rect(x - size * 0.5, y + size * 1.02, size, size * 0.26, GOLD, 2)
    person(s, 590, 560, 120, "#6b7f97", away=True)
    person(s, 690, 590, 138, CORAL, long_hair=True, skirt=True)
    person(s, 470, 690, 190, NAVY, officer=True, legs="#1b2f4b")
    person(s, 800, 670, 180, "#4f7a63", legs="#4b5a70", arm=1)


@scene("lianhua-lianzheng")
def lotus_pond(s: Scene) -> None:
    s.sky("#dfeee9", "#7fb2a6", 0, HEIGHT)
    s.glow(930, 130, 330, "#fffbe8", 0.9)
    s.hills(250, 40, "#c3dcd6", 0.8, 240)
    s.hills(290, 26, "#a3c8be", 2.2, 180)
    s.rect(0, 300, WIDTH, 500, "#8fbfb2")
    s.sky("#a9d0c4", "#4f8f82", 300, HEIGHT)
    s.ripples(320, 800, 80, WHITE, 70)
    leaves = [(s.random.uniform(0, WIDTH), y) for y in range(330, 790, 26)] + [(120, 700), (1120, 690), (1010, 520), (330, 600)]
    for x, y in sorted(leaves, key=lambda leaf: leaf[1]):
        r = 26 + (y - 300) * 0.27
        tint = mix("#5f9f7d", PINE, s.random.random() * 0.6)
        s.oval(x + 6, y + 8, r, r * 0.34, INK, 40)
        s.slice(x, y, r, r * 0.36, (300, 630 - 20), tint)
        s.slice(x, y - 2, r * 0.86, r * 0.29, (300, 610), mix(tint, WHITE, 0.13))
        for k in range(8):
            a = math.radians(310 + k * 40)
            s.line([(x, y), (x + r * 0.8 * math.cos(a), y + r * 0.27 * math.sin(a))], mix(tint, WHITE, 0.28), 1.6, 140)

    def flower(x: float, y: float, r: float, stem: float) -> None:
        s.line([(x + 8, y + stem), (x + 3, y + stem / 2), (x, y)], "#3f7a5c", r * 0.08)
        layers = ((9, 1.0, "#e79aa5", 84), (7, 0.95, "#f0b4bb", 56), (5, 0.88, "#f8d3d6", 30))
        for count, size, tint, spread in layers:
            for k in range(count):
                a = math.radians(-90 + spread * (2 * k / (count - 1) - 1))
                tip = (x + r * size * math.cos(a) * 1.08, y + r * size * math.sin(a))
                nx, ny = -math.sin(a) * r * 0.25, math.cos(a) * r * 0.25
                mid = (x + (tip[0] - x) * 0.56, y + (tip[1] - y) * 0.56)
                body = [(x, y + r * 0.08)]
                for t in (0.25, 0.5, 0.75):
                    w = math.sin(math.pi * (0.16 + t * 0.84)) ** 0.8
                    body.append((x + (tip[0] - x) * t + nx * w, y + (tip[1] - y) * t + ny * w))
                body.append(tip)
                for t in (0.75, 0.5, 0.25):
                    w = math.sin(math.pi * (0.16 + t * 0.84)) ** 0.8
                    body.append((x + (tip[0] - x) * t - nx * w, y + (tip[1] - y) * t - ny * w))
                s.poly(body, mix(tint, "#d9748a", 0.12 * (k % 2)))
                s.line([mid, tip], "#d9748a", 1.5, 90)
        s.oval(x, y - r * 0.06, r * 0.2, r * 0.12, AMBER)

    flower(470, 500, 170, 330)
    flower(880, 420, 110, 300)
    flower(1090, 590, 78, 180)
    s.line([(700, 780), (706, 560), (690, 440)], "#3f7a5c", 9)
    s.poly([(690, 330), (724, 400), (708, 456), (690, 464), (672, 456), (656, 400)], "#e79aa5")
    s.poly([(690, 330), (704, 400), (690, 464), (676, 400)], "#f4c3c9")
    s.line([(232, 800), (226, 620), (250, 520)], "#3f7a5c", 9)
    s.poly([(206, 500), (296, 500), (272, 552), (236, 552)], "#7fa36a")
    s.oval(251, 500, 45, 15, "#a9c488")
    for k in range(5):
        s.oval(225 + k * 13, 499 + (k % 2) * 5, 4, 3, PINE)
    s.line([(880, 250), (930, 236)], "#5a7f9a", 3)
    for side in (-1, 1):
        s.oval(900, 243 + side * 12, 24, 6, WHITE, 190)
    s.oval(934, 235, 6, 5, "#35506e")


@scene("niandu-jihua")
def plans(s: Scene) -> None:
    s.rect(0, 0, WIDTH, HEIGHT, "#c99e6e")
    for k in range(9):
        s.rect(0, k * 92, WIDTH, 3, "#b98a5b")
        s.rect(s.random.uniform(100, 1100), k * 92, 3, 92, "#b98a5b")
    s.oval(660, 430, 610, 360, WHITE, 26)

    def sheet(x: float, y: float, w: float, h: float, tint: str) -> None:
        s.rect(x + 10, y + 14, w, h, INK, 6, 60)
        s.rect(x, y, w, h, tint, 6)

    sheet(80, 90, 430, 420, WHITE)
    s.rect(80, 90, 430, 84, RED, 6)
    s.rect(80, 150, 430, 24, RED)
    s.rect(210, 120, 170, 20, WHITE, 8)
    for x in (150, 240, 350, 440):
        s.rect(x, 70, 14, 46, STONE, 7)
    for row in range(5):
        for day in range(7):
            x, y = 106 + day * 56, 198 + row * 60
            tint = MIST if day < 5 else "#fbe9e4"
            s.rect(x, y, 46, 48, tint, 5)
            s.rect(x + 8, y + 9, 14, 6, STONE if day < 5 else CORAL, 3)
    for x, y in ((218, 258), (330, 318), (106, 378)):
        s.rect(x, y, 46, 48, BLUE, 5)
        s.line([(x + 12, y + 25), (x + 20, y + 34), (x + 35, y + 14)], WHITE, 5)
    sheet(560, 60, 380, 500, "#fbfcfe")
    s.rect(596, 96, 190, 18, NAVY, 6)
    s.rect(596, 126, 120, 10, PALE, 5)
    for k, h in enumerate((60, 92, 80, 128, 160)):
        s.rect(602 + k * 64, 350 - h, 40, h, (SOFT, MID, SOFT, MID, BLUE)[k], 4)
    s.line([(592, 352), (918, 352)], STONE, 3)
    s.slice(660, 456, 66, 66, (-90, 130), BLUE)
    s.slice(660, 456, 66, 66, (130, 220), AMBER)
    s.slice(660, 456, 66, 66, (220, 270), CORAL)
    s.oval(660, 456, 32, 32, "#fbfcfe")
    for k, tint in enumerate((BLUE, AMBER, CORAL)):
        s.oval(766, 424 + k * 34, 8, 8, tint)
        s.rect(784, 418 + k * 34, 110 - k * 20, 12, PALE, 6)
    for k, tint in enumerate((PINE, GOLD, BLUE)):
        y = 110 + k * 120
        sheet(990, y, 240, 170, tint)
        s.rect(990, y - 22, 110, 40, tint, 8)
        s.rect(1030, y + 18, 160, 36, CREAM, 4)
        s.rect(1046, y + 31, 100, 8, STONE, 4)
    s.line([(560, 660), (900, 610)], INK, 20)
    s.line([(600, 654), (880, 613)], "#33557f", 20)
    s.poly([(530, 664), (566, 648), (570, 670)], GOLD)
    s.oval(1090, 650, 104, 104, INK, 50)
    s.oval(1080, 640, 104, 104, WHITE)
    s.oval(1080, 640, 80, 80, "#e9e1d2")
    s.oval(1080, 640, 68, 68, "#8a5a33")
    s.oval(1070, 630, 46, 46, "#a06c3f")
    s.ring(1184, 700, 34, WHITE, 14, (-90, 130))
    sheet(110, 580, 330, 150, "#f3d98a")
    for k, w in enumerate((240, 200, 150)):
        s.rect(146, 616 + k * 32, w, 9, "#c9a64f", 4)


@scene("nongji-huopin")
def farm_goods(s: Scene) -> None:
    s.sky("#8fc0dd", "#f2f1df", 0, 380)
    s.oval(240, 120, 54, 54, "#fdf0cf")
    for x, y in ((620, 90), (980, 150)):
        for dx, r in ((-54, 28), (0, 42), (56, 28)):
            s.oval(x + dx, y, r * 1.5, r * 0.72, WHITE, 220)
    s.hills(330, 60, "#a9c9c3", 0.3, 240)
    s.hills(360, 30, "#85b097", 2.0, 180)
    s.rect(0, 380, WIDTH, 420, "#d9c877")
    for k in range(-20, 21):
        tint = (LEAF, "#6ea65f", "#8cb95f")[k % 3]
        s.poly([(640 + k * 34, 380), (640 + k * 34 + 17, 380), (640 + k * 176 + 88, 800), (640 + k * 176, 800)], tint)
    for x, w, h in ((60, 150, 70), (1010, 190, 84)):
        s.rect(x, 386 - h, w, h, "#f4f0e6")
        s.poly([(x - 16, 388 - h), (x + w + 16, 388 - h), (x + w - 20, 344 - h), (x + 20, 344 - h)], "#b45a43")
        s.rect(x + 22, 404 - h, 30, 28, MID, 2)
        s.rect(x + w - 60, 400 - h, 34, h - 14, WOOD, 2)
    for x in (240, 300, 960, 1230):
        tree(s, x, 396, s.random.uniform(86, 130))
    s.poly([(0, 800), (0, 610), (1280, 560), (1280, 800)], "#d8c6a0")
    s.poly([(0, 640), (0, 610), (1280, 560), (1280, 586)], "#c5b086")
    s.oval(560, 726, 330, 22, INK, 60)
    s.rect(250, 560, 420, 130, "#3f7a5c", 6)
    for k in range(7):
        s.rect(262 + k * 58, 568, 8, 112, PINE)
    for row, count in ((0, 6), (1, 5), (2, 4)):
        for k in range(count):
            x, y = 268 + row * 32 + k * 66, 548 - row * 44
            s.rect(x, y - 30, 62, 46, (CREAM, "#f2e2bf", "#e9d9b6")[k % 3], 12)
            s.rect(x + 16, y - 16, 30, 18, (LEAF, BLUE, RED)[(k + row) % 3], 4)
    s.poly([(676, 690), (676, 470), (800, 470), (852, 560), (872, 574), (872, 690)], "#2f6a9c")
    s.poly([(700, 492), (790, 492), (830, 560), (700, 560)], "#cfe3f0")
    s.rect(852, 610, 24, 24, AMBER, 4)
    s.rect(240, 684, 640, 18, INK, 6)
    for x in (340, 450, 780):
        s.oval(x, 704, 42, 42, INK)
        s.oval(x, 704, 20, 20, STONE)
    person(s, 950, 740, 240, NAVY, officer=True, legs="#1b2f4b", arm=1)
    person(s, 1110, 746, 226, "#c98f4e", legs="#5b6672")
    s.poly([(1058, 544), (1162, 544), (1110, 508)], "#e8cf8e")
    s.oval(1110, 544, 54, 8, "#d9bb70")


@scene("qingcha-yibei")
def cup_of_tea(s: Scene) -> None:
    s.rect(0, 0, WIDTH, HEIGHT, "#dce6e1")
    s.rect(120, 0, 1040, 540, "#6b4a35")
    for k in range(2):
        x = 140 + k * 506
        s.rect(x, 0, 494, 520, "#e8f1ef")
        s.oval(x + 250, 240, 230, 250, WHITE, 90)
    for k in range(9):
        x = 190 + k * 112 + s.random.uniform(-16, 16)
        lean = s.random.uniform(-12, 12)
        s.line([(x, 520), (x + lean, 0)], mix(LEAF, SAGE, k % 3 / 3), 15)
        for y in range(40, 520, 96):
            s.line([(x + lean * (1 - y / 520) - 8, y), (x + lean * (1 - y / 520) + 8, y)], PINE, 3)
        for _ in range(7):
            lx, ly = x + s.random.uniform(-70, 70), s.random.uniform(10, 420)
            turn = s.random.uniform(0.2, 0.8) * (1 if s.random.random() < 0.5 else -1)
            s.poly([(lx, ly), (lx + 24 * turn, ly + 12), (lx + 70 * turn, ly + 44), (lx + 18 * turn, ly + 24)],
                   mix(LEAF, MINT, s.random.random() * 0.6))
    for x in (120, 634, 1148):
        s.rect(x, 0, 18, 540, "#5d4130")
    for y in (0, 180, 360):
        s.rect(120, y, 1040, 9, "#5d4130")
    s.rect(0, 520, WIDTH, 24, "#7a5636")
    s.sky("#a9784a", "#8a5c34", 544, HEIGHT)
    for y in (590, 650, 720):
        s.line([(0, y), (WIDTH, y + 10)], "#7d532f", 2)
    s.poly([(0, 544), (420, 544), (260, 800), (0, 800)], WHITE, 22)
    s.oval(640, 706, 260, 34, INK, 70)
    s.oval(640, 692, 240, 40, "#e9eef0")
    s.oval(640, 686, 196, 27, "#cfd9de")
    s.slice(640, 520, 156, 164, (0, 180), "#fbfcfb")
    s.slice(640, 520, 156, 164, (0, 62), "#dbe4e6")
    s.rect(584, 668, 112, 22, "#eef2f2", 8)
    s.oval(640, 520, 156, 34, "#e4ebec")
    s.oval(640, 523, 138, 26, "#b7c46b")
    s.oval(628, 520, 96, 15, "#cbd588")
    for x, y, turn in ((600, 522, 1), (668, 528, -1), (650, 514, 1)):
        s.poly([(x - 22, y), (x, y - 7 * turn), (x + 24, y), (x, y + 7 * turn)], "#5f8a4e")
    for k in range(3):
        s.line([(520 + k * 42, 600 + 10 * math.sin(k)), (540 + k * 42, 580), (556 + k * 42, 606)], BLUE, 5, 220)
    s.ring(640, 608, 20, BLUE, 5)
    for k in range(3):
        steam = [(600 + k * 42 + math.sin(t / 3 + k * 1.6) * 13, 486 - t * 12) for t in range(17 - k * 3)]
        s.line(steam, WHITE, 9, 120)
    s.oval(1010, 690, 120, 16, INK, 70)
    s.oval(1000, 630, 104, 70, "#7c4a33")
    s.oval(980, 606, 56, 30, "#965d42")
    s.poly([(1084, 600), (1150, 566), (1158, 580), (1094, 646)], "#7c4a33")
    s.ring(894, 624, 42, "#7c4a33", 15, (90, 270))
    s.oval(1000, 566, 54, 15, "#6b3f2b")
    s.oval(1000, 550, 12, 12, "#965d42")
    s.rect(110, 650, 330, 40, BLUE, 6)
    s.rect(126, 658, 306, 24, CREAM, 3)
    s.rect(130, 616, 300, 36, "#7c231d", 6)
    s.rect(146, 623, 276, 22, CREAM, 3)


@scene("rongyu-jiangpai")
def honours_wall(s: Scene) -> None:
    s.sky("#ece5d8", "#dccfb8", 0, 610)
    for x in (210, 640, 1070):
        s.poly([(x - 26, 0), (x + 26, 0), (x + 190, 560), (x - 190, 560)], "#fffaf0", 110)
        s.rect(x - 30, 0, 60, 20, INK, 4)

    def plaque(x: float, y: float, w: float, h: float) -> None:
        s.rect(x + 8, y + 10, w, h, INK, 5, 60)
        s.rect(x, y, w, h, "#8a5f3a", 5)
        s.rect(x + 12, y + 12, w - 24, h - 24, AMBER, 3)
        s.poly([(x + 12, y + 12), (x + w * 0.5, y + 12), (x + w * 0.25, y + h - 12), (x + 12, y + h - 12)], WHITE, 70)
        s.rect(x + w * 0.2, y + h * 0.3, w * 0.6, h * 0.14, RED, 4)
        s.rect(x + w * 0.28, y + h * 0.56, w * 0.44, h * 0.06, "#8a5f3a", 3)
        s.rect(x + w * 0.34, y + h * 0.68, w * 0.32, h * 0.06, "#8a5f3a", 3)

    def certificate(x: float, y: float, w: float, h: float) -> None:
        s.rect(x + 8, y + 10, w, h, INK, 4, 60)
        s.rect(x, y, w, h, RED, 4)
        s.rect(x + 14, y + 14, w - 28, h - 28, CREAM, 2)
        s.rect(x + w * 0.3, y + h * 0.22, w * 0.4, h * 0.1, RED, 4)
        for k in range(3):
            s.rect(x + w * 0.2, y + h * (0.42 + k * 0.11), w * (0.6 - k * 0.1), h * 0.04, STONE, 3)
        s.oval(x + w * 0.74, y + h * 0.74, h * 0.09, h * 0.09, CORAL)

    for k in range(2):
        plaque(70 + k * 930, 90, 240, 170)
        certificate(70 + k * 930, 310, 240, 180)
        certificate(360 + k * 370, 70, 190, 150)
    s.rect(0, 600, WIDTH, 200, "#6b4a35")
    s.rect(0, 590, WIDTH, 22, "#8a5f3a")
    for k in range(4):
        s.rect(30 + k * 312, 636, 284, 150, "#7d583f", 6)
        s.oval(290 + k * 312 - 120, 711, 10, 10, GOLD)
    s.glow(640, 380, 300, "#fff4d6", 0.75)
    s.oval(640, 596, 170, 18, INK, 70)
    s.rect(540, 552, 200, 42, "#5d3b28", 6)
    s.rect(566, 520, 148, 36, "#7a4f35", 5)
    s.rect(604, 566, 72, 14, AMBER, 3)
    shield = [(640, 190), (760, 226), (756, 380), (640, 520), (524, 380), (520, 226)]
    s.poly([(640 + (x - 640) * 1.08, 350 + (y - 350) * 1.08) for x, y in shield], mix(GOLD, BARK, 0.25))
    s.poly(shield, AMBER)
    s.poly([(640 + (x - 640) * 0.84, 346 + (y - 346) * 0.84) for x, y in shield], BLUE)
    s.poly([(640, 214), (741, 244), (737, 374), (640, 492)], NAVY)
    star = []
    for k in range(10):
        r, a = (62 if k % 2 == 0 else 26), math.radians(-90 + k * 36)
        star.append((640 + r * math.cos(a), 336 + r * math.sin(a)))
    s.poly(star, AMBER)
    for side in (-1, 1):
        for k in range(7):
            a = math.radians(100 + k * 19)
            x, y = 640 + side * 186 * math.cos(a) * -1, 350 + 176 * math.sin(a)
            s.poly([(x, y), (x + side * 34, y - 14), (x + side * 50, y - 46), (x + side * 8, y - 30)], GOLD)
    for x, h, tint in ((250, 120, GOLD), (400, 96, STONE), (880, 96, STONE), (1030, 120, GOLD)):
        s.oval(x, 596, 46, 8, INK, 70)
        s.rect(x - 30, 572, 60, 22, INK, 4)
        s.rect(x - 6, 540, 12, 36, tint)
        s.slice(x, 560 - h * 0.6, 40, h * 0.52, (0, 180), tint)
        s.oval(x, 560 - h * 0.6, 40, 9, mix(tint, WHITE, 0.35))
        s.ring(x - 44, 580 - h * 0.62, 17, tint, 6)
        s.ring(x + 44, 580 - h * 0.62, 17, tint, 6)


@scene("tushu-shujia")
def book_shelves(s: Scene) -> None:
    s.rect(0, 0, WIDTH, HEIGHT, "#7b5538")
    tints = (BLUE, NAVY, RED, PINE, GOLD, CREAM, CORAL, MID, "#6d5a7c", SAGE, "#8f3b30", "#d9c6a5")
    for column in range(4):
        x0 = 18 + column * 316
        s.rect(x0, 24, 296, 640, "#5a3c27")
        for shelf in range(4):
            base = 172 + shelf * 160
            x = x0 + 8
            while x < x0 + 262:
                w = s.random.uniform(15, 36)
                if s.random.random() < 0.1 and x < x0 + 200:
                    for k in range(3):
                        s.rect(x, base - 20 - k * 19, 84 - k * 8, 18, tints[s.random.randrange(12)], 3)
                    x += 94
                    continue
                h = s.random.uniform(92, 128)
                tint = tints[s.random.randrange(12)]
                s.rect(x, base - h, min(w, x0 + 290 - x), h, tint, 2)
                s.rect(x, base - h, 4, h, WHITE, 1, 40)
                s.rect(x + 3, base - h * 0.82, max(4, w - 6), 5, AMBER, 1, 200)
                s.rect(x + 3, base - h * 0.3, max(4, w - 6), 4, AMBER, 1, 160)
                x += w + 2
            s.rect(x0 - 4, base, 304, 15, "#a97a4d", 2)
            s.rect(x0 - 4, base + 15, 304, 10, INK, a=60)
    s.sky("#cdb08a", "#b8966b", 664, HEIGHT)
    s.rect(0, 656, WIDTH, 12, "#5a3c27")
    s.oval(420, 744, 400, 26, INK, 60)
    s.rect(90, 600, 680, 26, OAK, 6)
    s.rect(90, 618, 680, 12, WOOD, 4)
    for x in (130, 710):
        s.poly([(x, 630), (x + 22, 630), (x + 14, 760), (x + 6, 760)], BARK)
    s.poly([(250, 590), (420, 572), (430, 600), (240, 600)], WHITE)
    s.poly([(420, 572), (590, 590), (600, 600), (430, 600)], MIST)
    for k in range(3):
        s.line([(282 + k * 6, 588 + k * 4), (404, 578 + k * 6)], SOFT, 2)
        s.line([(442, 578 + k * 6), (560 + k * 6, 588 + k * 4)], SOFT, 2)
    s.line([(680, 602), (680, 470), (640, 430)], NAVY, 8)
    s.oval(680, 600, 42, 9, NAVY)
    s.poly([(586, 470), (650, 400), (672, 424), (628, 494)], BLUE)
    s.glow(580, 540, 150, "#fff0c0", 0.7)
    s.rect(160, 560, 46, 42, WHITE, 8)
    s.ring(210, 580, 13, WHITE, 6)
    s.poly([(930, 790), (948, 790), (1006, 60), (990, 60)], OAK)
    s.poly([(1130, 790), (1148, 790), (1120, 60), (1104, 60)], OAK)
    for k in range(9):
        y, t = 740 - k * 74, k / 9.9
        s.rect(940 + t * 54, y, 196 - t * 76, 12, WOOD, 4)
    person(s, 840, 762, 300, "#4f7a63", legs="#39465a", long_hair=True, away=True, arm=1)


@scene("xiaofang-anquan")
def fire_safety(s: Scene) -> None:
    s.rect(0, 0, WIDTH, HEIGHT, "#e6eaee")
    s.poly([(0, 0), (420, 210), (420, 560), (0, 800)], "#d4dbe2")
    s.poly([(1280, 0), (860, 210), (860, 560), (1280, 800)], "#dbe2e8")
    s.poly([(0, 0), (1280, 0), (860, 210), (420, 210)], "#f4f6f8")
    s.poly([(0, 800), (1280, 800), (860, 560), (420, 560)], "#b9c3cc")
    s.poly([(470, 800), (810, 800), (676, 560), (604, 560)], "#9fb8a8")
    for k in range(3):
        y0, y1, half = (590, 660, 744)[k], (620, 704, 798)[k], (20, 34, 52)[k]
        s.poly([(640, y0), (640 + half, y1), (640 + half * 0.4, y1), (640 + half * 0.4, y1 + half * 0.5),
                (640 - half * 0.4, y1 + half * 0.5), (640 - half * 0.4, y1), (640 - half, y1)], WHITE)
    for k in range(3):
        y, half = (40, 110, 166)[k], (150, 96, 62)[k]
        s.rect(640 - half, y, half * 2, 18 - k * 5, WHITE, 4)
        s.glow(640, y, half * 1.6, WHITE, 0.7)
    s.rect(420, 210, 440, 350, "#eef2f5")
    s.rect(530, 290, 220, 270, "#8fa3b5", 4)
    for x in (540, 644):
        s.rect(x, 300, 96, 260, "#a9bbca", 3)
        s.rect(x + 22, 324, 52, 90, "#dcebf4", 3)
    s.rect(624, 430, 10, 50, STONE, 4)
    s.rect(646, 430, 10, 50, STONE, 4)
    s.glow(640, 250, 130, "#b9f0cf", 0.7)
    s.rect(570, 230, 140, 44, "#1d8a52", 5)
    s.oval(606, 240, 5, 5, WHITE)
    s.line([(604, 247), (600, 258), (592, 266)], WHITE, 4)
    s.line([(600, 258), (610, 266)], WHITE, 4)
    s.line([(594, 250), (604, 248), (614, 252)], WHITE, 4)
    s.line([(640, 252), (690, 252)], WHITE, 5)
    s.poly([(696, 252), (680, 243), (680, 261)], WHITE)
    s.poly([(60, 250), (270, 300), (270, 560), (60, 660)], "#8f1c16")
    s.poly([(76, 272), (256, 314), (256, 548), (76, 634)], RED)
    s.poly([(96, 320), (236, 342), (236, 520), (96, 584)], "#d9e6ee")
    for r in (58, 42, 26):
        s.ring(166, 446, r, ("#d8443a", CREAM, "#d8443a")[(58 - r) // 16], 13)
    s.oval(166, 446, 12, 12, INK)
    s.poly([(110, 292), (222, 316), (222, 330), (110, 308)], WHITE)
    for x, y, z in ((1050, 700, 1.0), (1160, 744, 1.16)):
        s.oval(x, y, 58 * z, 12 * z, INK, 70)
        s.rect(x - 42 * z, y - 230 * z, 84 * z, 230 * z, RED, 32 * z)
        s.rect(x - 42 * z, y - 230 * z, 24 * z, 226 * z, CORAL, 12 * z, 120)
        s.rect(x - 42 * z, y - 150 * z, 84 * z, 74 * z, CREAM)
        s.rect(x - 26 * z, y - 136 * z, 52 * z, 9 * z, RED, 3)
        s.rect(x - 26 * z, y - 116 * z, 52 * z, 6 * z, STONE, 3)
        s.rect(x - 26 * z, y - 102 * z, 34 * z, 6 * z, STONE, 3)
        s.rect(x - 14 * z, y - 256 * z, 28 * z, 30 * z, INK, 4)
        s.poly([(x - 20 * z, y - 256 * z), (x + 50 * z, y - 284 * z), (x + 54 * z, y - 270 * z), (x + 10 * z, y - 250 * z)], INK)
        s.line([(x - 14 * z, y - 244 * z), (x - 62 * z, y - 226 * z), (x - 66 * z, y - 90 * z)], INK, 9 * z)
        s.poly([(x - 74 * z, y - 92 * z), (x - 58 * z, y - 92 * z), (x - 52 * z, y - 58 * z), (x - 80 * z, y - 58 * z)], INK)
    s.poly([(980, 330), (1130, 290), (1130, 410), (980, 430)], WHITE)
    s.poly([(996, 342), (1114, 310), (1114, 330), (996, 358)], RED)
    for k in range(3):
        s.poly([(996, 372 + k * 18), (1100 - k * 20, 352 + k * 20), (1100 - k * 20, 358 + k * 20), (996, 378 + k * 18)], SOFT)
    person(s, 420, 752, 290, NAVY, officer=True, legs="#1b2f4b", arm=-1)


@scene("xinxi-diannao")
def computer_room(s: Scene) -> None:
    s.sky("#16304f", "#27517d", 0, 600)
    for k in range(7):
        x = 30 + k * 178
        s.rect(x, 90, 152, 500, "#0f2238", 6)
        s.rect(x + 8, 100, 136, 480, "#1a3554", 4)
        for row in range(14):
            y = 112 + row * 33
            s.rect(x + 16, y, 120, 24, "#234a73", 3)
            for led in range(4):
                tint = ("#58d0a0", "#58d0a0", AMBER, "#5fb4f0")[s.random.randrange(4)]
                s.oval(x + 28 + led * 13, y + 12, 3.4, 3.4, tint)
            s.rect(x + 86, y + 8, 42, 3, "#3b689a")
            s.rect(x + 86, y + 14, 42, 3, "#3b689a")
    s.rect(0, 0, WIDTH, 60, "#0f2238")
    for k in range(5):
        s.rect(90 + k * 240, 24, 150, 10, "#a9d4f5", 5)
        s.glow(165 + k * 240, 44, 150, "#5f9fd6", 0.5)
    s.sky("#2f5a86", "#1b3a5c", 590, HEIGHT)
    s.rect(60, 610, 1160, 32, "#e3e9ef", 6)
    s.rect(60, 636, 1160, 14, "#b9c6d3", 4)
    for x in (100, 1140):
        s.rect(x, 648, 36, 152, "#9fb0c0")
    for k in range(3):
        x = 130 + k * 360
        s.rect(x + 130, 560, 34, 44, "#aab8c6")
        s.rect(x + 92, 600, 110, 12, "#8d9caa", 5)
        s.rect(x, 356, 296, 206, "#0d1b2c", 8)
        s.rect(x + 10, 366, 276, 180, ("#f4f8fb", "#123a63", "#f4f8fb")[k], 4)
        s.glow(x + 148, 450, 190, "#8cc4f0", 0.22)
    s.rect(140, 366, 276, 26, BLUE, 4)
    for k in range(4):
        s.rect(160, 408 + k * 32, 70, 20, PALE, 3)
        s.rect(244, 410 + k * 32, 150 - (k % 2) * 40, 8, SOFT, 4)
        s.rect(244, 422 + k * 32, 100, 5, PALE, 2)
    s.line([(520, 510), (560, 470), (600, 486), (650, 420), (700, 446), (760, 400)], "#58d0a0", 5)
    for k in range(5):
        s.line([(510, 400 + k * 30), (772, 400 + k * 30)], "#2c5a88", 1.5)
    for k, h in enumerate((40, 66, 50, 84)):
        s.rect(524 + k * 24, 536 - h * 0.5, 14, h * 0.5, AMBER, 2)
    shield = [(998, 392), (1058, 412), (1054, 474), (998, 524), (942, 474), (938, 412)]
    s.poly(shield, MID)
    s.poly([(998, 392), (1058, 412), (1054, 474), (998, 524)], BLUE)
    s.line([(974, 458), (992, 478), (1026, 436)], WHITE, 9)
    for x, tint in ((278, "#4f7a63"), (998, "#56657a")):
        seat_back(s, x, 770, 210, tint, "#20344d")
    s.rect(560, 586, 190, 20, "#aab8c6", 5)
    for row in range(2):
        for k in range(14):
            s.rect(566 + k * 13, 589 + row * 8, 10, 5, WHITE, 1)
    s.rect(800, 566, 40, 44, WHITE, 6)
    s.ring(844, 586, 11, WHITE, 5)


@scene("xiyuan-linyin")
def avenue(s: Scene) -> None:
    s.sky("#f4e6c4", "#fbf4e2", 0, 420)
    s.glow(640, 330, 330, "#fffdf0", 0.9)
    s.hills(390, 20, "#cfdcae", 0.4, 140)
    s.rect(0, 400, WIDTH, 400, "#b9c47c")
    s.poly([(600, 400), (680, 400), (1060, 800), (220, 800)], "#e9d8b4")
    s.poly([(600, 400), (606, 400), (250, 800), (220, 800)], "#cdb98f")
    s.poly([(674, 400), (680, 400), (1060, 800), (1030, 800)], "#cdb98f")
    for k in range(7, -1, -1):
        t = (1 - k / 8) ** 2
        base, h, spread = 404 + 330 * t, 120 + 660 * t, 62 + 560 * t
        for side in (-1, 1):
            x = 640 + side * spread
            tint = (("#d9a441", "#c98a36", "#b9b04e", "#8fa651")[(k + (side > 0)) % 4])
            tint = mix("#efe0b0", tint, 0.45 + 0.55 * t)
            s.oval(x - side * h * 0.12, base, h * 0.26, h * 0.03, INK, 34)
            s.poly([(x - h * 0.035, base), (x + h * 0.035, base), (x + h * 0.018, base - h * 0.62), (x - h * 0.018, base - h * 0.62)],
                   mix("#cdb98f", BARK, 0.4 + 0.6 * t))
            for dx, dy, r, shade in ((-0.18, 0.56, 0.2, 0.16), (0.19, 0.58, 0.2, 0.2), (0, 0.78, 0.27, 0), (-0.1, 0.84, 0.14, -1)):
                leaf = mix(tint, WHITE, 0.2) if shade < 0 else mix(tint, BARK, shade)
                s.oval(x + h * dx, base - h * dy, h * r, h * r * 0.86, leaf)
    for _ in range(150):
        y = s.random.uniform(440, 798)
        x = 640 + s.random.uniform(-1, 1) * (90 + (y - 400) * 1.5)
        size = 2 + (y - 400) / 60
        s.oval(x, y, size * 1.4, size * 0.7, ("#d9a441", "#c98a36", "#e0b85c", CORAL)[s.random.randrange(4)])
    for x, y, z in ((420, 640, 1.0), (800, 560, 0.62)):
        s.oval(x + 60 * z, y + 48 * z, 96 * z, 9 * z, INK, 50)
        for k in range(3):
            s.rect(x - 20 * z, y - 46 * z + k * 18 * z, 166 * z, 12 * z, WOOD, 4)
        s.rect(x - 26 * z, y + 6 * z, 178 * z, 14 * z, OAK, 4)
        for leg in (0, 118):
            s.rect(x + leg * z, y - 46 * z, 9 * z, 96 * z, INK, 3)
    for x, y, h in ((706, 700, 330), (560, 480, 120)):
        s.rect(x + h * 0.36, y - h, h * 0.02, h, INK, 3)
        s.oval(x + h * 0.37, y - h, h * 0.05, h * 0.06, "#fff3cf")
    person(s, 640, 560, 116, BLUE, away=True)
    person(s, 690, 566, 108, CORAL, long_hair=True, away=True, skirt=True)


@scene("yejian-xuncha")
def night_patrol(s: Scene) -> None:
    s.sky("#0d1d38", "#3a4f78", 0, 520)
    s.oval(1060, 120, 46, 46, "#f6ecd0")
    s.oval(1080, 108, 40, 40, "#142a4c")
    for _ in range(70):
        s.oval(s.random.uniform(0, WIDTH), s.random.uniform(10, 260), 1.6, 1.6, WHITE, 190)
    x = -20.0
    while x < WIDTH:
        w = s.random.uniform(80, 140)
        tower(s, x, 500, w, s.random.uniform(130, 300), "#1e3559", AMBER, 0.3)
        x += w + s.random.uniform(6, 26)
    s.rect(0, 330, WIDTH, 260, "#27395a")
    signs = (RED, "#3f9d78", GOLD, "#4d8fd0", CORAL)
    for k in range(5):
        x = 12 + k * 256
        s.rect(x, 330, 240, 250, ("#33476b", "#2d4062")[k % 2], 3)
        s.rect(x + 12, 352, 216, 46, signs[k], 5)
        s.rect(x + 44, 368, 110, 13, WHITE, 6)
        s.glow(x + 120, 470, 170, "#ffd98a", 0.5)
        s.rect(x + 18, 420, 128, 130, "#ffe0a0", 3)
        s.rect(x + 80, 420, 5, 130, "#33476b")
        s.rect(x + 160, 420, 62, 160, "#ffd07a", 3)
        s.rect(x + 188, 420, 4, 160, "#33476b")
        for item in range(4):
            s.rect(x + 28 + item * 28, 508 - (item % 2) * 14, 20, 42 + (item % 2) * 14, ("#c9825a", "#8f6a8a", "#6a9a8a", "#b0654f")[item], 4)
    s.rect(0, 580, WIDTH, 40, "#55678a")
    s.rect(0, 618, WIDTH, 182, "#1a2944")
    for x in range(-20, WIDTH, 170):
        s.rect(x, 716, 96, 9, "#c8b478", 3)
    for x in (170, 640, 1110):
        s.rect(x - 5, 240, 10, 366, INK)
        s.line([(x, 246), (x + 70, 236)], INK, 8)
        s.oval(x + 76, 240, 24, 8, "#fff0c0")
        s.glow(x + 76, 300, 190, "#ffe6a8", 0.5)
        s.poly([(x + 56, 246), (x + 96, 246), (x + 190, 610), (x - 40, 610)], "#ffeebb", 26)
    s.glow(1010, 660, 240, "#fff4cf", 0.55)
    s.poly([(850, 640), (1280, 590), (1280, 740), (850, 664)], "#fff4cf", 56)
    van(s, 420, 714, 450, "#eef2f6", BLUE)
    s.glow(600, 516, 90, "#ff5a4a", 0.5)
    s.glow(560, 516, 90, "#4f9bff", 0.5)
    person(s, 250, 700, 240, "#1b3a6b", officer=True, legs="#101d33", arm=-1)
    person(s, 1050, 690, 232, "#1b3a6b", officer=True, legs="#101d33")


@scene("zhishu-gongyi")
def tree_planting(s: Scene) -> None:
    s.sky("#a5d0e6", "#eef6ec", 0, 430)
    s.oval(1080, 120, 52, 52, "#fdf3d3")
    for x, y in ((240, 110), (700, 70)):
        for dx, r in ((-50, 26), (0, 40), (54, 28)):
            s.oval(x + dx, y, r * 1.5, r * 0.72, WHITE, 220)
    for k in range(7):
        tower(s, 60 + k * 70, 400, 56, 70 + (k * 37) % 90, "#b5cad8", WHITE, 0.0)
    s.hills(390, 50, "#9cc7a4", 0.6, 260)
    s.hills(430, 40, "#7fb58a", 2.4, 220)
    for x in range(20, WIDTH, 120):
        tree(s, x + s.random.uniform(-20, 20), 452 + s.random.uniform(0, 16), s.random.uniform(90, 130), mix(LEAF, SAGE, s.random.random()))
    s.rect(0, 470, WIDTH, 330, "#8fbf7c")
    s.hills(500, 18, "#83b573", 1.0, 300)
    s.rect(0, 520, WIDTH, 280, "#83b573")
    for _ in range(120):
        x, y = s.random.uniform(0, WIDTH), s.random.uniform(520, 796)
        s.line([(x, y), (x + 4, y - 12)], "#6da05f", 2.5)

    def sapling(x: float, y: float, h: float) -> None:
        s.oval(x, y, h * 0.34, h * 0.08, "#7a5636")
        s.oval(x, y - 4, h * 0.25, h * 0.055, "#946a45")
        s.line([(x, y - 4), (x + 2, y - h)], BARK, h * 0.035)
        s.line([(x - h * 0.12, y), (x + h * 0.02, y - h * 0.5)], OAK, h * 0.022)
        for k in range(9):
            side = 1 if k % 2 else -1
            ly = y - h * (0.45 + k * 0.065)
            reach = h * (0.26 - k * 0.017)
            s.poly([(x, ly), (x + side * reach * 0.5, ly - h * 0.1), (x + side * reach, ly - h * 0.09), (x + side * reach * 0.5, ly + h * 0.01)],
                   (LEAF, "#6fae6a", SAGE)[k % 3])

    for x, y, h in ((160, 590, 130), (380, 566, 110), (900, 570, 112), (1130, 596, 134)):
        sapling(x, y, h)
    sapling(640, 726, 290)
    person(s, 480, 730, 290, BLUE, legs="#39465a", arm=1)
    person(s, 820, 736, 282, "#d8705a", legs="#4b5a70", long_hair=True, arm=-1)
    person(s, 1010, 690, 230, NAVY, officer=True, legs="#1b2f4b")
    s.line([(567, 560), (560, 716)], OAK, 9)
    s.poly([(540, 700), (582, 700), (576, 744), (560, 758), (546, 744)], STONE)
    s.rect(536, 552, 60, 12, OAK, 5)
    s.poly([(236, 690), (316, 690), (306, 756), (246, 756)], "#4d82b4")
    s.oval(276, 690, 40, 9, "#a9d0e8")
    s.ring(276, 690, 40, STONE, 4, (180, 360))
    person(s, 200, 720, 250, "#c9963f", legs=INK)


def main(names: list[str]) -> None:
    for name in names or SCENES:
        canvas = Scene(name)
        SCENES[name](canvas)
        canvas.save()


if __name__ == "__main__":
    main(sys.argv[1:])
