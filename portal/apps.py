from django.apps import AppConfig
from django.urls import register_converter
from django.utils.module_loading import autodiscover_modules

from portal.converters import StaffNumber


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "门户基础"

    def ready(self) -> None:
        """Addresses know 工号; every app says what somebody who leaves may have open (portal.open_work), which pages are
        public (portal.pages) and which can be taken down (portal.incidents.pages), in sweeps and commands too.
        """
        register_converter(StaffNumber, "staff")
        autodiscover_modules("handovers", "pages", "takedown")
