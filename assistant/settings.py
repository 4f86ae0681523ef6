"""Every setting, in one frozen object: defaults < policy.toml < environment < flags."""

from __future__ import annotations

import json
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated, Any
from urllib.parse import urlsplit

import platformdirs
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from .errors import SettingsError

# stands in addresses and logs
StoreName = Annotated[str, StringConstraints(pattern=r"^\w[\w.-]{0,39}$")]

_LIST_FORM = '请写作 a,b 或 ["a", "b"] (write names separated by commas, or a JSON list)'
_TABLE_FORM = (
    '请写作一行 JSON，如 {"公开": {"path": "/srv/open", "users": ["*"]}}，或写进 policy.toml'
    " (write JSON on one line, or use policy.toml)"
)


def _list(value: object) -> object:
    """Read a list as the environment writes it: its values separated by commas, or JSON."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return _json(value, _LIST_FORM)
    return tuple(filter(None, map(str.strip, value.split(","))))


def _table(value: object) -> object:
    """Read a table as the environment writes it: JSON."""
    return _json(value, _TABLE_FORM) if isinstance(value, str) else value


def _json(value: str, form: str) -> object:
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        raise ValueError(form) from None


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # brackets or a port that are none
        usable = False
    if value and not usable:
        raise ValueError(
            "请写作 http(s) 地址，如 http://127.0.0.1:11434/v1 (write the address of an endpoint)"
        )
    return value


# NoDecode: pydantic-settings would take nothing but JSON from the environment, and not say so
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_list)]


class NamedStore(BaseModel):
    """One of several stores that `serve` offers, and to whom."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    users: tuple[str, ...] = Field(min_length=1)  # "*": everybody


class Settings(BaseSettings):
    """The settings of one assistant; the environment names them `POLICY_STORE`, `POLICY_PORT`, ..."""

    model_config = SettingsConfigDict(
        env_prefix="POLICY_", toml_file="policy.toml", frozen=True, extra="forbid"
    )

    store: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("policy-assistant")))
    # what `serve` offers instead of `store`, by name
    stores: Annotated[dict[StoreName, NamedStore], NoDecode, BeforeValidator(_table)] = {}
    embedding: str = "bundled"  # or a sentence-transformers folder or name
    learnt_ranking: bool = False  # the shipped trees rank: pays in large stores of many documents
    reranker: str = ""  # a cross-encoder's folder or name: rereads the best passages; empty: none
    passage_tokens: int = Field(default=320, ge=64, le=4096)  # budget of one passage, cl100k tokens
    dense_weight: float = Field(default=0.5, ge=0, le=1)  # above 1 the fusion hurts (design, section 4)
    question_limit: int = Field(default=2000, ge=1)  # characters; a longer one is a pasted document

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    embed_origins: Names = ()  # sites that may show the chat in a frame, beside 'self'
    # of one user or address; 0: no limit. An office behind one address must not notice, a script shall
    questions_per_minute: int = Field(default=600, ge=0)
    queue_limit: int = Field(default=200, ge=1)  # questions waiting at once; more are told to come back
    identity_header: str = ""  # the header in which a trusted proxy names the user
    trusted_proxies: Names = ()  # addresses or networks whose identity_header counts
    token_secret: SecretStr = SecretStr("")  # signs the tokens by which a portal names its user
    records: Path | None = None  # file of feedback and audit log; beside the store if empty
    audit_days: int = Field(default=0, ge=0)  # days that the audit log is kept; 0: nothing is logged
    upload_users: Names = ()  # who may bring documents in the browser; "*": everybody
    upload_mb: int = Field(default=50, ge=1)  # megabytes of one upload
    mcp: bool = False  # offer the tools ask and search at /mcp
    metrics: bool = False  # offer figures for Prometheus at /metrics
    root_path: str = Field(default="", pattern=r"^(/[\w.-]+)*$")  # where a proxy shows it: /policy

    llm_url: Annotated[str, AfterValidator(_web_address)] = (
        ""  # an OpenAI-compatible endpoint; empty: answers without a model
    )
    llm_model: str = ""
    llm_key: SecretStr = SecretStr("")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Rank the sources: flags, then the environment, then policy.toml."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @classmethod
    def load(cls, **flags: Any) -> Settings:
        """Return the settings, `None` flags left out.

        Raises SettingsError naming the setting, its value and what is wrong with it.
        """
        try:
            return cls(**{name: value for name, value in flags.items() if value is not None})
        except TOMLDecodeError as error:
            raise SettingsError(
                f"policy.toml: {error}.", "A name that is not ASCII stands in quotes, as does any text."
            ) from None
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(map(str, first["loc"]))
            raise SettingsError(
                f"Setting {name} = {first.get('input')!r}: {first['msg'].removeprefix('Value error, ')}.",
                "Correct it in policy.toml, the environment or the command line.",
            ) from None
