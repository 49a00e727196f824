"""Commands on an office: the audit, keys, accounts."""

import base64
import json
from pathlib import Path

import pytest

from shouwang.office.access.actions import second_factor
from shouwang.office.access.models import Assignment, User
from shouwang.office.access.queries import six_digits
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import SYSTEM
from shouwang.office.audit.models import Event, Seal
from shouwang.office.audit.verbs import Verb
from shouwang.office.privacy.keys import keyring
from tests.unit.cli.conftest import Shouwang

PASSWORD = "very-long-password"
COMMANDS = [
    ["serve"], ["backup"], ["restore"], ["code"], ["audit"], ["audit", "verify"], ["audit", "export"],
    ["audit", "seal"],
    ["keys"], ["keys", "add"], ["keys", "rotate"], ["accounts"], ["accounts", "add"], ["accounts", "role"],
    ["accounts", "unlock"], ["accounts", "second-factor"],
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_in_both_languages_with_an_example(shouwang: Shouwang, words: list[str]) -> None:
    answer = shouwang(*words, "--help")
    chinese, english, example = [line.strip() for line in answer.out.splitlines() if line.strip()][1:4]
    assert any(ord(letter) > 0x4E00 for letter in chinese)
    assert english.isascii()
    assert "例 Example：" in example


def _add(shouwang: Shouwang) -> User:
    assert shouwang("accounts", "add", "wang", "--name", "王某", "--password", PASSWORD).code == 0
    return User.objects.get(username="wang")


@pytest.mark.django_db
def test_account_given_a_role_and_ended(shouwang: Shouwang) -> None:
    user = _add(shouwang)
    assert shouwang("accounts", "role", "wang", "administrator", "5301").code == 0
    assert Assignment.objects.get(user=user, until=None).given_by == "command"
    assert shouwang("accounts", "role", "wang", "administrator", "5301", "--end").code == 0
    assert not Assignment.objects.filter(user=user, until=None).exists()
    assert shouwang("accounts", "role", "wang", "administrator", "5301", "--end").code == 2
    assert set(Event.objects.values_list("role", flat=True)) == {"system"}


@pytest.mark.django_db
def test_mistakes_with_accounts_are_one_line(shouwang: Shouwang) -> None:
    _add(shouwang)
    tried = [
        ("accounts", "add", "wang", "--name", "王某", "--password", PASSWORD),
        ("accounts", "add", "li", "--name", "李某", "--password", "short"),
        ("accounts", "role", "wang", "king", "5301"),
        ("accounts", "unlock", "nobody"),
        ("accounts", "second-factor", "nobody"),
    ]
    answers = [shouwang(*words) for words in tried]
    assert [(answer.code, answer.err.count("\n")) for answer in answers] == [(2, 1)] * 5


@pytest.mark.django_db
def test_second_factor_is_printed_once_as_groups_and_address(shouwang: Shouwang) -> None:
    _add(shouwang)
    out = shouwang("accounts", "second-factor", "wang").out.splitlines()
    assert len(out[1].split()) == 8
    assert out[2].startswith("otpauth://totp/")
    assert out[1].replace(" ", "") in out[2]


@pytest.mark.django_db
def test_digits_are_printed_in_a_demonstration_only(shouwang: Shouwang, settings) -> None:  # type: ignore[no-untyped-def]
    user = _add(shouwang)
    settings.IS_DEMO = False
    assert shouwang("code", "wang").code == 2
    settings.IS_DEMO = True
    assert shouwang("code", "wang").code == 2  # has no second factor
    second_factor.give(user, by=SYSTEM)
    assert shouwang("code", "wang").out.strip() == six_digits(user)


@pytest.mark.django_db
def test_chain_sealed_exported_and_proven(shouwang: Shouwang, tmp_path: Path) -> None:
    for _ in range(3):
        record(Verb.CHANGED, by=SYSTEM, subject=("case", "1"))
    assert shouwang("audit", "seal").out == "封存 3 条\n"
    file = tmp_path / "chain.jsonl"
    exported = shouwang("audit", "export", str(file))
    head = Seal.objects.latest("number").hash
    assert exported.out.splitlines()[-1] == head
    proven = shouwang("audit", "verify", str(file), "--head", head)
    assert (proven.code, proven.out.splitlines()[-1]) == (0, head)


def _chain(shouwang: Shouwang, folder: Path) -> list[str]:
    for _ in range(3):
        record(Verb.CHANGED, by=SYSTEM, subject=("case", "1"))
    shouwang("audit", "export", str(folder / "chain.jsonl"))
    return (folder / "chain.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.mark.django_db
def test_bent_chain_is_the_datas_fault_and_says_where(shouwang: Shouwang, tmp_path: Path) -> None:
    lines = _chain(shouwang, tmp_path)
    row = json.loads(lines[2])
    row["event"]["actor_name"] = "李某"
    lines[2] = json.dumps(row)
    (tmp_path / "bent.jsonl").write_text("\n".join(lines), encoding="utf-8")
    answer = shouwang("audit", "verify", str(tmp_path / "bent.jsonl"))
    assert (answer.code, answer.err.startswith("bent.jsonl 第 2 号: 内容与指纹不符")) == (3, True)
    assert "此前 1 条完好" in answer.err


@pytest.mark.django_db
def test_kept_head_that_is_not_met(shouwang: Shouwang, tmp_path: Path) -> None:
    _chain(shouwang, tmp_path)
    answer = shouwang("audit", "verify", str(tmp_path / "chain.jsonl"), "--head", "ab" * 32)
    assert (answer.code, "链被整体重做过" in answer.err) == (3, True)


def test_chain_that_is_not_there(shouwang: Shouwang, tmp_path: Path) -> None:
    assert shouwang("audit", "verify", str(tmp_path / "none.jsonl")).code == 2


def test_file_that_is_no_chain(shouwang: Shouwang, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\xff\xfe\n\x00")
    assert shouwang("audit", "verify", str(tmp_path / "a.png")).code == 3


@pytest.fixture
def key_file(settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    monkeypatch.delenv("SHOUWANG_FIELD_KEYS", raising=False)
    path = tmp_path / "field.keys"
    monkeypatch.setenv("SHOUWANG_FIELD_KEYS_FILE", str(path))
    path.write_text("\n".join(settings.FIELD_KEYS) + "\n", encoding="utf-8")
    return path


def test_new_key_stands_first_and_the_old_ones_stay(shouwang: Shouwang, key_file: Path) -> None:
    before = key_file.read_text(encoding="utf-8").split()
    assert shouwang("keys", "add").code == 0
    after = key_file.read_text(encoding="utf-8").split()
    assert after[1:] == before
    number, _, key = after[0].partition(":")
    assert (number, len(base64.b64decode(key))) == ("2", 32)
    assert [path.name for path in key_file.parent.iterdir()] == ["field.keys"]


def test_key_in_the_environment_is_not_changed(shouwang: Shouwang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_FIELD_KEYS", "1:x")
    answer = shouwang("keys", "add")
    assert (answer.code, "1:x" in answer.err) == (2, False)


@pytest.mark.django_db
def test_rotation_tells_how_many(shouwang: Shouwang) -> None:
    keyring.cache_clear()
    assert shouwang("keys", "rotate").out.startswith("0 个值换到第 1 号密钥")
