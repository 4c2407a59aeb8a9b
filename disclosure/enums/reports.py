"""Choices of the annual reports."""

from django.db.models import TextChoices


class ReportState(TextChoices):
    DRAFT = "DRAFT", "编制中"
    OFFERED = "OFFERED", "待签发"
    ISSUED = "ISSUED", "已发布"


class ReportKind(TextChoices):
    DISCLOSURE = "DISCLOSURE", "政府信息公开工作年度报告"
    WEBSITE = "WEBSITE", "政府网站工作年度报表"
