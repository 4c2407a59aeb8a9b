"""The portal as it is set up by default, asked for every page anew."""

from portal.settings.base import *  # noqa: F403

PUBLISHES_PAGES = False
