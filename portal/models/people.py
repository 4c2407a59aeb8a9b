from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models

from portal import clock
from portal.converters import STAFF_NUMBER


class UserManager(BaseUserManager["User"]):
    def create_user(self, staff_number: str, password: str | None = None, **fields) -> "User":
        user = self.model(staff_number=staff_number, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, staff_number: str, password: str | None = None, **fields) -> "User":
        return self.create_user(staff_number, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, staff_number: str) -> "User":
        """A zero byte, which PostgreSQL cannot be asked for, names nobody."""
        if "\0" in staff_number:
            raise self.model.DoesNotExist
        return super().get_by_natural_key(staff_number)

    def system(self) -> "User":
        """系统: the actor of sweeps; it can never sign in."""
        user, _ = self.get_or_create(staff_number="system", defaults={"name": "系统", "is_active": False})
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff, signed in by 工号 (办法第十四条第4项)."""

    staff_number = models.CharField(
        "工号",
        max_length=40,
        unique=True,
        validators=[RegexValidator(rf"^{STAFF_NUMBER}$", "工号只能含字母、数字、点、横线和下划线")],
    )
    name = models.CharField("姓名", max_length=40)
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, blank=True, related_name="people", verbose_name="部门"
    )
    title = models.CharField("职务", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    is_active = models.BooleanField("可登录", default=True)
    is_staff = models.BooleanField("可进入管理后台", default=False)
    has_initial_password = models.BooleanField("仍用初始密码", default=False)
    password_set_at = models.DateTimeField("密码设定时间", default=clock.now, editable=False)
    sealed_at = models.DateTimeField("封存时间", null=True, blank=True, editable=False)
    unsealed_at = models.DateTimeField("启用时间", null=True, blank=True, editable=False)
    credential_lost_at = models.DateTimeField("凭证挂失时间", null=True, blank=True, editable=False)
    leaves_on = models.DateField("登记的离岗日期", null=True, blank=True, editable=False)
    is_sample = models.BooleanField("样例人员", default=False, editable=False)
    joined_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "staff_number"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["staff_number"]
        verbose_name = verbose_name_plural = "人员"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    get_short_name = get_full_name
