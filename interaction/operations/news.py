"""办理进展: what the writer is told, on the tracking page at once and by e-mail where they left an address."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from interaction.models import Letter, LetterNews
from portal import clock
from portal.sweeps import sweep

MOST_ATTEMPTS, AT_ONCE = 5, 200
log = logging.getLogger(__name__)


def tell_writer(letter: Letter, text: str) -> None:
    """One more line for whoever wrote the letter."""
    letter.news.create(at=clock.now(), text=text, is_mailed=not letter.email)


@sweep("mail_letter_news", every=timedelta(minutes=1), label="来信进展邮件")
def mail_letter_news() -> int:
    """Send what has not been sent, without what the letter says; a failed one is tried again, at most five times."""
    waiting = LetterNews.objects.filter(is_mailed=False, attempts__lt=MOST_ATTEMPTS).select_related(
        "letter__site"
    )
    with get_connection() as connection:
        return sum(_mail(one, connection) for one in waiting[:AT_ONCE])


def _mail(news: LetterNews, connection) -> bool:
    # Counted as sent before it is: two sweeps at once never send the same line twice.
    claim = LetterNews.objects.filter(pk=news.pk, is_mailed=False)
    if not claim.update(is_mailed=True, attempts=news.attempts + 1):
        return False
    letter = news.letter
    text = f"{news.text}\n\n凭查询码 {letter.code} 和查询密码，在{letter.site}“来信查询”中查看全部内容。"
    message = EmailMessage(
        f"您的来信有新进展（{letter.code}）",
        text,
        settings.DEFAULT_FROM_EMAIL,
        [letter.email],
        connection=connection,
    )
    try:
        message.send()
    except OSError as error:
        log.warning("来信进展 %s 的邮件未发出：%s", news.pk, error)
        LetterNews.objects.filter(pk=news.pk).update(is_mailed=False)
        return False
    return True
