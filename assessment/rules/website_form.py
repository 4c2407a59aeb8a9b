"""政府网站工作年度报表 (国办发〔2017〕47号附件), row by row: what the records count, and what only the office knows.

There is no counter of visits: readers' pages are served as files and nobody is followed. Such rows are entered by the
office from its own statistics, and the form says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

NUMBER_MOST, TEXT_MOST = 9_999_999_999, 500


class Answer(StrEnum):
    NUMBER = "number"
    YES_NO = "yes_no"
    TEXT = "text"


@dataclass(frozen=True)
class Line:
    """A row: `counted` from the records, or entered as `answer`; `note` says from where."""

    key: str
    label: str
    unit: str = ""
    counted: bool = False
    answer: Answer = Answer.NUMBER
    note: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    lines: Sequence[Line]


def _counted(key: str, label: str, unit: str, note: str) -> Line:
    return Line(key, label, unit, counted=True, note=note)


def _yes(key: str, label: str) -> Line:
    return Line(key, label, answer=Answer.YES_NO)


NO_COUNTER = "系统不统计访问，请按本机关的统计工具填报"
FORM = (
    Section("访问", (
        Line("visitors", "独立用户访问总量", "个", note=NO_COUNTER),
        Line("visits", "网站总访问量", "次", note=NO_COUNTER),
    )),
    Section("信息发布", (
        _counted("published", "总数", "条", "本年首次发布的信息"),
        _counted("published_profile", "概况类信息更新量", "条", "概况信息、机构职能、负责人信息栏目，含更新"),
        _counted("published_news", "政务动态信息更新量", "条", "工作动态类栏目，含更新"),
        _counted("published_disclosure", "信息公开目录信息更新量", "条", "信息公开目录、政策文件等栏目，含更新"),
    )),
    Section("专栏专题", (
        Line("topics", "维护数量", "个"),
        Line("topics_new", "新开设数量", "个"),
    )),
    Section("解读回应", (
        _counted("interpretations", "解读信息发布总数", "条", "政策解读类栏目首次发布的信息"),
        Line("interpretation_products", "其中：解读产品数量（图解、音频、视频等）", "个"),
        Line("interpretation_comments", "其中：媒体评论文章数量", "篇"),
        _counted("responses", "回应公众关注热点或重大舆情数量", "次", "回应关切类栏目首次发布的信息"),
    )),
    Section("办事服务", (
        _yes("services_listed", "是否发布服务事项目录"),
        Line("users", "注册用户数", "个"),
        _counted("services", "政务服务事项数量", "项", "在办的办事事项"),
        Line("services_online", "其中：可全程在线办理政务服务事项数量", "项"),
        Line("handled", "办件量总数", "件"),
        Line("handled_people", "其中：自然人办件量", "件"),
        Line("handled_companies", "其中：法人办件量", "件"),
    )),
    Section("互动交流", (
        _yes("one_platform", "是否使用统一平台"),
        _counted("letters", "收到留言数量", "条", "本年来信"),
        _counted("letters_done", "办结留言数量", "条", "本年答复的来信"),
        _counted("letters_days", "平均办理时间", "天", "本年答复的来信，自来信到答复的自然日"),
        _counted("letters_public", "公开答复数量", "条", "本年选登"),
        _counted("calls", "征集调查期数", "期", "本年开始的民意征集和网上调查"),
        _counted("opinions", "收到意见数量", "条", "本年收到的征集意见"),
        _counted("calls_published", "公布调查结果期数", "期", "本年公布结果的民意征集和网上调查"),
        _counted("interviews", "在线访谈期数", "期", "本年开始的访谈"),
        _counted("interview_questions", "网民留言数量", "条", "本年收到的访谈提问"),
        _counted("interview_answers", "答复网民提问数量", "条", "本年访谈中答复的提问"),
        _yes("robot", "是否提供智能问答"),
    )),
    Section("安全防护", (
        Line("checks", "安全检测评估次数", "次"),
        Line("faults", "发现问题数量", "个"),
        Line("faults_mended", "问题整改数量", "个"),
        _yes("warning", "是否建立安全监测预警机制"),
        _yes("drill", "是否开展应急演练"),
        _yes("warden", "是否明确网站安全责任人"),
    )),
    Section("移动新媒体", (
        _yes("new_media", "是否有移动新媒体"),
        Line("new_media_names", "名称、信息发布量和关注量", answer=Answer.TEXT),
    )),
    Section("创新发展", (
        Line("innovation", "创新发展情况", answer=Answer.TEXT, note="搜索、适老化、多语言、个性化等；没有的写“无”"),
    )),
)  # fmt: skip

LINES = tuple(line for section in FORM for line in section.lines)
ENTERED = tuple(line for line in LINES if not line.counted)
COLUMN_TYPES = {
    "published_profile": ("概况信息", "机构职能", "负责人信息"),
    "published_news": ("工作动态",),
    "published_disclosure": ("信息公开目录", "信息公开指南", "信息公开年报", "政策文件"),
    "interpretations": ("政策解读",),
    "responses": ("回应关切",),
}
"""Which columns (栏目类型 of 国办发〔2017〕47号) a row counts."""

UPDATES_TOO = ("published_profile", "published_news", "published_disclosure")
"""更新量: later revisions count as well as the first."""


def missing(entered: Mapping[str, Any]) -> list[Line]:
    return [one for one in ENTERED if one.key not in entered]


def contradictions(values: Mapping[str, Any]) -> list[str]:
    """What cannot be so: a part that is more than the whole."""
    pairs = (
        ("services_online", "services"), ("handled_people", "handled"), ("handled_companies", "handled"),
        ("faults_mended", "faults"), ("topics_new", "topics"), ("visitors", "visits"),
    )  # fmt: skip
    labels = {one.key: one.label for one in LINES}
    return [
        f"“{labels[part]}”（{values[part]}）多于“{labels[whole]}”（{values[whole]}）"
        for part, whole in pairs
        if part in values and whole in values and int(values[part]) > int(values[whole])
    ]
