"""A file or a folder of files, opened by what it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.spreadsheets import FileRefused, Place, Refusal
from publishing.importing import docx_files, json_files, tables, text_files
from publishing.importing.rows import Row

READERS: dict[str, Callable[[Path, str], Iterator[Row | Refusal]]] = {
    ".xlsx": tables.read_xlsx,
    ".csv": tables.read_csv,
    ".json": json_files.read,
    ".docx": docx_files.read,
    ".txt": text_files.read,
}
COUNTERS: dict[str, Callable[[Path], int | None]] = {".xlsx": tables.count_xlsx, ".csv": tables.count_csv}
_OLD_TEXTS, _OLD_TABLES = (".doc", ".wps", ".rtf", ".docm"), (".xls", ".et", ".xlsm")
_SAVE_AS = dict.fromkeys(_OLD_TEXTS, "docx") | dict.fromkeys(_OLD_TABLES, "xlsx")
_BESIDE = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".db", ".ini"}


@dataclass(frozen=True)
class Source:
    """What was found, in order; `count` estimates how many there are, None when only reading would tell."""

    found: Iterator[Row | Refusal]
    count: Callable[[], int | None]


def open_source(path: Path) -> Source:
    """A file, or a folder with all below it in the order of names; pictures beside documents are left out."""
    if not path.is_dir():
        counter = COUNTERS.get(path.suffix.lower())
        return Source(_read(path, path.name), lambda: counter(path) if counter else None)
    files = [file for file in sorted(path.rglob("*")) if _is_wanted(file, path)]
    found = (one for file in files for one in _read(file, file.relative_to(path).as_posix()))
    return Source(found, lambda: len(files))


def _read(path: Path, name: str) -> Iterator[Row | Refusal]:
    """The rows of one file; where it cannot be read any further, the reason comes last."""
    suffix = path.suffix.lower()
    try:
        if suffix in _SAVE_AS:
            raise FileRefused(f"不能读取 {suffix}：请另存为 {_SAVE_AS[suffix]} 后再导入")
        if suffix not in READERS:
            raise FileRefused(f"不能导入这种文件：可用 {'、'.join(kind.lstrip('.') for kind in READERS)}")
        yield from READERS[suffix](path, name)
    except FileRefused as refusal:
        yield Refusal(Place(name), "", str(refusal))
    except OSError as error:
        yield Refusal(Place(name), "", f"文件打不开：{error.strerror}")


def _is_wanted(file: Path, folder: Path) -> bool:
    """Neither links, nor what hides, nor what an open Word leaves behind, nor pictures."""
    names = file.relative_to(folder).parts
    hides = any(name.startswith((".", "~$", "__MACOSX")) for name in names)
    return file.is_file() and not file.is_symlink() and not hides and file.suffix.lower() not in _BESIDE
