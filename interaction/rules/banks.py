"""Who may make, open and keep a 题库. Its questions show to nobody who has not opened it (谁出题谁不考)."""

from django.db.models import Q

from columns.rules import Visitor, powers_of
from interaction.enums.activities import Phase
from interaction.enums.exams import AttemptState
from interaction.models import Activity, Attempt, BankReader, QuestionBank
from portal.enums import Power
from portal.models import Site, User
from portal.once import forget, once

MAY_OPEN = (Power.COLLECT, Power.REVIEW, Power.INSPECT)


def sites_seen(user: Visitor) -> set[int]:
    """Ids of the sites whose banks the person sees in the list."""
    return powers_of(user).sites_with(*MAY_OPEN)


def may_make(user: Visitor, site: Site) -> bool:
    return powers_of(user).has_on_site(Power.COLLECT, site.pk)


def may_see(user: Visitor, bank: QuestionBank) -> bool:
    """Whether the person knows of the bank at all; to everybody else it is not there."""
    return bank.site_id in sites_seen(user)


def opened(user: User) -> set[int]:
    """Ids of the banks that the person has opened."""
    rows = BankReader.objects.filter(person=user)
    return once(user, "opened_banks", lambda: set(rows.order_by().values_list("bank", flat=True)))


def forget_opened(user: User) -> None:
    forget(user, "opened_banks")


def is_sitting(user: User, bank: QuestionBank) -> bool:
    """Whether the person has sat an exam that draws from the bank and is not over, or sits one still."""
    sat = Attempt.objects.filter(person=user, activity__exam__rules__bank=bank)
    is_open = Q(activity__in=Activity.objects.in_phase(Phase.OPEN).values("pk"))
    return sat.filter(Q(state=AttemptState.RUNNING) | is_open).exists()


def may_read(user: User, bank: QuestionBank) -> bool:
    """Whether the questions and their answers show."""
    return may_see(user, bank) and bank.pk in opened(user)


def why_not_keep(user: User, bank: QuestionBank) -> str:
    """Why the person may not change the bank's questions; "" when they may."""
    if not powers_of(user).has_on_site(Power.COLLECT, bank.site_id):
        return f"您没有“{bank.site}”的采集权限，不能改动题库"
    if bank.pk not in opened(user):
        return "请先打开题库"
    return ""


def may_keep(user: User, bank: QuestionBank) -> bool:
    return not why_not_keep(user, bank)
