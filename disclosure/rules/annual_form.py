"""The statutory form of the annual report (国办公开办函〔2021〕30号): parts, tables, rows and columns, as data."""

from dataclasses import dataclass

from disclosure.enums.decisions import Outcome, ProceedingKind, ProceedingResult
from disclosure.enums.requests import ApplicantKind

PARTS = {
    "overview": "一、总体情况",
    "proactive": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "proceedings": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "others": "六、其他需要报告的事项",
}
"""条例第五十条, in the order of the form. Parts two to four are tables; what else is said there stands above them."""

TOTAL = "total"

NORMATIVE = "normative"
"""行政规范性文件: the row of the second table that is computed from the catalogue."""

MOST_FIGURE, MOST_MONEY = 9_999_999, 99_999_999


@dataclass(frozen=True)
class Figure:
    """A number of the second table that only the office knows: which cell it is, how it is asked for."""

    row: str
    column: str
    label: str
    is_money: bool = False

    @property
    def key(self) -> str:
        return f"{self.row}_{self.column}"


@dataclass(frozen=True)
class Entry:
    """A row of the form. `level` is how deep it stands under its heading; a heading has no numbers."""

    key: str
    label: str
    level: int = 0
    is_heading: bool = False


PROACTIVE_COLUMNS = {
    "issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数",
    "decided": "本年处理决定数量", "charged": "本年收费金额（单位：万元）",
}  # fmt: skip
PROACTIVE_ROWS = {
    "rules": ("规章", ("issued", "repealed", "in_force"), "第二十条第（一）项"),
    NORMATIVE: ("行政规范性文件", ("issued", "repealed", "in_force"), "第二十条第（一）项"),
    "licences": ("行政许可", ("decided",), "第二十条第（五）项"),
    "penalties": ("行政处罚", ("decided",), "第二十条第（六）项"),
    "coercion": ("行政强制", ("decided",), "第二十条第（六）项"),
    "charges": ("行政事业性收费", ("charged",), "第二十条第（八）项"),
}
"""Key → label, the cells that the form has, the clause of 条例第二十条 under which it stands."""

FIGURES = tuple(
    Figure(row, column, f"{label}{PROACTIVE_COLUMNS[column]}", column == "charged")
    for row, (label, columns, _) in PROACTIVE_ROWS.items()
    if row != NORMATIVE
    for column in columns
)

REQUEST_COLUMNS = {
    ApplicantKind.CITIZEN: "自然人",
    ApplicantKind.BUSINESS: "商业企业",
    ApplicantKind.RESEARCH: "科研机构",
    ApplicantKind.CHARITY: "社会公益组织",
    ApplicantKind.LEGAL: "法律服务机构",
    ApplicantKind.OTHER: "其他",
}
LEGAL_PERSONS = "法人或其他组织"
"""What stands above all columns of the third table but the first and the last."""

RECEIVED, CARRIED_IN, HANDLED, CARRIED_OUT = "received", "carried_in", "handled", "carried_out"


def _outcome(outcome: Outcome, label: str, level: int = 2) -> Entry:
    return Entry(outcome.lower(), label, level)


REQUEST_ROWS = (
    Entry(RECEIVED, "一、本年新收政府信息公开申请数量"),
    Entry(CARRIED_IN, "二、上年结转政府信息公开申请数量"),
    Entry("results", "三、本年度办理结果", is_heading=True),
    _outcome(Outcome.OPEN, "（一）予以公开", 1),
    _outcome(Outcome.PARTLY, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 1),
    Entry("refused", "（三）不予公开", 1, is_heading=True),
    _outcome(Outcome.STATE_SECRET, "1.属于国家秘密"),
    _outcome(Outcome.FORBIDDEN, "2.其他法律行政法规禁止公开"),
    _outcome(Outcome.SAFETY, "3.危及“三安全一稳定”"),
    _outcome(Outcome.THIRD_PARTY, "4.保护第三方合法权益"),
    _outcome(Outcome.INTERNAL, "5.属于三类内部事务信息"),
    _outcome(Outcome.PROCESS, "6.属于四类过程性信息"),
    _outcome(Outcome.ENFORCEMENT, "7.属于行政执法案卷"),
    _outcome(Outcome.ENQUIRY, "8.属于行政查询事项"),
    Entry("unable", "（四）无法提供", 1, is_heading=True),
    _outcome(Outcome.NOT_HELD, "1.本机关不掌握相关政府信息"),
    _outcome(Outcome.NOT_MADE, "2.没有现成信息需要另行制作"),
    _outcome(Outcome.UNCLEAR, "3.补正后申请内容仍不明确"),
    Entry("not_handled", "（五）不予处理", 1, is_heading=True),
    _outcome(Outcome.PETITION, "1.信访举报投诉类申请"),
    _outcome(Outcome.REPEATED, "2.重复申请"),
    _outcome(Outcome.PUBLICATION, "3.要求提供公开出版物"),
    _outcome(Outcome.EXCESSIVE, "4.无正当理由大量反复申请"),
    _outcome(Outcome.CONFIRMATION, "5.要求行政机关确认或重新出具已获取信息"),
    Entry("other_ways", "（六）其他处理", 1, is_heading=True),
    _outcome(Outcome.NOT_CORRECTED, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    _outcome(Outcome.NOT_PAID, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    _outcome(Outcome.OTHER, "3.其他"),
    Entry(HANDLED, "（七）总计", 1),
    Entry(CARRIED_OUT, "四、结转下年度继续办理"),
)
OUTCOME_OF = {outcome.lower(): outcome for outcome in Outcome}

PROCEEDING_ROWS = {
    ProceedingKind.REVIEW: "行政复议",
    ProceedingKind.SUIT: "行政诉讼：未经复议直接起诉",
    ProceedingKind.SUIT_AFTER_REVIEW: "行政诉讼：复议后起诉",
}
PROCEEDING_COLUMNS = {
    ProceedingResult.UPHELD: "结果维持",
    ProceedingResult.CORRECTED: "结果纠正",
    ProceedingResult.OTHER: "其他结果",
    ProceedingResult.PENDING: "尚未审结",
}
