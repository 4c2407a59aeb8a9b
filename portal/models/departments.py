from django.db import models
from tree_queries.models import TreeNode

from portal.enums import DepartmentKind


class Department(TreeNode):
    """部门: a node of 市局 → 分局 → 科室 / 工商所."""

    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=20, blank=True)
    code = models.SlugField("代码", max_length=40, unique=True)
    kind = models.CharField("类别", max_length=12, choices=DepartmentKind.choices)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    position = models.PositiveIntegerField("次序", default=10)
    head = models.ForeignKey(
        "portal.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="负责人"
    )
    is_active = models.BooleanField("在用", default=True)
    closed_on = models.DateField("撤并日期", null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = verbose_name_plural = "部门"

    def __str__(self) -> str:
        return self.short_name or self.name
