"""Documents are of places that no list has, and are called what their first line says."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.ingest.locality import locality
from assistant.ingest.metadata import describe
from assistant.ingest.outline import outline
from assistant.types import Mark, Status
from assistant.zh.places import know

BODY = "沧垣市人民政府办公室\n一、总则\n沧垣市各部门负责实施，泊原县先行。\n"


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("沧垣市陶瓷产业扶持资金管理办法", "沧垣市"),
        ("2024年霁州市水资源公报", "霁州市"),
        ("关于组织申报2025年鹿陂县茶产业项目的通知", "鹿陂县"),
        ("《岱浦市出租汽车规定》政策解读（问答）", "岱浦市"),
        ("青崖市政府投资基金管理办法", "青崖市"),
        ("洛棠市“十五五”商务发展规划", "洛棠市"),
        ("生活必需品市场供应应急预案", ""),
        ("各县区重点工作考核办法", ""),
        ("在全县高标准农田工作会议上的讲话", ""),
        ("自然保护区管理规定", ""),
        ("经开区企业服务措施", ""),
        ("广州市积分制入户管理办法", ""),  # the list has it
        ("进一步优化学前教育普惠发展的若干措施", ""),
    ],
)
def test_a_place_that_no_list_has_is_known_by_its_form(title: str, place: str) -> None:
    assert locality(title, title) == place


def test_a_document_is_read_again_as_it_was_before_its_place_was_known() -> None:
    text = "雾泊市河道管理办法\n第一条 河道由水利局管理。\n"
    first = describe(text)
    know(["雾泊市"])
    assert first.region == describe(text).region == "雾泊市"


def test_a_city_within_a_longer_name_is_not_the_place() -> None:
    # 津市 is a city in Hunan, and 青 stands for Qinghai before a document number
    assert describe("鹭津市科技专项资金管理办法\n" + BODY).region == "鹭津市"
    assert describe("青崖市招商考核办法\n青政办发〔2024〕3号\n" + BODY).region == "青崖市"
    assert describe("吉林省长春市养老服务办法\n" + BODY).region == "吉林省长春市"


@pytest.mark.parametrize(
    "line",
    [
        "苇泽县财政局2024年工作总结和2025年工作安排",
        "松陂县生活必需品市场供应应急预案（2024年修订）",
        "对政协桐浦区第九届委员会第三次会议第087号提案的答复",
        "《澄屿市居家养老服务补贴办法》政策解读（问答）",
        "砚州市营商环境这五年",
    ],
)
def test_the_first_line_is_the_title(line: str) -> None:
    assert describe(f"{line}\n\n市民政局\n2025年2月20日\n一、总则\n内容如下。\n", name="n7.txt").title == line


@pytest.mark.parametrize(
    "line", ["级别 | 启动条件 | 主要措施", "根据有关规定，现将事项公告如下。", "2025年3月6日", "沧垣市民政局"]
)
def test_a_row_prose_a_date_or_a_name_is_no_title(line: str) -> None:
    assert describe(f"{line}\n第二行也不是标题。\n", name="n7.txt").title != line


def test_a_question_names_such_a_place_with_or_without_its_suffix(tmp_path: Path) -> None:
    for name, days in (("沧垣市", "5"), ("泊原县", "9")):
        text = (
            f"{name}摊位证办理办法\n{name}人民政府办公室\n第一条 摊位证自受理之日起{days}个工作日内发放。\n"
        )
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assistant = Assistant.open(tmp_path / "store")
    assistant.index([tmp_path])
    assert "5个工作日" in assistant.ask("沧垣市摊位证几个工作日发放？").text
    told = assistant.ask("在泊原办摊位证要几个工作日？")
    assert "9个工作日" in told.text
    assert "5个工作日" not in told.text
    assert assistant.ask("麓平县的摊位证几个工作日发放？").status is Status.REFUSED
    assistant.close()


def test_a_rare_word_may_be_the_name_of_a_place() -> None:
    assert locality("安澜市联席会议制度", "安澜市联席会议制度\n安澜市商务局牵头。") == "安澜市"
    assert not locality("贫困县退出办法", "贫困县退出办法\n贫困县按程序退出。")


def test_a_roundup_names_places_that_no_list_has() -> None:
    lines = [
        "典型案例汇编",
        "案例一  雾汀县：收储空房",
        "雾汀县收储。",
        "案例二  鸬鹚市：积分换床",
        "鸬鹚市兑换。",
    ]
    text = "\n".join(lines)
    marks = [
        Mark("heading", text.index(line), text.index(line) + len(line), level)
        for line, level in zip(lines[:1] + lines[1::2], "122", strict=True)
    ]
    assert [section.region for section in outline(text, marks)][1:] == ["雾汀县", "鸬鹚市"]


def test_a_title_of_its_kind_alone_is_told_with_the_body_before_it() -> None:
    text = "雾汀市生态环境局\n行政处罚决定书\n雾环罚〔2025〕27号\n当事人：某公司\n"
    assert describe(text, name="a04.txt").title == "雾汀市生态环境局行政处罚决定书"


def test_fields_at_the_head_name_issuer_place_and_days() -> None:
    text = (
        "DB3609/T 047—2024 渔港污水处理技术指南\n发布日期：2024-03-15　实施日期：2024-05-01\n"
        "发布单位：雾汀市市场监督管理局\n一、总则\n雾汀市各渔港按本指南处理污水，每日记录。\n"
    )
    found = describe(text)
    assert (found.issuer, found.region) == ("雾汀市市场监督管理局", "雾汀市")
    assert (str(found.issued), str(found.effective)) == ("2024-03-15", "2024-05-01")
