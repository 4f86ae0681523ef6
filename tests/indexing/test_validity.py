"""同时废止 marks the other document, in whatever order they come, as long as the repealing one is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant

OLD = (
    "长政发〔2018〕5号\n长兴县人民政府关于印发长兴县养老服务管理办法的通知\n"
    "各乡镇人民政府:\n养老服务机构应当每年报送一次经营情况。\n长兴县人民政府\n2018年3月1日\n"
)
OTHER = "长兴县养老补贴发放办法\n第一条 对年满八十周岁的老年人每月发放补贴五十元。\n"
STRANGER = "南京市养老补贴发放办法\n第一条 对年满九十周岁的老年人每月发放补贴一百元。\n"
NEW = (
    "长政发〔2024〕2号\n长兴县人民政府关于印发长兴县养老服务管理办法的通知\n"
    "各乡镇人民政府:\n养老服务机构应当每半年报送一次经营情况。\n本办法自2024年2月1日起施行,"
    "《长兴县人民政府关于印发长兴县养老服务管理办法的通知》(长政发〔2018〕5号)、"
    "《长兴县养老补贴发放办法》同时废止。\n长兴县人民政府\n2024年1月5日\n"
)


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    assistant = Assistant.open(tmp_path / "store")
    yield assistant
    assistant.close()


def validities(assistant: Assistant) -> dict[str, str]:
    return {document.id: document.metadata.validity for document in assistant.documents()}


def write(folder: Path, *names: str) -> Path:
    texts = {"old.txt": OLD, "other.txt": OTHER, "stranger.txt": STRANGER, "new.txt": NEW}
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text(texts[name], encoding="utf-8")
    return folder


@pytest.mark.parametrize("first", ["new.txt", "old.txt"])
def test_the_order_of_indexing_does_not_matter(assistant: Assistant, tmp_path: Path, first: str) -> None:
    folder = write(tmp_path / "files", first)
    assistant.index([folder])
    write(folder, "old.txt", "other.txt", "stranger.txt", "new.txt")
    assistant.index([folder])
    assert validities(assistant) == {
        "new.txt": "",
        "old.txt": "已废止",
        "other.txt": "已废止",
        "stranger.txt": "",
    }
    assert assistant.document("old.txt").metadata.found_in["validity"] == "repealed by new.txt"


def test_filters_and_hits_know_it(assistant: Assistant, tmp_path: Path) -> None:
    assistant.index([write(tmp_path / "files", "old.txt", "other.txt", "stranger.txt", "new.txt")])
    assert {document.id for document in assistant.documents(validity="已废止")} == {"old.txt", "other.txt"}
    hits = assistant.search("养老补贴发放", validity="已废止")
    assert {hit.passage.document for hit in hits} <= {"old.txt", "other.txt"}
    assert {hit.passage.validity for hit in hits} == {"已废止"}


def test_it_ends_with_the_document_that_repeals(assistant: Assistant, tmp_path: Path) -> None:
    folder = write(tmp_path / "files", "old.txt", "other.txt", "new.txt")
    assistant.index([folder])
    assert validities(assistant)["old.txt"] == "已废止"
    (folder / "new.txt").unlink()
    assistant.index([folder])
    assert validities(assistant) == {"old.txt": "", "other.txt": ""}


def test_what_takes_effect_later_repeals_nothing_yet(assistant: Assistant, tmp_path: Path) -> None:
    folder = write(tmp_path / "files", "old.txt")
    (folder / "new.txt").write_text(NEW.replace("2024年2月1日", "2099年2月1日"), encoding="utf-8")
    assistant.index([folder])
    assert validities(assistant)["old.txt"] == ""


def test_the_catalogue_has_the_last_word(assistant: Assistant, tmp_path: Path) -> None:
    folder = write(tmp_path / "files", "old.txt", "new.txt")
    (folder / "catalogue.toml").write_text(
        '[[document]]\nfile = "old.txt"\nvalidity = "现行"\n', encoding="utf-8"
    )
    assistant.index([folder])
    assert validities(assistant)["old.txt"] == "现行"


def test_a_new_edition_does_not_repeal_itself_or_what_it_issues(assistant: Assistant, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    clause = "本办法自公布之日起施行。2018年发布的《长兴县养老服务管理办法》同时废止。"
    for name, title, text in (
        ("new.txt", "长兴县养老服务管理办法", clause),
        ("part.txt", "长兴县养老服务管理办法", "养老服务机构应当每半年报送一次经营情况。"),
        ("issued.txt", "长兴县人民政府关于印发长兴县养老服务管理办法的通知", "现印发给你们。"),
    ):
        (folder / name).write_text(f"{title}\n第一条 {text}\n", encoding="utf-8")
    assistant.index([folder])
    assert set(validities(assistant).values()) == {""}


def test_a_trial_edition_and_the_final_one_do_not_repeal_each_other(
    assistant: Assistant, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, title, repealed in (
        ("trial.txt", "长兴县诉讼规则(试行)", "长兴县诉讼规则"),
        ("final.txt", "长兴县诉讼规则", "长兴县诉讼规则(试行)"),
    ):
        text = f"{title}\n第一条 本规则自公布之日起施行。《{repealed}》同时废止。\n"
        (folder / name).write_text(text, encoding="utf-8")
    assistant.index([folder])
    assert validities(assistant) == {"final.txt": "", "trial.txt": "已废止"}


def test_a_term_ends_on_its_day(assistant: Assistant, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, until in (("past.txt", "2020年12月31日"), ("running.txt", "2099年12月31日")):
        text = f"某县补贴办法\n第一条 本办法自2019年1月1日起施行,有效期至{until}。\n"
        (folder / name).write_text(text, encoding="utf-8")
    assistant.index([folder])
    assert validities(assistant) == {"past.txt": "已失效", "running.txt": ""}
    assert [d.id for d in assistant.documents(validity="已失效")] == ["past.txt"]
