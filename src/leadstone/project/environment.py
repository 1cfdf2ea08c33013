"""Every setting, declared once with its default and its sentence; the reference page is generated from here."""

from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from leadstone.domains.inbound.rules.mail_doors import read_letterbox
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.data_folder import DataFolder


class BadSetting(LeadstoneError):
    code = "bad_setting"
    sentence = "{variable}: {problem}."


class Environment(BaseSettings):
    """What the surroundings say; read from variables that begin with LEADSTONE_."""

    model_config = SettingsConfigDict(env_prefix="LEADSTONE_", frozen=True, extra="ignore")

    data: Path = Field(Path("./var"), description="The folder that holds everything this installation keeps.")
    database_url: str = Field(
        "", description="The database: empty for SQLite in the data folder, or postgres://user:password@host/name."
    )
    journal_url: str = Field("", description="The journal: empty for SQLite in the data folder, or sqlite:///path.")
    mail_url: str = Field(
        "", description="How mail leaves: empty for the local mailbox, or smtp://user:password@host:587 (STARTTLS), smtps://… ."
    )
    inbound_mail_address: str = Field(
        "",
        description="Where people may write to doors: an address that takes a plus (leads@company.com), or a domain of its own"
        " (@in.company.com).",
    )
    inbound_mail_url: str = Field(
        "",
        description="The mailbox that such mail waits in, should no mail server hand it over: imaps://user:password@host:993/INBOX;"
        " imap://… with STARTTLS.",
    )
    linkedin_version: str = Field(
        "202606",
        pattern=r"^20[0-9]{4}$",
        description="The version of LinkedIn's API by which leads are asked for, as LinkedIn names it (YYYYMM); it speaks"
        " each for about a year.",
    )
    public_url: str = Field(
        "", description="The address under which visitors reach the public pages; by default this machine and the public port."
    )
    studio_url: str = Field(
        "", description="The address under which staff reach the studio; by default this machine and the studio port."
    )
    secret_key_file: Path | None = Field(
        None, description="The file with the secret key; by default keys/secret.key in the data folder."
    )
    backup_passphrase_file: Path | None = Field(
        None, description="The file with the passphrase of backups; by default each backup gets a random key in a file beside it."
    )
    trusted_proxies: str = Field(
        "", description="Networks (CIDR, separated by commas) whose X-Forwarded-For is believed; by default none."
    )
    outbound_networks: str = Field(
        "",
        description="Networks of your own (CIDR, separated by commas) that webhooks may reach on any port; by default only public"
        " addresses are asked. Never link-local ones.",
    )
    host: str = Field("127.0.0.1", description="The address to listen on.")
    public_port: int = Field(8000, ge=1, le=65535, description="The port of the public pages.")
    studio_port: int = Field(8001, ge=1, le=65535, description="The port of the studio.")
    mail_budget_per_hour: int = Field(2000, ge=1, description="The most confirmation mails in an hour, over all visitors.")
    lake_months: int = Field(
        36, ge=1, le=240, description="How many whole months the event lake keeps what happened; the sums that screens show stay."
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="How log lines are written: text for people, json for machines."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="The least severe line that is logged.")

    @model_validator(mode="before")
    @classmethod
    def _addresses_follow_the_ports(cls, given: dict[str, Any]) -> dict[str, Any]:
        found = dict(given)
        found["public_url"] = (found.get("public_url") or f"http://127.0.0.1:{found.get('public_port') or 8000}").rstrip("/")
        found["studio_url"] = (found.get("studio_url") or f"http://127.0.0.1:{found.get('studio_port') or 8001}").rstrip("/")
        return found

    @field_validator("outbound_networks")
    @classmethod
    def _names_networks(cls, given: str) -> str:
        for network in filter(None, map(str.strip, given.split(","))):
            ip_network(network)
        return given

    @field_validator("inbound_mail_address")
    @classmethod
    def _names_a_letterbox(cls, given: str) -> str:
        read_letterbox(given)
        return given

    @property
    def folder(self) -> DataFolder:
        return DataFolder(self.data.resolve())


@cache
def environment() -> Environment:
    """The settings of this process; raises `BadSetting` naming the variable that is wrong."""
    try:
        return Environment()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        variable = "LEADSTONE_" + str(first["loc"][0]).upper()
        raise BadSetting(variable=variable, problem=first["msg"].rstrip(".").lower()) from wrong
