"""试题表 as it goes out: the bank's questions, and the empty table to fill in, with what may stand in each column."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from interaction.enums.banks import Difficulty, ExamQuestionKind
from interaction.models import ExamQuestion
from interaction.rules.exam_questions import LETTERS, MOST_POINTS, STEM_LENGTH, written_key
from portal.spreadsheets import Headings

OPTION_FIELDS = tuple(f"option_{letter.lower()}" for letter in LETTERS)
HEADINGS = Headings(
    {
        "kind": ("题型", "类型", "试题类型"),
        "topic": ("知识点", "分类", "类别", "章节"),
        "difficulty": ("难度", "难易程度"),
        "stem": ("题干", "题目", "试题", "题目内容"),
        **{name: (f"选项{letter}", letter) for name, letter in zip(OPTION_FIELDS, LETTERS, strict=True)},
        "key": ("答案", "正确答案", "标准答案"),
        "points": ("分值", "分数", "建议分值"),
        "explanation": ("解析", "答案解析", "依据"),
    },
    needed=("stem", "key"),
)
TITLES = [HEADINGS.told(name) for name in HEADINGS.names]
WIDTHS = (8, 18, 8, 56, *(20 for _ in LETTERS), 22, 8, 40)
FILLED_DOWN_TO = 1000
SHEET, GUIDE = "试题", "填写说明"

_HEAD = {"font": Font(bold=True, color="143862"), "fill": PatternFill("solid", fgColor="EAF0F8")}
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_HINTS = {
    "题型": ("只能填这几种", "、".join(kind.label for kind in ExamQuestionKind)),
    "知识点": ("组卷按知识点抽题", "同一知识点请用同样的写法，如：消费者的权利"),
    "难度": ("易、中、难", "不填即为“中”"),
    "题干": ("题目正文", f"最多 {STEM_LENGTH} 字。填空题把要填的地方写成 ____（三个以上下划线）"),
    "答案": (
        "按题型填写",
        "单选 B；多选 ACD；判断 正确/错误；填空 各空用“；”隔开，几种写法用“|”隔开；简答 参考答案",
    ),
    "分值": ("1—100 的整数", "不填即为 2 分，组卷时可另定"),
    "解析": ("可不填", "法条依据等，考后查阅答卷时显示"),
}
_EXAMPLES = (
    ("单选", "消费者的权利", "易", "消费者有权自主选择商品或者服务，这项权利是（　）。",
     ("安全保障权", "自主选择权", "公平交易权"), "B", 2, "消费者权益保护法第九条"),
    ("多选", "消费者的权利", "中", "下列属于消费者权利的有（　）。",
     ("知情权", "结社权", "定价权", "求偿权"), "ABD", 3, ""),
    ("判断", "争议的解决", "易", "消费者只能向人民法院起诉解决争议。", (), "错误", 1, "消费者权益保护法第三十九条"),
    ("填空", "损害赔偿", "中", "经营者有欺诈行为的，增加赔偿的金额为价款或者费用的____，不足____的按此数计。",
     (), "三倍|3倍；五百元|500元", 2, "消费者权益保护法第五十五条"),
    ("简答", "争议的解决", "难", "消费者与经营者发生争议，可以通过哪些途径解决？",
     (), "协商和解；请求调解；投诉；仲裁；诉讼。", 10, ""),
)  # fmt: skip


def rows(questions: Iterable[ExamQuestion]) -> Iterator[list]:
    """A bank's questions as the importing reads them back."""
    for one in questions:
        kind = ExamQuestionKind(one.kind)
        options = one.options if kind.offers_options else []
        yield [
            kind.label, one.topic, one.get_difficulty_display(), one.stem,
            *(options[at] if at < len(options) else "" for at in range(len(LETTERS))),
            written_key(kind, one.key), one.points, one.explanation,
        ]  # fmt: skip


def template() -> bytes:
    """The .xlsx to fill in: choices to pick where there are any, a hint at every column, examples on a second sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _head(sheet, TITLES)
    for at, title in enumerate(TITLES, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS[at - 1]
        if title in _HINTS:
            sheet.add_data_validation(_hint(title, get_column_letter(at)))
    sheet.freeze_panes = "A2"
    _guide(book.create_sheet(GUIDE))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _hint(title: str, column: str) -> DataValidation:
    """Shown when a cell of the column is entered; what cannot be taken is refused while typing."""
    rule = DataValidation(allow_blank=True, showInputMessage=True, showErrorMessage=True)
    if title in ("题型", "难度"):
        choices = ExamQuestionKind if title == "题型" else Difficulty
        rule.type, rule.formula1 = "list", '"' + ",".join(one.label for one in choices) + '"'
        rule.errorTitle, rule.error = "填写有误", f"请从下拉列表中选择{title}"
    elif title == "分值":
        rule.type, rule.operator, rule.formula1, rule.formula2 = "whole", "between", "1", str(MOST_POINTS)
        rule.errorTitle, rule.error = "填写有误", f"分值请填 1—{MOST_POINTS} 的整数"
    rule.promptTitle, rule.prompt = _HINTS[title]
    rule.add(f"{column}2:{column}{FILLED_DOWN_TO}")
    return rule


def _guide(sheet: Worksheet) -> None:
    _head(sheet, ["这一列", "怎么填"])
    for title, (what, how) in _HINTS.items():
        sheet.append([f"“{title}”", f"{what}：{how}"])
    sheet.append([f"“选项A”至“选项{LETTERS[-1]}”", "单选、多选依次填写，中间不要空格子；其他题型不填"])
    sheet.append([])
    sheet.append(["以下是各题型的例子，抄到第一张表里改用"])
    _head(sheet, [f"例·{title}" for title in TITLES], row=sheet.max_row + 1)
    for kind, topic, level, stem, options, key, points, explanation in _EXAMPLES:
        padded = [*options, *[None] * (len(LETTERS) - len(options))]
        sheet.append([kind, topic, level, stem, *padded, key, points, explanation])
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = _WRAPPED
    for at, width in enumerate((18, 60, 10, 56, *(14 for _ in LETTERS), 22, 8, 30), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def _head(sheet: Worksheet, titles: list[str], row: int = 1) -> None:
    for at, title in enumerate(titles, start=1):
        cell = sheet.cell(row, at, title)
        cell.font, cell.fill = _HEAD["font"], _HEAD["fill"]
