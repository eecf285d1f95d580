"""The whole catalogue of attacks once more, each put to both verifiers: the same status and the same exit code.

The attacks are those of the other modules; here only `verify` is replaced by one that asks twice.
"""

import pytest

from tests.keep import test_continued
from tests.trail import (
    forge,
    test_bundle,
    test_bundle_disclosure,
    test_bundle_erasure,
    test_verify_archives,
    test_verify_attacks,
    test_verify_heads,
    test_verify_lies,
    test_verify_openings,
    test_verify_zips,
)
from tests.trail.two import both

CATALOGUE = (
    test_bundle, test_bundle_disclosure, test_bundle_erasure, test_verify_archives, test_verify_attacks,
    test_verify_heads, test_verify_lies, test_verify_openings, test_verify_zips, test_continued,
)  # fmt: skip


@pytest.fixture(autouse=True)
def asked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (forge, *CATALOGUE):
        if hasattr(module, "verify"):
            monkeypatch.setattr(module, "verify", both)


for module in CATALOGUE:
    found = {name: test for name, test in vars(module).items() if name.startswith("test_") and callable(test)}
    assert found and not found.keys() & globals().keys(), f"{module.__name__} repeats a name"
    globals().update(found)
