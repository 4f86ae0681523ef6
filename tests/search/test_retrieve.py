"""What a question names leads the way and hides nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.index.store import Store
from assistant.search.retrieve import retrieve
from assistant.types import Filters, Hit, Kind, Plan
from eval.index.library import EMBEDDER, index, open_store, write

PROVINCES = ("浙江省", "江苏省", "安徽省", "江西省", "湖北省", "湖南省")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store of reports that speak of the same things and do not repeat their province's name."""
    folder = tmp_path_factory.mktemp("reports")
    for number, province in enumerate(PROVINCES):
        write(
            folder,
            f"{number}.txt",
            f"# {province}政府工作报告",
            f"@ {province} {2020 + number}-01-15 报告",
            f"粮食总产量稳定在{number}10万吨以上",
            f"城镇新增就业{number}20万人，就业形势稳定",
            f"地区生产总值增长百分之{number}",
            "加快建设现代化产业体系，推动科技创新",
        )
    write(
        folder, "county.txt", "# 长兴县实施方案", "@ 浙江省湖州市长兴县 2023-05-01 方案", "新建充电桩三百个"
    )
    write(folder, "national.txt", "# 国务院通知", "关于浙江海洋牧场试点的安排")
    store = open_store(tmp_path_factory.mktemp("store") / "store")
    index(store, folder)
    yield store
    store.close()


def find(store: Store, plan: Plan, filters: Filters = Filters(), k: int = 10) -> list[Hit]:  # noqa: B008
    return retrieve(plan, filters, k, store.reader(), EMBEDDER)


def asked(topic: str, **fields: object) -> Plan:
    return Plan(question=topic, resolved=topic, topic=topic, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("province", PROVINCES)
@pytest.mark.parametrize("topic", ["粮食总产量是多少", "新增就业目标", "生产总值增速", "怎样推动科技创新"])
def test_a_question_that_names_a_province_is_answered_from_it(
    store: Store, province: str, topic: str
) -> None:
    first = find(store, asked(topic, regions=(province,)))[0]
    assert first.passage.region == province
    assert first.signals["region"] == 1


def test_a_region_without_the_answer_does_not_hide_the_only_one(store: Store) -> None:
    hits = find(store, asked("新建充电桩多少个", regions=("湖南省",)), k=5)
    assert "新建充电桩三百个" in [hit.passage.text for hit in hits]


def test_a_region_that_no_document_has_changes_nothing(store: Store) -> None:
    plain = [hit.passage.id for hit in find(store, asked("粮食总产量"))]
    named = [hit.passage.id for hit in find(store, asked("粮食总产量", regions=("海南省",)))]
    assert set(plain[:6]) == set(named[:6])


def test_a_document_of_no_region_that_names_it_comes_before_other_regions(store: Store) -> None:
    assert find(store, asked("海洋牧场试点", regions=("浙江省",)))[0].passage.document == "national.txt"


def test_a_county_inherits_its_province(store: Store) -> None:
    hits = find(store, asked("粮食总产量", regions=("浙江省湖州市长兴县",)))
    assert hits[0].passage.region == "浙江省"


def test_a_comparison_hears_each_region(store: Store) -> None:
    plan = asked("粮食总产量", regions=("江苏省", "湖北省", "安徽省"), kind=Kind.COMPARISON)
    assert [hit.passage.region for hit in find(store, plan, k=3)] == ["江苏省", "湖北省", "安徽省"]


def test_a_question_about_all_documents_hears_each_of_them(store: Store) -> None:
    hits = find(store, asked("粮食总产量", kind=Kind.ACROSS), k=6)
    assert {hit.passage.region for hit in hits} == set(PROVINCES)


def test_a_named_document_comes_first(store: Store) -> None:
    assert find(store, asked("粮食总产量", documents=("3.txt",)))[0].passage.document == "3.txt"


def test_a_filter_is_never_overruled_by_what_a_question_names(store: Store) -> None:
    hits = find(store, asked("粮食总产量", regions=("浙江省",)), Filters(region=("江苏省",)))
    assert {hit.passage.region for hit in hits} == {"江苏省"}


def test_a_year_prefers_documents_of_that_year(store: Store) -> None:
    assert find(store, asked("粮食总产量", years=(2023,)))[0].passage.region == "江西省"


def test_hits_are_ranked_once_each_and_repeatably(store: Store) -> None:
    plan = asked("粮食产量和就业", regions=("江苏省", "湖北省"))
    hits = find(store, plan, k=20)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert len({hit.passage.id for hit in hits}) == len(hits)
    assert [hit.passage.id for hit in find(store, plan, k=20)] == [hit.passage.id for hit in hits]


def test_a_question_without_a_known_word_finds_nothing_and_fails_nothing(store: Store) -> None:
    assert find(store, asked("？？？")) == []


def test_nothing_passes_a_filter_that_nothing_fits(store: Store) -> None:
    assert find(store, asked("粮食"), Filters(document=("没有.txt",))) == []
