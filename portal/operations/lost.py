"""凭证挂失 (慈溪第二十六条: 如有遗失，应及时通知): whoever has the password from now on opens nothing with it."""

from django.db import transaction
from django.urls import reverse

from portal import audit, clock, notices
from portal.enums import Ending, NoticeKind, Power
from portal.models import User
from portal.operations.accounts import take_password
from portal.operations.sessions import end_all_of
from portal.workflow import NotAllowed

CLAUSE = "慈溪第二十六条"


@transaction.atomic
def report_lost(user: User, *, by: User, reason: str) -> bool:
    """挂失: no password opens the account, every session ends, it is recorded, 安全管理员 are told. False if it was so.

    A new initial password (`save_person`) brings the account back.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if person.is_superuser:
        raise NotAllowed("应急账号不挂失，请运维人员在服务器上重新封存")
    if person.credential_lost_at is not None:
        return False
    take_password(person)
    person.credential_lost_at = clock.now()
    person.save(update_fields=["password", "credential_lost_at"])
    end_all_of(person, Ending.LOST, by=by)
    audit.record("report_lost", "凭证挂失", person, actor=by, note=reason, clause=CLAUSE)
    _tell(person, by, reason)
    return True


def page_of(person: User) -> str:
    """Where administrators find the person; the notice about the loss leads there."""
    return reverse("admin:portal_user_change", args=[person.pk])


def _tell(person: User, by: User, reason: str) -> None:
    who = f"{person}（{person.staff_number}）"
    notices.tell(
        notices.holders(Power.SECURITY).exclude(pk=person.pk),
        f"{who}的登录凭证已挂失，请核实",
        kind=NoticeKind.TODO,
        body=f"挂失：{by}。{reason}\n请向本人核实，查看近期登录；手机也遗失的，一并重设二次验证。重设密码由网管办理。",
        url=page_of(person),
    )
    notices.tell(
        [person], "您的登录凭证已挂失", body="全部登录已结束，原密码不能再用。请联系网管当面重设密码。"
    )
