"""What every test run shares: where everything is required, a skipped test is an error. Owns no fixture of a room."""

import os
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import settings

from config import Settings

# No test depends on time: a busy machine is no fault.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

REQUIRE_ALL = Settings.from_env(os.environ).require_all


def refuse_skip(report: Any) -> Any:
    """Turn the report of a skipped test or file into a failure that says why it was skipped."""
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped where nothing may be: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    return refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    return refuse_skip((yield))
