"""Rooms of the bureau."""

import math

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
from drawing.things import person, pot, seat_back, window


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
    for row, (y, size, count, offset) in enumerate(
        ((600, 92, 7, 110), (690, 118, 6, 110), (800, 150, 5, 130))
    ):
        gap = (WIDTH - 2 * offset) / (count - 1)
        s.rect(0, y - 10, WIDTH, 16, mix(OAK, BARK, 0.12 * row))
        for k in range(count):
            seat_back(s, offset + k * gap, y, size, tints[(k * 2 + row) % 7])
        s.rect(0, y, WIDTH, 52, mix(WOOD, BARK, 0.15 + 0.12 * row))
        s.rect(0, y, WIDTH, 8, mix(OAK, BARK, 0.15 * row))


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
            s.rect(
                x - size * 0.36,
                y - size * 0.62,
                size * 0.72,
                size * 0.86,
                mix("#4a5f7c", NAVY, t),
                size * 0.16,
            )
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
            s.oval(
                640 + h * 0.6 * math.cos(a),
                y - h * 0.12 + h * 0.42 * math.sin(a),
                h * 0.17,
                h * 0.15,
                (LEAF, SAGE, PINE)[k % 3],
            )
            s.oval(
                640 + h * 0.4 * math.cos(a),
                y - h * 0.1 + h * 0.28 * math.sin(a),
                h * 0.11,
                h * 0.1,
                (CORAL, WHITE, AMBER)[k % 3],
            )


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
        s.poly(
            [
                (640, y0),
                (640 + half, y1),
                (640 + half * 0.4, y1),
                (640 + half * 0.4, y1 + half * 0.5),
                (640 - half * 0.4, y1 + half * 0.5),
                (640 - half * 0.4, y1),
                (640 - half, y1),
            ],
            WHITE,
        )
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
        s.poly(
            [
                (x - 20 * z, y - 256 * z),
                (x + 50 * z, y - 284 * z),
                (x + 54 * z, y - 270 * z),
                (x + 10 * z, y - 250 * z),
            ],
            INK,
        )
        s.line([(x - 14 * z, y - 244 * z), (x - 62 * z, y - 226 * z), (x - 66 * z, y - 90 * z)], INK, 9 * z)
        s.poly(
            [
                (x - 74 * z, y - 92 * z),
                (x - 58 * z, y - 92 * z),
                (x - 52 * z, y - 58 * z),
                (x - 80 * z, y - 58 * z),
            ],
            INK,
        )
    s.poly([(980, 330), (1130, 290), (1130, 410), (980, 430)], WHITE)
    s.poly([(996, 342), (1114, 310), (1114, 330), (996, 358)], RED)
    for k in range(3):
        s.poly(
            [
                (996, 372 + k * 18),
                (1100 - k * 20, 352 + k * 20),
                (1100 - k * 20, 358 + k * 20),
                (996, 378 + k * 18),
            ],
            SOFT,
        )
    person(s, 420, 752, 290, NAVY, officer=True, legs="#1b2f4b", arm=-1)


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
        s.poly(
            [
                (640, 236),
                (640 + 78 * math.cos(a), 236 + 78 * math.sin(a)),
                (640 + 31 * math.cos(b), 236 + 31 * math.sin(b)),
            ],
            GOLD,
            120,
        )
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
            seat_back(
                s,
                60 + gap * k,
                y,
                size,
                ("#33557f", "#4a5567", "#2c4a72", "#6d7a8c")[(k + row) % 4],
                "#8a3a2c",
            )
