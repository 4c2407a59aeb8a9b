"""制度预设: the composition root that makes the system of one regulation live, from `presets/<name>/`."""

from portal.presets.loading import load
from portal.presets.source import PresetError, names, read
from portal.presets.story import PASSWORD, hire, tell_story

__all__ = ["PASSWORD", "PresetError", "hire", "load", "names", "read", "tell_story"]
