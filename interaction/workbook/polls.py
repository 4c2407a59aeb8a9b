"""A poll's results as a workbook: the summary, the units, and the ballots where they are signed."""

from collections.abc import Iterable, Iterator

from django.http import FileResponse

from interaction.models import Activity, Ballot
from interaction.queries.polls import PollResults
from portal.spreadsheets import Sheet, workbook_of


def of(activity: Activity, results: PollResults, ballots: Iterable[Ballot]) -> FileResponse:
    sheets = [
        Sheet("汇总", ["题目或对象", "选项或等次", "票数", "占投票人比例", "平均分"], _summary(results))
    ]
    if results.units:
        headings = ["单位", "投票人数", "题目或对象", "选项或等次", "票数"]
        sheets.append(Sheet("分单位", headings, _units(results)))
    if not activity.poll.is_anonymous:
        questions = [tally.question for tally in results.tallies]
        headings = ["工号", "姓名", "部门", *(one.text for one in questions)]
        sheets.append(Sheet("记名选票", headings, _ballots(ballots, [one.pk for one in questions])))
    return workbook_of(f"{activity.title} 结果", sheets)


def _summary(results: PollResults) -> Iterator[list]:
    yield ["应投人数", "", results.invited, "", ""]
    yield ["投票人数", "", results.ballots, _share(results.ballots, results.invited), ""]
    for tally in results.tallies:
        average = round(tally.average, 2) if tally.average is not None else ""
        for place, line in enumerate(tally.lines):
            yield [
                tally.question.text, line.option.text, line.count, _share(line.count, tally.ballots),
                average if place == 0 else "",
            ]  # fmt: skip


def _units(results: PollResults) -> Iterator[list]:
    for unit in results.units:
        for tally in unit.tallies:
            for line in tally.lines:
                yield [unit.department.name, unit.ballots, tally.question.text, line.option.text, line.count]
    if results.hidden:
        yield ["其他（人数太少，不单独列出）", results.hidden, "", "", ""]


def _ballots(ballots: Iterable[Ballot], questions: list[int]) -> Iterator[list]:
    for ballot in ballots:
        chosen: dict[int, list[str]] = {}
        for choice in ballot.choices.all():
            chosen.setdefault(choice.question_id, []).append(choice.option.text)
        answers = ["；".join(chosen.get(question, [])) for question in questions]
        yield [ballot.voter.staff_number, ballot.voter.name, str(ballot.department or ""), *answers]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else ""
