"""The environment is read here, once. Everything below receives a `Settings`.

Every variable is `JEOPSU_` + the name in capitals; docs/operations.md lists them. A secret may stand in a file instead:
`JEOPSU_S3_SECRET_KEY_FILE=/run/secrets/…`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from jeopsu.domain.base import Record

DEFAULT_CALL = "kiat-2023-265"


class Settings(Record):
    """Where things are and how much a machine may do."""

    data: Path  # the folder of everything that is kept
    call: str = DEFAULT_CALL  # for proposals that come in without one
    database: str = ""  # postgresql://user:password@host/name; empty: SQLite in `data`
    s3_endpoint: str = ""  # http(s)://host:port; empty: files in `data`
    s3_bucket: str = "jeopsu"
    s3_access_key: str = ""
    s3_secret_key: str = ""
    s3_region: str = "us-east-1"
    s3_inbox: str = "inbox/"  # the prefix that others write to; empty: nobody does
    prefect_api: str = ""  # http://host:port/api of a Prefect server; empty: `serve` starts one
    pool: str = "jeopsu"  # the work pool
    host: str = "127.0.0.1"
    port: int = Field(default=8420, ge=0, le=65535)
    public_url: str = ""  # how people reach the site, for links; empty: http://host:port
    quiet_seconds: float = Field(default=1.5, ge=0)  # no upload for this long: the proposal's flow may start
    settle_seconds: float = Field(default=1.0, ge=0)  # a file in the inbox that has not changed for this long is whole
    silence_seconds: float = Field(default=60.0, ge=10)  # no heartbeat for this long: the run's machine is gone
    sweep_seconds: float = Field(default=300.0, ge=5)  # how often everything is looked through
    # proposals at once on this machine; 0: `serve` leaves them all to other workers
    flows: int = Field(default_factory=lambda: max(1, cores() // 4), ge=0)
    jobs: int = Field(default=0, ge=0)  # files at once in a proposal; 0: the cores shared among `flows`
    upload_mb: int = Field(default=300, ge=1)  # the largest file that the site takes
    picture_cache_mb: int = Field(default=2048, ge=1)  # pictures of pages that the site keeps on its disk
    secret_key: str = ""  # signs sessions; empty: made once and kept in `data`
    webhook_token: str = ""  # what a bucket's notices must carry; empty: none are accepted
    totp: Literal["optional", "staff"] = "optional"  # staff: nobody of the staff gets in without a second factor
    oidc_issuer: str = ""  # https://… of an OpenID Connect provider; empty: local accounts only
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_label: str = ""  # what the log-in page calls it
    oidc_name_claim: str = "preferred_username"  # the claim that is the account's name
    oidc_roles_claim: str = ""  # the claim that lists roles; empty: the operator gives them
    webhook_url: str = ""  # where events are sent; empty: nowhere
    webhook_secret: str = ""  # signs what is sent
    sample_share: float = Field(
        default=0.01, ge=0, le=1
    )  # of what is settled alone, for people to check; a call may say
    two_persons: bool = True  # an exclusion, or waiving one, holds once a lead reviewer has confirmed it

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{(self.data / 'jeopsu.sqlite3').absolute()}"

    @property
    def inbox(self) -> Path:
        return self.data / "inbox"

    @property
    def url(self) -> str:
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def quiet(self) -> timedelta:
        return timedelta(seconds=self.quiet_seconds)

    @property
    def silence(self) -> timedelta:
        return timedelta(seconds=self.silence_seconds)

    @property
    def files_at_once(self) -> int:
        return self.jobs or max(1, cores() // max(1, self.flows))

    def environment(self) -> dict[str, str]:
        """The variables that make `load` return these settings again, for child processes."""
        return {
            f"JEOPSU_{name.upper()}": str(value) for name, value in self.model_dump().items() if value not in ("", None)
        }


def cores(quota: Path = Path("/sys/fs/cgroup/cpu.max")) -> int:
    """The cores that this process may use: of a container with a limit of two on a machine of 64, two."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        granted, period = quota.read_text().split()
        return max(1, min(found, -(-int(granted) // int(period))))
    except (OSError, ValueError, ZeroDivisionError):  # no limit: "max", or another system
        return found


def load(environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Settings from the environment; what is `given` (and not None) goes first. Raises ValidationError."""
    source = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for name in Settings.model_fields:
        variable = f"JEOPSU_{name.upper()}"
        if value := source.get(variable, ""):
            values[name] = value
        elif path := source.get(f"{variable}_FILE", ""):
            values[name] = Path(path).read_text().strip()
    values.update({name: value for name, value in given.items() if value is not None})
    if "data" not in values:
        home = source.get("XDG_DATA_HOME") or Path.home() / ".local/share"
        values["data"] = Path(home) / "jeopsu"
    return Settings.model_validate({**values, "data": Path(values["data"]).expanduser().absolute()})


def kept_secret(settings: Settings) -> str:
    """The site's signing key: the one that was set, else one made once and readable by this account alone."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.data / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(key := secrets.token_urlsafe(50))
    return key
