"""Reads a preset's YAML files; whatever is wrong is said with file, line and key."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.exceptions import best_match

FILES = (
    "preset.yaml", "departments.yaml", "sites.yaml", "roles.yaml", "routes.yaml", "columns.yaml",
    "cadences.yaml", "responsibilities.yaml", "applications.yaml", "parameters.yaml",
    "letterboxes.yaml", "disclosure.yaml",
)  # fmt: skip
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where PyYAML was built with it
TYPES = {
    "string": "文字",
    "array": "列表",
    "object": "键值",
    "integer": "整数",
    "boolean": "true 或 false",
    "null": "空",
}


@dataclass(eq=False)
class PresetError(Exception):
    """What is wrong with a preset, where: file name, line (from 1), key and message."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行{f'“{self.key}”' if self.key else ''}：{self.message}"


def names() -> list[str]:
    """The presets that are there, by folder name."""
    return sorted(path.parent.name for path in settings.PRESETS_DIR.glob("*/preset.yaml"))


def folder(name: str) -> Path:
    if name not in names():
        raise PresetError(name, 0, "", f"没有这个制度预设；现有：{'、'.join(names())}")
    return settings.PRESETS_DIR / name


def read(name: str) -> dict[str, dict[str, Any]]:
    """All files of preset `name`, checked against the schema and against each other, by file name."""
    data = {file: read_file(folder(name) / file, file) for file in FILES}
    check_references(name, data)
    return data


def read_schemes() -> list[tuple[Path, dict[str, Any]]]:
    """The schemes of scoring of all presets, live or not, with the file each comes from."""
    paths = sorted(settings.PRESETS_DIR.glob("*/schemes.yaml"))
    return [(path, read_file(path, "schemes.yaml")) for path in paths]


def complaint(path: Path, steps: Iterable[str | int], message: str) -> PresetError:
    """What an app found wrong in a file that is right by the schema, said with the line."""
    node, steps = _parse(path)[0], list(steps)
    key = next((step for step in reversed(steps) if isinstance(step, str)), "")
    return PresetError(f"{path.parent.name}/{path.name}", _line(node, steps), key, message)


def read_file(path: Path, schema: str) -> dict[str, Any]:
    """One YAML file, checked against the part of presets/schema.yaml that is called `schema`."""
    node, data = _parse(path)
    rules = _rules((settings.PRESETS_DIR / "schema.yaml").read_text(encoding="utf-8"))
    validator = Draft202012Validator(rules["files"][schema] | {"$defs": rules["$defs"]})
    if (error := best_match(validator.iter_errors(data))) is not None:
        key, message = _in_words(error)
        raise PresetError(path.name, _line(node, [*error.absolute_path], key), key, message)
    return data


@cache
def _rules(text: str) -> dict[str, Any]:
    return yaml.load(text, LOADER)


def _parse(path: Path) -> tuple[yaml.Node, Any]:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), LOADER)
        if node is None:
            raise PresetError(path.name, 1, "", "文件是空的")
        _refuse_repeated_keys(node, path)
        return node, LOADER("").construct_document(node)
    except FileNotFoundError:
        raise PresetError(path.name, 0, "", "缺少这个文件") from None
    except UnicodeDecodeError:
        raise PresetError(path.name, 1, "", "文件须是 UTF-8 编码") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PresetError(path.name, line, "", f"不是正确的 YAML（{error.problem}）") from None


def _refuse_repeated_keys(node: yaml.Node, path: Path) -> None:
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _refuse_repeated_keys(child, path)
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, child in node.value:
            if key.value in seen:
                raise PresetError(path.name, key.start_mark.line + 1, key.value, "同一个键写了两次")
            seen.add(key.value)
            _refuse_repeated_keys(child, path)


