"""Check what the assistant needs: Python, packages, settings, model, store, disk."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from ..console import print_table
from ..core import Assistant
from ..errors import AssistantError, SettingsError, UsageError
from ..messages import describe
from ..settings import Settings

_PACKAGE = "policy-assistant"
_PATIENCE = 5.0  # seconds that a language model's server has to answer
_FREE = 500_000_000  # bytes: the store of 60,000 articles takes about 300 MB, twice that while it is rebuilt


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    name: str
    code: int  # as the exit code of a command: 0 is good
    detail: str


def run_doctor(settings: Settings) -> int:
    """Print what was checked as a table; return 2 for bad input, 1 for anything else wrong, else 0."""
    checks: dict[str, Callable[[], str]] = {
        "Python": _python,
        "依赖包 packages": _packages,
        "文件库 store": lambda: _store(settings),
        "磁盘 disk": lambda: _disk(settings.store),
    }
    if settings.llm_url:
        checks["语言模型 language model"] = lambda: _language_model(settings)
    findings = [_examine(name, check) for name, check in checks.items()]
    rows = [(finding.name, "✗" if finding.code else "✓", finding.detail) for finding in findings]
    print_table(("检查 check", "", "结果 result"), rows)
    return max(finding.code for finding in findings)


class _Trouble(Exception):  # noqa: N818 - it is a finding, not an error of the program
    pass


def _examine(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, 0, check())
    except _Trouble as trouble:
        return Finding(name, 1, str(trouble))
    except AssistantError as error:
        return Finding(name, 2 if isinstance(error, UsageError) else 1, describe(error))
    except Exception as error:  # a doctor that dies of the illness is of no use
        return Finding(name, 1, f"{type(error).__name__}: {error}")


def _python() -> str:
    version = ".".join(map(str, sys.version_info[:3]))
    if not (3, 11) <= sys.version_info < (3, 14):
        raise _Trouble(f"{version}：需要 3.11 至 3.13 (3.11 to 3.13 is needed)")
    return f"{version} {sys.platform}"


def _packages() -> str:
    try:
        wrong = list(_wrong_packages())
    except metadata.PackageNotFoundError:
        raise _Trouble(f"{_PACKAGE} 未安装：请运行 make setup 或 pip install (not installed)") from None
    if wrong:
        raise _Trouble("；".join(wrong))
    return f"{_PACKAGE} {metadata.version(_PACKAGE)}，依赖齐全 (all requirements met)"


def _wrong_packages() -> Iterator[str]:
    from packaging.requirements import Requirement

    for line in metadata.requires(_PACKAGE) or ():
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            yield f"缺少 {requirement.name} (missing)"
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            yield f"{requirement.name} {version}，需要 {requirement.specifier} (is needed)"


def _store(settings: Settings) -> str:
    assistant = Assistant.open(settings=settings, create=False)
    try:
        if not assistant.is_sound():
            raise _Trouble(f"{settings.store}：索引与清单不一致，再运行一次 index 即可修复 (run index again)")
        documents = len(assistant.documents())
    finally:
        assistant.close()
    return f"{settings.store}：{documents} 份文件，模型 {settings.embedding} (documents, model)"


def _disk(store: Path) -> str:
    existing = next(folder for folder in (store, *store.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    detail = f"{existing} 剩余 {free / 1e9:.1f} GB (free)"
    if free < _FREE:
        raise _Trouble(detail)
    return detail


def _language_model(settings: Settings) -> str:
    """Ask the server for its list of models, as every OpenAI-compatible one offers it."""
    import httpx

    if not settings.llm_model:
        raise SettingsError("没有设置 llm_model。", "请写明模型的名称，如 qwen2.5 (name the model).")
    address = httpx.URL(settings.llm_url)
    shown = str(address.copy_with(userinfo=b"", query=None))  # a key may stand in either
    key = settings.llm_key.get_secret_value()
    try:
        answer = httpx.get(
            address.copy_with(path=f"{address.path.rstrip('/')}/models"),
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=_PATIENCE,
        )
    except httpx.HTTPError as error:
        raise _Trouble(
            f"{shown} 没有应答（{type(error).__name__}）：请检查地址和模型服务 (no answer; is it running?)"
        ) from None
    if not answer.is_success:
        raise _Trouble(
            f"{shown}/models 应答 HTTP {answer.status_code}：请检查 llm_url（多以 /v1 结尾）和 llm_key"
            " (check the address and the key)"
        )
    return f"{shown} 有应答，模型 {settings.llm_model} (answers, model)"
