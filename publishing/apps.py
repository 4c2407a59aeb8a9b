from django.apps import AppConfig

from portal import triggers
from publishing import counting


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "信息发布"

    def ready(self) -> None:
        triggers.register(*counting.triggers())