def _in_words(error: ValidationError) -> tuple[str, str]:
    """The key that is wrong and what is wrong with it, in Chinese."""
    key = next((str(step) for step in reversed(error.absolute_path) if isinstance(step, str)), "")
    match error.validator:
        case "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            return key, f"缺少“{missing[0]}”"
        case "additionalProperties":
            extra = [name for name in error.instance if name not in error.schema["properties"]]
            return str(extra[0]), "不认识这个键"
        case "type":
            kinds = (
                error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
            )
            return key, f"应为{'或'.join(TYPES.get(kind, kind) for kind in kinds)}"
        case "enum":
            return key, f"“{error.instance}”应为其中之一：{'、'.join(map(str, error.validator_value))}"
        case "pattern":
            allowed = error.schema.get("description", "只能含小写字母、数字和连字符")
            return key, f"“{error.instance}”{allowed}"
        case "minItems" | "minLength":
            return key, "不能为空"
        case "anyOf" if required := [
            one["required"][0] for one in error.validator_value if "required" in one
        ]:
            return key, f"须写明其一：{'、'.join(required)}"
    return key, error.message


def _line(node: yaml.Node, path: list[Any], key: str = "") -> int:
    """The line where `path` (and in the mapping there, `key`) stands."""
    line = node.start_mark.line + 1
    for step in [*path, *([key] if key and (not path or path[-1] != key) else [])]:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
    return line


REFERENCES = (
    ("departments.yaml", ("departments", "*", "parent"), "departments.yaml"),
    ("sites.yaml", ("sites", "*", "department"), "departments.yaml"),
    ("sites.yaml", ("sites", "*", "parent"), "sites.yaml"),
    ("columns.yaml", ("instances", "*"), "sites.yaml"),
    ("columns.yaml", ("template", "*", "route"), "routes.yaml"),
    ("columns.yaml", ("template", "*", "children", "*", "route"), "routes.yaml"),
    ("cadences.yaml", ("cadences", "*", "column"), "columns.yaml"),
    ("cadences.yaml", ("cadences", "*", "site"), "sites.yaml"),
    ("cadences.yaml", ("cadences", "*", "department"), "departments.yaml"),
    ("responsibilities.yaml", ("responsibilities", "*", "site"), "sites.yaml"),
    ("responsibilities.yaml", ("responsibilities", "*", "column"), "columns.yaml"),
    ("responsibilities.yaml", ("responsibilities", "*", "department"), "departments.yaml"),
    ("letterboxes.yaml", ("letterboxes", "*", "site"), "sites.yaml"),
    ("letterboxes.yaml", ("letterboxes", "*", "receiver"), "departments.yaml"),
    ("letterboxes.yaml", ("letterboxes", "*", "office"), "departments.yaml"),
    ("letterboxes.yaml", ("letterboxes", "*", "route"), "routes.yaml"),
    ("disclosure.yaml", ("offices", "*", "site"), "sites.yaml"),
    ("disclosure.yaml", ("offices", "*", "department"), "departments.yaml"),
    ("disclosure.yaml", ("offices", "*", "route"), "routes.yaml"),
    ("disclosure.yaml", ("offices", "*", "issuers", "*", "department"), "departments.yaml"),
    ("disclosure.yaml", ("categories", "*", "site"), "sites.yaml"),
    ("disclosure.yaml", ("categories", "*", "column"), "columns.yaml"),
    ("disclosure.yaml", ("categories", "*", "parent"), "disclosure.yaml"),
    ("disclosure.yaml", ("categories", "*", "duties", "*", "department"), "departments.yaml"),
    ("disclosure.yaml", ("categories", "*", "duties", "*", "route"), "routes.yaml"),
)


def check_references(name: str, data: dict[str, dict[str, Any]]) -> None:
    """Every key that one file names must stand in the file it comes from."""
    known = {file: set(_keys(content)) for file, content in data.items()}
    for file, pattern, target in REFERENCES:
        for path, value in _walk(data[file], pattern):
            if value is not None and value not in known[target]:
                node, _ = _parse(folder(name) / file)
                raise PresetError(file, _line(node, path), str(path[-1]), f"{target} 里没有“{value}”")


def _keys(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        if "key" in content:
            yield content["key"]
        for value in content.values():
            yield from _keys(value)
    elif isinstance(content, list):
        for value in content:
            yield from _keys(value)


def _walk(content: Any, pattern: tuple[str, ...], path: tuple = ()) -> Iterator[tuple[list[Any], Any]]:
    if not pattern:
        yield list(path), content
    elif pattern[0] == "*":
        for index, value in enumerate(content or []):
            yield from _walk(value, pattern[1:], (*path, index))
    elif pattern[0] in (content or {}):
        yield from _walk(content[pattern[0]], pattern[1:], (*path, pattern[0]))
