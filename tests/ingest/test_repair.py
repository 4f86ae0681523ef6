"""Damage is repaired, recorded, never guessed; sound text is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ingest.repair import repair
from assistant.ingest.repair.edits import Edit, apply, merge
from assistant.types import DAMAGE_MARK, Alignment, Extract, Mark

CORPUS = Path(__file__).parents[2] / "corpus"

# the alphabet of damage and of sound text together
_TEXT = st.text(alphabet="政策发展發展質量的，。？?;(zhì)fā\ue1f5�□\n 12亿元億AB・、", max_size=40)


def _repaired(text: str) -> str:
    return repair(Extract(text)).text


def _kinds(text: str) -> set[str]:
    return {change.kind for change in repair(Extract(text)).repairs}


@given(_TEXT)
@settings(max_examples=25, deadline=None)
def test_every_change_is_recorded_and_the_original_can_be_rebuilt(text: str) -> None:
    result = repair(Extract(text))
    rebuilt, position = [], 0
    for change in result.repairs:
        assert result.text[change.start : change.end] == change.after
        assert text[change.original_start : change.original_end] == change.before
        rebuilt += [result.text[position : change.start], change.before]
        position = change.end
    assert "".join([*rebuilt, result.text[position:]]) == text


@st.composite
def _edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(alphabet="甲乙丙丁", max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Edit(a, b, draw(st.text(alphabet="xyz", max_size=3)), "k", "r") for a, b in pairs]


@given(_edited(), st.data())
def test_the_map_goes_both_ways(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    original, edits = case
    result = apply(original, edits)
    start = data.draw(st.integers(0, len(result.text)))
    end = data.draw(st.integers(start, len(result.text)))
    first, last = result.alignment.to_original(start, end)
    assert 0 <= first <= last <= len(original)
    back = result.alignment.to_readable(first, last)
    # what was put in has no original that could lead back to it
    if start < end and all(change.before for change in result.repairs):
        assert back[0] <= start
        assert end <= back[1]
    touched = any(change.start < end and start < change.end for change in result.repairs)
    inside = any(start < change.start < end for change in result.repairs)
    if not touched and not inside:
        assert original[first:last] == result.text[start:end]


def test_an_alignment_of_many_repairs_answers_without_walking_them() -> None:
    text = "甲乙丙丁" * 5000
    result = apply(text, [Edit(i, i + 1, "", "gloss", "") for i in range(0, len(text), 10)])
    boundaries = result.alignment.boundaries

    class Counting(tuple):  # a tuple that counts how often it is read
        reads = 0

        def __getitem__(self, index):  # type: ignore[no-untyped-def]
            Counting.reads += 1
            return tuple.__getitem__(self, index)

    Alignment(Counting(boundaries)).to_original(9000, 9010)
    assert Counting.reads < 100


def test_a_wide_edit_swallows_what_it_touches() -> None:
    wide, inside, beside = (Edit(a, b, "", "k", "") for a, b in ((5, 10), (6, 7), (10, 12)))
    assert merge([wide], [inside, beside]) == [wide, beside]


def test_glosses_go_and_real_brackets_stay() -> None:
    text = "高質(zhì)量發(fā)展,碳捕集(CCUS)與人工智能(AI)、長(cháng)度(km)及來(lái)源(网)。"
    assert _repaired(text) == "高質量發展,碳捕集(CCUS)與人工智能(AI)、長度(km)及來源(网)。"


def test_an_author_who_explains_one_character_is_left_alone() -> None:
    text = "鏖(áo)战三年,成效显著。"
    assert _repaired(text) == text


def _glossed(text: str) -> str:
    return "發(fā)展質(zhì)量與產(chǎn)業(yè)。" + text


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("每日?qǐng)?bào)道", "每日報道"),  # the gloss of 請 between 日 and 報
        ("項(xiàng)目?jī)?yōu)先", "項目優先"),
        ("法律咨詢?cè)\\斷服務(wù)", "法律咨詢診斷服務"),
    ],
)
def test_characters_torn_by_a_gloss_come_back(damaged: str, sound: str) -> None:
    assert _repaired(_glossed(damaged)).endswith(sound)


def test_a_character_lost_before_its_gloss_comes_back_or_shows_as_lost() -> None:
    assert _repaired(_glossed("經(jīng)濟(jì)高質(zhì)量發(fā)(zhǎn)的要求")).startswith(
        "發展質量與產業。經濟高質量發"
    )
    result = _repaired(_glossed("甲(xún)乙"))
    assert "(" not in result
    assert DAMAGE_MARK in result


def test_a_run_read_one_byte_off_comes_back() -> None:
    sound = "各部门要加强组织领导，明确责任分工，完善工作机制，确保各项政策措施落到实处。"
    data = sound.encode("gb18030")
    place = len("各部门要加强组".encode("gb18030"))
    damaged = (data[:place] + data[place + 1 :]).decode("gb18030", "replace")
    result = _repaired(damaged)
    # the character whose byte is gone may stay unknown; all that was only shifted is back
    assert result.startswith("各部门要加强组")
    assert "明确责任分工，完善工作机制，确保各项政策措施落到实" in result


def test_what_was_swallowed_stays_visible_and_is_never_guessed() -> None:
    text = _glossed("分產(chǎn)業(yè)鏈?zhǔn)崂?00家企業(yè)清單")
    assert _repaired(text).endswith("梳理□00家企業清單")


def test_a_lost_figure_stays_visible() -> None:
    result = repair(Extract("推动成果转化落地,预计年均新增经济收益亿元。"))
    assert result.text == f"推动成果转化落地,预计年均新增经济收益{DAMAGE_MARK}亿元。"
    assert [change.kind for change in result.repairs] == ["unrestorable"]


@pytest.mark.parametrize(
    "text", ["投资超亿元。", "贷款余额达数万亿元,", "人民币壹万元。", "总投资十几亿元；", "(单位:万元)"]
)
def test_an_amount_in_words_lacks_nothing(text: str) -> None:
    assert _repaired(text) == text


def test_undecodable_signs_become_one_mark() -> None:
    result = repair(Extract("甲方\ufffd\ufffd\ufffd"))
    assert DAMAGE_MARK in result.text
    assert "\ufffd" not in result.text


@pytest.mark.parametrize(
    "text",
    [
        "为什么要改革?因为形势变了。怎么改?分三步走。",
        "溧阳、武进、宜兴与长兴相比,GDP(常住)11.85万元,占比10%-17%。",
        "1.先扫二维码,关注公众号\n2.再进入小程序,点击办理\n3.提交材料。",
        "咨询热线:12345 邮箱:zfb@example.gov.cn\n办理时限为五个工作日。",
        "(经济日报)\n作者:某某\n来源:新华网 2024-05-01\n图为技术人员操作设备。新华社记者 郭昱 摄",
        "人才,,为人才提供良好环境。",
        "本法自公布之日起施行。\n联系电话:……",
        "维生素C、A股、T恤、X光与5G、R&D经费。",
        "芽体、块根、鳞茎、球茎、砧木、接穗、螨类、啮齿类均属检疫对象。",
    ],
)
def test_sound_text_is_not_touched(text: str) -> None:
    assert _repaired(text) == text
    assert not _kinds(text)


def test_the_frame_of_a_page_goes_and_its_document_stays() -> None:
    page = (
        "首页 | 新闻 | 政策\n某某周刊\n微信\n当前位置:首页 > 政策\n某县发展对策\n来源:某网 2023-12-07\n"
        "正文第一段,讲清楚来龙去脉,并且写得足够长。\n作者:张三\n(责任编辑:李四)\n友情链接\n"
        "新闻热线:010-12345678\n京ICP备10053091号\n某某杂志社有限公司运营"
    )
    lines = [line for line in _repaired(page).split("\n") if line]
    assert lines == [
        "某县发展对策",
        "来源:某网 2023-12-07",
        "正文第一段,讲清楚来龙去脉,并且写得足够长。",
        "作者:张三",
    ]


def test_widgets_in_the_head_of_a_page_go_and_what_they_stand_beside_stays() -> None:
    head = "某县通知\n听全文\n发布时间：2026-05-06 来源：县住建局 打印 关闭\nA+大 A+中 A+小\n-次\n"
    found = repair(Extract(f"{head}各单位应当在三十日内完成打印和归档。\n请打印。\n"))
    body = "各单位应当在三十日内完成打印和归档。\n请打印。\n"
    assert re.sub(r"\n+", "\n", found.text) == f"某县通知\n发布时间：2026-05-06 来源：县住建局\n{body}"


def test_furniture_inside_a_table_is_content() -> None:
    text = "渠道 | 说明\n微信\n分享到"
    result = repair(Extract(text, marks=(Mark("table", 0, len(text)),)))
    assert result.text == text


def test_marks_follow_the_text() -> None:
    text = "分享到\n總(zǒng)體要求與發(fā)展質(zhì)量產(chǎn)業(yè)\n正文。"
    heading = text.index("總")
    result = repair(Extract(text, marks=(Mark("heading", heading, text.index("\n正文"), "1"),)))
    (mark,) = result.marks
    assert result.text[mark.start : mark.end] == "總體要求與發展質量產業"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_no_damage_is_left_in_the_corpus(path: Path) -> None:
    result = repair(Extract(path.read_text(encoding="utf-8")))
    assert not [c for c in result.text if "\ue000" <= c <= "\uf8ff" or c == "\ufffd"]
    assert not repair(Extract(result.text)).repairs, "a repaired text needs no repair"
