"""What a table of people says, as the register would write it."""

import re
import unicodedata
from pathlib import Path

from portal import spreadsheets
from portal.spreadsheets import FileRefused, Headings, Line

MOST_PEOPLE = 20_000
HEADINGS = Headings(
    {
        "staff_number": ("工号", "职工号", "员工号", "人员编号", "员工编号", "登录名", "staff_number", "uid"),
        "name": ("姓名", "名字", "人员姓名", "name", "cn"),
        "department": ("部门", "所在部门", "所属部门", "科室", "单位", "部门代码", "部门名称", "department"),
        "title": ("职务", "职位", "岗位", "title"),
        "email": ("电子邮箱", "邮箱", "电子邮件", "email", "e-mail", "mail"),
        "phone": ("办公电话", "电话", "联系电话", "座机", "phone", "telephone"),
        "is_active": ("可登录", "是否可登录", "启用", "在用", "is_active", "active"),
        "is_staff": ("可进入管理后台", "管理后台", "进入后台", "后台", "is_staff"),
        "initial_password": ("初始密码", "initial_password"),
    },
    needed=("staff_number", "name"),
)
FIELDS = ("name", "department", "title", "email", "phone", "is_active", "is_staff")
_INSIDE_A_CHINESE_NAME = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


def read(path: Path, name: str) -> list[Line]:
    """All rows of an .xlsx or .csv file. Raises FileRefused, also for a register no office has."""
    lines: list[Line] = []
    for line in spreadsheets.read(path, name, HEADINGS):
        if len(lines) == MOST_PEOPLE:
            raise FileRefused(f"超过 {MOST_PEOPLE} 人：请分成几个文件")
        lines.append(line)
    if not lines:
        raise FileRefused("只有表头，没有人员")
    return lines


def number_of(typed: str) -> str:
    """A staff number however it was typed: full-width letters and digits are the same as half-width ones."""
    return unicodedata.normalize("NFKC", typed).strip()


def name_of(typed: str) -> str:
    """“张　三”, spread to the width of three characters, is 张三."""
    return _INSIDE_A_CHINESE_NAME.sub("", " ".join(typed.split()))


def line_of(typed: str) -> str:
    """One line, half-width, for what is compared and dialled."""
    return " ".join(unicodedata.normalize("NFKC", typed).split())
