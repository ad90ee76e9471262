"""Where data and resources lie."""

import sys
from pathlib import Path

import pytest

from moderator_app import paths
from moderator_app.domain.errors import Unreadable
from moderator_app.private_files import rights


def test_the_profile_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = paths.profile(tmp_path / "some" / "where")
    assert folder.is_dir()
    assert rights(folder) == 0o700


def test_an_open_profile_is_tightened(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert rights(paths.profile(tmp_path)) == 0o700


def test_without_a_choice_the_profile_lies_in_the_user_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert paths.profile().name == paths.APPLICATION


def test_a_file_is_no_profile(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(Unreadable, match="not_a_folder"):
            paths.profile(path)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder in which nobody may write")
def test_a_profile_that_cannot_be_made_is_named() -> None:
    with pytest.raises(Unreadable, match=r"no_access\(path=/proc/self/moderator"):
        paths.profile(Path("/proc/self/moderator"))


def test_resources_of_a_checkout_stand_beside_the_package() -> None:
    assert (paths.resources() / "translations").is_dir()


def test_resources_of_a_built_application_lie_in_its_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"
