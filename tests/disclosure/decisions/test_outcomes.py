"""Outcomes are the rows of the annual report's third table, one to one; each asks for what the law asks."""

from datetime import date

import pytest

from disclosure.enums.decisions import Outcome, OutcomeGroup
from disclosure.models import Decision
from disclosure.operations import answer_files, decisions
from disclosure.operations.decisions import Draft
from disclosure.rules import lacks, outcomes
from portal import clock
from tests.disclosure.decisions.conftest import moment, pdf

pytestmark = pytest.mark.django_db

TABLE_3 = [
    "三（一） 予以公开",
    "三（二） 部分公开",
    "三（三）1 属于国家秘密",
    "三（三）2 其他法律行政法规禁止公开",
    "三（三）3 危及“三安全一稳定”",
    "三（三）4 保护第三方合法权益",
    "三（三）5 属于三类内部事务信息",
    "三（三）6 属于四类过程性信息",
    "三（三）7 属于行政执法案卷",
    "三（三）8 属于行政查询事项",
    "三（四）1 本机关不掌握相关政府信息",
    "三（四）2 没有现成信息需要另行制作",
    "三（四）3 补正后申请内容仍不明确",
    "三（五）1 信访举报投诉类申请",
    "三（五）2 重复申请",
    "三（五）3 要求提供公开出版物",
    "三（五）4 无正当理由大量反复申请",
    "三（五）5 要求行政机关确认或重新出具已获取信息",
    "三（六）1 申请人无正当理由逾期不补正",
    "三（六）2 申请人逾期未按收费通知要求缴纳费用",
    "三（六）3 其他",
]


def test_every_outcome_is_exactly_one_row_of_the_third_table():
    assert [f"{one.key} {one.label}" for one in outcomes.RULINGS.values()] == TABLE_3
    assert set(outcomes.RULINGS) == set(Outcome)


def test_the_draft_form_lists_them_in_the_order_of_the_table():
    listed = [one.outcome for _, rulings in outcomes.grouped() for one in rulings]
    assert listed == list(outcomes.RULINGS)
    assert [group for group, _ in outcomes.grouped()] == list(OutcomeGroup)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_cites_its_clause_and_says_its_sentence(outcome):
    one = outcomes.ruling(outcome)
    assert "第" in one.clause
    assert one.says.endswith("。")


@pytest.mark.parametrize("outcome", [one for one in Outcome if one != Outcome.OPEN])
def test_no_outcome_but_openness_goes_without_a_ground(house, ask, outcome):
    draft = Decision(request=ask(), outcome=outcome, ground="  ", place="办事大厅")
    draft.save = None
    draft.department, draft.saved_by, draft.saved_at = house.law, house.lawyer, clock.now()
    Decision.save(draft)
    assert (
        "ground",
        f"答复“{outcome.label}”须写明事实理由和法律依据（{outcomes.ruling(outcome).clause}）",
    ) in list(lacks.lacks(draft))


def test_what_is_open_is_attached_or_told_where_to_find(house, ask):
    request = ask()
    draft = decisions.save(request, Draft(Outcome.OPEN), version=0, by=house.lawyer)
    wanted = [("place", "请附上要提供的文件，或写明获取信息的方式、途径和时间")]
    assert list(lacks.lacks(draft)) == wanted
    draft = decisions.save(
        request, Draft(Outcome.OPEN, place="门户网站“食品抽检”栏目"), version=1, by=house.lawyer
    )
    assert list(lacks.lacks(draft)) == []


def test_a_refusal_gives_no_files(house, ask):
    request = ask()
    answer_files.attach(request, [pdf()], by=house.lawyer)
    draft = decisions.save(request, Draft(Outcome.INTERNAL, ground="内部管理"), version=1, by=house.lawyer)
    assert [field for field, _ in lacks.lacks(draft)] == ["outcome"]


def test_what_must_have_happened_before_is_asked_for(house, ask):
    """补正, 说明理由, 收费通知, the earlier request."""
    request = ask()
    draft = decisions.save(request, Draft(ground="理由"), version=0, by=house.lawyer)
    missing = {}
    for outcome in Outcome:
        draft.outcome, draft.place = outcome, "途径"
        if found := list(lacks.lacks(draft)):
            missing[outcome] = found[0][1][-16:]
    assert set(missing) == {
        Outcome.UNCLEAR, Outcome.NOT_CORRECTED, Outcome.EXCESSIVE, Outcome.NOT_PAID, Outcome.REPEATED,
    }  # fmt: skip
    request.corrections.create(
        kind="UNCLEAR", asks="哪一年", asked_by=house.clerk, asked_at=moment("2026-10-09 09:00"),
        due_on=date(2026, 10, 30), received_on=date(2026, 10, 12),
    )  # fmt: skip
    draft.outcome = Outcome.UNCLEAR
    assert list(lacks.lacks(draft)) == []


def test_an_earlier_request_is_one_of_the_same_applicant_that_was_answered(house, ask):
    open_one, stranger = ask(), ask(applicant_key="other", answered_on=date(2026, 9, 1), state="CLOSED")
    request = ask()
    for earlier, message in {
        open_one: "那件申请还没有答复，不算重复申请", stranger: "请选择同一申请人的另一件申请",
        request: "请选择同一申请人的另一件申请",
    }.items():  # fmt: skip
        with pytest.raises(decisions.Refused) as refusal:
            decisions.save(request, Draft(Outcome.REPEATED, repeats=earlier), version=0, by=house.lawyer)
        assert (refusal.value.field, refusal.value.message) == ("repeats", message)


def test_a_link_to_an_earlier_request_stays_whatever_is_drafted(house, ask):
    request, earlier = ask(), ask()
    request.repeats = earlier
    request.save()
    draft = decisions.save(request, Draft(Outcome.OPEN, place="网站"), version=0, by=house.lawyer)
    assert draft.request.repeats == earlier
    draft = decisions.save(request, Draft(Outcome.REPEATED, ground="相同"), version=1, by=house.lawyer)
    assert [field for field, _ in lacks.lacks(draft)] == ["outcome"]
