from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.index.store import Store
from eval.index.library import open_store, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of three documents."""
    folder = tmp_path / "documents"
    write(
        folder,
        "zhejiang.txt",
        "# 浙江省工作报告",
        "@ 浙江省 2025-01-14 报告",
        "城镇新增就业一百万人",
        "粮食产量稳定",
    )
    write(
        folder,
        "changxing.txt",
        "# 长兴县实施方案",
        "@ 浙江省湖州市长兴县 2023-06-01 方案",
        "支持企业技术改造",
        "粮食生产扶持",
    )
    write(folder, "jiangsu.txt", "# 江苏省工作报告", "@ 江苏省 2024-01-20 报告", "城镇新增就业一百二十万人")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    store = open_store(tmp_path / "store")
    yield store
    store.close()
