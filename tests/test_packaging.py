"""What is installed and what the README tells users to run."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import pytest

import srcgrad

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_every_package_is_installed() -> None:
    folders = {p.parent.relative_to(ROOT) for p in (ROOT / "srcgrad").rglob("*.py")}
    expected = {".".join(folder.parts) for folder in folders} | {"srcgrad_cli"}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == expected


def test_version_stands_in_one_place() -> None:
    module, _, name = PROJECT["tool"]["setuptools"]["dynamic"]["version"]["attr"].rpartition(".")
    assert (module, name) == ("srcgrad.version", "__version__")
    assert f"## {srcgrad.__version__} " in (ROOT / "CHANGELOG.md").read_text()


def run_ci(folder: Path, readme: str) -> subprocess.CompletedProcess[str]:
    (folder / ".ci").mkdir()
    (folder / ".ci" / "run").write_text((ROOT / ".ci" / "run").read_text())
    (folder / "README.md").write_text(readme)
    return subprocess.run(["sh", str(folder / ".ci" / "run")], capture_output=True, text=True, cwd="/")


def test_ci_runs_the_command_of_the_readme(tmp_path: Path) -> None:
    done = run_ci(tmp_path, "```sh\nls\n```\n\n```sh\necho one && pwd && exit 7 # -m pytest\n```\n-m pytest\n")
    assert done.returncode == 7
    assert done.stdout.splitlines() == ["echo one && pwd && exit 7 # -m pytest", "one", str(tmp_path)]


@pytest.mark.parametrize("readme", ["", "```sh\n-m pytest\n-m pytest\n```\n"], ids=["none", "two"])
def test_ci_refuses_a_readme_without_one_command(readme: str, tmp_path: Path) -> None:
    done = run_ci(tmp_path, readme)
    assert done.returncode == 1
    assert done.stderr == ".ci/run: README.md must hold exactly one command with '-m pytest'\n"


def test_the_readme_holds_the_command() -> None:
    commands = [line for line in (ROOT / "README.md").read_text().splitlines() if "-m pytest" in line]
    assert len(commands) == 1
    assert commands[0].startswith("python3 -m venv .venv && ")
