from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.urls import register_converter
from django.utils.module_loading import autodiscover_modules

from portal import triggers
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
        triggers.watch("portal_site", "portal_department", "portal_officialmailbox")
        triggers.watch("portal_applicationlink", "portal_applicationlink_departments")
        triggers.watch("portal_user", only="is_sample", events=("insert", "delete"))
        triggers.watch_values(
            "portal_user", "is_sample", "has_initial_password", "is_active", of=triggers.STRUCTURE
        )
        triggers.watch_values("portal_user", "department_id", "is_active", "leaves_on", of=triggers.LEDGER)
        pre_migrate.connect(triggers.drop_before_migrations, sender=self)
        post_migrate.connect(triggers.install, sender=self)
