"""The settings: the only reader of the environment."""

import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from domain.people.accounts import TelegramId
from handlers.words import Words
from storage.engine import DatabaseUrlUnknown, parse_url

TELEGRAM_API = "https://api.telegram.org/bot"
TELEGRAM_FILES = "https://api.telegram.org/file/bot"
TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]+")
ENV_FILE, PREFIX = ".env", "MINHU_"
ALIKE = 0.65
"""From what likeness on, between 0 and 1, a name is taken for another one misspelt (`difflib`)."""
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True, slots=True)
class SettingFault:
    """One setting that cannot be used."""

    name: str
    key: str
    value: str

    def tell(self, words: Words) -> str:
        """Return `NAME: what is wrong, what would be right`."""
        return f"{self.name}: {words(f'setting.{self.key}', value=self.value).unescape()}"


class SettingsFaulty(Exception):
    """Settings with faults; nothing was started. `rest`: the settings without them, if anything could be read."""

    def __init__(self, faults: list[SettingFault], rest: "Settings | None" = None) -> None:
        super().__init__(", ".join(fault.name for fault in faults))
        self.faults = faults
        self.rest = rest


class Settings(BaseSettings):
    """The settings of docs/operate.md; the environment wins over `.env`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=ENV_FILE, extra="ignore", env_ignore_empty=True)

    token: SecretStr | None = None
    api_base_url: str = TELEGRAM_API
    api_file_url: str = TELEGRAM_FILES
    database_url: SecretStr = SecretStr("sqlite:///var/minhu.db")
    admins: Annotated[frozenset[TelegramId], NoDecode] = frozenset()
    org: Path | None = None
    policy: Path | None = None
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str | None = Field(default=None, validate_default=True)
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8443"
    files: Path = Path("var/files")
    log: Literal["console", "json"] = "console"

    @field_validator("token")
    @classmethod
    def _check_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError
        return token

    @field_validator("api_base_url", "api_file_url", "webhook_url")
    @classmethod
    def _check_url(cls, url: str | None, known: ValidationInfo) -> str | None:
        if url is None and known.data.get("mode") == "webhook":
            raise ValueError
        if url is not None:
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError
        return url

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, url: SecretStr) -> SecretStr:
        try:
            parse_url(url.get_secret_value())
        except DatabaseUrlUnknown as error:
            raise ValueError from error
        return url

    @field_validator("admins", mode="before")
    @classmethod
    def _split_admins(cls, written: Any) -> Any:  # noqa: ANN401 - text from the environment, or ids from code
        if not isinstance(written, str):
            return written
        ids = [part.strip() for part in written.replace("，", ",").split(",") if part.strip()]
        if not all(part.isdecimal() for part in ids):
            raise ValueError
        return frozenset(int(part) for part in ids)

    @field_validator("org", "policy")
    @classmethod
    def _check_file(cls, path: Path | None) -> Path | None:
        try:
            if path is not None and not path.is_file():
                raise ValueError
        except OSError as error:
            raise ValueError from error
        return path

    @field_validator("listen")
    @classmethod
    def _check_listen(cls, listen: str) -> str:
        host, port = split_address(listen)
        if not host or not 0 <= port < 65536:  # noqa: PLR2004 - ports
            raise ValueError
        return listen

    @field_validator("webhook_secret")
    @classmethod
    def _check_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError
        return secret

    @property
    def bot_token(self) -> str:
        """The token in clear, for the one place that hands it to Telegram."""
        return self.token.get_secret_value() if self.token else ""

    @property
    def bot_id(self) -> int:
        """The bot's user id, which is the number at the beginning of its token."""
        return int(self.bot_token.partition(":")[0])

    @property
    def address(self) -> tuple[str, int]:
        """The host and port of `MINHU_LISTEN`."""
        return split_address(self.listen)

    @property
    def secret(self) -> str:
        """The webhook's secret: the one that was set, or one that only who has the token can work out."""
        if self.webhook_secret:
            return self.webhook_secret.get_secret_value()
        return hmac.new(self.bot_token.encode(), b"minhu webhook", hashlib.sha256).hexdigest()

    @property
    def secrets(self) -> tuple[str, ...]:
        """Everything that no log and no page may show."""
        return (self.bot_token, self.secret if self.token else "")


def split_address(listen: str) -> tuple[str, int]:
    """Read `HOST:PORT`, with an IPv6 host in brackets.

    Raises:
        ValueError: it is not of this form.
    """
    host, _, port = listen.rpartition(":")
    if not port.isdecimal():
        raise ValueError
    return host.strip("[]"), int(port)


def load_settings(**given: Any) -> Settings:
    """Return the settings of the environment and `.env`.

    Raises:
        SettingsFaulty: with every setting that cannot be used.
    """
    try:
        misspelt = list(_misspelt())
        settings = Settings(**given)
    except UnicodeDecodeError:
        raise SettingsFaulty([SettingFault(ENV_FILE, "env_file", "")]) from None
    except ValidationError as error:
        wrong = {str(item["loc"][0]) for item in error.errors()}
        built_in = {name: field.get_default() for name, field in Settings.model_fields.items() if name in wrong}
        rest = Settings(**{**given, **built_in, "mode": "polling"})
        raise SettingsFaulty([*misspelt, *(_fault(item) for item in error.errors())], rest) from None
    if misspelt:
        raise SettingsFaulty(misspelt, settings)
    return settings


def _misspelt() -> Iterator[SettingFault]:
    """Name each variable of the environment and `.env` that is no setting, but is like one."""
    fields = {field.upper(): f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    for name in sorted({*os.environ, *dotenv_values(ENV_FILE)}):
        field = name.upper().removeprefix(PREFIX)
        if field != name.upper() and field not in fields:
            for meant in get_close_matches(field, fields, 1, ALIKE):
                yield SettingFault(name, "misspelt", fields[meant])


def _fault(item: Any) -> SettingFault:  # noqa: ANN401 - pydantic's own dictionary
    name, written = str(item["loc"][0]), item["input"]
    if name == "webhook_url" and written is None:
        return SettingFault("MINHU_WEBHOOK_URL", "webhook_missing", "")
    value = "" if name in ("token", "webhook_secret", "database_url") else str(written)[:60]
    return SettingFault(f"MINHU_{name.upper()}", name, value)
