"""The life of a pre-review: examined, returned and corrected as often as it takes, passed or refused."""

from disclosure.enums.prereviews import PreReviewParty as P
from disclosure.enums.prereviews import PreReviewState as S
from portal.transitions import Transition, Workflow, states

PRE_REVIEW = Workflow.of(
    Transition("pass_", "预审通过", states(S.SUBMITTED), S.PASSED, P.HANDLER),
    Transition("return_", "退回补正", states(S.SUBMITTED), S.RETURNED, P.HANDLER, needs_note=True),
    Transition("refuse", "不予通过", states(S.SUBMITTED), S.REFUSED, P.HANDLER, needs_note=True),
    Transition("correct", "提交补正", states(S.RETURNED), S.SUBMITTED, P.APPLICANT),
    Transition("withdraw", "撤回", states(S.SUBMITTED, S.RETURNED), S.WITHDRAWN, P.APPLICANT),
    Transition("lapse", "逾期未补正", states(S.RETURNED), S.LAPSED, None),
)
