from django.core.validators import EmailValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from portal.enums import MAILBOX_IN_USE, MAILBOX_LIVE, MailboxKind, MailboxState
from portal.mailbox_life import MAILBOX

ADDRESS_LENGTH = 100
ADDRESS_FORM = "请填写完整的邮箱地址，如 bangongshi@fenju.example"
ADDRESS_RULES = [
    EmailValidator(ADDRESS_FORM),
    RegexValidator(
        r"^[A-Za-z0-9][A-Za-z0-9._-]*@", "@ 之前只能用字母、数字、点、横线和下划线，并以字母或数字开头"
    ),
]


class OfficialMailbox(models.Model):
    """公务邮箱: one row is one mailbox from its application to its end; letters themselves are never seen here.

    `note` is the reason of the request that waits, or of the last one; `wanted_…` is what it asks for.
    """

    kind = models.CharField("类别", max_length=8, choices=MailboxKind.choices)
    department = models.ForeignKey(
        "portal.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mailboxes",
        verbose_name="单位",
    )
    holder = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="mailboxes", verbose_name="使用人或管理人"
    )
    state = models.CharField("状态", max_length=9, choices=MailboxState.choices, default=MailboxState.APPLIED)
    version = models.PositiveIntegerField("办理次数", default=1)
    address = models.CharField("邮箱地址", max_length=ADDRESS_LENGTH, blank=True, validators=ADDRESS_RULES)
    is_listed = models.BooleanField("在内部通讯录公布", default=False)

    wanted_address = models.CharField(
        "拟用地址", max_length=ADDRESS_LENGTH, blank=True, validators=ADDRESS_RULES
    )
    wanted_holder = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拟任管理人"
    )
    note = models.CharField("申请说明", max_length=500, blank=True)
    asked_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    issued_at = models.DateTimeField("发放时间", null=True, blank=True)
    ended_at = models.DateTimeField("注销时间", null=True, blank=True)

    workflow = MAILBOX

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["holder"],
                condition=Q(kind=MailboxKind.PERSONAL, state__in=MAILBOX_LIVE),
                name="one_personal_mailbox",
            ),
            models.UniqueConstraint(
                fields=["department"],
                condition=Q(kind=MailboxKind.UNIT, state__in=MAILBOX_LIVE),
                name="one_unit_mailbox",
            ),
            models.UniqueConstraint(
                Lower("address"), condition=Q(state__in=MAILBOX_IN_USE), name="mailbox_address_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=MailboxKind.UNIT, department__isnull=False)
                | Q(kind=MailboxKind.PERSONAL, department__isnull=True),
                name="mailbox_of_unit_or_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=MAILBOX_IN_USE) | ~Q(address=""), name="mailbox_in_use_has_address"
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="mailbox_queue")]
        verbose_name = verbose_name_plural = "公务邮箱"

    def __str__(self) -> str:
        owner = self.department if self.is_unit else self.holder
        return f"{owner}的{self.get_kind_display()}"

    @property
    def is_unit(self) -> bool:
        return self.kind == MailboxKind.UNIT

    @property
    def is_in_use(self) -> bool:
        return self.state in MAILBOX_IN_USE
