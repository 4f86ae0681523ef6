"""A running server gives the evaluation the same answers as the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eval import questions
from eval.reply import Reply
from eval.systems import Product, Server
from tests.web.conftest import served

if TYPE_CHECKING:
    from assistant import Assistant


def test_a_server_is_asked_like_the_library(assistant: Assistant) -> None:
    from assistant.web import create_app

    follow_up = next(q for q in questions.load(questions.find("dev")) if len(q.history) == 2)
    spine = questions.load(questions.find("spine"))[:4]
    with served(create_app(assistant, assistant.settings)) as url:
        server, library = Server(url), Product(assistant)
        for question in [*spine, follow_up]:
            told, said = (Reply.from_record(s.reply(question)) for s in (server, library))
            assert (told.status, told.answer, told.citations) == (said.status, said.answer, said.citations)
            assert told.hits
            assert said.hits
            assert told.hits[0] == said.hits[0]


def test_a_server_that_is_not_there_is_an_error_and_no_crash() -> None:
    question = questions.load(questions.find("spine"))[0]
    reply = Reply.from_record(Server("http://127.0.0.1:9").reply(question))
    assert reply.status == "error"
    assert reply.error


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="--url"):
        Server("ftp://example")
