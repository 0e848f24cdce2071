"""Settings: read from the environment and `.env`, every fault at once under its name, no secret ever shown."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import Settings, SettingsFaulty, load_settings
from handlers.words import LANGUAGES, Words

TOKEN = "123456:AAE-geheim_geheim_geheim_geheim_gehe"
NAMES = [f"MINHU_{name.upper()}" for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Start in an empty folder with none of the settings in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def faults_of(**given: Any) -> dict[str, str]:
    """Return the sentence about each faulty setting, in English."""
    with pytest.raises(SettingsFaulty) as faulty:
        load_settings(**given)
    sentences = [fault.tell(Words("en")) for fault in faulty.value.faults]
    assert len(set(sentences)) == len(sentences)
    assert all(fault.tell(Words("zh")) != fault.tell(Words("en")) for fault in faulty.value.faults)
    return {sentence.partition(": ")[0]: sentence for sentence in sentences}


def test_with_nothing_set_the_defaults_of_the_contract_hold() -> None:
    settings = load_settings()

    assert settings.token is None
    assert settings.database_url.get_secret_value() == "sqlite:///var/minhu.db"
    assert settings.address == ("127.0.0.1", 8443)
    assert settings.files == Path("var/files")
    assert (settings.mode, settings.log, settings.admins) == ("polling", "console", frozenset())
    assert (settings.org, settings.policy, settings.webhook_url) == (None, None, None)


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("MINHU_LOG=json\nMINHU_LISTEN=127.0.0.1:1111\nSOMETHING_ELSE=1\n", "utf-8")
    monkeypatch.setenv("MINHU_LISTEN", "127.0.0.1:2222")

    settings = load_settings()

    assert settings.log == "json"
    assert settings.address == ("127.0.0.1", 2222)


def test_an_empty_setting_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, "")

    assert load_settings() == Settings.model_construct()


def test_every_fault_is_found_at_once_under_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "MINHU_TOKEN": "no-token",
        "MINHU_API_BASE_URL": "api.telegram.org",
        "MINHU_API_FILE_URL": "ftp://api.telegram.org",
        "MINHU_DATABASE_URL": "mysql://root:geheim@localhost/minhu",
        "MINHU_ADMINS": "1001,wang",
        "MINHU_ORG": "nowhere.yaml",
        "MINHU_POLICY": "nowhere.yaml",
        "MINHU_MODE": "push",
        "MINHU_WEBHOOK_URL": "nowhere",
        "MINHU_WEBHOOK_SECRET": "ge heim",
        "MINHU_LISTEN": "8443",
        "MINHU_LOG": "loud",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)

    faults = faults_of()

    assert faults.keys() == wrong.keys()
    assert "wang" in faults["MINHU_ADMINS"]
    assert "geheim" not in "".join(faults.values())


def test_webhook_mode_wants_an_address_whatever_else_is_wrong() -> None:
    assert faults_of(mode="webhook", log="loud").keys() == {"MINHU_WEBHOOK_URL", "MINHU_LOG"}
    assert load_settings(mode="webhook", webhook_url="https://example.org/telegram").mode == "webhook"


def test_a_settings_file_that_is_no_utf8_is_a_fault_like_any_other() -> None:
    Path(".env").write_bytes("MINHU_LOG=日志".encode("gb18030"))

    assert faults_of().keys() == {".env"}


@pytest.mark.parametrize(
    ("written", "ids"),
    [("1001", {1001}), ("1001,1002", {1001, 1002}), (" 1001 ， 1002, ", {1001, 1002}), (",", set())],
)
def test_admins_are_separated_by_commas_of_either_width(written: str, ids: set[int]) -> None:
    assert load_settings(admins=written).admins == ids


@pytest.mark.parametrize("written", ["1001;1002", "@wang", "-5", "10.5", "1001 1002"])
def test_an_admin_is_a_number(written: str) -> None:
    assert faults_of(admins=written).keys() == {"MINHU_ADMINS"}


@pytest.mark.parametrize(
    ("listen", "address"),
    [("0.0.0.0:80", ("0.0.0.0", 80)), ("[::1]:8443", ("::1", 8443)), ("localhost:0", ("localhost", 0))],
)
def test_an_address_to_listen_on_may_be_of_either_kind(listen: str, address: tuple[str, int]) -> None:
    assert load_settings(listen=listen).address == address


@pytest.mark.parametrize(
    "listen", ["", "localhost", "localhost:", ":8443", "localhost:http", "localhost:70000", "localhost:-1"]
)
def test_an_address_needs_a_host_and_a_port(listen: str) -> None:
    assert faults_of(listen=listen).keys() == {"MINHU_LISTEN"}


@pytest.mark.parametrize("token", ["1:", ":x", "x:y", "1:a/b", "1:a b", "1:a\nb", "１:abc", "1:密码"])
def test_what_cannot_be_a_token_is_refused_before_telegram_has_to(token: str) -> None:
    assert faults_of(token=token).keys() == {"MINHU_TOKEN"}


@pytest.mark.parametrize("path", ["folder", "x" * 300, "nowhere"])
def test_a_file_must_be_there(path: str) -> None:
    Path("folder").mkdir()

    assert faults_of(org=path, policy=path).keys() == {"MINHU_ORG", "MINHU_POLICY"}


@pytest.mark.parametrize("secret", ["密码", "a.b", "a" * 257, "ä"])
def test_a_webhook_secret_has_only_signs_that_telegram_takes(secret: str) -> None:
    assert faults_of(webhook_secret=secret).keys() == {"MINHU_WEBHOOK_SECRET"}


def test_a_secret_that_was_set_counts_and_else_one_comes_from_the_token() -> None:
    derived = load_settings(token=TOKEN).secret

    assert load_settings(token=TOKEN, webhook_secret="geheim-1").secret == "geheim-1"
    assert derived == load_settings(token=TOKEN).secret
    assert derived != load_settings(token=f"{TOKEN}x").secret
    assert TOKEN.partition(":")[2] not in derived
    assert load_settings(webhook_secret=derived).secret == derived


def test_the_bot_is_known_by_its_token() -> None:
    settings = load_settings(token=TOKEN)

    assert settings.bot_id == 123456
    assert settings.bot_token == TOKEN
    assert TOKEN in settings.secrets


def test_no_secret_shows_where_settings_are_printed() -> None:
    url = "postgresql://minhu:geheim@localhost/minhu"
    settings = load_settings(token=TOKEN, webhook_secret="geheim-1", database_url=url)

    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert "geheim" not in shown


@given(st.sampled_from(["token", "webhook_secret", "database_url"]), st.text(min_size=1))
def test_no_complaint_repeats_a_secret(name: str, secret: str) -> None:
    secret = f"ge heim/{secret}"
    with pytest.raises(SettingsFaulty) as faulty:
        load_settings(**{name: secret})

    for fault in faulty.value.faults:
        assert all("ge heim" not in fault.tell(Words(language)) for language in LANGUAGES)
    assert "ge heim" not in str(faulty.value)


def test_a_misspelt_setting_is_named_with_the_one_that_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINHU_ADMIN", "1001")
    monkeypatch.setenv("MINHU_IMAGE_TAG", "latest")
    Path(".env").write_text("MINHU_TOKNE=1\nADMINS=1\n", "utf-8")

    assert faults_of() == {
        "MINHU_ADMIN": "MINHU_ADMIN: there is no such setting; did you mean MINHU_ADMINS?",
        "MINHU_TOKNE": "MINHU_TOKNE: there is no such setting; did you mean MINHU_TOKEN?",
    }


def test_what_is_misspelt_is_named_beside_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINHU_MOD", "webhook")
    monkeypatch.setenv("MINHU_LOG", "loud")

    assert list(faults_of()) == ["MINHU_MOD", "MINHU_LOG"]
