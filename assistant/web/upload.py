"""Documents that users bring: off by default, for named users only, indexed file by file."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import JSONResponse, Response

from ..errors import AssistantError
from ..settings import Settings
from ..types import FileResult
from .people import who
from .stores import Stores
from .texts import language_of, text

if TYPE_CHECKING:
    from ..core import Assistant

_NAME = 120  # characters of a file's name that are kept: file systems stop at 255 bytes


def allowed_to_upload(settings: Settings, request: Request) -> bool:
    """Tell whether who asks may bring documents; `*` among the users stands for everybody."""
    return "*" in settings.upload_users or who(request).removeprefix("user:") in settings.upload_users


def uploads_folder(store: Path) -> Path:
    """Return the folder where brought documents lie, beside their store."""
    return store.with_name(f"{store.name}-uploads")


def safe_name(given: str | None) -> str:
    """Return a file name without folders, control characters and leading dots; empty if nothing is left."""
    last = re.split(r"[/\\]", given or "")[-1]
    printable = "".join(character for character in last if character.isprintable())
    stem, dot, suffix = re.sub(r'[<>:"|?*]', "_", printable).strip().lstrip(".").rpartition(".")
    return f"{stem[: _NAME - len(suffix) - 1]}{dot}{suffix}" if stem else suffix[:_NAME]


def router(stores: Stores, settings: Settings) -> APIRouter:
    """Return the endpoint that takes documents in and tells how each of them ended."""
    uploads = APIRouter(prefix="/api", tags=["policy assistant"])
    one_at_a_time = Lock()  # a store has one writer

    @uploads.get("/uploads", include_in_schema=False)
    def offered(request: Request) -> Response:
        return JSONResponse(
            {"allowed": allowed_to_upload(settings, request), "megabytes": settings.upload_mb}
        )

    @uploads.post("/documents", response_model=None)
    def bring(request: Request, files: list[UploadFile], store: str = "") -> Response:
        """Take documents in; the answer says for every file how it ended."""
        language = language_of(request.headers.get("accept-language"))
        if not allowed_to_upload(settings, request):
            return JSONResponse({"error": text("upload_forbidden", language), "advice": ""}, 403)
        assistant = stores.of(request, store).assistant
        folder = uploads_folder(assistant.store)
        folder.mkdir(parents=True, exist_ok=True)
        names = [name for file in files if (name := _write(folder, file))]
        with one_at_a_time:
            results = _indexed(assistant, folder, names)
        return JSONResponse([_shown(result) for result in results])

    return uploads


def _write(folder: Path, file: UploadFile) -> str:
    name = safe_name(file.filename)
    if name:
        (folder / name).write_bytes(file.file.read())
    return name


def _indexed(assistant: Assistant, folder: Path, names: list[str]) -> list[FileResult]:
    """Index the files and forget those that could not be read: they would fail again every time."""
    try:
        every = assistant.index([folder]).files
    except AssistantError as error:
        every = tuple(FileResult(str(folder / name), "failed", str(error)) for name in names)
    mine = [result for result in every if Path(result.path).name in names]
    for result in mine:
        if result.status in ("failed", "skipped"):
            (folder / Path(result.path).name).unlink(missing_ok=True)
    return mine


def _shown(result: FileResult) -> dict[str, object]:
    return {
        "name": Path(result.path).name,
        "status": result.status,
        "reason": result.reason,
        "passages": result.passages,
        "repairs": result.repairs,
    }
