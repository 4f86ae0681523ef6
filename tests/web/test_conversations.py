"""Thirty people talk at once; nobody sees another's words."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx

from assistant import Assistant
from assistant.web.conversation import Turn, history, messages
from assistant.web.filters import Chosen

from .sessions import IDLE, Session

PEOPLE = 30
TURNS = 3
QUESTIONS = (
    "天津累计创建了多少家国家级企业技术中心？",
    "江苏规上工业企业免费诊断的覆盖率近多少？",
    "那重庆呢？",
    "黑龙江转化了多少项重大科技成果？",
    "福州技改项目贷款的年化贴息利率是多少？",
    "吉利长兴基地总投资是多少？",
    "火星基地的年度预算是多少？",
)


def questions(person: int) -> list[str]:
    return [f"{QUESTIONS[(person + turn) % len(QUESTIONS)]}（{person}）" for turn in range(TURNS)]


def alone(assistant: Assistant, person: int) -> list[tuple[str, str]]:
    """Return the conversation as it goes when nobody else is there."""
    turns: list[Turn] = []
    sources = {document.id: document.metadata.source for document in assistant.documents()}
    for question in questions(person):
        answer = assistant.ask(question, history(turns))
        address = Chosen().address(question)
        turns.append(Turn(question, answer, address=address, sources=sources))
    return [(message["role"], message["content"]) for message in messages(turns, "zh")]


async def together(site: str) -> list[list[tuple[str, str]]]:
    limits = httpx.Limits(max_connections=3 * PEOPLE, keepalive_expiry=IDLE)
    async with httpx.AsyncClient(base_url=site, timeout=120, limits=limits) as client:
        return await asyncio.gather(*(converse(client, person) for person in range(PEOPLE)))


async def converse(client: httpx.AsyncClient, person: int) -> list[tuple[str, str]]:
    session = await Session.open(client)
    for question in questions(person):
        shown = await session.ask(question)
    return shown


def test_thirty_conversations_at_once_never_mix(site: str, assistant: Assistant) -> None:
    with ThreadPoolExecutor(1) as beside:  # the browser tests' own loop may run in this thread
        conversations = beside.submit(asyncio.run, together(site)).result()
    assert len(conversations) == PEOPLE
    for person, shown in enumerate(conversations):
        assert shown == alone(assistant, person)
