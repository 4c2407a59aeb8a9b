"""One door for what the guard of the pages has to tell: into the audit trail, to those in charge, at once."""

from collections.abc import Sequence

from portal import audit, clock, notices
from portal.enums import NoticeKind, Power
from portal.models import Site, User

CLAUSE = "第二十一条"
NAMED = 20


def report_defacement(findings: Sequence[str]) -> None:
    """`findings`: what was found and has been put back, each as "file：what". Leaders hear of it at the first time."""
    main = Site.objects.filter(parent=None).first()
    if main is None:
        return
    what = "；".join(findings[:NAMED]) + (f"；共 {len(findings)} 处" if len(findings) > NAMED else "")
    audit.record(
        "defacement", "发现页面被篡改，已恢复", main, actor=User.objects.system(), note=what, clause=CLAUSE
    )
    moment = clock.local(clock.now())
    notices.tell(
        notices.holders(Power.SYSTEM, Power.SECURITY, Power.AUDIT, Power.SIGN),
        f"安全事件：{len(findings)} 处公开页面被篡改，已自动恢复", kind=NoticeKind.SYSTEM,
        body=f"{moment:%Y-%m-%d %H:%M:%S} 核对发现：{what}。被改动的文件已留存，请查明原因。",
    )  # fmt: skip
