"""The canvas, its colours and the register of scenes."""

import math
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFilter

FOLDER = Path(__file__).parents[1] / "pictures"
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
