"""What the guard of the pages finds is a security incident, reported to the leaders at once (办法第二十一条)."""

from collections.abc import Sequence
from hashlib import sha256

from portal import clock, incidents
from portal.enums import IncidentKind, Severity
from portal.models import Site

NAMED = 20


def report_defacement(findings: Sequence[str]) -> None:
    """`findings`: what was found and has been put back, each as "file：what". The same ones are counted while the
    incident is open; others are another incident.
    """
    main = Site.objects.filter(parent=None).first()
    if main is None:
        return
    named = "；".join(findings[:NAMED]) + (f"；共 {len(findings)} 处" if len(findings) > NAMED else "")
    moment = clock.local(clock.now())
    incidents.report(
        IncidentKind.TAMPER,
        f"{moment:%Y-%m-%d %H:%M:%S} 核对发现 {len(findings)} 处公开页面被篡改，已自动恢复：{named}。"
        "被改动的文件已留存，请查明原因。",
        key=f"tamper-{sha256(''.join(sorted(findings)).encode()).hexdigest()[:32]}", severity=Severity.GRAVE, site=main,
    )  # fmt: skip
