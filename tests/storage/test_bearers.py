"""Secrets and codes: how they look, how they are read back, and what is kept of them. Witness: hashlib, by hand."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.storage import StorageError
from server.storage.bearers import hashed, new_code, new_secret, open_pepper, peppered, tidy
from server.storage.chance import SYSTEM

PEPPER = b"p" * 32


def test_a_secret_carries_256_bits_and_fits_a_url() -> None:
    secrets = {new_secret(SYSTEM.draw) for _ in range(100)}
    assert len(secrets) == 100
    assert all(len(secret) == 43 and secret.replace("-", "").replace("_", "").isalnum() for secret in secrets)


@given(st.binary(min_size=5, max_size=5))
def test_a_code_has_eight_characters_that_nobody_mistakes_and_reads_back_as_itself(bits: bytes) -> None:
    code = new_code(lambda n: bits)
    assert len(code) == 8 and not set(code) & set("ILOU") and code.isascii()
    assert tidy(code) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("v9smqmr5", "V9SMQMR5"),
        (" V9SM-QMR5\t", "V9SMQMR5"),
        ("V9SM QMR5", "V9SMQMR5"),
        ("oOlLiI00", "00111100"),
        ("V9SM–QMR5", "V9SMQMR5"),
        ("V9SMQMR", None),
        ("V9SMQMR55", None),
        ("V9SMQMRU", None),
        ("V9SMQMR!", None),
        ("", None),
        ("８９ＳＭＱＭＲ５", None),
    ],
)
def test_a_typed_code_is_read_with_patience(typed: str, code: str | None) -> None:
    assert tidy(typed) == code


def test_what_is_kept_of_a_secret_is_its_hash_and_of_a_code_its_peppered_one() -> None:
    assert hashed("abc") == hashlib.sha256(b"abc").hexdigest()
    assert peppered("V9SMQMR5", PEPPER) == hmac.new(PEPPER, b"V9SMQMR5", "sha256").hexdigest()
    assert peppered("V9SMQMR5", b"q" * 32) != peppered("V9SMQMR5", PEPPER)


def test_half_a_surrogate_pair_is_a_wrong_secret_and_no_fault() -> None:
    assert hashed("\ud800") != hashed("\ud801")


def test_the_pepper_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "pepper"
    made = open_pepper(path, SYSTEM.draw)
    assert len(made) == 32 and path.stat().st_mode & 0o777 == 0o600
    assert open_pepper(path, SYSTEM.draw) == made


def test_a_pepper_that_is_cut_or_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cut").write_bytes(b"short")
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "cut", tmp_path / "file" / "pepper", tmp_path / "no" / "pepper"):
        with pytest.raises(StorageError) as caught:
            open_pepper(path, SYSTEM.draw)
        assert caught.value.code == "pepper_unusable"
