"""This app's part of a preset, by noun."""

from collections.abc import Mapping
from typing import Any

from disclosure.preset import catalogue, offices
from portal.preset_merge import Merge


def load(data: Mapping[str, Mapping[str, Any]], merge: Merge) -> None:
    """Everything in `data` (by file name) that belongs to disclosure."""
    offices.load(data["disclosure.yaml"]["offices"], merge)
    catalogue.load(data["disclosure.yaml"]["categories"], merge)
