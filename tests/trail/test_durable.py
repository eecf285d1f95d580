"""Files put in place in one step. Witness: the file system itself."""

import pytest

from server.trail import durable


def test_a_file_appears_whole_and_is_its_owners_alone(tmp_path):
    durable.create(tmp_path / "f", b"one")
    assert (tmp_path / "f").read_bytes() == b"one"
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "f").stat().st_nlink == 1


def test_a_file_that_stands_is_kept_by_create_and_changed_by_replace(tmp_path):
    durable.create(tmp_path / "f", b"one")
    with pytest.raises(FileExistsError):
        durable.create(tmp_path / "f", b"two")
    assert (tmp_path / "f").read_bytes() == b"one"
    durable.replace(tmp_path / "f", b"three")
    assert (tmp_path / "f").read_bytes() == b"three"
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


def test_a_replacement_that_fails_leaves_everything_as_it_was(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        durable.replace(tmp_path / "folder", b"two")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
    assert list((tmp_path / "folder").iterdir()) == []
