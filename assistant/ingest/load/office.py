"""Old and foreign office formats (.doc, .xls, .ppt, .wps, .et, .odt, ...) by an installed LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ...errors import LoadError
from .base import Limits, Loaded, encrypted

# What a stream of the container says of its format; names in UTF-16, as OLE stores them.
_STREAMS = (
    ("EncryptedPackage", ""),
    ("WordDocument", "docx"),
    ("Workbook", "xlsx"),
    ("Book", "xlsx"),
    ("PowerPoint Document", "pptx"),
)
_OPEN_DOCUMENT = (
    (b"opendocument.text", "docx"),
    (b"opendocument.spreadsheet", "xlsx"),
    (b"opendocument.presentation", "pptx"),
    (b"xl/workbook.bin", "xlsx"),
)


def load_office(data: bytes, limits: Limits) -> Iterator[Loaded | None]:
    """Yield the document as LibreOffice converts it.

    Raises LoadError where LibreOffice is not installed, naming what to convert to, and for
    encrypted files.
    """
    from .formats import loader

    target = _target(data)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise LoadError(
            "这是旧版 Office 或 WPS 格式(.doc、.xls、.ppt、.wps、.et 等),需要 LibreOffice 才能读取。",
            f"请安装 LibreOffice,或用 WPS、Word 另存为 {target} 后再试。",
        )
    yield from loader(target)(_convert(data, target, program, limits), limits)


def _target(data: bytes) -> str:
    if data.startswith(b"PK"):
        return next((target for mark, target in _OPEN_DOCUMENT if mark in data), "docx")
    for stream, target in _STREAMS:
        if stream.encode("utf-16-le") in data:
            if not target:
                raise encrypted("Office")
            return target
    raise LoadError("这是不认识的 OLE 文件,不是 Office 或 WPS 文档。", "请另存为 docx、xlsx 或 pdf。")


def _convert(data: bytes, target: str, program: str, limits: Limits) -> bytes:
    with tempfile.TemporaryDirectory(prefix="policy-assistant-") as name:
        folder = Path(name)
        source = folder / "source"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"  # apart from a running office
        options = [
            "--headless",
            "--norestore",
            profile,
            "--convert-to",
            target,
            "--outdir",
            str(folder / "out"),
        ]
        try:
            subprocess.run(
                [program, *options, str(source)],
                capture_output=True,
                timeout=limits.seconds,
                check=True,
                env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
                preexec_fn=_unlimited if os.name == "posix" else None,
            )
            return (folder / "out" / f"source.{target}").read_bytes()
        except subprocess.TimeoutExpired:
            raise LoadError(
                f"LibreOffice 在 {limits.seconds:g} 秒内没有转换完。", f"请另存为 {target}。"
            ) from None
        except (subprocess.CalledProcessError, OSError) as error:
            raise LoadError(f"LibreOffice 没有转换成({error})。", f"请另存为 {target} 后再试。") from None


def _unlimited() -> None:
    """Lift the worker's limit of address space: LibreOffice maps more than it uses."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
