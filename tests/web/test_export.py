"""A conversation taken away keeps its sources: as footnotes, in Markdown and in Word."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import docx
from lxml import etree

from assistant import Assistant
from assistant.types import Answer, Citation, Status
from assistant.web.conversation import Turn, answer_markdown
from assistant.web.export import as_markdown, as_word

from .conftest import ask, open_chat
from .payloads import PAYLOADS

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUESTIONS = ("天津累计创建了多少家国家级企业技术中心？", "火星基地的年度预算是多少？")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def conversation(assistant: Assistant) -> list[Turn]:
    return [Turn(question, assistant.ask(question)) for question in QUESTIONS]


def footnotes(content: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/footnotes.xml"))
    return {note.get(f"{W}id"): "".join(note.itertext()).strip() for note in root}


def test_every_footnote_of_the_markdown_is_defined_with_its_quote(assistant: Assistant) -> None:
    turns = conversation(assistant)
    content = as_markdown(turns, "zh")
    used = set(re.findall(r"\[\^([\d-]+)\](?!:)", content))
    defined = dict(re.findall(r"^\[\^([\d-]+)\]: (.+)$", content, re.M))
    assert used == set(defined)
    assert used
    for citation in turns[0].answer.citations:
        assert "".join(citation.quote.split()) in "".join(defined[f"1-{citation.n}"].split())
    assert "文件中没有找到答案" in content


def test_word_opens_it_with_a_footnote_for_every_marker(assistant: Assistant) -> None:
    turns = conversation(assistant)
    content = as_word(turns, "zh")
    document = docx.Document(BytesIO(content))
    references = [each.get(f"{W}id") for each in document.element.iter(f"{W}footnoteReference")]
    notes = footnotes(content)
    assert references
    assert set(references) == {number for number in notes if int(number) > 0}
    assert "77家" in notes[references[0]]
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 2"]
    assert headings == list(QUESTIONS)


def test_what_is_taken_away_of_a_refusal_has_the_passages_nearest_to_the_question(
    assistant: Assistant,
) -> None:
    turn = Turn(QUESTIONS[1], assistant.ask(QUESTIONS[1]))
    assert turn.answer.related
    word = docx.Document(BytesIO(as_word([turn], "zh")))
    for taken in (
        as_markdown([turn], "zh"),
        "\n".join(paragraph.text for paragraph in word.paragraphs),
        answer_markdown(turn, 0, "zh"),  # with what a click on 复制 copies
    ):
        assert "相近的段落（供参考，未用于回答）" in taken
        for hit in turn.answer.related:
            assert f"《{hit.passage.title}》" in taken
    assert "Nearest passages" in as_markdown([turn], "en")


def test_the_words_of_a_refusal_promise_nothing_below_them(assistant: Assistant) -> None:
    assert "下列" not in assistant.ask(QUESTIONS[1]).text


def test_a_table_of_an_answer_is_a_table_in_word() -> None:
    citation = Citation(1, "d", "文", (), "甲 1", 0, 3, "甲 1", "甲 1")
    answer = Answer(
        "比较", Status.ANSWERED, "| 地区 | 数 |\n|---|---|\n| 甲 | **1** [1] |", citations=(citation,)
    )
    (table,) = docx.Document(BytesIO(as_word([Turn("比较", answer)], "zh"))).tables
    assert [[cell.text.strip() for cell in row.cells] for row in table.rows] == [["地区", "数"], ["甲", "1"]]


def test_a_list_of_an_answer_is_a_list_in_word() -> None:
    answer = Answer(
        "大纲", Status.ANSWERED, "共两部分：\n- **一、目标**\n- 二、任务\n\n完。", notices=("注意。",)
    )
    document = docx.Document(BytesIO(as_word([Turn("大纲", answer)], "zh")))
    shown = [(p.style.name, p.text) for p in document.paragraphs if p.style]
    start = shown.index(("Normal", "共两部分："))
    assert shown[start + 1 :] == [
        ("List Bullet", "一、目标"),
        ("List Bullet", "二、任务"),
        ("Normal", "完。"),
        ("Normal", "注意。"),
    ]


def test_what_a_follow_up_was_understood_as_is_taken_away_too() -> None:
    turn = Turn(
        "江苏呢？", Answer("江苏呢？", Status.ANSWERED, "有。", resolved="江苏有多少家？"), scope="范围：江苏"
    )
    for content in (
        as_markdown([turn], "zh"),
        "\n".join(p.text for p in docx.Document(BytesIO(as_word([turn], "zh"))).paragraphs),
    ):
        assert "江苏有多少家？" in content
        assert "范围：江苏" in content


def test_hostile_text_makes_no_bad_file() -> None:
    for payload in PAYLOADS:
        citation = Citation(1, payload, payload, (payload,), payload, 0, 1, payload, payload)
        turn = Turn(payload, Answer(payload, Status.ANSWERED, f"{payload} [1]", citations=(citation,)))
        content = as_word([turn], "zh")
        docx.Document(BytesIO(content))
        assert footnotes(content)["1"]
        assert as_markdown([turn], "zh").count("\n[^1-1]: ") == 1


def test_the_buttons_of_the_page_give_the_files(page: Page, site: str, tmp_path: Path) -> None:
    open_chat(page, site)
    assert not page.get_by_role("button", name="下载 Word").is_visible()
    ask(page, QUESTIONS[0])
    for button, name in (("下载 Word", "a.docx"), ("下载 Markdown", "a.md")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=button).click()
        assert waiting.value.suggested_filename.startswith("政策助手-20")
        assert waiting.value.suggested_filename.endswith(Path(name).suffix)
        waiting.value.save_as(tmp_path / name)
    assert "77家" in (tmp_path / "a.md").read_text(encoding="utf-8")
    assert docx.Document(str(tmp_path / "a.docx")).paragraphs


def test_a_link_to_an_answer_asks_it_again(page: Page, site: str) -> None:
    open_chat(page, site)
    ask(page, QUESTIONS[0])
    answer = page.locator("[data-testid=bot] .answer")
    shown = answer.inner_text()
    address = answer.locator(".tools a.permalink").get_attribute("href")
    page.goto("about:blank")
    page.goto(f"{site}/{address}")
    page.locator("[data-testid=bot] a[href^='#cite-0-']").first.wait_for()
    assert page.locator("[data-testid=bot] .answer").inner_text() == shown
