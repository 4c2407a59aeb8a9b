"""Staff at work among people."""

from drawing.canvas import (
    AMBER,
    BARK,
    BLUE,
    CORAL,
    CREAM,
    GOLD,
    HAIR,
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
    SKIN,
    SOFT,
    STONE,
    WHITE,
    WIDTH,
    WOOD,
    Scene,
    mix,
    scene,
)
from drawing.things import floor, person, pot, seat_back, tower, tree, van


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
        ["#6aa25c", "#88b868", "#4f8a54"],
        ["#d9573f", "#e8825b", "#c8402f"],
        ["#f0b64a", "#f4cb72", "#e39a33"],
        ["#8f5a86", "#a9749f", "#74446d"],
        ["#e9e4d4", "#d8cfb6", "#f3efe4"],
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
            s.poly(
                [
                    (x - 4 + c * 32, 300),
                    (x + 28 + c * 32, 300),
                    (x + 22 + c * 28 + 4, 226),
                    (x + 24 + c * 28 - 22, 226),
                ],
                tint,
            )
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
            s.poly(
                [
                    (far, 390 + lift * 0.62),
                    (near, y + lift * 0.7),
                    (near, y + lift * 0.7 + 118),
                    (far, 390 + lift * 0.62 + 60),
                ],
                "#c6d1db",
            )
            for k in range(15):
                t0, t1 = (k / 15) ** 1.5, ((k + 0.82) / 15) ** 1.5
                x0, x1 = far + (near - far) * t0, far + (near - far) * t1
                base0 = 390 + lift * 0.62 + 52 + (y + lift * 0.7 + 104 - 390 - lift * 0.62 - 52) * t0
                base1 = 390 + lift * 0.62 + 52 + (y + lift * 0.7 + 104 - 390 - lift * 0.62 - 52) * t1
                tall = 0.62 + 0.3 * s.random.random()
                tint = tints[s.random.randrange(10)]
                s.poly(
                    [
                        (x0, base0),
                        (x1, base1),
                        (x1, base1 - (44 + 56 * t1) * tall),
                        (x0, base0 - (44 + 56 * t0) * tall),
                    ],
                    tint,
                )
                s.poly(
                    [
                        (x0, base0 - 14 - 12 * t0),
                        (x1, base1 - 14 - 12 * t1),
                        (x1, base1 - 22 - 20 * t1),
                        (x0, base0 - 22 - 20 * t0),
                    ],
                    WHITE,
                    150,
                )
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
        s.poly(
            [(640 + k * 34, 380), (640 + k * 34 + 17, 380), (640 + k * 176 + 88, 800), (640 + k * 176, 800)],
            tint,
        )
    for x, w, h in ((60, 150, 70), (1010, 190, 84)):
        s.rect(x, 386 - h, w, h, "#f4f0e6")
        s.poly(
            [(x - 16, 388 - h), (x + w + 16, 388 - h), (x + w - 20, 344 - h), (x + 20, 344 - h)], "#b45a43"
        )
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
            s.rect(
                x + 28 + item * 28,
                508 - (item % 2) * 14,
                20,
                42 + (item % 2) * 14,
                ("#c9825a", "#8f6a8a", "#6a9a8a", "#b0654f")[item],
                4,
            )
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
        tree(
            s,
            x + s.random.uniform(-20, 20),
            452 + s.random.uniform(0, 16),
            s.random.uniform(90, 130),
            mix(LEAF, SAGE, s.random.random()),
        )
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
            s.poly(
                [
                    (x, ly),
                    (x + side * reach * 0.5, ly - h * 0.1),
                    (x + side * reach, ly - h * 0.09),
                    (x + side * reach * 0.5, ly + h * 0.01),
                ],
                (LEAF, "#6fae6a", SAGE)[k % 3],
            )

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
