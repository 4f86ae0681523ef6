"""How a question asks for the headings or items of a text: how plainly, how many, of which part.

All rules are about the wording of such questions (标题, 几大块, 分成哪几条, 一是二是, 最后一部分) and never
about words of the field. All text is folded.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ....types import Kind, Plan
from ....zh.fold import unended
from ....zh.numbering import to_int
from ....zh.tokens import cut
from ...evidence.terms import Term, terms_of

_N = r"(?:[二两三四五六七八九]?十[一二三四五六七八九]?|[二两三四五六七八九]|\d{1,2})"
_WHICH = rf"(?:哪(?:几|些|{_N})?|几|多少|这|那)"
# parts of a text; 条 and 点 count what a text numbers, 项 and 类 count anything
_PARTS = r"(?:部分|板块|版块|块|章节|章|小节|节|篇章|篇|层次|层|段)"
_ITEMS = r"(?:方面|条|小点|点|项|类|件|样|步|种|档|环节|路子|路径|要点|情形|举措|措施|任务)"
_NAMES = r"(?:小|大|分|各|子|主|[一二三]级)*(?:标题|题目|标目|题名|名目)"

_MEASURE_WORDS = frozenset("章 节 条 点 项 类 件 样 步 种".split())

# asks for headings and nothing else
_PLAINLY = re.compile(
    rf"{_NAMES}|条目|(?:大纲|提纲|目录|大?框架|脉络|骨架)(?:[是怎如有长,?]|$)|"
    r"(?:文章?|报告|方案|规划|办法|文件|全文|》)的?(?:整体|总体|大致|基本)?结构|"
    rf"(?![这那]块)(?:{_WHICH}|{_N})(?:个|大)*{_PARTS}(?!链|头|钱)|一[是到][^,]{{0,6}}[二到至、三]|"
    rf"(?:{_WHICH}|{_N})个[\"“]|[\"”](?:开头|打头|起头|领起)|(?:各|每)[章节条块]"
)
# asks for what a text numbers or lists
_LISTED = re.compile(
    rf"(?:{_WHICH}|的|了|出|成|为|是){_N}?(?:个|大)*{_ITEMS}(?!例|链|目|型)|{_N}(?:个|大){_ITEMS}"
)
# 几条, 几方面工作: what is counted ends the question, or the clause
_COUNTS = re.compile(
    rf"(?<![哪好这那十])(?:几|多少)(?:(?:个|大)*({_PARTS}|{_ITEMS})(?!例|链|目|型)(?=[^,]{{0,4}}(?:$|[,?]))|"
    r"(个|大)(?=[\"“]))"
)
_NAMES_ONLY = re.compile(rf"{_NAMES}|(?:的|类)?(?:名称|名字|名儿)|叫什么|只[要列说给报]")
_SERIES = re.compile(r"一(?:是|到)[^,]{0,6}?[二三四五六七八九十](?=是)")
_LAST_OF_SERIES = re.compile(r"([二三四五六七八九十])是")
_NUMBER = re.compile(
    rf"(?<=哪)({_N})(?=[㐀-鿿])|(?<![第\d.一二三四五六七八九十])({_N})"
    rf"(?=(?:个|大|小)*(?:[\"“]|{_PARTS}|{_ITEMS}|(?:个|大)))"
)
_FIGURE = re.compile(r"(?<![\d.第])(\d{1,3})(?=[㐀-鿿])(?![年月日号])")
_NOUN = re.compile(rf"(?:哪(?:几|些|{_N})?|几)(?:个|大)*{_ITEMS}([㐀-鿿]{{2,4}})")
_OF_NOUN = 0.5
# 八大行动 and 哪些行动 are headings that end so
_SEVERAL_OF = re.compile(rf"(?:{_N}|几)(?:个|大)([㐀-鿿]{{2}})|哪些([㐀-鿿]{{2}})$")
# a part by its place in the text
_LAST = re.compile(
    r"(?:最后|末尾?|末了|结尾|收尾|压轴)的?[一那这]?(?:个|大)?(?:部分|块|章|节|段|篇)|末尾|末了|结尾|收尾|"
    r"(?:报告|文章|方案|规划|办法|文件|通知)的?最后(?!一[年天次批名])"
)
_NTH = re.compile(r"第([一二三四五六七八九十])(?:个|大)?(?:部分|块|大块|板块)")
_PLACED = re.compile(rf"{_LAST.pattern}|{_NTH.pattern}|[一这那]小?[节章段](?!课)")
_SEVERAL = re.compile(rf"哪些|哪几|几|哪{_N}|什么$|分别|各[是讲说]")
_QUOTED = re.compile(r"[\"“]([^\"“”]{1,40})[\"”]")
_SHARED = re.compile(
    rf"(?:{_N}|几|多少)个?[\"“]([^\"“”]{{1,12}})[\"”]|[\"“]([^\"“”]{{1,12}})[\"”](?:开头|打头|起头)"
)

# nouns that only say of which text it is
_TEXTS = frozenset(
    "方案 报告 简报 公报 讲话 纪要 文章 文件 办法 规划 条例 通知 意见 细则 指引 指南 简介 清单 纲要 公告 "
    "通告 详解 问答 汇编 调研 报道 那篇的 那份的 篇 份 那篇 这份 那份 这篇 调研组 作者 全文".split()
)
# words that only say that the text tells or lists them
_TELLS = frozenset(
    "部署 列 列出 排 排列 给 给出 讲 讲了 写 说 谈 分 分成 分为 归 归成 归纳 总结 概括 设计 设 提 "
    "提出 用 罗列 组成 构成 包括 包含 拿出 靠 叫 名称 名字 标题 小标题 题目 名目 大块 块 条 点 项 类 "
    "节 章 部分 板块 框架 大框架 大 小 结构 脉络 目录 大纲 提纲 逐条 依次 顺序 开头 末尾 末了 最后 "
    "结尾 一节 那节 部份 方面 内容 要点 只 一连 一口气 总共 一共 针对 围绕 点名 条目 下面 底下 里头 "
    "里 讲究 说说 看 请 帮 请问 怎样 路子 建议 对策 小点 提的 介绍 一部分 只要 各章 对 "
    "几条 几块 几项 几类 几节 几章 合起来 加起来 起来 合在 合计 数一数 数数 数下来 好几个 一下 总计 "
    "就行 即可 分别 写成 列成 落 用来 安排 实施 推出 计划 当中 其中 之下 各自 想 知道 "
    "排了 列了 设了 分了 提了 给了 讲的 写的 列的 说的 大致 整体 全篇 主体 简要 具体 "
    "一级 二级 三级 完整 写出来 写出 出来 全部 类别 经验 总结经验 方子 哪些 点出 点出了 归纳为 "
    "当中的 讲了啥 入手 着手 存在 主要 准备 打算 依次 都从 ".split()
)
# 篇文章 of 那篇文章
_OF_TEXT = re.compile(rf"(?:[那这一]?[篇份个部]的?)?(?:{'|'.join(sorted(_TEXTS, key=len, reverse=True))})")
# the whole text is what is asked for
_WHOLE = re.compile(rf"框架|结构|脉络|大纲|提纲|目录|全文|一级标题|(?:{_WHICH}|{_N})(?:个|大)*{_PARTS}")
_WHOSE = re.compile(r"(?<![㐀-鿿])?[省市区县国](?:里|级|上)(?:的|那|这)?")


class Wanted(NamedTuple):
    """What a question asks of the headings and lists of a text."""

    plainly: bool  # it asks for headings, and nothing else would answer
    listed: bool  # it asks for things that a text may number or list
    numbers: frozenset[int]  # of those things, where it says how many
    counts: str  # the measure word of how many are asked for; empty where that is not asked
    names_only: bool  # not what stands below them
    series: bool  # 一是二是三是
    figures: tuple[str, ...]  # other numbers of things that it tells: 20 of 把20个集群分成四类
    shared: str  # what stands in all of them, in quotation marks
    quoted: tuple[str, ...]
    nouns: tuple[str, ...]  # what there are several of: 坚持 of 哪四个坚持
    whole: bool  # the parts of a text as a whole, unless it names one of them
    last: bool  # of the last part of the text
    nth: int  # of the so-manieth part; 0 where none is named
    texts: tuple[str, ...]  # nouns that say of which text
    matter: tuple[Term, ...]  # the terms of what is asked about


@lru_cache(maxsize=256)
def wanted(plan: Plan) -> Wanted:
    """Return what `plan` asks of headings and lists."""
    asked = unended(plan.resolved)
    shared = _SHARED.search(asked)
    nth = _NTH.search(asked)
    return Wanted(
        plainly=bool(_PLAINLY.search(asked) or (_PLACED.search(asked) and _SEVERAL.search(asked))),
        listed=bool(_LISTED.search(asked)) or plan.kind in (Kind.OUTLINE, Kind.LIST),
        numbers=_numbers(asked),
        counts=_measure_word(asked),
        names_only=bool(_NAMES_ONLY.search(asked)),
        series=bool(_SERIES.search(asked)),
        figures=tuple(match[1] for match in _FIGURE.finditer(asked)),
        shared=(shared[1] or shared[2]) if shared else "",
        nouns=tuple(one[1] or one[2] for one in _SEVERAL_OF.finditer(asked)),
        quoted=tuple(_QUOTED.findall(asked)),
        whole=bool(_WHOLE.search(asked)),
        last=bool(_LAST.search(asked)),
        nth=to_int(nth[1]) if nth else 0,
        texts=tuple(noun for noun in _TEXTS if noun in asked),
        matter=_matter(plan, asked),
    )


def _numbers(asked: str) -> frozenset[int]:
    """Return how many things a text is said to list; of 一是二是三是 the last."""
    if _SERIES.search(asked):
        return frozenset({max(to_int(numeral) for numeral in _LAST_OF_SERIES.findall(asked))})
    return frozenset(to_int(match[1] or match[2]) for match in _NUMBER.finditer(asked))


def _matter(plan: Plan, asked: str) -> tuple[Term, ...]:
    """Return the terms of what is asked about; the noun for what is listed says less: 哪三条短板."""
    nouns = " ".join(_NOUN.findall(asked))
    pieces = [piece for term in terms_of(plan) if _is_matter(term) for piece in _pieces(term)]
    return tuple(
        piece._replace(weight=piece.weight * _OF_NOUN) if piece.text in nouns and not piece.quoted else piece
        for piece in pieces
    )


def _measure_word(asked: str) -> str:
    """Return the word that counts what is asked for: 条 of 几条, 个 of 几大块."""
    found = list(_COUNTS.finditer(asked))
    if not found or len([match for match in found if match[1]]) > 1:
        return ""  # two things are counted: each is a question of its own
    return next((match[1] for match in found if match[1] in _MEASURE_WORDS), "个")


def _pieces(term: Term) -> list[Term]:
    """Return the words that a compound is made of: a heading may have one of 人才队伍."""
    words = [] if term.quoted else [word for word in cut(term.text) if len(word) > 1]
    if len(words) < 2:
        return [term]
    return [term._replace(text=word, names=(word,), weight=term.weight / len(words)) for word in words]


def _is_matter(term: Term) -> bool:
    """Tell whether a term says more than of which text it is, and that the text lists something."""
    if term.quoted:
        return True
    if _OF_TEXT.fullmatch(term.text):
        return False
    if term.text in _TELLS or term.text in _TEXTS or _WHOSE.fullmatch(term.text):
        return False
    return not all(piece in _TELLS or piece in _TEXTS or len(piece) == 1 for piece in cut(term.text))
