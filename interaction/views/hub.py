"""互动交流: where every channel begins, and what is going on now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from interaction.enums.activities import ActivityKind, Phase
from interaction.queries import activities, letterboxes

LOOKED_AT, NEWEST = 20, 6
CHANNELS = (
    ("信箱", "mailbox/", "投诉、咨询、建议，限期答复"),
    ("来信查询", "mailbox/track/", "凭查询码看办理进展，评价答复"),
    ("问答", "questions/", "业务和法律问题，部门解答"),
    ("网上调查", "surveys/", "填写问卷，看分析结果"),
    ("投票与评议", "polls/", "一人一票，截止后公布"),
    ("民意征集", "consultations/", "对草案逐条提意见，看采纳情况"),
    ("在线访谈", "interviews/", "向嘉宾提问，看文字实录"),
    ("网上考试", "exams/", "随时保存，到时自动交卷"),
    ("在线投稿", "contributions/", "来稿署名，两个工作日内处理"),
)


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    rows = activities.shown(request.user, request.site, ActivityKind)[:LOOKED_AT]
    return render(request, "public/interaction/hub.html", {
        "channels": CHANNELS, "running": [one for one in rows if one.phase in (Phase.OPEN, Phase.COMING)],
        "published": letterboxes.published(request.site)[:NEWEST],
    })  # fmt: skip
