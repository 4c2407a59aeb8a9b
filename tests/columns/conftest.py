"""The ledger at work, for every test of grants and delegations."""

import re
from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from columns import operations
from columns.models import Appointment, Role
from portal.models import User


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """`2026-09-30T09:00` in Asia/Shanghai, aware."""
    return timezone.make_aware(datetime.fromisoformat(text))


def fresh(obj):
    """As another request would have read it: nothing remembered."""
    return type(obj)._default_manager.get(pk=obj.pk)


@pytest.fixture
def newcomer(office) -> User:
    """A colleague of 办公室 without any power, who may enter the admin."""
    return User.objects.create_user(
        "xinren", "test-Portal-2026", name="新人", department=office.section, is_staff=True
    )


@pytest.fixture
def role(office) -> Role:
    """版主: collects, publishes, manages."""
    return Role.objects.get(key="MODERATOR")


@pytest.fixture
def propose(office, newcomer, role):
    """`propose(column=…, by=…)` asks for 版主 on the main site for the newcomer."""

    def make(**fields) -> Appointment:
        fields = {"by": office.granter, "reason": "轮岗", "column": None, **fields}
        return operations.propose(
            fields.pop("user", newcomer), fields.pop("role", role), office.main, **fields
        )

    return make


@pytest.fixture
def grant(office, propose):
    """`grant(…)` takes a proposal through 总版主 and 网管."""

    def make(**fields) -> Appointment:
        return operations.execute(operations.consent(propose(**fields), by=office.chief), by=office.granter)

    return make


def read(response) -> str:
    """What people read on a page, without markup."""
    plain = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", plain)


@pytest.fixture
def enter(office):
    """`enter("granter")` gives a browser of that person's own; people go as well as names."""

    def sign_in(who: str | User) -> Client:
        client = Client()
        client.force_login(getattr(office, who) if isinstance(who, str) else who)
        return client

    return sign_in
