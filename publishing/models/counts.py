from django.db import models


class LiveCount(models.Model):
    """How many live articles a column has of one month, as sums of what came (+1) and went (-1).

    Triggers write a row for every change of an article (`publishing.counting`), never waiting for one another; a sweep
    adds them up. Lists count and find their deep pages by it: neither walks over the articles.
    """

    column = models.ForeignKey("columns.Column", models.CASCADE, related_name="+", db_constraint=False)
    month = models.DateField()
    number = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["column", "month"], include=["number"], name="live_count")]
        verbose_name = verbose_name_plural = "在线条数"

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.number}"
