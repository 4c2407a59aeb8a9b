"""The proof: every page is rendered once more and compared with the file that lies there."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import brotli

from portal.models import PublishedPage, Site, StalePage
from portal.pages import store
from portal.pages.addresses import Address
from portal.publisher import guarding, laying
from portal.publisher.rendering import Press

AT_ONCE = 200
UNPACK = {".gz": gzip.decompress, ".br": brotli.decompress}


@dataclass
class Verdict:
    """`different`: another text than would be rendered now; `missing`: to be there and not there; `foreign`: neither
    rendered nor in the manifest; `tampered`: not what the manifest says.
    """

    checked: int = 0
    equal: int = 0
    different: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    tampered: list[str] = field(default_factory=list)
    pending: int = 0

    @property
    def holds(self) -> bool:
        return not (self.different or self.missing or self.foreign or self.tampered)


def verify() -> Verdict:
    verdict = Verdict(pending=StalePage.objects.count())
    for number, address in enumerate(_everything()):
        if number % AT_ONCE == 0:
            press = Press()
        _compare(verdict, press, address)
    for finding in guarding.find(whole=True):
        kind = verdict.foreign if finding.what == guarding.FOREIGN else verdict.tampered
        kind.append(f"{finding.file}：{finding.what}")
    return verdict


def _everything() -> Iterator[Address]:
    """What is published unasked, then what lies there besides."""
    asked = set()
    for site in (None, *Site.objects.all()):
        for address in laying.enumerated(site):
            asked.add(address)
            yield address
    for row in PublishedPage.objects.order_by("pk").values_list("site", "path").iterator(chunk_size=2000):
        if (address := Address(*row)) not in asked:
            yield address


def _compare(verdict: Verdict, press: Press, address: Address) -> None:
    rendered, path = press.render(address), store.place(address)
    name = f"{address.site}/{address.path}"
    if rendered is None and not path.exists():
        return
    verdict.checked += 1
    if rendered is None:
        verdict.different.append(f"{name}：不应再公开")
    elif not path.exists():
        verdict.missing.append(name)
    elif not _is_same(path, rendered.body if rendered.file is None else rendered.file.read_bytes()):
        verdict.different.append(name)
    else:
        verdict.equal += 1


def _is_same(path: Path, body: bytes) -> bool:
    if path.read_bytes() != body:
        return False
    copies = ((path.with_name(path.name + ending), unpack) for ending, unpack in UNPACK.items())
    return all(unpack(copy.read_bytes()) == body for copy, unpack in copies if copy.exists())
