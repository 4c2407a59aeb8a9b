"""What is wrong with a preset is said with file, line and key, before anything is written."""

import shutil

import pytest
from django.conf import settings as django_settings

from portal.models import Site
from portal.presets import PresetError, load
from portal.presets import source as preset_source


@pytest.fixture
def copy(tmp_path, settings):
    """A copy of the default preset that may be broken."""
    shutil.copytree(django_settings.PRESETS_DIR / "jiangsu", tmp_path / "mine")
    shutil.copy(django_settings.PRESETS_DIR / "schema.yaml", tmp_path)
    settings.PRESETS_DIR = tmp_path
    return tmp_path / "mine"


def line_of(path, text: str) -> int:
    lines = path.read_text().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "message"),
    [
        ("sites.yaml", "palette: indigo", "palette: pink", "palette", "应为其中之一"),
        ("sites.yaml", "palette: indigo", "palette: indigo\n    colour: indigo", "colour", "不认识这个键"),
        ("sites.yaml", "name: 城东分局基层信息网", "name: ''", "name", "不能为空"),
        ("sites.yaml", "name: 城东分局基层信息网", "name: [1]", "name", "应为文字"),
        ("columns.yaml", "key: yaowenbaodao", "key: 要闻", "key", "只能含"),
        ("columns.yaml", "instances: [fenju, ", "instances: [fenjv, ", "0", "sites.yaml 里没有“fenjv”"),
        ("applications.yaml", "http://oa.intranet.example/", "javascript:alert(1)", "url", "应为 http://"),
        ("applications.yaml", "audience: STAFF", "audience: ALL", "audience", "应为其中之一"),
        ("routes.yaml", "default: false", "default: perhaps", "default", "true 或 false"),
    ],
)
def test_wrong_value_is_named_with_file_line_and_key(copy, file, old, new, key, message):
    path = copy / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(PresetError) as error:
        preset_source.read("mine")
    assert (error.value.file, error.value.line) == (file, line_of(path, new.splitlines()[-1].strip()))
    assert message in error.value.message
    assert error.value.key == key


def test_missing_key_is_named_where_it_should_stand(copy):
    path = copy / "sites.yaml"
    path.write_text(path.read_text().replace("    name: 城东分局基层信息网\n", "", 1))
    with pytest.raises(PresetError, match=r"sites.yaml 第 .*缺少“name”"):
        preset_source.read("mine")


def test_broken_yaml_names_the_line(copy):
    path = copy / "roles.yaml"
    path.write_text("roles:\n  - {key: A\n  - name: [\n")
    with pytest.raises(PresetError, match=r"roles\.yaml 第 \d+ 行.*不是正确的 YAML"):
        preset_source.read("mine")


def test_key_written_twice_is_refused(copy):
    path = copy / "preset.yaml"
    path.write_text(path.read_text() + "\ntitle: 再来一次\n")
    with pytest.raises(PresetError, match=r"“title”.*同一个键写了两次"):
        preset_source.read("mine")


def test_missing_file_is_named(copy):
    (copy / "routes.yaml").unlink()
    with pytest.raises(PresetError, match=r"routes.yaml.*缺少这个文件"):
        preset_source.read("mine")


def test_nothing_is_written_when_anything_is_wrong(db, copy):
    path = copy / "responsibilities.yaml"
    path.write_text(path.read_text().replace("department: jianchashi", "department: nobody", 1))
    with pytest.raises(PresetError, match=r"departments.yaml 里没有“nobody”"):
        load("mine")
    assert Site.objects.count() == 0
