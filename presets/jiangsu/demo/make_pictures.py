"""Draws the sample pictures: flat layered scenes in calm office colours.

Usage: python presets/jiangsu/demo/make_pictures.py [NAME …]
Every scene is drawn at twice its size and reduced, so edges are smooth; the same call gives the same bytes.
"""

import sys

from drawing import fieldwork, objects, places, rooms
from drawing.canvas import SCENES, Scene

CHAPTERS = (places, fieldwork, rooms, objects)


def main(names: list[str]) -> None:
    """Draw the named scenes, or all of them; an unknown name is a KeyError."""
    for name in names or SCENES:
        canvas = Scene(name)
        SCENES[name](canvas)
        canvas.save()


if __name__ == "__main__":
    main(sys.argv[1:])
