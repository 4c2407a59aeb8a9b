"""Our pages beside a static file, a bare Django view and Wagtail 8 with the same content (`make bench-peers`).

Everything runs on loopback in one go, each page in turn and all of them several times: the machine's moods fall on all
alike. What is looked at are ratios. PEERS_SIZES names other numbers of articles, PEERS_SECONDS a longer look at each.
"""

import os
import statistics
import sys
import tempfile
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

from django.core.management import call_command

from bench import Row, at_least, at_most
from bench.peers import measuring, office, servers, wagtail

SIZES = [int(size) for size in os.environ.get("PEERS_SIZES", "10000,100000").split(",")]
FLAT = int(os.environ.get("PEERS_FLAT", "1000000"))
ROUNDS = int(os.environ.get("PEERS_ROUNDS", "3"))
ASKED = {"首页": 8, "栏目页": 8, "深页": 20, "文章页": 8}
FLAT_LIMIT = 1.3
Speeds = dict[str, float]


def run() -> list[Row]:
    rows: list[Row] = []
    ours: dict[int, Speeds] = {}
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        call_command("collectstatic", verbosity=0, interactive=False)
        for size in sorted({*SIZES, FLAT} - {0}):
            speeds = _measured(Path(folder), size, with_peers=size in SIZES)
            ours[size] = {name: speeds[f"门户 {name}（未缓存）"] for name in ASKED}
            if size in SIZES:
                rows += _published(size, speeds)
            if size == max(SIZES):
                rows += _against_wagtail(size, speeds)
    return rows + _flatness(ours)


def _measured(folder: Path, size: int, *, with_peers: bool) -> Speeds:
    """Requests a second of every page, the median of some rounds, all in turn; printed as a table."""
    print(f"{size:,} 篇：写入……", file=sys.stderr)
    pages = office.fill(size)
    with ExitStack() as stack:
        targets = servers.ours(stack, pages)
        if with_peers:
            targets |= wagtail.serve(stack, size, folder)
            targets |= servers.plain(stack, folder, targets)
            targets |= _published_pages(stack, folder, pages, is_first=size == min(SIZES))
        found: dict[str, list[float]] = {name: [] for name in targets}
        for _ in range(ROUNDS):
            for name, address in targets.items():
                found[name].append(measuring.requests_a_second(address))
    speeds = {name: statistics.median(figures) for name, figures in found.items()}
    print(_table(size, speeds), file=sys.stderr)
    return speeds


def _published_pages(
    stack: ExitStack, folder: Path, pages: dict[str, str], *, is_first: bool
) -> dict[str, str]:
    """Published as files, where the portal knows how to; once, as the files are the same however many there are."""
    if not is_first or not find_spec("portal.pages"):
        return {}
    return servers.published(stack, folder, pages)


def _against_wagtail(size: int, speeds: Speeds) -> list[Row]:
    return [
        at_least(
            f"{name}，{size:,} 篇，未缓存，为 Wagtail 的",
            speeds[f"门户 {name}（未缓存）"] / speeds[f"Wagtail {name}"], "倍", limit,
        )
        for name, limit in ASKED.items()
    ]  # fmt: skip


def _published(size: int, speeds: Speeds) -> list[Row]:
    pairs = [
        (f"门户 {name}（{way}）", f"{against}{name}", limit)
        for way, against, limit in (("nginx", "nginx 静态文件 ", 0.9), ("应用发布", "Django 空视图 ", 0.6))
        for name in ("首页", "文章页")
    ]
    return [
        at_least(f"{one}，为{other}的", speeds[one] / speeds[other], "倍", limit)
        for one, other, limit in pairs
        if one in speeds
    ]


def _flatness(ours: dict[int, Speeds]) -> list[Row]:
    least, most = min(ours), max(ours)
    if least == most:
        return []
    return [
        at_most(
            f"{name}，{most:,} 篇比 {least:,} 篇费时", ours[least][name] / ours[most][name], "倍", FLAT_LIMIT
        )
        for name in ASKED
    ]


def _table(size: int, speeds: Speeds) -> str:
    """× nginx first."""
    static = speeds.get("nginx 静态文件 首页")
    lines = [f"\n{size:,} 篇", f"{'× nginx':>9}  {'次/秒':>9}  页面"]
    for name, speed in sorted(speeds.items(), key=lambda one: -one[1]):
        share = f"{speed / static:9.4f}" if static else " " * 9
        lines.append(f"{share}  {speed:10,.1f}  {name}")
    return "\n".join(lines)
