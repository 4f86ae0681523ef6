"""Every text of the interface, in Chinese and English, in one table."""

from __future__ import annotations

from typing import Literal

Language = Literal["zh", "en"]

TEXTS: dict[str, tuple[str, str]] = {
    "name": ("政策助手", "Policy Assistant"),
    "motto": ("句句有出处，点开看原文", "Every statement opens at its source"),
    "ask_tab": ("提问", "Ask"),
    "documents_tab": ("文件目录", "Documents"),
    "conversation": ("对话", "Conversation"),
    "evidence": ("依据", "Evidence"),
    "question": ("问题", "Question"),
    "question_hint": (
        "请输入问题。回车发送，Shift+回车换行",
        "Type a question. Enter sends, Shift+Enter breaks the line",
    ),
    "welcome": ("请就库中的政策文件提问", "Ask the policy documents"),
    "welcome_more": (
        "回答只用文件里的原话，每句都标出处；文件没有说的，会直接告诉您。",
        "Answers use only what the documents say, each statement with its source; "
        "what they do not say, you are told so.",
    ),
    "empty_store": (
        "库中还没有文件。请先运行 python -m assistant index 文件夹",
        "The store is empty. Run python -m assistant index FOLDER first",
    ),
    "examples": ("可以这样问", "Try asking"),
    "filters": ("限定范围", "Limit to"),
    "region": ("地区", "Region"),
    "document": ("文件", "Document"),
    "kind": ("文种", "Kind"),
    "since": ("不早于", "Not before"),
    "until": ("不晚于", "Not after"),
    "any": ("不限", "Any"),
    "of_documents": ("{value}（{count} 份）", "{value} ({count})"),
    "of_passages": ("{value}（{count} 段）", "{value} ({count} passages)"),
    "store": ("文件库", "Collection"),
    "clear_filters": ("取消限定", "Clear"),
    "new_conversation": ("新对话", "New conversation"),
    "held_documents": ("份文件", "documents"),
    "held_regions": ("个地区", "regions"),
    "held_years": ("年", "issued"),
    "held_passages": ("个段落", "passages"),
    "and_regions": ("{shown}等 {count} 地", "{shown} and others, {count} regions"),
    "length": ("段落", "Passages"),
    "coverage": ("各地区、各主题的覆盖情况", "What is covered"),
    "coverage_more": (
        "数字为提到该主题的段落数，主题取自文件标题。点击数字，即在该地区范围内提问。",
        "Passages that speak of a topic; topics come from the documents' own headings. "
        "Click a cell to ask within that region.",
    ),
    "coverage_wait": ("正在统计各地区、各主题的段落……", "Counting passages by region and topic…"),
    "more_regions": (
        "另有{names}等 {count} 个地区，共 {passages} 段，没有列出；提问时可在“限定范围”里选择。",
        "{count} more regions ({names} and others) with {passages} passages are not listed; "
        "choose them under “Limit to” when asking.",
    ),
    "no_region": ("未标明地区", "No region"),
    "everywhere": ("全部地区", "all regions"),
    "cell_means": ("{place} {topic}：点击提问", "{place} {topic}: click to ask"),
    "topic_question": ("{place}{topic}方面有哪些做法？", "What does {place} do about {topic}?"),
    "all_documents": ("范围：全部 {count} 份文件", "Scope: all {count} documents"),
    "no_store": ("不能使用这个文件库", "This collection cannot be used"),
    "active_filters": ("范围：{filters}", "Scope: {filters}"),
    "no_evidence": (
        "回答的出处会列在这里：文件、章节、地区、日期和原句。点开即可在全文中查看。",
        "The sources of an answer are listed here: document, section, region, date and sentence. "
        "Click one to read it in its document.",
    ),
    "related": (
        "相近的段落（供参考，未用于回答）",
        "Nearest passages (for reference, not used in the answer)",
    ),
    "earlier": ("之前：{question}", "Earlier: {question}"),
    "cited": ("依据 {count} 处", "Sources: {count}"),
    "cited_short": ("{count} 处", "{count}"),
    "see_related": ("相近的段落", "Nearest passages"),
    "back_to_talk": ("回到对话", "Back to the conversation"),
    "open": ("在文件中查看", "Open in the document"),
    "page": ("第 {page} 页", "page {page}"),
    "as_original": ("修复前的原文", "Before repair"),
    "damaged": (
        "此处原文有缺损，请核对原件。",
        "The source is damaged here; please check the original.",
    ),
    "refused": ("文件中没有找到答案", "Not found in the documents"),
    "partial": ("只能部分回答", "Answered in part"),
    "error": ("没有完成", "Not completed"),
    "stopped": ("已按要求停止，只写到这里", "Stopped as you asked; written this far"),
    "resolved": ("理解为：{question}", "Understood as: {question}"),
    "left_out": (
        "另有 {count} 句没有通过核对，未写入答案",
        "{count} more statements failed verification and were left out",
    ),
    "unexpected": (
        "回答时出现意外错误，已记入服务日志。请再试一次；若仍不行，请联系管理员。",
        "Something unexpected went wrong; the server's log has the details. "
        "Please try again, or tell the administrator.",
    ),
    "document_count": ("共 {count} 份文件", "{count} documents"),
    "document_count_cut": (
        "共 {count} 份文件，列出前 {shown} 份；在上面输入词语后回车，可在全部文件中查找",
        "{count} documents, the first {shown} listed; type words above and press Enter to find others",
    ),
    "search_documents": ("在目录中查找", "Find in the list"),
    "title": ("标题", "Title"),
    "issued": ("日期", "Date"),
    "source": ("来源", "Source"),
    "issuer": ("发文机关", "Issuer"),
    "number": ("文号", "Number"),
    "validity": ("效力", "Validity"),
    "outline": ("目录", "Outline"),
    "show_original": ("对照原文", "Show the original beside it"),
    "removed": ("已去除的网页杂项（{count} 字）", "Web furniture removed ({count} characters)"),
    "repair_count": ("修复 {count} 处", "{count} repairs"),
    "damage_count": ("无法复原 {count} 处", "{count} spots could not be restored"),
    "repaired_from": ("原文：{before}（{reason}）", "Original: {before} ({reason})"),
    "unrestorable": ("原文在此缺损，无法复原", "The source is damaged here and could not be restored"),
    "to_quote": ("回到引用处", "Back to the quotation"),
    "not_found": ("库中没有这份文件", "No such document in the store"),
    "not_found_more": (
        "文件“{document}”可能已移出文件库或换了名称。请从“文件目录”中重新打开。",
        "“{document}” may have been removed or renamed. Open it again from the list of documents.",
    ),
    "bad_address": ("这个地址不能使用", "This address cannot be used"),
    "bad_option": (
        "地址中的选项“{name}”不存在；可用：title、theme、store、region、document、kind、validity、since、until、question。",
        "The address has no option “{name}”; there are title, theme, store, region, document, kind, "
        "validity, since, until and question.",
    ),
    "bad_theme": ("theme 只能是 light 或 dark，不能是“{value}”。", "theme is light or dark, not “{value}”."),
    "long_title": ("title 不能超过 {limit} 个字。", "title may have {limit} characters at most."),
    "unknown_user": ("请从单位门户进入", "Please come through your portal"),
    "unknown_user_more": (
        "没有收到您的身份，或登录已经过期。请回到门户重新打开。",
        "Your identity did not arrive or has expired. Go back to the portal and open this page again.",
    ),
    "upload_forbidden": ("您没有上传文件的权限。", "You may not bring documents."),
    "permalink": ("链接", "Link"),
    "copy": ("复制", "Copy"),
    "take_word": ("下载 Word", "Download Word"),
    "take_markdown": ("下载 Markdown", "Download Markdown"),
    "exported": (
        "{date} 导出。引文均为文件原文，出处见脚注。",
        "Exported on {date}. Quotations are the documents' own words; footnotes name their sources.",
    ),
    "helpful": ("有用", "Helpful"),
    "wrong": ("答错了", "Wrong"),
    "citation": ("引用有误", "Citation wrong"),
    "comment": ("谢谢反馈。可补充说明，回车提交", "Thank you. Add a comment if you like, Enter sends"),
    "commented": ("说明已记下，谢谢。", "Your comment is kept. Thank you."),
    "starting": ("正在启动，请稍候……", "Starting, one moment…"),
}


def text(key: str, language: Language, **values: object) -> str:
    """Return the text `key` in `language`, its variables filled in."""
    template = TEXTS[key][0 if language == "zh" else 1]
    return template.format(**values) if values else template


def language_of(accepted: str | None) -> Language:
    """Return the language to use for an Accept-Language header: Chinese unless another comes first."""
    first = (accepted or "zh").split(",")[0].strip().lower()
    return "zh" if first.startswith("zh") or first in ("", "*") else "en"


def translations() -> dict[str, dict[str, str]]:
    """Return the whole table by language, for the parts that the browser translates."""
    chinese = {key: pair[0] for key, pair in TEXTS.items()}
    return {"zh": chinese, "zh-CN": chinese, "zh-TW": chinese, "en": {k: p[1] for k, p in TEXTS.items()}}
