"""The stages together: what is asked of `Assistant`, over the real corpus."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from assistant import Assistant
from assistant.errors import FilterError, QuestionError, SettingsError, StoreVersionError, UsageError
from assistant.settings import Settings
from assistant.types import Answer, Status
from assistant.zh.sentences import clauses

from .answer.scripted import Behaviour, honest, serving


def check_citations(assistant: Assistant, answer: Answer) -> None:
    """Hold an answer to the contract: quotes at their offsets, markers and citations one to one."""
    for citation in answer.citations:
        document = assistant.document(citation.document)
        assert document.text[citation.start : citation.end] == citation.quote
        assert document.original_span(citation.start, citation.end) == citation.original
        assert citation.quote in citation.context
        assert f"[{citation.n}]" in answer.text
    cited = {number for statement in answer.statements for number in statement.citations}
    assert cited == {citation.n for citation in answer.citations}
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert bool(answer.citations) == (answer.status in (Status.ANSWERED, Status.PARTIAL))


@given(data=st.data())
@effort(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_quote_stands_at_its_offsets(assistant: Assistant, data: st.DataObject) -> None:
    """Ask about any clause of any document, in the form of a question."""
    summary = data.draw(st.sampled_from(assistant.documents()))
    document = assistant.document(summary.id)
    start, end = data.draw(st.sampled_from(clauses(document.text)))
    frame = data.draw(st.sampled_from(["{}?", "{}是多少?", "什么是{}", "{}包括哪些", "{}是真的吗", "比较{}"]))
    check_citations(assistant, assistant.ask(frame.format(document.text[start : min(end, start + 80)])))


def test_original_and_readable_text_map_onto_each_other(assistant: Assistant) -> None:
    for summary in assistant.documents():
        document = assistant.document(summary.id)
        for repair in document.repairs:
            assert document.text[repair.start : repair.end] == repair.after
            assert document.original[repair.original_start : repair.original_end] == repair.before
        for start, end in clauses(document.text):
            if not any(repair.start <= end and start <= repair.end for repair in document.repairs):
                assert document.original_span(start, end) == document.text[start:end]


def test_passages_cover_all_that_can_be_read(assistant: Assistant) -> None:
    for summary in assistant.documents():
        document = assistant.document(summary.id)
        hits = assistant.search(document.title, k=10_000, document=document.id)
        covered: set[int] = set()
        for hit in hits:
            assert document.text[hit.passage.start : hit.passage.end] == hit.passage.text
            covered.update(range(hit.passage.start, hit.passage.end))
        headings = {i for section in document.sections for i in range(section.start, section.body_start)}
        missed = [c for i, c in enumerate(document.text) if i not in covered | headings and not c.isspace()]
        assert not missed


def test_filters_let_through_only_what_they_name(assistant: Assistant) -> None:
    hits = assistant.search("新质生产力", k=50, region="江苏")
    assert hits
    assert all(hit.passage.region.startswith("江苏省") for hit in hits)
    [document] = {hit.passage.document for hit in assistant.search("产业", document="shi-shishi-fangan")}
    assert document == "shi-shishi-fangan"


def test_a_filter_that_no_document_can_pass_does_not_call_the_store_empty(tmp_path: Path) -> None:
    assistant = Assistant.open(tmp_path / "store")
    with pytest.raises(FilterError, match="还没有文件"):
        assistant.documents(validity="有效")
    (tmp_path / "plain.txt").write_text("规模以上工业企业有120家。", encoding="utf-8")
    assistant.index([tmp_path / "plain.txt"])
    with pytest.raises(FilterError, match="没有一份文件标明了效力"):
        assistant.documents(validity="有效")
    assistant.close()


def test_an_unknown_filter_value_names_what_there_is(assistant: Assistant) -> None:
    with pytest.raises(FilterError, match="火星"):
        assistant.search("产业", region="火星")
    with pytest.raises(FilterError, match="shi-shishi-fangan"):
        assistant.search("产业", document="shi-shishi-fangam")
    with pytest.raises(FilterError, match="去年"):
        assistant.search("产业", since="去年")
    with pytest.raises(FilterError, match="13"):
        assistant.search("产业", until="2024-13")


def test_a_date_may_be_a_year_or_a_month(assistant: Assistant) -> None:
    def found(**limits: str) -> set[str]:
        return {hit.passage.document for hit in assistant.search("产业", k=200, **limits)}

    assert found(since="2023", until="2023年") == {"changxing-jiqun"}
    assert found(since="2023-12", until="2023-12") == {"changxing-jiqun"}
    assert "changxing-jiqun" not in found(since="2024")
    assert "changxing-jiqun" not in found(until="2023年11月")


@pytest.fixture
def dateless(tmp_path: Path) -> Iterator[Assistant]:
    """Return an assistant over files whose day of issue is not known, one of them without any date."""
    folder = tmp_path / "文件"
    folder.mkdir()
    numbered = "青山县人民政府关于粮食生产的通知\n青政发〔2023〕12号\n\n全县粮食总产量达到32.5万吨。\n"
    in_force = "白水县粮食储备办法\n\n县级储备粮规模为6万吨。\n\n本办法自2024年5月1日起施行。\n"
    write(folder / "通知.txt", numbered)
    write(folder / "办法.txt", in_force)
    write(folder / "黑石县粮食情况.txt", "黑石县粮食情况\n\n全县粮食播种面积达到15万亩。\n")
    assistant = Assistant.open(tmp_path / "store")
    assistant.index([folder])
    assert not any(document.metadata.issued for document in assistant.documents())
    yield assistant
    assistant.close()


def test_day_of_effect_or_year_of_the_number_stands_in_for_the_day_of_issue(dateless: Assistant) -> None:
    def found(**limits: str) -> set[str]:
        listed = {document.id for document in dateless.documents(**limits)}
        assert {hit.passage.document for hit in dateless.search("粮食", **limits)} == listed
        return listed

    assert found() == {"通知.txt", "办法.txt", "黑石县粮食情况.txt"}
    assert found(since="2023") == {"通知.txt", "办法.txt"}
    assert found(since="2023-06", until="2023-07") == {"通知.txt"}  # some day of 2023: it may be one of these
    assert found(since="2024-05-01") == found(since="2024") == {"办法.txt"}
    assert found(until="2024-04-30") == {"通知.txt"}
    answer = dateless.ask("县级储备粮规模是多少?", since="2024", until="2024")
    assert "6万吨" in answer.text


def test_a_limit_by_day_names_what_nothing_dates(dateless: Assistant) -> None:
    told = "1 份文件没有日期，未列入：《黑石县粮食情况》。"
    limited = dateless.ask("黑石县粮食播种面积是多少?", since="2023")
    assert limited.status is Status.REFUSED
    assert limited.notices[-1] == dateless.undated_notice(since="2023") == told
    assert told not in dateless.ask("黑石县粮食播种面积是多少?").notices
    assert not dateless.undated_notice(since="2023", document="通知.txt")  # another limit leaves it out


def test_where_no_document_is_within_the_limits_nothing_is_said_to_be_missing_from_them(
    dateless: Assistant,
) -> None:
    answer = dateless.ask("青山县粮食总产量是多少?", since="2030")
    assert answer.status is Status.REFUSED
    assert answer.text.startswith("限定的范围内没有文件")
    assert dateless.ask("你好", since="2030").text == dateless.ask("你好").text


def test_a_question_must_be_one(assistant: Assistant) -> None:
    with pytest.raises(QuestionError):
        assistant.ask("  \n")
    with pytest.raises(QuestionError, match="100000"):
        assistant.ask("产" * 100_000)


def test_many_threads_get_the_answers_that_one_gets(assistant: Assistant) -> None:
    questions = [
        "长兴县2022年专利授权总量是多少?",
        "福州技改项目贴息利率",
        "大连有几家省级工业互联网平台",
        "什么是新质生产力",
    ]
    alone = [assistant.ask(question).text for question in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: assistant.ask(question).text, questions * 8))
    assert together == alone * 8


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_reader_sees_what_another_indexed_at_its_next_question(tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    write(folder / "甲.txt", "青山县工作报告\n\n2024年,青山县粮食总产量达到32.5万吨。\n")
    server, indexer = Assistant.open(tmp_path / "store"), Assistant.open(tmp_path / "store")
    indexer.index([folder])
    assert "32.5万吨" in server.ask("青山县粮食总产量是多少?").text
    write(folder / "甲.txt", "青山县工作报告\n\n2024年,青山县粮食总产量达到47.8万吨。\n")
    report = indexer.index([folder])
    assert report.count("indexed") == 1
    answer = server.ask("青山县粮食总产量是多少?")
    assert "47.8万吨" in answer.text
    assert "32.5" not in json.dumps([hit.passage.text for hit in server.search("粮食总产量")])
    (folder / "甲.txt").unlink()
    assert indexer.index([folder]).count("removed") == 1
    assert server.documents() == ()
    assert server.ask("青山县粮食总产量是多少?").status is Status.REFUSED
    server.close()
    indexer.close()


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    write(folder / "好.txt", "白水县2024年新建公路120公里。\n")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 this is no document")
    write(folder / "空.txt", " \n")
    assistant = Assistant.open(tmp_path / "store")
    report = assistant.index([folder])
    ends = {Path(result.path).name: result.status for result in report.files}
    assert ends == {"好.txt": "indexed", "坏.docx": "failed", "空.txt": "failed"}
    assert all(result.reason for result in report.failures())
    assert "120公里" in assistant.ask("白水县新建公路多少公里?").text
    with pytest.raises(UsageError, match=r"无\.txt"):
        assistant.index([folder / "无.txt"])
    assistant.close()


def test_a_store_of_another_model_is_refused_and_rebuilt_only_on_request(tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    write(folder / "甲.txt", "白水县2024年新建公路120公里。\n")
    assistant = Assistant.open(tmp_path / "store")
    assistant.index([folder])
    assistant.close()
    import sqlite3

    with sqlite3.connect(tmp_path / "store" / "manifest.sqlite") as manifest:
        manifest.execute("UPDATE meta SET value = 'another@1' WHERE name = 'embedder'")
    with pytest.raises(StoreVersionError, match=r"another@1.*--rebuild"):
        Assistant.open(tmp_path / "store")
    rebuilt = Assistant.open(tmp_path / "store", rebuild=True)
    assert rebuilt.index([folder], rebuild=True).count("indexed") == 1
    assert len(rebuilt.documents()) == 1
    assert (tmp_path / "store.old1" / "manifest.sqlite").exists()
    rebuilt.close()


def test_a_model_named_in_the_settings_writes_the_answer(store: Path) -> None:
    with serving(Behaviour(honest)) as url:
        settings = Settings.load(llm_url=url, llm_model="scripted", llm_key="sk-never-to-be-seen")
        assistant = Assistant.open(store, settings)
        grown = list(assistant.ask_stream("长兴县有多少家战略性新兴产业企业？"))
        check_citations(assistant, grown[-1])
        assistant.close()
    assert grown[-1].mode == "generative"
    assert "243" in grown[-1].text
    assert "sk-never" not in repr(grown) + repr(settings)


def test_an_address_without_a_model_is_no_setting(store: Path) -> None:
    assistant = Assistant.open(store, Settings.load(llm_url="http://127.0.0.1:9/v1"))
    with pytest.raises(SettingsError, match="llm_model"):
        assistant.ask("长兴县有多少家战略性新兴产业企业？")
    assistant.close()
