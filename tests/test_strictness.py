"""The rule of the integration run: whatever is skipped counts as failed. Seen from outside, by running pytest."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SKIPS = {
    "by a mark": "import pytest\n@pytest.mark.skip(reason='no server')\ndef test_it(): pass\n",
    "while running": "import pytest\ndef test_it(): pytest.skip('no server')\n",
    "as a whole file": "import pytest\npytest.importorskip('no_such_module', reason='no server')\n",
}


def run(folder: Path, source: str, required: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_inner.py").write_text(source)
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", str(folder), "-p", "conftest"]
    env = os.environ | {"MUFAKAT_REQUIRE_ALL": required, "PYTHONPATH": f"{HERE}:{HERE.parent}"}
    return subprocess.run([*command, str(folder)], env=env, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("source", SKIPS.values(), ids=SKIPS)
def test_a_skip_is_an_error_that_names_its_reason_where_everything_is_required(tmp_path: Path, source: str) -> None:
    done = run(tmp_path, source, "1")
    assert done.returncode != 0
    assert "test_inner.py" in done.stdout and "no server" in done.stdout


@pytest.mark.parametrize("source", SKIPS.values(), ids=SKIPS)
def test_a_skip_is_forgiven_elsewhere(tmp_path: Path, source: str) -> None:
    assert "1 skipped" in run(tmp_path, source, "0").stdout


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    source = "import pytest\n@pytest.mark.xfail(reason='known')\ndef test_it(): assert False\n"
    assert run(tmp_path, source, "1").returncode == 0
