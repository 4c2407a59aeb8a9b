from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "门户基础"

    def ready(self) -> None:
        """Every app says what somebody who leaves may have open (portal.open_work), in sweeps and commands too."""
        autodiscover_modules("handovers")
