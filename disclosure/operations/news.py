"""办理进展: what the applicant is told, on the tracking page at once and by e-mail where they left an address."""

from datetime import timedelta

from disclosure.models import DisclosureRequest, RequestNews
from portal import clock, news
from portal.sweeps import sweep


def tell_applicant(request: DisclosureRequest, text: str, clause: str = "") -> None:
    """One more line for whoever asked, with the clause it rests on."""
    request.news.create(at=clock.now(), text=text, clause=clause, is_mailed=not request.email)


@sweep("mail_request_news", every=timedelta(minutes=1), label="公开申请进展邮件")
def mail_request_news() -> int:
    """Send what has not been sent, without what was asked for; a failed one again, at most five times."""
    return news.mail_waiting(RequestNews.objects.select_related("request__site"), _letter_of)


def _letter_of(line: RequestNews) -> tuple[str, str, str]:
    request = line.request
    text = (
        f"{line.text}\n\n凭申请编号 {request.code} 和查询密码，在{request.site}“公开申请查询”中查看全部内容。"
    )
    return request.email, f"您的政府信息公开申请有新进展（{request.code}）", text
