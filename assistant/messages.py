"""What the surfaces say in a terminal: one table, Chinese first, English beside it."""

from __future__ import annotations

from . import errors

_TABLE = {
    # index
    "index.nothing": (
        "请写明要索引的文件或文件夹。",
        "Name the files or folders to index: index PATH ...",
    ),
    "index.failed": ("失败 {path}：{reason}", "(failed)"),
    "index.done": (
        "更新 {indexed}，未变 {unchanged}，略过 {skipped}，移除 {removed}，失败 {failed}；{seconds:.1f} 秒",
        "(indexed, unchanged, skipped, removed, failed; seconds)",
    ),
    "index.progress": ("建立索引", "indexing"),
    # search, ask, documents, show
    "empty": (
        "还没有任何文件：请先运行 index。",
        "The store {store} holds no document yet: run index first.",
    ),
    "undated": ("{notice}", "(documents without any date, which a limit by day leaves out)"),
    "search.none": ("没有检索到相关内容。", "Nothing was found."),
    "ask.related": ("相关内容（未必回答问题）：", "Related passages, which may not answer the question:"),
    "repairs.none": ("这份文件无需修复。", "Nothing in this document needed repair."),
    # batch
    "batch.missing": ("没有这个文件：{path}。", "No such file; check the path."),
    "batch.same": ("输出不能覆盖输入：{path}。", "The output must be another file than the input."),
    "batch.exists": (
        "{path} 已存在，没有改动它；请换一个输出文件名，或加 --overwrite 覆盖它。",
        "The output is there already and was left as it is; name another file, or add --overwrite.",
    ),
    "batch.format": ("不支持的格式：{path}。", "Use one of {formats}."),
    "batch.folder": ("没有这个文件夹：{path}。", "Make the folder of the output first."),
    "batch.unreadable": ("无法读取 {path}：{reason}。", "The file cannot be read; save it again."),
    "batch.columns": (
        "没有名为 {column} 的列；现有的列：{columns}。",
        "No such column; choose one of those with --column.",
    ),
    "batch.none": ("{path} 里没有问题。", "The input holds no question."),
    "batch.resumed": ("接着上次：已有 {done} 行，还剩 {left} 行", "(going on where the last run stopped)"),
    "batch.changed": (
        "问题、文件库或设置已变，从头开始",
        "(questions, store or settings have changed since: starting over)",
    ),
    "batch.progress": ("回答问题", "answering"),
    "batch.row": ("{sheet} 第 {row} 行失败：{reason}", "(row failed)"),
    "batch.formula": (
        "公式 {formula} 没有保存结果；请用 Excel 打开该文件、保存，再运行一次。",
        "The formula has no saved result; open and save the file in Excel.",
    ),
    "batch.left_out": (
        "工作表 {sheet} 没有“{column}”列，其中 {rows} 行未提问；如要提问，请给它写上这个列名。",
        "(worksheet left out: no such column)",
    ),
    "batch.hidden": (
        "工作表 {sheet} 已隐藏，其中 {rows} 行未提问；如要提问，请在 Excel 中取消隐藏。",
        "(hidden worksheet left out; unhide it to ask it)",
    ),
    "batch.bad_line": ("不是 JSON 记录：{text}", "not a JSON record with a question"),
    "batch.locked": (
        "无法写入 {path}：可能正被 Excel 打开；已得到的回答存在 {journal}，关闭文件后再运行一次即可。",
        "The output cannot be written; close it where it is open and run again: no answer is lost.",
    ),
    "batch.interrupted": (
        "已中断：完成 {done}/{total} 行，再运行一次即可继续。",
        "Interrupted; run the same command again to go on.",
    ),
    "batch.done": (
        "{total} 个问题：回答 {answered}，部分回答 {partial}，拒答 {refused}，失败 {error} → {path}",
        "(answered, partial, refused, error)",
    ),
    # tune
    "tune.progress": ("训练中", "learning"),
    "tune.unresolved": ("文件库里没有这个问题的依据：{question}", "(its evidence is not in the store)"),
    "tune.kept": (
        "已启用：{questions} 个问题（{unseen} 个的依据未见过）；{seconds:.0f} 秒。tune --undo 可撤销。",
        "Kept; tune --undo takes it back.",
    ),
    "tune.dropped": (
        "未启用：{questions} 个问题（{unseen} 个的依据未见过）训练后没有可靠的提高；{seconds:.0f} 秒。",
        "Not kept: no gain beyond noise.",
    ),
    "tune.harmful": (
        "未启用：{questions} 个问题（{unseen} 个的依据未见过），用原文字句检索会变差（{own_words}）；"
        "{seconds:.0f} 秒。模型若已学过这些问题，就会这样。",
        "Not kept: what is worded as in the documents would be found less often, as happens where the model "
        "has read these questions before.",
    ),
    "tune.undone": ("已撤销，检索恢复为未训练。", "Taken back; the ranking is untuned again."),
    "tune.undone.left": ("已撤销，现在用的是 {path}。", "Taken back; an earlier tuning counts again."),
    # feedback
    "feedback.none": ("还没有反馈：没有 {path}。", "No feedback was given yet on this store."),
    # every command
    "usage": ("用法有误：{message}。", "Bad usage; see {program} --help."),
    "interrupted": ("已中断。", "Interrupted."),
    "os": ("{what}：{path}。", "The system refused; check the path, its rights and the disk."),
    "bug": (
        "内部错误 {kind}：{message}",
        "This is a defect; run `python -X dev -m assistant ...` to see where, and report it.",
    ),
}

_TROUBLE: dict[type[errors.AssistantError], tuple[str, str]] = {
    errors.AssistantError: ("出错了", "failed"),
    errors.UsageError: ("输入有误", "bad usage or input"),
    errors.QuestionError: ("无法提出这个问题", "not a question to ask"),
    errors.FilterError: ("没有这个筛选值", "unknown filter value"),
    errors.SettingsError: ("设置有误", "bad setting"),
    errors.StoreError: ("文件库无法使用", "the store cannot be used"),
    errors.StoreVersionError: ("文件库由别的版本或模型建立", "store of another version or model"),
    errors.StoreCorruptError: ("文件库已损坏", "corrupt store"),
    errors.StoreLockedError: ("另一个程序正在写文件库", "another process is writing the store"),
    errors.DocumentError: ("文件无法使用", "the document cannot be used"),
    errors.DocumentNotFoundError: ("没有这份文件", "no such document"),
    errors.LoadError: ("文件无法读取", "the file cannot be read"),
    errors.ModelError: ("模型出错", "the model failed"),
}


def say(key: str, **values: object) -> str:
    """Return the message `key` on one line, in Chinese and then in English."""
    chinese, english = _TABLE[key]
    return one_line(f"{chinese} {english}".format(**values))


def describe(error: errors.AssistantError) -> str:
    """Return `error` on one line: what it says of itself, and its class in the other language."""
    chinese, english = next(_TROUBLE[kind] for kind in type(error).__mro__ if kind in _TROUBLE)
    text = one_line(str(error))
    return f"{text} ({english})" if "。" in text else f"{chinese}：{text}"


def one_line(text: str) -> str:
    """Return `text` with every run of blanks and line ends as one space."""
    return " ".join(text.split())
