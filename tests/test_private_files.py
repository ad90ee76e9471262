"""Files that only their owner can read."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from moderator_app.domain.errors import Refused, Unreadable
from moderator_app.private_files import open_private, private_folder, replace_file, rights, tighten


@pytest.fixture(params=[0o000, 0o022, 0o277], autouse=True)
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_a_new_file_is_private_whatever_the_umask(tmp_path: Path) -> None:
    with open(tmp_path / "new", "w", opener=open_private) as file:
        file.write("x")
    assert rights(tmp_path / "new") == 0o600


def test_an_old_file_becomes_private_when_written(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.touch()
    old.chmod(0o666)
    with open(old, "w", opener=open_private):
        assert rights(old) == 0o600


def test_a_replaced_file_is_private_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    replace_file(tmp_path / "kept", "one")
    replace_file(tmp_path / "kept", "two")
    assert (tmp_path / "kept").read_text() == "two"
    assert rights(tmp_path / "kept") == 0o600
    assert list(tmp_path.iterdir()) == [tmp_path / "kept"]


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(Refused, match="not_written"):
        replace_file(tmp_path / "folder", "text")
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


def test_tightening_a_missing_file_does_nothing(tmp_path: Path) -> None:
    tighten(tmp_path / "missing")
    (tmp_path / "open").touch()
    tighten(tmp_path / "open")
    assert rights(tmp_path / "open") == 0o600


def test_a_folder_that_everybody_may_write_to_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    with pytest.raises(Unreadable) as refused:
        private_folder(shared)
    assert refused.value.text_id == "profile.shared"
    assert shared.stat().st_mode & 0o777 == 0o777
