"""A survey's results as a workbook: the summary, the units, and every sheet."""

from collections.abc import Iterable, Iterator

from django.http import FileResponse

from interaction.models import Activity, SurveyAnswer, SurveyQuestion, SurveySheet
from interaction.queries.surveys import Figures, SurveyResults
from portal.spreadsheets import Sheet, workbook_of


def of(activity: Activity, results: SurveyResults, sheets: Iterable[SurveySheet]) -> FileResponse:
    questions = [figures.question for figures in results.figures]
    is_signed = not activity.survey.is_anonymous
    pages = [
        Sheet("汇总", ["题号", "题目", "选项或指标", "数量", "占答题人比例"], _summary(results), [8, 40, 24]),
        Sheet("答卷", [*_who(is_signed), *_headings(questions)], _sheets(sheets, questions, is_signed)),
    ]
    if results.units:
        pages.insert(1, Sheet("分单位", ["单位", "答卷数", "题目", "选项或指标", "数量"], _units(results)))
    return workbook_of(f"{activity.title} 结果", pages)


def _who(is_signed: bool) -> list[str]:
    return ["工号", "姓名", "部门"] if is_signed else ["序号"]


def _headings(questions: Iterable[SurveyQuestion]) -> list[str]:
    return [f"{one.number}. {one.text}" for one in questions]


def _summary(results: SurveyResults) -> Iterator[list]:
    yield ["", "答卷", "", results.sheets, ""]
    for figures in results.figures:
        question = figures.question
        yield [question.number, question.text, "答题人数", figures.answered, ""]
        for label, value in _values(figures):
            share = (
                f"{100 * value / figures.answered:.1f}%"
                if label in _labels(figures) and figures.answered
                else ""
            )
            yield ["", "", label, value, share]


def _labels(figures: Figures) -> set[str]:
    return {bar.label for bar in figures.bars}


def _values(figures: Figures) -> list[tuple[str, object]]:
    values: list[tuple[str, object]] = [(bar.label, bar.count) for bar in figures.bars]
    if figures.average is not None:
        values += [("平均", round(figures.average, 2)), ("中位数", figures.middle)]
    if figures.lowest is not None and not figures.question.type.top:
        values += [("最小", figures.lowest), ("最大", figures.highest)]
    return values


def _units(results: SurveyResults) -> Iterator[list]:
    for unit in results.units:
        for figures in unit.figures:
            for label, value in _values(figures):
                yield [unit.department.name, unit.sheets, figures.question.text, label, value]
    if results.hidden:
        yield ["其他（人数太少，不单独列出）", results.hidden, "", "", ""]


def _sheets(
    sheets: Iterable[SurveySheet], questions: Iterable[SurveyQuestion], is_signed: bool
) -> Iterator[list]:
    for number, sheet in enumerate(sheets, start=1):
        answers: dict[int, list[SurveyAnswer]] = {}
        for answer in sheet.answers.all():
            answers.setdefault(answer.question_id, []).append(answer)
        head = (
            [sheet.voter.staff_number, sheet.voter.name, str(sheet.department or "")]
            if is_signed
            else [number]
        )
        yield [*head, *(_cell(answers.get(one.pk, [])) for one in questions)]


def _cell(answers: list[SurveyAnswer]) -> object:
    if not answers:
        return ""
    first = answers[0]
    if first.option_id:
        options = sorted((one.option for one in answers), key=lambda option: (option.position, option.pk))
        return "；".join(option.text for option in options)
    if first.number is not None:
        return float(first.number)
    return first.day or first.text
