"""What an answer still lacks before it may go on its way: at which field, in which words."""

from collections.abc import Iterable

from disclosure.enums.decisions import Outcome
from disclosure.enums.requests import CorrectionKind, FeeState
from disclosure.models import Decision, DisclosureRequest
from disclosure.rules.outcomes import ruling


def lacks(decision: Decision) -> Iterable[tuple[str, str]]:
    """What the outcome still needs, as (field, message); nothing when the draft may go on its way."""
    if not decision.outcome:
        yield "outcome", "请选择答复结论"
        return
    one, request = ruling(decision.outcome), decision.request
    if one.needs_ground and not decision.ground.strip():
        yield "ground", f"答复“{one.label}”须写明事实理由和法律依据（{one.clause}）"
    if one.needs_place and not decision.place.strip():
        yield "place", f"请写明{one.place}（{one.clause}）"
    files = list(decision.files.select_related("file", "original"))
    if one.gives and not files and not decision.place.strip():
        yield "place", "请附上要提供的文件，或写明获取信息的方式、途径和时间"
    if files and not one.gives:
        yield "outcome", f"“{one.label}”不提供文件：请移除附件，或改选予以公开、部分公开"
    for file in files:
        if file.is_unfinished:
            yield "outcome", f"“{file.name}”画了遮盖还没有生成遮盖件，请先生成"
    if reason := _before(one.outcome, request):
        yield "outcome", reason


def _before(outcome: Outcome, request: DisclosureRequest) -> str:
    """What must have happened before this outcome may be chosen."""
    asked = {one.kind: one for one in request.corrections.all()}
    unclear, reasons = asked.get(CorrectionKind.UNCLEAR), asked.get(CorrectionKind.REASONS)
    if outcome == Outcome.UNCLEAR and not (unclear and unclear.received_on):
        return "要求过补正、收到补正后仍不明确的，才可以这样答复（条例第三十条）"
    if outcome == Outcome.NOT_CORRECTED and not (unclear and unclear.abandoned_at):
        return "告知过补正、逾期视为放弃的，才可以这样答复（条例第三十条）"
    if outcome == Outcome.EXCESSIVE and not reasons:
        return "要求申请人说明过理由的，才可以这样答复（条例第三十五条）"
    if outcome == Outcome.NOT_PAID and not request.fees.filter(state=FeeState.LAPSED).exists():
        return "发过收费通知、逾期未缴的，才可以这样答复（条例第四十二条）"
    if outcome == Outcome.REPEATED and (request.repeats is None or request.repeats.answered_on is None):
        return "请选出此前已答复的那件申请（条例第三十六条第（六）项）"
    return ""
