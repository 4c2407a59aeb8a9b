"""Things that stand for an idea."""

import math

from drawing.canvas import (
    AMBER,
    BARK,
    BLUE,
    CORAL,
    CREAM,
    GOLD,
    HEIGHT,
    INK,
    LEAF,
    MID,
    MINT,
    MIST,
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
    Scene,
    mix,
    scene,
)
from drawing.things import leaf


@scene("falv-tianping")
def scales_of_law(s: Scene) -> None:
    s.sky("#17365f", "#3a638f", 0, 592)
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
        s.poly(
            [
                (640, 300),
                (640 + 1100 * math.cos(a), 300 + 1100 * math.sin(a)),
                (640 + 1100 * math.cos(b), 300 + 1100 * math.sin(b)),
            ],
            "#fdf6e8",
            150,
        )
    s.poly([(0, 0), (330, 0), (130, 260), (0, 330)], RED)
    s.poly([(1280, 0), (950, 0), (1150, 260), (1280, 330)], RED)
    for side in (-1, 1):
        edge = 640 - side * 640
        for k in range(4):
            s.poly(
                [
                    (edge, 0),
                    (edge + side * (60 + k * 80), 0),
                    (edge + side * (20 + k * 34), 290 - k * 14),
                    (edge, 330),
                ],
                "#8f1c16",
                60,
            )
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
        s.poly(
            [
                (x - 34, 430),
                (x + 34, 430),
                (x + lean * 74 + 40, 640),
                (x + lean * 74, 612),
                (x + lean * 74 - 42, 640),
            ],
            "#c22b22",
        )
        s.poly([(x, 430), (x + lean * 34, 430), (x + lean * 114, 640), (x + lean * 74, 612)], "#8f1c16", 90)
    for count, r, size, tint in (
        (14, 128, 54, "#a9211a"),
        (12, 92, 50, "#c22b22"),
        (9, 56, 42, "#d8443a"),
        (6, 26, 30, "#e4655a"),
    ):
        for k in range(count):
            a = math.radians(k * 360 / count + r)
            s.oval(640 + r * math.cos(a), 400 + r * math.sin(a), size, size, tint)
            s.oval(
                640 + (r - 8) * math.cos(a) - 5,
                400 + (r - 8) * math.sin(a) - 6,
                size * 0.7,
                size * 0.7,
                mix(tint, WHITE, 0.09),
            )
    s.oval(640, 400, 24, 24, AMBER)
    for _ in range(70):
        x, y = s.random.uniform(170, 1110), s.random.uniform(30, 600)
        if abs(x - 640) > 210 or y < 190:
            s.rect(x, y, 9, 15, (AMBER, GOLD, CORAL, RED)[s.random.randrange(4)], 3, 210)


@scene("lianhua-lianzheng")
def lotus_pond(s: Scene) -> None:
    s.sky("#dfeee9", "#7fb2a6", 0, HEIGHT)
    s.glow(930, 130, 330, "#fffbe8", 0.9)
    s.hills(250, 40, "#c3dcd6", 0.8, 240)
    s.hills(290, 26, "#a3c8be", 2.2, 180)
    s.rect(0, 300, WIDTH, 500, "#8fbfb2")
    s.sky("#a9d0c4", "#4f8f82", 300, HEIGHT)
    s.ripples(320, 800, 80, WHITE, 70)
    leaves = [(s.random.uniform(0, WIDTH), y) for y in range(330, 790, 26)] + [
        (120, 700),
        (1120, 690),
        (1010, 520),
        (330, 600),
    ]
    for x, y in sorted(leaves, key=lambda leaf: leaf[1]):
        r = 26 + (y - 300) * 0.27
        tint = mix("#5f9f7d", PINE, s.random.random() * 0.6)
        s.oval(x + 6, y + 8, r, r * 0.34, INK, 40)
        s.slice(x, y, r, r * 0.36, (300, 630 - 20), tint)
        s.slice(x, y - 2, r * 0.86, r * 0.29, (300, 610), mix(tint, WHITE, 0.13))
        for k in range(8):
            a = math.radians(310 + k * 40)
            s.line(
                [(x, y), (x + r * 0.8 * math.cos(a), y + r * 0.27 * math.sin(a))],
                mix(tint, WHITE, 0.28),
                1.6,
                140,
            )

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
        for _ in range(4):
            lx, ly = x + s.random.uniform(-70, 70), s.random.uniform(10, 420)
            for turn in (24, 62, 128):
                leaf(
                    s,
                    lx,
                    ly,
                    s.random.uniform(46, 74),
                    turn + s.random.uniform(-12, 12),
                    mix(LEAF, MINT, s.random.random() * 0.6),
                )
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
    s.line(
        [
            (640 + 144 * math.cos(math.radians(a)), 536 + 44 * math.sin(math.radians(a)))
            for a in range(8, 173, 4)
        ],
        BLUE,
        5,
    )
    s.line([(598, 660), (618, 618), (652, 588)], MID, 4)
    for x, y, turn in ((616, 622, 30), (630, 606, -70), (650, 590, 10), (606, 644, -100)):
        leaf(s, x, y, 44, turn, MID)
    for k in range(3):
        steam = [(600 + k * 42 + math.sin(t / 3 + k * 1.6) * 13, 486 - t * 12) for t in range(17 - k * 3)]
        s.line(steam, WHITE, 11, 205)
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
        s.poly(
            [(x + 12, y + 12), (x + w * 0.5, y + 12), (x + w * 0.25, y + h - 12), (x + 12, y + h - 12)],
            WHITE,
            70,
        )
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
            leaf(s, x, y, 56, -90 + side * 48, GOLD)
            leaf(s, x, y, 44, -90 - side * 6, mix(GOLD, BARK, 0.2))
    for x, h, tint in ((250, 120, GOLD), (400, 96, STONE), (880, 96, STONE), (1030, 120, GOLD)):
        s.oval(x, 596, 46, 8, INK, 70)
        s.rect(x - 30, 572, 60, 22, INK, 4)
        s.rect(x - 6, 540, 12, 36, tint)
        s.slice(x, 560 - h * 0.6, 40, h * 0.52, (0, 180), tint)
        s.oval(x, 560 - h * 0.6, 40, 9, mix(tint, WHITE, 0.35))
        s.ring(x - 44, 580 - h * 0.62, 17, tint, 6)
        s.ring(x + 44, 580 - h * 0.62, 17, tint, 6)
