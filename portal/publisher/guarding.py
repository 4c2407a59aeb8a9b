"""防篡改 (JS-19, 第二十一条): what lies in the folder of pages is what was put there, or it is put back.

Every sweep looks at every file's size and times; whatever differs, and some of the others in rotation, is read whole
and compared with the signed manifest. What is not ours is taken away, what was changed is rendered anew from the
database, and the defaced file is kept as evidence.
"""

import logging
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from portal import clock
from portal.models import PublishedPage, Site, StalePage
from portal.pages import manifest, outbox, store
from portal.pages.addresses import Address
from portal.publisher import working
from portal.publisher.incidents import report_defacement
from portal.sweeps import sweep

READ_WHOLE_EACH_TIME = 200
KEPT_MOST = 50
CHANGED, MISSING, FOREIGN = "内容被改动", "文件被删除", "不属于门户的文件"
UNSIGNED, LINKS = "清单签名不符", "站点链接被改动"
log = logging.getLogger(__name__)


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is not as it was put there; `address` is None for a file that stands for no page."""

    file: str
    what: str
    address: Address | None = None


@sweep("guard_pages", every=timedelta(seconds=30), label="页面防篡改核对")
def guard_pages() -> int:
    """Compare, put back, report; returns how many things were not as they should be."""
    if not settings.PUBLISHES_PAGES or not store.root().is_dir():
        return 0
    findings = sorted(set(find()))
    if findings:
        mend(findings)
        report_defacement([f"{one.file}：{one.what}" for one in findings])
    return len(findings)


def find(*, whole: bool = False) -> Iterator[Finding]:
    """Everything that differs from the manifest; `whole` reads every byte."""
    files = {entry.path: entry for entry in store.walk()}
    for page in _pages():
        address = Address(page.site, page.path)
        yield from _of_page(page, address, files, whole)
    for file in map(_relative, map(Path, files)):
        if _is_foreign(file):
            yield Finding(file, FOREIGN)
    if store.link(list(Site.objects.all())):
        yield Finding("by", LINKS)
    if not whole:
        yield from _in_rotation()


def mend(findings: Iterable[Finding]) -> None:
    """Evidence first; then what is foreign is removed, and what was ours rendered anew from the database."""
    for one in findings:
        path = store.root() / one.file
        if one.what not in (MISSING, LINKS):
            _keep(path)
        if one.address is None and one.what == FOREIGN:
            path.unlink(missing_ok=True)
    ours = {one.address for one in findings if one.address}
    outbox.dropped(ours)
    working.drain()


def _pages() -> Iterator[PublishedPage]:
    return PublishedPage.objects.defer("version", "rendered_at").order_by("pk").iterator(chunk_size=2000)


def _of_page(page: PublishedPage, address: Address, files: dict, whole: bool) -> Iterator[Finding]:
    """Takes the page's files out of `files`: what remains there at the end is nobody's."""
    is_suspect = whole
    for copy, said in page.prints.items():
        entry = files.pop(str(store.place(address, copy)), None)
        try:
            is_suspect |= entry is None or entry.is_symlink() or store.stamp(entry.stat()) != said[:3]
        except FileNotFoundError:
            is_suspect = True
    if is_suspect:
        yield from _read_whole(address)


def _read_whole(address: Address) -> list[Finding]:
    """Under the lock of the page's line, so that nobody replaces the page meanwhile; a page that has changed and waits
    to be rendered is not looked at.
    """
    with transaction.atomic():
        rows = PublishedPage.objects.select_for_update().filter(site=address.site, path=address.path)
        page = rows.first()
        if page is None or StalePage.objects.filter(site=address.site, path=address.path).exists():
            return []
        found = [one for one in (_of_file(address, copy, said) for copy, said in page.prints.items()) if one]
        if not manifest.is_genuine(page):
            found.append(Finding(address.file, UNSIGNED, address))
        page.checked_at = clock.now()
        page.save(update_fields=["checked_at", "prints"])
        return found


def _of_file(address: Address, copy: str, said: list) -> Finding | None:
    """The same content under another stamp (a folder copied from a backup) is no finding: the stamp is learnt."""
    path = store.place(address, copy)
    name = address.file + copy
    try:
        if path.is_symlink() or store.digest(path) != said[3]:
            return Finding(name, CHANGED, address)
        said[:3] = store.stamp(path.stat())
    except OSError:
        return Finding(name, MISSING, address)
    return None


def _in_rotation() -> Iterator[Finding]:
    """Those not read for longest, whatever their stamp says."""
    rows = PublishedPage.objects.order_by("checked_at")[:READ_WHOLE_EACH_TIME]
    for site, path in list(rows.values_list("site", "path")):
        yield from _read_whole(Address(site, path))


def _is_foreign(file: str) -> bool:
    """Nobody's: no line of the manifest names it, none of the outbox stands for a page that is being put there."""
    return (store.root() / file).exists() and not any(_is_known(file, copy) for copy in store.COPIES)


def _is_known(file: str, copy: str) -> bool:
    if not file.endswith(copy):
        return False
    address = address_of(file.removesuffix(copy))
    here = {"site": address.site, "path": address.path}
    page = PublishedPage.objects.filter(**here).first()
    return (page is not None and copy in page.prints) or StalePage.objects.filter(**here).exists()


def address_of(file: str) -> Address:
    """The page for which a file below the folder would stand."""
    folder, _, rest = file.partition("/")
    if folder == "shared":
        return Address("", rest)
    site, _, name = rest.partition("/")
    if name.startswith("sitemap"):
        return Address(site, name)
    stem = name.removesuffix(".html").removesuffix(".atom")
    stem, _, number = stem.partition(".page-")
    path = "" if stem == "index" else f"{stem}/"
    return Address(site, f"{path}?page={number}" if number else path)


def _keep(path: Path) -> None:
    """Evidence, outside the folder that the web server reads."""
    folder = Path(settings.EVIDENCE_ROOT) / f"{clock.local(clock.now()):%Y%m%d-%H%M%S}"
    if folder.is_dir() and sum(1 for _ in folder.iterdir()) >= KEPT_MOST:
        return
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        name = _relative(path).replace("/", "_")[-150:]
        shutil.copyfile(path, folder / name, follow_symlinks=False)


def _relative(path: Path) -> str:
    return path.relative_to(store.root()).as_posix()
