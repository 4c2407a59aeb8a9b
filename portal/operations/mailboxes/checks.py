"""What every act on an official mailbox keeps: one for each, a free address, a keeper who belongs to the unit."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.enums import MAILBOX_LIVE
from portal.mailboxes import rules
from portal.models import OfficialMailbox, User
from portal.workflow import Refused

CLAUSE = "慈溪第十九条"
TAKEN = "这个地址已有单位或个人在用，请换一个"


def locked(mailbox: OfficialMailbox) -> OfficialMailbox:
    """As it stands, for whoever is about to change it."""
    return OfficialMailbox.objects.select_for_update(no_key=True).get(pk=mailbox.pk)


def check_keeper(mailbox: OfficialMailbox, holder: User | None, field: str) -> None:
    """专人 (第二十条) is one of the unit; a personal mailbox stays with its person."""
    if holder is None:
        return
    if not mailbox.is_unit and holder.pk != mailbox.holder_id:
        raise Refused("个人邮箱与本人一一对应，不能转给别人", field)
    if not mailbox.is_unit and not holder.is_active:
        raise Refused("本人的账号已停用，不能再发放或变更，只能注销")
    if mailbox.is_unit and not rules.members(mailbox.department).filter(pk=holder.pk).exists():
        raise Refused("管理人须是本单位在职的人员", field)


def check_free(mailbox: OfficialMailbox) -> None:
    """Said early; whoever is quicker until it is issued still gets it, by the database's own constraint."""
    in_use = OfficialMailbox.objects.filter(state__in=MAILBOX_LIVE, address__iexact=mailbox.wanted_address)
    if mailbox.wanted_address and in_use.exclude(pk=mailbox.pk).exists():
        raise Refused(TAKEN, "wanted_address")


def clean(address: str, field: str = "wanted_address") -> str:
    """The address as it is kept. Raises Refused at `field`."""
    address = address.strip().lower()
    if address and (fault := rules.address_fault(address)):
        raise Refused(fault, field)
    return address


@contextmanager
def one_to_one(refusal: Refused) -> Iterator[None]:
    """一一对应 (第十九条) is kept by the database; this is how it is told to people."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise refusal from clash


def address_of(mailbox: OfficialMailbox) -> str:
    """Its page under the desk."""
    return reverse("desk:mailbox", args=[mailbox.pk])
