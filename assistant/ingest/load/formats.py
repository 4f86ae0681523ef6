"""Which loader reads which format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

from ...errors import LoadError
from .base import Limits, Loaded, Loader
from .sniff import disguise, sniff

# format -> module and function; a module is imported with its first file
_LOADERS = {
    "txt": ("plain", "load_text"),
    "md": ("plain", "load_markdown"),
    "jsonl": ("records", "load_records"),
    "html": ("html", "load_html"),
    "docx": ("docx", "load_docx"),
    "pdf": ("pdf", "load_pdf"),
    "mhtml": ("mhtml", "load_mhtml"),
    "xlsx": ("sheet", "load_xlsx"),
    "csv": ("sheet", "load_csv"),
    "pptx": ("pptx", "load_pptx"),
    "rtf": ("rtf", "load_rtf"),
    "zip": ("archive", "load_zip"),
    "ofd": ("ofd", "load_ofd"),
    "office": ("office", "load_office"),
}


def loader(kind: str) -> Loader:
    """Return the loader of a format that `sniff` named."""
    module, function = _LOADERS[kind]
    found: Loader = getattr(import_module(f".{module}", __package__), function)
    return found


def load_bytes(data: bytes, extension: str, limits: Limits) -> Iterator[Loaded | None]:
    """Yield the documents in the bytes of one file, its format known by its content.

    Raises LoadError, and nothing else, whatever the bytes are.
    """
    kind = sniff(data, extension)
    notice = disguise(extension, kind)
    try:
        for loaded in loader(kind)(data, limits):
            if loaded and not loaded.extract.text.strip():
                raise LoadError(
                    f"{kind} 文件里没有文字。{''.join(loaded.extract.notices)}", "请打开它看看内容是否完整。"
                )
            yield _noticed(loaded, notice) if loaded and notice else loaded
    except RecursionError:
        raise LoadError(f"{kind} 文件嵌套过深,已拒绝。", "请用原来的软件重新保存。") from None
    except MemoryError:
        raise LoadError(f"{kind} 文件需要的内存超过上限,已放弃。", "请拆成较小的文件。") from None
    except LoadError:
        raise
    except Exception as error:  # a parser's surprise at a broken file must not stop the others
        raise LoadError(
            f"{kind} 文件解析出错({type(error).__name__}: {str(error)[:120]})。",
            "文件可能已损坏,请用原来的软件打开并重新保存后再试。",
        ) from error


def _noticed(loaded: Loaded, notice: str) -> Loaded:
    return replace(loaded, extract=replace(loaded.extract, notices=(notice, *loaded.extract.notices)))
