"""The town and the three districts."""

import math

from drawing.canvas import (
    AMBER,
    BARK,
    BLUE,
    CORAL,
    CREAM,
    GOLD,
    INK,
    LEAF,
    MID,
    MINT,
    NAVY,
    OAK,
    PALE,
    PINE,
    RED,
    SAGE,
    SOFT,
    STONE,
    WHITE,
    WIDTH,
    WOOD,
    Point,
    Scene,
    mix,
    scene,
)
from drawing.things import person, tower, tree


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
            tower(
                s, x, base, w, s.random.uniform(110, 260 - layer * 20), tint, "#fbe0a8", 0.06 + layer * 0.06
            )
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
        s.oval(
            x + s.random.uniform(-8, 8),
            440,
            26,
            s.random.uniform(16, 30),
            mix(PINE, SAGE, s.random.random() * 0.7),
        )
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
    for x, y, size, tint in (
        (300, 34, 80, LEAF),
        (220, 74, 92, PINE),
        (40, 80, 110, LEAF),
        (130, 96, 100, LEAF),
        (260, 20, 96, SAGE),
        (110, 30, 130, SAGE),
        (30, 10, 110, MINT),
    ):
        s.oval(x, y, size, size * 0.56, mix(tint, LEAF, 0.45))
    s.rect(250, 690, 150, 12, OAK, 4)
    s.rect(250, 656, 150, 12, OAK, 4)
    for x in (266, 378):
        s.rect(x, 656, 9, 76, BARK)


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
            tint = ("#d9a441", "#c98a36", "#b9b04e", "#8fa651")[(k + (side > 0)) % 4]
            tint = mix("#efe0b0", tint, 0.45 + 0.55 * t)
            s.oval(x - side * h * 0.12, base, h * 0.26, h * 0.03, INK, 34)
            s.poly(
                [
                    (x - h * 0.035, base),
                    (x + h * 0.035, base),
                    (x + h * 0.018, base - h * 0.62),
                    (x - h * 0.018, base - h * 0.62),
                ],
                mix("#cdb98f", BARK, 0.4 + 0.6 * t),
            )
            for dx, dy, r, shade in (
                (-0.18, 0.56, 0.2, 0.16),
                (0.19, 0.58, 0.2, 0.2),
                (0, 0.78, 0.27, 0),
                (-0.1, 0.84, 0.14, -1),
            ):
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
            near, far = (640, 400, 240)[k], (400, 240, 130)[k]
            top0, top1 = 330 - near * 0.42, 330 - far * 0.42
            base0, base1 = 392 + near * 0.62, 392 + far * 0.62
            xn, xf = 640 + side * near, 640 + side * far
            wall = ("#efe7d8", "#e6dcc9", "#ded4c2")[k]
            s.poly([(xn, top0), (xf, top1), (xf, base1), (xn, base0)], wall)

            def at(
                t: float,
                v: float,
                xn: float = xn,
                xf: float = xf,
                tops: Point = (top0, top1),
                bases: Point = (base0, base1),
            ) -> Point:
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
