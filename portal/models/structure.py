from django.db import models


class Structure(models.Model):
    """The tokens under which things are kept in memory (`portal.kept`, `portal.triggers`); triggers alone write them."""

    token = models.CharField(max_length=36)

    class Meta:
        verbose_name = verbose_name_plural = "结构标记"

    def __str__(self) -> str:
        return self.token
