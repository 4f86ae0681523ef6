"""A wheel holds everything: installed elsewhere, it indexes and answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it into a folder of its own, as an installer does."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    path = os.pathsep.join([str(installed), str(CHECKOUT / "tests" / "loopback")])
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        check=True,
    )


def tracked(folder: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", folder], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    return set(listed.stdout.splitlines())


def test_the_wheel_holds_the_code_the_prompts_the_model_and_the_word_lists(installed: Path) -> None:
    held = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    prompts = {f"assistant/{name}" for name in tracked("prompts")}
    assert prompts
    assert (tracked("assistant") | prompts) - held == set()


def test_the_wheel_holds_nothing_else(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} == {
        "assistant"
    }


def test_what_was_installed_indexes_and_answers(installed: Path, tmp_path: Path) -> None:
    where = run(installed, "-c", "import assistant; print(assistant.__file__)")
    assert Path(where.stdout.decode().strip()).is_relative_to(installed)
    document = tmp_path / "通知.txt"
    document.write_text("关于印发方案的通知\n到2027年，规模以上工业企业达到1200家。\n", encoding="utf-8")
    store = str(tmp_path / "store")
    run(installed, "-m", "assistant", "index", str(document), "--store", store)
    asked = ("ask", "到2027年规模以上工业企业达到多少家？", "--json", "--store", store)
    answer = json.loads(run(installed, "-m", "assistant", *asked).stdout)
    assert answer["status"] == "answered"
    assert "1200家" in answer["answer"]
