"""成绩 as workbooks: by person, by unit, by question."""

from collections.abc import Iterable, Iterator

from interaction.enums.banks import ExamQuestionKind
from interaction.queries.exam_results import Item, Standing, Unit
from interaction.rules.exam_questions import written_key
from portal.models import User

PEOPLE_TITLES = ["名次", "工号", "姓名", "部门", "得分", "结果", "第几次", "开始时间", "交卷时间", "交卷方式"]
PEOPLE_WIDTHS = (8, 14, 12, 18, 10, 10, 8, 18, 18, 14)
UNIT_TITLES = ["单位", "应考", "参加", "缺考", "平均分", "及格人数", "及格率"]
UNIT_WIDTHS = (24, 8, 8, 8, 10, 10, 10)
ITEM_TITLES = ["题型", "知识点", "难度", "题干", "答案", "作答人数", "正答率", "区分度"]
ITEM_WIDTHS = (8, 18, 8, 60, 24, 10, 10, 10)


def people(standings: Iterable[Standing], absentees: Iterable[User]) -> Iterator[list]:
    for place, one in enumerate(standings, start=1):
        paper = one.attempt
        result = "待评阅" if one.is_pending else "及格" if one.is_passed else "不及格"
        yield [
            "" if one.is_pending else place, paper.person.staff_number, paper.person.name, paper.department,
            None if paper.points is None else float(paper.points), result, paper.number, paper.started_at,
            paper.handed_in_at, paper.get_ending_display(),
        ]  # fmt: skip
    for person in absentees:
        yield ["", person.staff_number, person.name, person.department, None, "缺考", "", "", "", ""]


def units(found: Iterable[Unit]) -> Iterator[list]:
    for unit in found:
        average = None if unit.average is None else round(float(unit.average), 1)
        rate = f"{100 * unit.passed / len(unit.points):.1f}%" if unit.points else ""
        yield [
            unit.department or "没有部门",
            unit.expected,
            unit.sat,
            unit.absent,
            average,
            unit.passed,
            rate,
        ]


def items(found: Iterable[Item]) -> Iterator[list]:
    for one in found:
        question = one.question
        yield [
            question.get_kind_display(), question.topic, question.get_difficulty_display(), question.stem,
            written_key(ExamQuestionKind(question.kind), question.key), one.shown,
            None if one.p is None else round(one.p, 3), None if one.d is None else round(one.d, 2),
        ]  # fmt: skip
