"""The units and measure words that stand behind a figure, and what they measure."""

from __future__ import annotations

GROUPS = {"万": 10**4, "亿": 10**8}

# unit -> (dimension, base unit, factor). A measure word that is not here still counts as "count".
UNITS: dict[str, tuple[str, str, float]] = {
    "%": ("percent", "%", 1),
    "‰": ("percent", "%", 0.1),
    "个百分点": ("points", "个百分点", 1),
    "百分点": ("points", "个百分点", 1),
    "元": ("money", "元", 1),
    "块钱": ("money", "元", 1),
    "元钱": ("money", "元", 1),
    "人民币": ("money", "元", 1),
    "美元": ("money", "美元", 1),
    "欧元": ("money", "欧元", 1),
    "日元": ("money", "日元", 1),
    "英镑": ("money", "英镑", 1),
    "澳门元": ("money", "澳门元", 1),
    "港元": ("money", "港元", 1),
    "新台币": ("money", "新台币", 1),
    "米": ("length", "米", 1),
    "公分": ("length", "米", 0.01),
    "公里": ("length", "米", 1000),
    "km": ("length", "米", 1000),
    "cm": ("length", "米", 0.01),
    "mm": ("length", "米", 0.001),
    "千米": ("length", "米", 1000),
    "里": ("length", "米", 500),
    "海里": ("length", "米", 1852),
    "厘米": ("length", "米", 0.01),
    "毫米": ("length", "米", 0.001),
    "平方米": ("area", "平方米", 1),
    "㎡": ("area", "平方米", 1),
    "平米": ("area", "平方米", 1),
    "平方": ("area", "平方米", 1),
    "m2": ("area", "平方米", 1),
    "km2": ("area", "平方米", 10**6),
    "hm2": ("area", "平方米", 10**4),
    "平方厘米": ("area", "平方米", 10**-4),
    "平方公里": ("area", "平方米", 10**6),
    "平方千米": ("area", "平方米", 10**6),
    "公顷": ("area", "平方米", 10**4),
    "亩": ("area", "亩", 1),
    "立方米": ("volume", "立方米", 1),
    "立方": ("volume", "立方米", 1),
    "m3": ("volume", "立方米", 1),
    "公升": ("volume", "立方米", 0.001),
    "ml": ("volume", "立方米", 10**-6),
    "方": ("volume", "立方米", 1),
    "升": ("volume", "立方米", 0.001),
    "毫升": ("volume", "立方米", 10**-6),
    "吨": ("mass", "吨", 1),
    "吨标准煤": ("mass", "吨标准煤", 1),
    "吨标煤": ("mass", "吨标准煤", 1),
    "公斤": ("mass", "吨", 0.001),
    "kg": ("mass", "吨", 0.001),
    "mg": ("mass", "吨", 10**-9),
    "千克": ("mass", "吨", 0.001),
    "克": ("mass", "吨", 10**-6),
    "毫克": ("mass", "吨", 10**-9),
    "微克": ("mass", "吨", 10**-12),
    "斤": ("mass", "吨", 0.0005),
    "千瓦": ("power", "千瓦", 1),
    "瓦": ("power", "千瓦", 0.001),
    "兆瓦": ("power", "千瓦", 1000),
    "吉瓦": ("power", "千瓦", 10**6),
    "kw": ("power", "千瓦", 1),
    "mw": ("power", "千瓦", 1000),
    "gw": ("power", "千瓦", 10**6),
    "千瓦时": ("energy", "千瓦时", 1),
    "兆瓦时": ("energy", "千瓦时", 1000),
    "kwh": ("energy", "千瓦时", 1),
    "mwh": ("energy", "千瓦时", 1000),
    "gwh": ("energy", "千瓦时", 10**6),
    "千伏": ("voltage", "千伏", 1),
    "kv": ("voltage", "千伏", 1),
    "伏": ("voltage", "千伏", 0.001),
    "p": ("computing", "P", 1),  # 算力规模突破10万P
    "pflops": ("computing", "P", 1),
    "eflops": ("computing", "P", 1000),
    "kb": ("storage", "MB", 0.001),
    "mb": ("storage", "MB", 1),
    "gb": ("storage", "MB", 10**3),
    "tb": ("storage", "MB", 10**6),
    "pb": ("storage", "MB", 10**9),
    "度": ("degree", "度", 1),
    "摄氏度": ("degree", "度", 1),
    "℃": ("degree", "度", 1),
    "年": ("time", "年", 1),
    "周年": ("time", "年", 1),
    "个月": ("time", "个月", 1),
    "个季度": ("time", "个季度", 1),
    "周": ("time", "周", 1),
    "天": ("time", "天", 1),
    "日": ("time", "天", 1),
    "个工作日": ("time", "个工作日", 1),
    "工作日": ("time", "个工作日", 1),
    "个学期": ("time", "个学期", 1),
    "学期": ("time", "个学期", 1),
    "学年": ("time", "学年", 1),
    "个年度": ("time", "年", 1),
    "年度": ("time", "年", 1),
    "个星期": ("time", "周", 1),
    "星期": ("time", "周", 1),
    "个月份": ("time", "个月", 1),
    "小时": ("time", "小时", 1),
    "个小时": ("time", "小时", 1),
    "分钟": ("time", "分钟", 1),
    "秒": ("time", "秒", 1),
    "岁": ("age", "岁", 1),
    "周岁": ("age", "岁", 1),
    "倍": ("ratio", "倍", 1),
    "成": ("percent", "%", 10),
    "折": ("percent", "%", 10),
}
MEASURES = (
    "人次 省份 标箱 标准箱 台套 家次 户次 项次 例次 床位 席位 "
    "个 家 项 件 条 户 人 名 位 种 类 场 所 座 台 套 辆 架 艘 批 支 只 头 篇 部 份 处 片 块 层 次 级 期 轮 "
    "大 宗 单 例 口 棵 株 门 枚 笔 组 节 届 颗 村 镇 县 市 区 省 店 幢 栋 间 张 本 册 卷 股 列 趟 班 首 "
    "款 代 码 字 分 员 孔 "
    "起 幅 封 道 粒 根 双 对 副 车次 航次 盏 面 页 回 遍 顿 餐 桌 瓶 盒 罐 捆 课时 学时 学分 集 票 "
    "筐 堂 样 桩 标段 机组 机位 车位 泊位 停车位 摊位 学位 托位 铺位 "
    "师 步 链 网 箱 桶 袋 床 席 顶 艇 羽 尾 匹 团 队 城 站 点 线 圈 带 园 港 校 院 馆 亿 万"
).split()


def unit_of(unit: str) -> tuple[str, str, float]:
    """Return the dimension of `unit` as written, its base unit, and how many of those it is."""
    if not unit:
        # 1.75亿/家: money of policy texts, but the text does not say so
        return ("plain", "", 1.0)
    plain, _, per = unit.partition("/")
    plain = plain.partition("(")[0]
    dimension, base, factor = UNITS.get(plain, ("count", plain, 1.0))
    if plain in ("亿", "万"):
        dimension, base, factor = "plain", "", float(GROUPS[plain])
    return dimension, f"{base}/{per}" if per else base, factor
