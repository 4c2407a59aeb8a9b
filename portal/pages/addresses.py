"""Where a public page lies: an address of a site, and the file that stands for it."""

import re
from dataclasses import dataclass

ALL_SITES = ""
_PAGE = re.compile(r"(?P<name>(?:[\w-]+/)*)(?:\?page=(?P<number>[1-9]\d{0,4}))?", re.ASCII)
_PLAIN = re.compile(r"[\w-]+\.xml", re.ASCII)
_SHARED = re.compile(r"(files|errors)(/[^/\0]+)+")
_FEED = re.compile(r"feeds/")


@dataclass(frozen=True, order=True)
class Address:
    """`path` comes after what all addresses of the site begin with: "c/news/", "c/news/?page=2"; "" is its home page.

    What all sites share (files of texts) belongs to the site "".
    """

    site: str
    path: str

    @property
    def file(self) -> str:
        """Below the folder of pages: "sites/fenju/c/news.page-2.html". ValueError for what can be no page."""
        if self.site == ALL_SITES:
            return f"shared/{_shared(self.path)}"
        if _PLAIN.fullmatch(self.path):
            return f"sites/{self.site}/{self.path}"
        found = _PAGE.fullmatch(self.path)
        if found is None:
            raise ValueError(self.path)
        part = f".page-{found['number']}" if found["number"] else ""
        ending = "atom" if _FEED.match(self.path) else "html"
        return f"sites/{self.site}/{found['name'].rstrip('/') or 'index'}{part}.{ending}"

    @property
    def bare(self) -> str:
        """The path without the page's number."""
        return self.path.partition("?")[0]

    @property
    def number(self) -> int:
        """Which page of a list; 1 for what has only one."""
        return int(self.path.partition("?page=")[2] or 1)


def paged(path: str, number: int) -> str:
    """The path of one page of a list, as it is always written."""
    return path if number == 1 else f"{path}?page={number}"


def is_page(path: str) -> bool:
    return bool(_PAGE.fullmatch(path) or _PLAIN.fullmatch(path))


def _shared(path: str) -> str:
    if not _SHARED.fullmatch(path) or any(part.startswith(".") for part in path.split("/")):
        raise ValueError(path)
    return path
