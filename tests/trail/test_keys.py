"""The key file. Witnesses: the file system itself, openssl's PEM through `cryptography`."""

import os
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from server.trail.checkpoint import Checkpoint
from server.trail.keys import SigningKey, open_keys
from tests.trail.memory import code_of, numbered

ORIGIN = "mufakat/w1"


def public_of(key: SigningKey) -> bytes:
    return key.signer(ORIGIN).verifier.public


def put_private(path: Path, content: bytes) -> Path:
    path.touch(mode=0o600)
    path.write_bytes(content)
    return path


def test_a_new_key_is_its_owners_alone_and_nothing_else_is_left_behind(tmp_path):
    old = os.umask(0)
    try:
        key = SigningKey.generate(tmp_path / "key.pem")
    finally:
        os.umask(old)
    assert (tmp_path / "key.pem").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key.pem"]
    assert public_of(SigningKey.load(tmp_path / "key.pem")) == public_of(key)


def test_the_file_is_pkcs8_that_any_tool_reads(tmp_path):
    key = SigningKey.generate(tmp_path / "key.pem")
    private = load_pem_private_key((tmp_path / "key.pem").read_bytes(), None)
    assert isinstance(private, Ed25519PrivateKey)
    assert private.public_key().public_bytes_raw() == public_of(key)


def test_two_new_keys_differ(tmp_path):
    assert public_of(SigningKey.generate(tmp_path / "a")) != public_of(SigningKey.generate(tmp_path / "b"))


def test_a_key_that_is_there_is_never_overwritten(tmp_path):
    SigningKey.generate(tmp_path / "key.pem")
    before = (tmp_path / "key.pem").read_bytes()
    assert code_of(lambda: SigningKey.generate(tmp_path / "key.pem")) == "key_exists"
    assert (tmp_path / "key.pem").read_bytes() == before


def test_an_encrypted_key_opens_with_its_passphrase_alone(tmp_path):
    path = tmp_path / "key.pem"
    key = SigningKey.generate(path, "padi dan kapas ✓")
    assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
    assert public_of(SigningKey.load(path, "padi dan kapas ✓")) == public_of(key)
    assert code_of(lambda: SigningKey.load(path)) == "key_locked"
    assert code_of(lambda: SigningKey.load(path, "padi")) == "key_passphrase"
    assert code_of(lambda: SigningKey.load(path, "")) == "key_passphrase_empty"


def test_a_passphrase_for_a_plain_key_is_refused_rather_than_ignored(tmp_path):
    SigningKey.generate(tmp_path / "key.pem")
    assert code_of(lambda: SigningKey.load(tmp_path / "key.pem", "secret")) == "key_not_locked"


def test_an_empty_passphrase_makes_no_key(tmp_path):
    assert code_of(lambda: SigningKey.generate(tmp_path / "key.pem", "")) == "key_passphrase_empty"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o620, 0o601])
def test_a_key_that_others_may_touch_is_refused_with_the_command_that_helps(tmp_path, mode):
    path = tmp_path / "key.pem"
    SigningKey.generate(path)
    path.chmod(mode)
    assert code_of(lambda: SigningKey.load(path)) == "key_exposed"
    path.chmod(0o600)
    SigningKey.load(path)


def test_a_key_of_another_type_is_refused(tmp_path):
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert code_of(lambda: SigningKey.load(put_private(tmp_path / "key.pem", pem))) == "key_type"


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_a_damaged_key_is_refused(tmp_path, content):
    assert code_of(lambda: SigningKey.load(put_private(tmp_path / "key.pem", content))) == "key_malformed"


def test_a_cut_key_is_refused(tmp_path):
    SigningKey.generate(tmp_path / "key.pem")
    whole = (tmp_path / "key.pem").read_bytes()
    (tmp_path / "key.pem").write_bytes(whole[: len(whole) // 2])
    assert code_of(lambda: SigningKey.load(tmp_path / "key.pem")) == "key_malformed"


def test_a_missing_key_or_folder_is_named(tmp_path):
    assert code_of(lambda: SigningKey.load(tmp_path / "key.pem")) == "key_missing"
    assert code_of(lambda: SigningKey.generate(tmp_path / "no" / "key.pem")) == "key_unwritable"
    assert code_of(lambda: SigningKey.load(tmp_path)) == "key_unreadable"


def test_the_first_start_makes_key_and_marks_and_later_starts_use_them(tmp_path):
    first, _ = open_keys(tmp_path / "key.pem")
    assert {path.name for path in tmp_path.iterdir()} == {"key.pem", "key.pem.heads.json"}
    second, marks = open_keys(tmp_path / "key.pem")
    assert public_of(first) == public_of(second)
    assert marks.is_empty()


def test_a_start_that_died_before_the_key_was_made_is_resumed(tmp_path):
    (tmp_path / "key.pem.heads.json").write_bytes(b"{}")
    key, _ = open_keys(tmp_path / "key.pem")
    assert public_of(SigningKey.load(tmp_path / "key.pem")) == public_of(key)


def test_a_lost_key_is_not_silently_replaced_once_it_signed(tmp_path):
    _, marks = open_keys(tmp_path / "key.pem")
    marks.raise_to(Checkpoint(ORIGIN, 3, numbered(3).root(3)))
    (tmp_path / "key.pem").unlink()
    assert code_of(lambda: open_keys(tmp_path / "key.pem")) == "key_missing"
    assert not (tmp_path / "key.pem").exists()


def test_processes_that_start_at_once_end_with_one_key(tmp_path):
    together, found = threading.Barrier(8), []

    def start() -> None:
        together.wait()
        found.append(public_of(open_keys(tmp_path / "key.pem")[0]))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [public_of(SigningKey.load(tmp_path / "key.pem"))] * 8


def test_a_key_is_never_shown_by_its_repr(tmp_path):
    key = SigningKey.generate(tmp_path / "key.pem")
    pem = (tmp_path / "key.pem").read_text().splitlines()[1]
    assert pem not in repr(key)
    assert pem not in repr(key.signer(ORIGIN))
