"""What every test gets: no network beyond loopback, settings of its own, one store of the corpus."""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings

if TYPE_CHECKING:
    from assistant import Assistant

# a busy machine fails no test: timings never decide one
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

CHECKOUT = Path(__file__).parents[1]
CORPUS = CHECKOUT / "corpus"
_LOOPBACK = CHECKOUT / "tests" / "loopback"


@pytest.fixture(scope="session", autouse=True)
def loopback_only() -> None:
    """Refuse connections beyond loopback, in this process and in every Python child of it."""
    runpy.run_path(str(_LOOPBACK / "sitecustomize.py"))


@pytest.fixture(scope="session", autouse=True)
def own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's settings and store out of the tests, and the tests out of theirs."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("POLICY_")]:
            patch.delenv(name)
        patch.setenv("POLICY_STORE", str(tmp_path_factory.mktemp("user") / "store"))
        path = [str(_LOOPBACK), str(CHECKOUT), os.environ.get("PYTHONPATH", "")]
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, path)))
        patch.setenv("HF_HUB_OFFLINE", "1")
        patch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
        yield


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a store of the whole corpus, built once a run; tests only read it."""
    from assistant import Assistant

    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    directory = shared / "corpus-store"
    with FileLock(shared / "corpus-store.lock"):
        if not directory.exists():
            building = shared / "corpus-store.building"
            assistant = Assistant.open(building)
            try:
                report = assistant.index([CORPUS])
            finally:
                assistant.close()
            assert not list(report.failures()), "the corpus must index without a failure"
            building.rename(directory)
    return directory


@pytest.fixture(scope="session")
def assistant(store: Path) -> Iterator[Assistant]:
    """Return an assistant over the whole corpus; tests only ask."""
    from assistant import Assistant

    opened = Assistant.open(store)
    yield opened
    opened.close()
