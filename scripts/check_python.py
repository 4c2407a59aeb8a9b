"""Says in one line what is missing before a virtual environment is made; runs on any Python 3."""

import importlib.util
import sys


def missing(version, modules):
    """What a Python of this version with these modules lacks, or nothing."""
    found = ".".join(map(str, version))
    if version < (3, 11):
        return (
            "需要 Python 3.11 或更新版本，当前是 " + found + "；另有新版本时请用：make run PYTHON=python3.11"
        )
    if not {"venv", "ensurepip"} <= modules:
        return "缺少 venv 模块；在 Debian 上请先安装：apt-get install python" + found + "-venv"
    return ""


if __name__ == "__main__":
    present = {name for name in ("venv", "ensurepip") if importlib.util.find_spec(name)}
    problem = missing(tuple(sys.version_info[:2]), present)
    if problem:
        sys.exit("无法准备运行环境：" + problem)
