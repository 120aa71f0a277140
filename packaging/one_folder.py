"""The whole program as one folder that runs where no Python is.

    python packaging/one_folder.py TARGET

Made in an environment of its own with the exact releases of `constraints.txt`, statistics included. The folder runs on
machines like this one: the same system and processor, and no older C library (docs/one-folder.md).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
NAME = "fupin-audit"
START = "from fupin_audit.cli.entry import run\n\nrun()\n"
# What PyInstaller can't see: our data and code (of which a digest is made), compiled modules, releases asked after.
SEEN_TOO = (
    *("--collect-all", "fupin_audit"),
    *("--collect-submodules", "sqlglot"),
    *("--collect-all", "docx"),  # looks for its templates beside its code
    *("--collect-data", "pypinyin"),
    *("--recursive-copy-metadata", "fupin-audit"),
    *("--exclude-module", "pandas"),  # of the Python interface; no command needs it
)
GREETING = """\
fupin-audit：脱贫攻坚与防返贫监测台账的数据审计。整个文件夹拷到电脑上就能用，不用安装，不用联网。

打开终端（Windows：命令提示符），进入本文件夹，键入：

  看演示            {program} demo
  核对一个文件夹    {program} check 数据文件夹
  看有哪些命令      {program}
"""


def main() -> int:
    """Build the folder; what was made is said."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", type=Path, help="the folder to be made; it must not be there")
    target: Path = parser.parse_args().target.absolute()
    if target.exists():
        parser.error(f"{target} is there already")
    with TemporaryDirectory() as work:
        made = frozen(Path(work))
        shutil.move(made, target)
    program = NAME if os.name == "nt" else f"./{NAME}"
    (target / "使用说明.txt").write_text(GREETING.format(program=program), encoding="utf-8-sig")
    size = sum(path.stat().st_size for path in target.rglob("*") if not path.is_symlink())
    print(f"{target}: {size / 1e6:.0f} MB")
    return 0


def frozen(work: Path) -> Path:
    """The folder as PyInstaller makes it, from a wheel in an environment of its own."""
    python = environment(work)
    start = work / "start.py"
    start.write_text(START, encoding="utf-8")
    places = ("--distpath", work / "dist", "--workpath", work / "build", "--specpath", work)
    run(python, "-m", "PyInstaller", "--log-level", "WARN", "--name", NAME, *SEEN_TOO, *places, start)
    return work / "dist" / NAME


def environment(work: Path) -> Path:
    """An environment with the program and what makes the folder; its Python."""
    run(sys.executable, "-m", "venv", work / "venv")
    python = work / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    exact = ("install", "--quiet", "-c", ROOT / "constraints.txt")
    run(python, "-m", "pip", *exact, f"{ROOT}[one-folder]")
    return python


def run(*command: str | Path) -> None:
    """Run a command; its failure ends the building."""
    subprocess.run([str(word) for word in command], check=True)


if __name__ == "__main__":
    sys.exit(main())
