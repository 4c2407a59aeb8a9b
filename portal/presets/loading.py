"""Loads a preset: every app loads its own part, in the order of the staircase, in one transaction."""

from django.db import transaction

from assessment import preset as assessment_preset
from columns import preset as columns_preset
from disclosure import preset as disclosure_preset
from interaction import preset as interaction_preset
from portal import audit, pages, preset
from portal.models import Site, User
from portal.operations import seed_years
from portal.preset_merge import Merge
from portal.presets import source


@transaction.atomic
def load(name: str) -> Merge:
    """Make preset `name` live. Loading twice changes nothing; edits made since are kept and listed in the result.

    Raises PresetError (file, line, key) before anything is written.
    """
    data, schemes = source.read(name), source.read_schemes()
    for path, steps, message in assessment_preset.faults(schemes):
        raise source.complaint(path, steps, message)
    seed_years()
    merge = Merge(name)
    preset.load(data, merge)
    columns_preset.load(data, merge)
    interaction_preset.load(data, merge)
    disclosure_preset.load(data, merge)
    assessment_preset.load([one for _, one in schemes], data["preset.yaml"].get("schemes", ()), merge)
    if merge.created or merge.updated:
        main = Site.objects.filter(parent=None).first()
        note = f"{data['preset.yaml']['title']}：新增 {merge.created}，更新 {merge.updated}，保留修改 {len(merge.kept)}"
        audit.record("load_preset", "载入预设", main, actor=User.objects.system(), note=note)
        pages.site_changed()
    return merge
