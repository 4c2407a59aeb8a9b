"""公务邮箱通讯录: units for everybody, people for those signed in (慈溪第二十一、二十二条)."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal import clock
from portal.mailboxes import directory
from portal.spreadsheets import workbook

WORDS_LENGTH = 80
HEADINGS = ("类别", "单位", "姓名", "职务", "电子邮箱", "电话")
WIDTHS = (10, 20, 12, 24, 34, 16)


@require_safe
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """No person is named to whoever is not signed in, not even by their number."""
    words = typed_words(request)
    inside = directory.people_page(words, request.GET.get("page")) if request.user.is_authenticated else None
    return render(request, "public/directory.html", {
        "units": directory.units(), "listing": inside, "directory_words": words,
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def export(request: HttpRequest) -> FileResponse:
    """The same as a workbook, all of it."""
    units = [
        ("单位邮箱", row.department.name, row.keeper, "", row.address, row.department.phone)
        for row in directory.units()
    ]
    people = [
        (
            "个人邮箱", one.holder.department.name if one.holder.department else "", one.holder.name,
            one.holder.title, one.address, one.holder.phone,
        )
        for one in directory.people()
    ]  # fmt: skip
    return workbook(f"公务邮箱通讯录{clock.today():%Y%m%d}", HEADINGS, [*units, *people], WIDTHS)


def typed_words(request: HttpRequest) -> str:
    """What was typed to search by, short and without what no database can be asked."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:WORDS_LENGTH]
