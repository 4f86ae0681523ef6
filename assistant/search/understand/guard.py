"""Questions that are none: small talk, requests to write or act, and attempts to steer the assistant."""

from __future__ import annotations

import re

from ...types import Kind

_SMALL_TALK = re.compile(
    r"^(?:"
    r"(?:你|您|大家|各位)?好(?:啊|呀|吗|呢)?|(?:早上|上午|中午|下午|晚上)好|晚安|(?:嗨|哈喽|喂|嘿|你好|您好)?[啊呀]?[\s,]*(?:在吗|在不在|忙吗|忙不忙)|嗨|哈喽|喂|嘿|hello|hi|hey|"
    r"(?:非常|十分|太)?(?:谢谢|感谢|多谢|辛苦|谢)(?:你|您|了|啦|哈)*|再见|拜拜|bye|[好的嗯哦啊行]+|ok|明白了?|知道了|收到|早|你真(?:棒|好|行|聪明|厉害)|(?:很|太|真)(?:好|棒|厉害)(?:了)?|"
    r"你(?:是谁|叫什么(?:名字)?|是什么|是人吗|是机器人吗|多大了|几岁了?)|"
    r"你都?(?:能|会|可以)(?:做|干|帮我)?(?:些|做)?(?:什么|啥)(?:事)?|(?:怎么|如何)使用(?:你|本系统|这个系统|这个助手)|"
    r"who are you|what can you do|thanks?(?: you)?|讲个笑话|"
    r"(?:今天)?(?:心情|天气)(?:怎么样|如何|好吗)?|今天(?:星期|周)几|现在几点了?"
    r")[\s!?。.,~]*$"
)
_ACT = (
    r"(?:写|撰写|起草|草拟|拟写|拟定|拟(?=一?[个份封])|创作|编写|编造|仿写|改写|润色|续写|翻译|画|绘制|设计|制作|发送|发邮件|寄|转发|"
    r"发(?=一[封条]|邮件|消息|短信)|编(?=一[个篇段条])|打印|"
    r"推荐(?:一[部本首款道场曲]|几[部本首款道场]|[^,。?]{0,6}(?:电影|电视剧|小说|歌曲?|餐厅|馆子|菜谱|景点|酒店))|"
    r"删除|清空|修改|更新|上传|下载|预订|订购|购买|打电话|运行|执行|安装|关闭|重启|算命|编程)"
)
_ASKING = r"(?:请你?|麻烦你?|劳驾|你?(?:能|可以|会)(?:不能|否)?|帮(?:我们?|忙|着)|给我们?|替我们?|为我们?)"
_MEANS = r"(?:把[^,。]*|将[^,。]*|用[^,。]{0,12}|以[^,。]{0,20}|根据[^,。]{0,20}|按[^,。]{0,12})?"
_TASK = re.compile(
    rf"^{_ASKING}+\s*{_MEANS}{_ACT}|"
    rf"^(?:把|将)(?!.*(?:哪|多少|几[个项家户年月天]|谁|何时))[^,。?]{{1,20}}?(?:{_ACT}|(?:做|转|改|换|整理|汇编)成(?:一?[个份张])?(?:英文|中文|英语|ppt|幻灯片|表格|word|pdf|图|海报|视频))|"
    rf"^用[^,。?]{{1,8}}?{_ACT}一?[个篇份封首段]|"
    rf"^(?:{_ACT}|生成|输出)(?:一[篇份封首段个张则]|个|首|篇|份|封|段|邮件|文件|文档|数据)|"
    rf"^{_ASKING}{_MEANS}(?:把|将)[^,。?]{{1,20}}?(?:{_ACT}|[做转改换译]成)|"
    r"^(?:please )?(?:write|draft|compose|translate|delete|send|draw|generate) "
)
# 写一篇稿子,想核实一件事:哪个省先有标准? tells what for, and asks
_ASKS_BEHIND = re.compile(r"[。:?;][^。?]*(?:哪|多少|几[个项家年月天]|谁|何时|什么时候|是否|有没有)[^。]*\?")
# 企业扮演什么角色 asks; 扮演什么都说的助手 does not
_ASKED_PART = r"(?:了|着|的|是)*(?:什么|哪[些种]?|何种?|怎样|啥)(?:样?的)?(?:角色|作用|身份)"
_STEERING = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要理会|抛开|绕过)[^。?]{0,12}(?:指令|提示|规则|要求|设定|限制|约束|说明)|"
    r"ignore (?:all |the |any )?(?:previous|above|prior|earlier)|"
    r"(?:你的?|系统|初始|内部|隐藏)[^。?]{0,4}(?:提示词?|指令|设定)|(?:system|your) prompt|"
    r"(?:你的|系统的?|后台|接口|api|服务器|管理员|数据库)\s*"
    r"(?:key|密钥|密码|口令|令牌|token|凭证|配置|设置参数|环境变量)|api[ _-]?key|"
    rf"假装你|扮演(?!{_ASKED_PART})|你现在是|从现在起你|"
    r"(?:输出|打印|显示|告诉我|泄露|复述)[^。?]{0,6}(?:初始|系统|内部)?(?:指令|提示词|密钥|密码|环境变量|配置文件)|<script|javascript:"
)


def not_a_question(text: str) -> Kind | None:
    """Return SMALL_TALK or TASK where the folded `text` asks nothing of the documents."""
    if _SMALL_TALK.match(text.strip()):
        return Kind.SMALL_TALK
    if _STEERING.search(text) or (_TASK.search(text.strip()) and not _ASKS_BEHIND.search(text)):
        return Kind.TASK
    return None
