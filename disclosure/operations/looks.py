"""查看: each reading of what is personal is on record (个人信息保护法第五十四条、第五十五条)."""

from django.db import transaction

from disclosure.models import DisclosureRequest
from portal import audit
from portal.models import User


@transaction.atomic
def read(request: DisclosureRequest, *, by: User) -> None:
    audit.record("look", "查看申请内容", request, actor=by)
