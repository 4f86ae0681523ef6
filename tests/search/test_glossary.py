"""Other names of one thing: the field's, and those a desk writes down itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.errors import SettingsError
from assistant.search.understand.glossary import FILE, desk_groups, expansions, told

TEXT = "一、总体情况\n全市建成数字化车间73个，招引项目12个。\n二、下一步\n新建数字化车间20个。\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store over one document."""
    (tmp_path / "报告.txt").write_text(TEXT, encoding="utf-8")
    assistant = Assistant.open(tmp_path / "store")
    assistant.index([tmp_path / "报告.txt"])
    assistant.close()
    return tmp_path / "store"


def test_an_abbreviation_stands_for_its_full_name_and_back() -> None:
    assert ("高企", "高新技术企业") in expansions("高企总数")
    assert ("高新技术企业", "高企") in expansions("高新技术企业总数")
    assert ("高企", "高新技术企业") in told("高企总数")
    assert told("增速是多少") == ()


def test_a_desk_is_answered_in_its_own_words_and_told(store: Path) -> None:
    question = "一共建成了多少个数车？"
    assistant = Assistant.open(store)
    before = assistant.ask(question)
    (store / FILE).write_text('数车 = "数字化车间"\n"双引" = ["招引项目", "招引"]\n', encoding="utf-8")
    after = assistant.ask(question)
    assert "73个" in after.text
    assert any("数字化车间" in notice and "数车" in notice for notice in after.notices)
    assert not any("数车" in notice for notice in before.notices)
    (store / FILE).unlink()
    assert assistant.ask(question).text == before.text


@pytest.mark.parametrize("written", ["数车 = ", "数车 = 3\n", "数车 = []", "[数车"])
def test_a_broken_glossary_is_named(tmp_path: Path, written: str) -> None:
    (tmp_path / FILE).write_text(written, encoding="utf-8")
    with pytest.raises(SettingsError, match=FILE):
        desk_groups(tmp_path)
