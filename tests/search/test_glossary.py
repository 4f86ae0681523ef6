"""Other names of one thing: the field's, and those a desk writes down itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.errors import SettingsError
from assistant.search.known import Known
from assistant.search.plan import make_plan
from assistant.search.understand.abbreviations import abbreviations
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


def test_a_name_that_a_document_shortens_is_equal_to_its_long_form() -> None:
    groups = abbreviations(
        ["本市行政区域内的长期护理保险（以下简称长护险）参保筹资", "职工的养老保险（下称“养老险”）"]
    )
    assert [group.names for group in groups] == [("长护险", "长期护理保险"), ("养老险", "养老保险")]
    plan = make_plan("长护险不支付哪些费用", (), Known(names=groups))
    assert ("长护险", "长期护理保险") in plan.expansions
    assert not plan.told


def test_a_short_name_that_is_a_word_or_means_many_things_is_none() -> None:
    assert not abbreviations(["参加企业职工基本养老保险（以下简称参保）"])
    assert not abbreviations(["《广州市户籍管理办法》（以下简称《办法》）"])
    many = [
        "甲方公共租赁房（以下简称公租房）",
        "公众租用房（以下简称公租房）",
        "公寓租赁用房（以下简称公租房）",
    ]
    assert not abbreviations(many)
