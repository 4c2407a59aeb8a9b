"""政府信息公开申请答复书: said from the decision, with the remedies the law names (条例第三十六条、第五十一条)."""

from datetime import date

from disclosure.enums.requests import ORGANISATIONS, CorrectionKind, ExtensionState
from disclosure.models import Decision, DisclosureRequest, Office
from disclosure.rules.outcomes import RULINGS, Ruling, ruling
from disclosure.rules.requests import office_of
from portal.documents import Paper, Paragraph

TITLE = "政府信息公开申请答复书"


def paper(decision: Decision, *, number: str = "", dated: date | None = None) -> Paper:
    """The letter as it stands; number and date belong to what is sent."""
    request, office = decision.request, office_of(decision.request)
    texts = [
        received(request),
        *decided(decision),
        *given(decision),
        *remedies(decision, office),
        contact(office),
    ]
    return Paper(
        masthead=office.organ, title=TITLE, number=number or decision.number, addressed=request.name,
        parts=[Paragraph(text) for text in texts if text], signed=office.organ, dated=dated,
    )  # fmt: skip


def proposed(outcome: str, request: DisclosureRequest) -> str:
    """The sentence of decision that the outcome asks for, addressed to whoever asks."""
    return addressed(RULINGS[outcome].says, request) if outcome in RULINGS else ""


def own_words(text: str, request: DisclosureRequest) -> str:
    """What the drafter wrote beyond the sentence that some outcome proposed; "" when nothing."""
    sentences = {addressed(one.says, request) for one in RULINGS.values()}
    return "" if text.strip() in sentences else text.strip()


def addressed(text: str, request: DisclosureRequest) -> str:
    return text.replace("您", "你单位") if request.kind in ORGANISATIONS else text


def received(request: DisclosureRequest) -> str:
    """What was asked, when it arrived, what happened to the days since."""
    came = f"本机关于{_words(request.received_on)}收到您提交的政府信息公开申请（申请编号：{request.code}）"
    text = f"{came}，您申请获取“{request.title}”。"
    for correction in request.corrections.all():
        if correction.received_on:
            what = "说明的理由" if correction.kind == CorrectionKind.REASONS else "补正材料"
            text += f"本机关于{_words(correction.received_on)}收到您的{what}。"
    for extension in request.extensions.all():
        if extension.state == ExtensionState.APPROVED:
            text += f"经批准，答复期限延长了{extension.working_days}个工作日，并已告知您。"
    return addressed(text, request)


def decided(decision: Decision) -> list[str]:
    request = decision.request
    if not decision.outcome:
        return ["（尚未选择答复结论）"]
    one = ruling(decision.outcome)
    text = f"经审查，根据{_named(one)}的规定，答复如下："
    said = [text, decision.text.strip() or proposed(decision.outcome, request)]
    if decision.ground.strip():
        said.append(f"理由和依据：{decision.ground.strip()}")
    if decision.place.strip():
        said.append(f"{one.place or '获取途径'}：{decision.place.strip()}")
    if request.repeats and decision.outcome == "REPEATED":
        said.append(_earlier(request.repeats, request))
    return said


def given(decision: Decision) -> list[str]:
    """附件, with what was covered in each and why (条例第三十七条)."""
    lines = []
    for number, file in enumerate(decision.files.select_related("file", "original"), start=1):
        why = f"（已作区分处理：{file.ground}）" if file.covered and file.ground else ""
        lines.append(f"附件{number}：{file.name}{why}")
    return lines


def remedies(decision: Decision, office: Office) -> list[str]:
    request = decision.request
    review = f"自收到本答复书之日起{office.review_days}日内向{office.review_organ}申请行政复议"
    if decision.outcome and ruling(decision.outcome).group in office.review_first:
        text = (
            f"如对本答复不服，您应当先{review}；对行政复议决定不服的，可以自收到行政复议决定书之日起"
            f"{office.suit_days}日内向{office.court}提起行政诉讼。"
        )
    else:
        text = (
            f"如对本答复不服，您可以{review}，也可以自收到本答复书之日起{office.suit_months}个月内"
            f"直接向{office.court}提起行政诉讼。"
        )
    return [addressed(text, request)]


def contact(office: Office) -> str:
    return f"联系地址：{office.address}；联系电话：{office.phone}。"


def _earlier(earlier: DisclosureRequest, request: DisclosureRequest) -> str:
    decision = earlier.decisions.filter(state="SENT").first()
    number = f"（{decision.number}）" if decision and decision.number else ""
    text = f"您此前提出的申请（申请编号：{earlier.code}），本机关已于{_words(earlier.answered_on)}作出答复{number}。"
    return addressed(text, request)


def _named(one: Ruling) -> str:
    """《中华人民共和国政府信息公开条例》第三十六条…, as a letter cites it."""
    return one.clause.replace("政府信息公开条例", "《中华人民共和国政府信息公开条例》")


def _words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "（日期待登记）"
