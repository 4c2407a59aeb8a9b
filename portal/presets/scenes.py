"""The sample texts as they lie in `presets/<name>/demo/`: documents with front matter, news as YAML."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

import yaml

from portal.presets import source


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One sample text: where it goes, who collects it, how many days ago, and how far it gets."""

    site: str
    column: str
    title: str
    author: str
    department: str
    collector: str
    days_ago: int
    body: str
    cover: Path | None = None
    headline: bool = False
    reprint: bool = False
    source_name: str = ""
    written_on: date | None = None
    upto: str = "publish"

    @property
    def key(self) -> str:
        return f"demo:{self.site}:{self.title}"[:64]


def people(preset: str) -> list[dict]:
    """The rows of demo/people.yaml."""
    return source.read_file(source.folder(preset) / "demo" / "people.yaml", "people.yaml")["people"]


def mailboxes(preset: str) -> list[dict]:
    """The rows of demo/mailboxes.yaml."""
    return rows(preset, "mailboxes.yaml", "mailboxes")


def rows(preset: str, file: str, key: str) -> list[dict]:
    """The list under `key` in a file of the demo; none where a preset has no such file."""
    path = source.folder(preset) / "demo" / file
    return source.read_file(path, file)[key] if path.exists() else []


def scenes(preset: str) -> list[Scene]:
    """All sample texts, oldest first."""
    demo = source.folder(preset) / "demo"
    found = [*_documents(demo / "documents"), *_news(demo)]
    return sorted(found, key=lambda scene: -scene.days_ago)


def _documents(folder: Path) -> Iterator[Scene]:
    for path in sorted(folder.glob("*.html")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        said = yaml.safe_load(front)
        yield Scene(
            site=said["site"], column=said["column"], title=said["title"], author=said["author"],
            department=said["department"], collector=said["collector"], days_ago=said["days_ago"], body=body,
            reprint=said["reprint"], source_name=said["source"] or "", written_on=said["written_on"],
        )  # fmt: skip


def _news(demo: Path) -> Iterator[Scene]:
    for path in sorted((demo / "news").glob("*.yaml")):
        for item in source.read_file(path, "news.yaml")["items"]:
            yield Scene(
                site=path.stem, column=item["column"], title=item["title"], author=item["author"],
                department=item["department"], collector=item["collector"], days_ago=item["days_ago"],
                body="".join(f"<p>{escape(paragraph)}</p>" for paragraph in item["body"]),
                cover=demo / "pictures" / item["cover"] if item.get("cover") else None,
                headline=item.get("headline", False), upto=item.get("upto", "publish"),
            )  # fmt: skip
