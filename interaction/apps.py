from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from portal import triggers


class InteractionConfig(AppConfig):
    name = "interaction"
    verbose_name = "互动交流"

    def ready(self) -> None:
        """The kinds of activity are known in sweeps and commands too."""
        autodiscover_modules("kinds")
        triggers.watch("interaction_activity")  # what goes on now stands on home pages
