"""Texts that read like an office's, each another: a thousand characters or so, in five to nine paragraphs."""

from random import Random

PLACES = ("城东", "北桥", "南湖", "西园", "开发区", "新城", "老城", "河口", "山前", "江北", "湖西", "东港")
TOPICS = (
    "春季农资市场检查", "食品生产企业复查", "校园周边食品安全", "个体工商户年报", "消费投诉调解", "广告监测",
    "无照经营清理",
    "商标品牌培育", "网络交易监测", "计量器具检定", "特种设备安全排查", "企业登记便利化", "信用信息公示", "价格监督检查",
    "知识产权宣传", "节前市场巡查", "药品零售规范", "电梯安全责任", "公平竞争审查", "档案整理",
)  # fmt: skip
ACTS = ("召开", "部署", "推进", "完成", "通报", "总结", "启动", "开展")
FORMS = ("专项行动", "工作会议", "阶段工作", "业务培训", "现场检查", "座谈交流", "工作情况", "宣传活动")
OPENINGS = (
    "日前",
    "近日",
    "本周",
    "为落实上级部署",
    "根据年度工作安排",
    "结合辖区实际",
    "针对群众反映",
    "按照统一要求",
)
SENTENCES = (
    "{place}工商所{act}{topic}{form}，各责任科室负责人参加",
    "会议强调，要把{topic}摆在重要位置，做到任务到岗、责任到人",
    "执法人员重点检查了{number}户经营主体，发现问题{few}处，当场提出整改要求",
    "共发放宣传资料{number}份，接受群众咨询{few}人次",
    "对存在问题的单位，责令限期改正，并安排专人跟踪复查",
    "下一步，将继续加强{topic}，建立长效机制",
    "有关资料已按规定归档，办理结果通过门户网站公开",
    "与会人员就{topic}中的难点交换了意见，形成{few}条具体措施",
    "截至目前，辖区内已完成{topic}任务的百分之{few}十以上",
    "{place}片区实行包片负责，每周汇总进展，每月通报情况",
    "群众可拨打服务电话或在网上信箱反映情况，承办科室在规定时限内答复",
)  # fmt: skip
ASKED = (
    "办理执照变更需要哪些材料",
    "反映商户短斤少两",
    "咨询食品经营许可续期",
    "投诉快递丢失不赔",
    "建议增设办事窗口",
    "反映广告内容不实",
)


class Writer:
    """The same seed writes the same texts."""

    def __init__(self, seed: int):
        self._chance = Random(seed)

    def title(self, number: int) -> str:
        pick = self._chance.choice
        return f"{pick(PLACES)}分局{pick(ACTS)}{pick(TOPICS)}{pick(FORMS)}（第{number}期）"

    def body(self) -> str:
        return "".join(self._paragraph() for _ in range(self._chance.randint(5, 9)))

    def asked(self) -> str:
        return self._chance.choice(ASKED)

    def plain(self) -> str:
        return "。".join(self._sentence() for _ in range(self._chance.randint(2, 5))) + "。"

    def _paragraph(self) -> str:
        sentences = "。".join(self._sentence() for _ in range(self._chance.randint(3, 6)))
        return f"<p>{self._chance.choice(OPENINGS)}，{sentences}。</p>"

    def _sentence(self) -> str:
        pick = self._chance.choice
        return pick(SENTENCES).format(
            place=pick(PLACES), act=pick(ACTS), topic=pick(TOPICS), form=pick(FORMS),
            number=self._chance.randint(12, 600), few=self._chance.randint(2, 9),
        )  # fmt: skip
