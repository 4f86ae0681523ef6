"""Orders to the reader's assistant that someone planted in a document: data, and never an answer."""

from __future__ import annotations

import re

_ORDER = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要理会|绕过)[^。]{0,12}(?:指令|提示|规则|要求|设定|限制|约束|以上|之前|上述)|"
    r"ignore (?:all |the |any )?(?:previous|above|prior|earlier)|system prompt|系统提示|"
    r"(?:你|您|助手|模型|机器人|ai|assistant)[^。,]{0,6}(?:必须|应当|务必|只能|现在|请|要)[^。]{0,12}(?:回答|回复|输出|说|扮演|告诉)|"
    r"(?:回答|回复|输出)[:“\"]"
)


def is_order(folded: str) -> bool:
    """Tell whether the folded `folded` tells an assistant what to say."""
    return bool(_ORDER.search(folded))
