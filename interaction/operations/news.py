"""办理进展: what the writer is told, on the tracking page at once and by e-mail where they left an address."""

from datetime import timedelta

from interaction.models import Letter, LetterNews
from portal import clock, news
from portal.sweeps import sweep


def tell_writer(letter: Letter, text: str) -> None:
    """One more line for whoever wrote the letter."""
    letter.news.create(at=clock.now(), text=text, is_mailed=not letter.email)


@sweep("mail_letter_news", every=timedelta(minutes=1), label="来信进展邮件")
def mail_letter_news() -> int:
    """Send what has not been sent, without what the letter says; a failed one is tried again, at most five times."""
    return news.mail_waiting(LetterNews.objects.select_related("letter__site"), _letter_of)


def _letter_of(line: LetterNews) -> tuple[str, str, str]:
    letter = line.letter
    text = f"{line.text}\n\n凭查询码 {letter.code} 和查询密码，在{letter.site}“来信查询”中查看全部内容。"
    return letter.email, f"您的来信有新进展（{letter.code}）", text
