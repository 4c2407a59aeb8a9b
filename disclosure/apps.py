from django.apps import AppConfig

from portal import triggers


class DisclosureConfig(AppConfig):
    name = "disclosure"
    verbose_name = "政府信息公开"

    def ready(self) -> None:
        triggers.watch("disclosure_serviceitem")  # home pages name what is used most
