"""What the product is made of: a CycloneDX list of every package and bundled script, with licences.

    python -m scripts.sbom [FILE]      writes it (var/sbom.json), and the licences beside it (var/licences.md)
    python -m scripts.sbom --check     what is installed is what constraints.txt pins, and nothing it needs is missing

Made from what is installed, without asking anybody: it works where no network does.
"""

import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = {
    "ckeditor4": (
        "django-ckeditor", "ckeditor/static/ckeditor/ckeditor/ckeditor.js", r'version:"([\d.]+)"',
        "GPL-2.0+ OR LGPL-2.1+ OR MPL-1.1+",
    ),
    "htmx.org": ("django-unfold", "unfold/static/unfold/js/htmx/htmx.js", r'version:"([\d.]+)"', "0BSD"),
    "alpinejs": ("django-unfold", "unfold/static/unfold/js/alpine/alpine.js", r'version:"([\d.]+)"', "MIT"),
}  # fmt: skip
"""Scripts that come inside a package: the package, the file, where its version stands, the licence."""

EXTRAS = {"requirements.txt": "", "requirements-sso.txt": "单点登录"}


def wanted(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line.strip() and not line.startswith(("#", "-"))]


def pins() -> dict[str, str]:
    """Canonical name → version, as constraints.txt says."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = (line.split(";")[0].strip().partition("==") for line in lines if "==" in line and line[0] != "#")
    return {canonicalize_name(name.partition("[")[0]): version.strip() for name, _, version in found}


def closure() -> tuple[dict[str, metadata.Distribution], dict[str, set[str]], list[str]]:
    """All that the product needs: by canonical name, what each needs, and what is not installed."""
    found, needs, absent = {}, {}, []
    waiting = [one for name in EXTRAS for one in wanted(name)]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found and not requirement.extras:
            continue
        try:
            package = found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            absent.append(requirement.name)
            continue
        for text in package.requires or []:
            one = Requirement(text)
            if any(
                not one.marker or one.marker.evaluate({"extra": extra})
                for extra in requirement.extras or {""}
            ):
                needs.setdefault(name, set()).add(canonicalize_name(one.name))
                waiting.append(one)
    return found, needs, absent


def licence(package: metadata.Distribution) -> str:
    """As the package says: its expression, else its classifiers, else its one line."""
    said = package.metadata
    if expression := said.get("License-Expression"):
        return expression
    classes = [
        one.rpartition(" :: ")[2] for one in said.get_all("Classifier", []) if one.startswith("License ::")
    ]
    classes = [one for one in classes if one != "OSI Approved"]
    return " / ".join(classes) or (said.get("License") or "未注明").strip().splitlines()[0][:80]


def bundled() -> list[tuple[str, str, str]]:
    """Name, version and licence of each script that comes inside a package."""
    found = []
    for name, (package, path, pattern, terms) in BUNDLED.items():
        file = metadata.distribution(package).locate_file(path)
        match = re.search(pattern, Path(file).read_text(encoding="utf-8")) if Path(file).exists() else None
        found.append((name, match[1] if match else "未知", terms))
    return found


def document() -> dict:
    found, needs, _ = closure()
    parts = [
        {
            "type": "library", "bom-ref": f"pkg:pypi/{name}@{package.version}", "name": package.metadata["Name"],
            "version": package.version, "purl": f"pkg:pypi/{name}@{package.version}",
            "licenses": [{"license": {"name": licence(package)}}],
        }
        for name, package in sorted(found.items())
    ]  # fmt: skip
    parts += [
        {
            "type": "library", "bom-ref": f"pkg:npm/{name}@{version}", "name": name, "version": version,
            "purl": f"pkg:npm/{name}@{version}", "licenses": [{"license": {"name": terms}}],
        }
        for name, version, terms in bundled()
    ]  # fmt: skip
    ref = {name: f"pkg:pypi/{name}@{package.version}" for name, package in found.items()}
    product = Requirement("govportal")
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(sorted(ref.values())))}",
        "metadata": {"component": {"type": "application", "bom-ref": product.name, "name": product.name}},
        "components": parts,
        "dependencies": [
            {"ref": ref[name], "dependsOn": sorted(ref[one] for one in needs.get(name, ()) if one in ref)}
            for name in sorted(found)
        ],
    }  # fmt: skip


def faults() -> list[str]:
    """In words, what is installed otherwise than pinned, not pinned, or missing (the packages of 单点登录 may be)."""
    found, _, absent = closure()
    pinned = pins()
    optional = {canonicalize_name(one.name) for one in wanted("requirements-sso.txt")}
    told = [f"{name} 没有安装" for name in absent if canonicalize_name(name) not in optional]
    for name, package in sorted(found.items()):
        if name not in pinned:
            told.append(f"{name} 没有写进 constraints.txt")
        elif pinned[name] != package.version:
            told.append(f"{name} 装的是 {package.version}，constraints.txt 写的是 {pinned[name]}")
    return told


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        told = faults()
        print("\n".join(told) or "安装的软件包与 constraints.txt 一致")
        return int(bool(told))
    file = Path(arguments[0] if arguments else ROOT / "var/sbom.json")
    file.parent.mkdir(parents=True, exist_ok=True)
    made = document()
    file.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    rows = [
        f"| {one['name']} | {one['version']} | {one['licenses'][0]['license']['name']} |"
        for one in made["components"]
    ]
    table = ["| 软件 | 版本 | 许可 |", "|---|---|---|", *rows]
    file.with_name("licences.md").write_text("\n".join(table) + "\n", encoding="utf-8")
    print(f"{len(rows)} 个组成部分：{file}，许可见 {file.with_name('licences.md')}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
