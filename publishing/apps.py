from django.apps import AppConfig
from django.db.models.signals import post_migrate

from portal import triggers
from publishing import counting


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "信息发布"

    def ready(self) -> None:
        triggers.register(*counting.triggers())
        post_migrate.connect(counting.after_migrations, sender=self)
