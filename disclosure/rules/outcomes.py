"""Every lawful outcome once: its row in the annual report's third table, its clause, what it needs, how it reads.

政府信息公开条例第三十六至三十九条; rows of 国办公开办函〔2021〕30号 表三.
"""

from dataclasses import dataclass

from disclosure.enums.decisions import Outcome, OutcomeGroup

LAW = "政府信息公开条例"
FORM = "国办公开办函〔2021〕30号附件表三"
NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class Ruling:
    """One outcome. `row`: number within its group, 0 for a group that is a row itself; `says`: the letter's sentence
    of decision; `place`: what `Decision.place` is called here, "" where it is not asked; `hint` is for the drafter.
    """

    outcome: Outcome
    group: OutcomeGroup
    row: int
    clause: str
    says: str
    hint: str = ""
    place: str = ""
    needs_ground: bool = True
    needs_place: bool = False
    gives: bool = False

    @property
    def key(self) -> str:
        """三（三）4, as the third table numbers it."""
        number = f"三（{NUMERALS[list(OutcomeGroup).index(self.group)]}）"
        return f"{number}{self.row}" if self.row else number

    @property
    def article(self) -> str:
        """The clause where every one beside it is of the same law."""
        return self.clause.replace(LAW, "").replace(FORM, "年报表三")

    @property
    def label(self) -> str:
        return self.outcome.label


