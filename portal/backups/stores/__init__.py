"""What backups are kept in: restic's repository (encrypted) where restic is installed, else a plain verified copy."""

from pathlib import Path

from django.conf import settings

from portal.backups import places, programs
from portal.backups.programs import Failed
from portal.backups.stores.base import Kept, Store
from portal.backups.stores.plain import Plain
from portal.backups.stores.restic import Restic

__all__ = ["Kept", "Store", "at", "is_encrypted", "named", "offsite", "usual"]


def usual(folder: Path | None = None) -> Store:
    """Where the next backup goes; or a store of the same kind in a folder of its own."""
    if programs.find("restic"):
        return Restic(str(folder), places.key()) if folder else named(Restic.name)
    return Plain(folder) if folder else named(Plain.name)


def is_encrypted() -> bool:
    """Whether the next backup will be."""
    return bool(programs.find("restic"))


def named(name: str) -> Store:
    """The local store of that name: one made before restic was installed is still read."""
    folder = places.root() / name
    return Restic(str(folder), places.key()) if name == Restic.name else Plain(folder)


def offsite() -> Restic | None:
    """The second repository, where one is named."""
    return Restic(settings.BACKUP_OFFSITE, places.key()) if settings.BACKUP_OFFSITE else None


def at(address: str) -> Store:
    """The store in a folder or at an address: after a disaster, copied from discs, or in the other place."""
    if not Path(address).is_dir():
        if address.startswith("/"):
            raise Failed(f"没有目录 {address}")
        return Restic(address, places.key())
    folder = Path(address)
    if (folder / "runs").is_dir():
        return Plain(folder)
    if (folder / "config").is_file():
        return Restic(address, places.key())
    raise Failed(f"{address} 里没有备份库：应有 config（restic）或 runs（文件备份）")
