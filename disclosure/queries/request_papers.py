"""文书 of a request: what the office sends out, written from the rows (条例第三十至三十四条、第四十二条)."""

from datetime import date

from django.utils.timezone import localdate

from disclosure.enums.requests import CorrectionKind, ExtensionState, PartyKind
from disclosure.models import Consulting, Correction, DisclosureRequest, Extension, Fee, Office
from disclosure.rules import requests as rules
from portal.documents import Paper, Paragraph, Table

LAW = "《中华人民共和国政府信息公开条例》"
KINDS = ("receipt", "correction", "extension", "fee", "consulting")
FOR_APPLICANT = ("receipt", "correction", "extension", "fee")
NAMES = {
    "receipt": "登记回执", "correction": "补正告知书", "extension": "延长答复期限告知书", "fee": "收费通知书",
    "consulting": "征求意见书",
}  # fmt: skip


def paper(request: DisclosureRequest, kind: str, row: int) -> Paper | None:
    """The paper of that kind about the row of that id; None where there is none. Receipts are about the request."""
    makers = {
        "receipt": _receipt, "correction": _correction, "extension": _extension, "fee": _fee,
        "consulting": _consulting,
    }  # fmt: skip
    return makers[kind](request, row) if kind in makers else None


def papers(request: DisclosureRequest) -> list[tuple[str, int, str]]:
    """(kind, row, name) of all that exist for the applicant, oldest first."""
    found = [("receipt", 0, NAMES["receipt"])] if request.received_on else []
    found += [("correction", one.pk, _title(one)) for one in request.corrections.all()]
    found += [("fee", one.pk, NAMES["fee"]) for one in request.fees.all()]
    approved = request.extensions.filter(state=ExtensionState.APPROVED)
    return found + [("extension", one.pk, NAMES["extension"]) for one in approved]


def blank(office: Office) -> Paper:
    """申请表, to be filled in by hand and sent or brought."""
    rows = [
        ("申请人类别", "□自然人 □商业企业 □科研机构 □社会公益组织 □法律服务机构 □其他"),
        ("姓名或名称", ""), ("法定代表人或联系人（法人或其他组织）", ""), ("证件类型和号码", ""),
        ("联系电话", ""), ("通信地址和邮政编码", ""), ("电子邮箱", ""),
        ("所需政府信息的名称、文号或者便于查询的其他特征性描述", "\n\n\n"), ("用途（选填）", "\n"),
        ("获取信息的方式", "□邮寄 □电子邮件 □传真 □当面领取 □网上查看下载"),
        ("申请人签名或盖章、日期", "\n"),
    ]  # fmt: skip
    ways = f"邮寄地址：{office.address} {office.organ}{office.department}，邮编 {office.postcode}，"
    ways += "信封注明“政府信息公开申请”。"
    return Paper(
        office.organ, "政府信息公开申请表",
        [Table("请用钢笔或签字笔填写", ["项目", "内容"], rows, widths=[2, 5]),
         Paragraph("请附有效身份证件复印件。" + ways),
         Paragraph(f"也可以在办公时间（{office.hours}）到上述地址当面提交。咨询电话：{office.phone}。")],
    )  # fmt: skip


def _receipt(request: DisclosureRequest, row: int) -> Paper | None:
    if request.received_on is None:
        return None
    said = (
        f"您于{_words(request.arrived_on)}提出的政府信息公开申请（名称：{request.title}）收悉，"
        f"收到申请之日为{_words(request.received_on)}，编号 {request.code}。"
        f"本机关将依照{LAW}第三十三条的规定办理。"
    )
    return _letter(request, NAMES["receipt"], said, request.registered_at)


def _correction(request: DisclosureRequest, row: int) -> Paper | None:
    one = request.corrections.filter(pk=row).first()
    if one is None:
        return None
    unclear = one.kind == CorrectionKind.UNCLEAR
    why = "内容不明确" if unclear else "数量、频次明显超过合理范围"
    article = "第三十条" if unclear else "第三十五条"
    then = (
        "答复期限自本机关收到补正之日起计算。无正当理由逾期不补正的，视为放弃申请，本机关不再处理该申请。"
        if unclear else "未说明理由或者理由不合理的，本机关不予处理。"
    )  # fmt: skip
    said = f"您申请公开“{request.title}”（编号 {request.code}）{why}。依照{LAW}{article}，请在{_words(one.due_on)}前"
    said += f"{'作出补正' if unclear else '说明理由'}：\n{one.asks}\n{then}"
    return _letter(request, _title(one), said, one.asked_at)


def _extension(request: DisclosureRequest, row: int) -> Paper | None:
    one: Extension | None = request.extensions.filter(pk=row, state=ExtensionState.APPROVED).first()
    if one is None:
        return None
    said = (
        f"您申请公开“{request.title}”（编号 {request.code}），因{one.reason}，不能在期限内答复。依照{LAW}第三十三条，"
        f"经本机关政府信息公开工作机构负责人同意，答复期限延长 {one.working_days} 个工作日。"
    )
    return _letter(request, NAMES["extension"], said, one.decided_at)


def _fee(request: DisclosureRequest, row: int) -> Paper | None:
    one: Fee | None = request.fees.filter(pk=row).first()
    if one is None:
        return None
    said = (
        f"您申请公开“{request.title}”（编号 {request.code}），依照{LAW}第四十二条和国办函〔2020〕109号，"
        f"应当缴纳信息处理费 {one.amount} 元。\n{one.explained}\n请在{_words(one.due_on)}前缴纳。"
        "逾期未缴纳的，视为放弃申请，本机关不再处理该申请；缴费后，答复期限自缴费次日起重新计算。"
    )
    return _letter(request, NAMES["fee"], said, None, one.noticed_on)


def _consulting(request: DisclosureRequest, row: int) -> Paper | None:
    """To the party, who is not told who asks."""
    one: Consulting | None = request.consultings.filter(pk=row).first()
    if one is None:
        return None
    office, third = rules.office_of(request), one.kind == PartyKind.THIRD_PARTY
    article = "第三十二条" if third else "第三十四条"
    silent = (
        "逾期未提出意见的，由本机关依照条例的规定决定是否公开。"
        if third else "逾期未提出意见的，视为同意公开。"
    )  # fmt: skip
    why = "可能涉及你方合法权益" if third else "由你机关共同制作"
    said = (
        f"本机关收到政府信息公开申请，所需信息“{request.title}”{why}。"
        f"依照{LAW}{article}，现就是否同意公开征求意见：\n{one.asks}\n"
        f"请自收到本意见书之日起 {office.consult_days} 个工作日内书面答复，不同意公开的请说明理由。{silent}"
    )
    title = "第三方意见征询书" if third else "征求共同制作机关意见函"
    return Paper(
        office.organ, title, [Paragraph(said), Paragraph(_contact(office))], number=request.code,
        addressed=one.name, signed=office.organ, dated=one.sent_on,
    )  # fmt: skip


def _letter(request: DisclosureRequest, title: str, said: str, at, on: date | None = None) -> Paper:
    office = rules.office_of(request)
    return Paper(
        office.organ, title, [Paragraph(said), Paragraph(_contact(office))], number=request.code,
        addressed=request.name, signed=office.organ, dated=on or localdate(at),
    )  # fmt: skip


def _title(one: Correction) -> str:
    return NAMES["correction"] if one.kind == CorrectionKind.UNCLEAR else "说明理由告知书"


def _contact(office: Office) -> str:
    return f"联系部门：{office.department}，电话：{office.phone}，地址：{office.address}。"


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