RULINGS: dict[str, Ruling] = {
    one.outcome: one
    for one in (
        Ruling(
            Outcome.OPEN, OutcomeGroup.OPEN, 0, f"{LAW}第三十六条第（一）项、第（二）项",
            "您申请获取的信息，本机关予以公开。",
            "附上文件；信息已经主动公开的，写明在哪里可以看到", "获取信息的方式、途径和时间",
            needs_ground=False, gives=True,
        ),
        Ruling(
            Outcome.PARTLY, OutcomeGroup.PARTLY, 0, f"{LAW}第三十七条",
            "您申请获取的信息中含有不应当公开的内容，能够作区分处理。本机关提供可以公开的内容，对不应当公开的内容不予公开。",
            "附上遮盖后的文件，写明遮盖的是什么、为什么", "获取信息的方式、途径和时间", gives=True,
        ),
        Ruling(
            Outcome.STATE_SECRET, OutcomeGroup.REFUSED, 1, f"{LAW}第十四条、第三十六条第（三）项",
            "您申请获取的信息依法确定为国家秘密，本机关不予公开。", "写明定密依据，不写秘密内容",
        ),
        Ruling(
            Outcome.FORBIDDEN, OutcomeGroup.REFUSED, 2, f"{LAW}第十四条、第三十六条第（三）项",
            "您申请获取的信息，法律、行政法规禁止公开，本机关不予公开。", "写明是哪部法律、行政法规第几条",
        ),
        Ruling(
            Outcome.SAFETY, OutcomeGroup.REFUSED, 3, f"{LAW}第十四条、第三十六条第（三）项",
            "您申请获取的信息公开后可能危及国家安全、公共安全、经济安全、社会稳定，本机关不予公开。",
        ),
        Ruling(
            Outcome.THIRD_PARTY, OutcomeGroup.REFUSED, 4, f"{LAW}第十五条、第三十二条、第三十六条第（三）项",
            "您申请获取的信息涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害，本机关不予公开。",
            "写明征求第三方意见的情况",
        ),
        Ruling(
            Outcome.INTERNAL, OutcomeGroup.REFUSED, 5, f"{LAW}第十六条第一款、第三十六条第（三）项",
            "您申请获取的信息属于行政机关人事管理、后勤管理、内部工作流程等方面的内部事务信息，本机关不予公开。",
        ),
        Ruling(
            Outcome.PROCESS, OutcomeGroup.REFUSED, 6, f"{LAW}第十六条第二款、第三十六条第（三）项",
            "您申请获取的信息属于行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息，本机关不予公开。",
        ),
        Ruling(
            Outcome.ENFORCEMENT, OutcomeGroup.REFUSED, 7, f"{LAW}第十六条第二款、第三十六条第（三）项",
            "您申请获取的信息属于行政执法案卷信息，本机关不予公开。", "法律、法规、规章规定应当公开的除外",
        ),
        Ruling(
            Outcome.ENQUIRY, OutcomeGroup.REFUSED, 8, f"{LAW}第三十六条第（七）项",
            "您申请获取的信息属于工商、不动产登记资料等信息，有关法律、行政法规对其获取有特别规定，请依照该规定办理。",
            place="办理查询的地点、条件和依据", needs_place=True,
        ),
        Ruling(
            Outcome.NOT_HELD, OutcomeGroup.UNABLE, 1, f"{LAW}第三十六条第（四）项、第（五）项",
            "经检索，本机关不掌握您申请获取的信息，无法提供。", "写明检索的范围；不属本机关负责公开的，写明理由",
            "负责公开的行政机关名称和联系方式",
        ),
        Ruling(
            Outcome.NOT_MADE, OutcomeGroup.UNABLE, 2, f"{LAW}第三十八条",
            "您申请获取的信息没有现成的政府信息，需要本机关对现有政府信息进行加工、分析，本机关不予提供。",
        ),
        Ruling(
            Outcome.UNCLEAR, OutcomeGroup.UNABLE, 3, f"{LAW}第二十九条、第三十条",
            "经补正，您的申请内容仍不明确，本机关无法提供。", "先要求补正，收到补正后才可选用",
        ),
        Ruling(
            Outcome.PETITION, OutcomeGroup.NOT_HANDLED, 1, f"{LAW}第三十九条第一款",
            "您以政府信息公开申请的形式进行信访、投诉、举报等活动，本机关不作为政府信息公开申请处理。",
            place="可以提出的渠道",
        ),
        Ruling(
            Outcome.REPEATED, OutcomeGroup.NOT_HANDLED, 2, f"{LAW}第三十六条第（六）项",
            "本机关已就您提出的相同政府信息公开申请作出答复，不予重复处理。", "选出此前已答复的那件申请",
        ),
        Ruling(
            Outcome.PUBLICATION, OutcomeGroup.NOT_HANDLED, 3, f"{LAW}第三十九条第二款",
            "您申请的内容为要求本机关提供政府公报、报刊、书籍等公开出版物，本机关不予处理。",
            place="获取公开出版物的途径",
        ),
        Ruling(
            Outcome.EXCESSIVE, OutcomeGroup.NOT_HANDLED, 4, f"{LAW}第三十五条",
            "您申请公开政府信息的数量、频次明显超过合理范围，所说明的理由不合理，本机关不予处理。",
            "先要求说明理由，收到说明后才可选用",
        ),
        Ruling(
            Outcome.CONFIRMATION, OutcomeGroup.NOT_HANDLED, 5, f"{LAW}第二条、{FORM}",
            "您要求本机关确认或者重新出具您已经获取的信息，本机关不予处理。",
        ),
        Ruling(
            Outcome.NOT_CORRECTED, OutcomeGroup.OTHER, 1, f"{LAW}第三十条",
            "您在规定期限内没有补正，又未说明正当理由，视为放弃申请，本机关不再处理。",
        ),
        Ruling(
            Outcome.NOT_PAID, OutcomeGroup.OTHER, 2, f"{LAW}第四十二条、国办函〔2020〕109号",
            "您在规定期限内没有按收费通知缴纳信息处理费，视为放弃申请，本机关不再处理。",
        ),
        Ruling(
            Outcome.OTHER, OutcomeGroup.OTHER, 3, f"{LAW}第三十三条", "对您的申请，本机关作如下处理。",
            "上面各项都不合适时才用",
        ),
    )
}  # fmt: skip


def ruling(outcome: str) -> Ruling:
    """Unknown outcomes raise KeyError."""
    return RULINGS[outcome]


def grouped() -> list[tuple[OutcomeGroup, list[Ruling]]]:
    """In the order of the third table."""
    return [(group, [one for one in RULINGS.values() if one.group == group]) for group in OutcomeGroup]
