"""刻录光盘 (办法第二十条第4项): images ready to burn, as many as a backup needs, each with its list and checksums.

Together the discs hold a repository of that one backup: copied into one folder, `restore … --from` reads it.
"""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from pycdlib import PyCdlib

from portal import clock
from portal.backups import manifest, places
from portal.backups.programs import Failed, Tick
from portal.models import BackupRun

MB = 1_000_000
DVD = 4480 * MB
MEDIA = {"cd": 680 * MB, "dvd": DVD, "bd": 24_600 * MB}
SECTOR, PER_FILE, RESERVE = 2048, 1024, 4 * MB

Files = list[tuple[str, Path]]

README = """{title}
第 {number} 张，共 {total} 张

还原：把各张光盘里 repo 目录的内容复制到同一个空目录，例如 /srv/archive，然后

    manage.py restore {key} --from /srv/archive --to 空目录

校验：在光盘根目录执行 sha256sum -c SHA256SUMS
{key_note}
"""
SEALED = "备份库是加密的：须有备份密钥（BACKUP_KEY 或 backup_key 文件），密钥不在光盘上。"
OPEN = "备份库没有加密，请按存有内部资料的载体保管。"


def burn_ready(repository: Path, run: BackupRun, to: Path, medium: int, tick: Tick) -> list[Path]:
    """The images in `to`, none of them larger than `medium` bytes. Raises Failed where a file fits on no disc."""
    discs = list(_split(repository, medium - RESERVE))
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    places.require_room(to, sum(path.stat().st_size for disc in discs for _, path in disc))
    made = []
    for number, files in enumerate(discs, 1):
        path = to / f"{run.key}-{number:02}of{len(discs):02}.iso"
        draft = path.with_suffix(".part")
        _write(draft, files, _leaflets(run, repository, files, number, len(discs)), f"GOVPORTAL_{number:02}")
        draft.replace(path)
        made.append(path)
        tick(number / len(discs))
    sums = "".join(f"{manifest.digest(path)}  {path.name}\n" for path in made)
    (to / f"{run.key}.sha256").write_text(sums, encoding="utf-8")
    return made


def _split(repository: Path, room: int) -> Iterator[Files]:
    """Files in their order, disc by disc."""
    disc: Files = []
    used = 0
    for path in manifest.walk(repository):
        needed = -(-path.stat().st_size // SECTOR) * SECTOR + PER_FILE
        if needed > room:
            raise Failed(f"介质太小：{places.size(needed)} 的文件放不进一张，请改用容量更大的介质")
        if used + needed > room:
            yield disc
            disc, used = [], 0
        disc.append((path.relative_to(repository).as_posix(), path))
        used += needed
    yield disc


def _leaflets(run: BackupRun, repository: Path, files: Files, number: int, total: int) -> dict[str, bytes]:
    sums = [(f"repo/{name}", path.stat().st_size, manifest.digest(path)) for name, path in files]
    said = {
        "run": run.key, "at": run.started_at.isoformat(), "disc": number, "discs": total,
        "made_at": clock.now().isoformat(), "files": [{"path": n, "bytes": b, "sha256": s} for n, b, s in sums],
    }  # fmt: skip
    readme = README.format(
        title=f"政务门户 光盘归档 {run.key}", number=number, total=total, key=run.key,
        key_note=SEALED if (repository / "config").is_file() else OPEN,
    )  # fmt: skip
    return {
        "README.TXT": readme.encode("utf-8-sig"),
        "manifest.json": json.dumps(said, ensure_ascii=False, indent=1).encode(),
        "SHA256SUMS": "".join(f"{digest}  {name}\n" for name, _, digest in sums).encode(),
    }


def _write(to: Path, files: Files, leaflets: dict[str, bytes], label: str) -> None:
    """ISO 9660 with the long names of Joliet and Rock Ridge, read by every system."""
    image = PyCdlib()
    image.new(interchange_level=3, joliet=3, rock_ridge="1.09", vol_ident=label)
    try:
        short = _Shelves(image)
        for name, content in leaflets.items():
            image.add_fp(BytesIO(content), len(content), **short.place(name))
        for name, path in files:
            image.add_file(str(path), **short.place(f"repo/{name}"))
        image.write(str(to))
    finally:
        image.close()


class _Shelves:
    """Folders of an image, made when first needed; the old short names are numbers, people see the long ones."""

    def __init__(self, image: PyCdlib):
        self.image, self.short, self.count = image, {"": ""}, 0

    def place(self, name: str) -> dict[str, str]:
        """What pycdlib is told of a file."""
        folder, _, last = name.rpartition("/")
        return {
            "iso_path": f"{self._folder(folder)}/{self._next()}.;1",
            "rr_name": last,
            "joliet_path": f"/{name}",
        }

    def _folder(self, name: str) -> str:
        if name not in self.short:
            parent, _, last = name.rpartition("/")
            self.short[name] = f"{self._folder(parent)}/{self._next()}"
            self.image.add_directory(self.short[name], rr_name=last, joliet_path=f"/{name}")
        return self.short[name]

    def _next(self) -> str:
        self.count += 1
        return f"F{self.count:07}"
