import subprocess
import sys
import threading
from pathlib import Path

from filelock import FileLock

from moderator_app.private_files import rights
from moderator_app.profile_lock import ProfileLock

HOLD = """
import sys
from pathlib import Path
from moderator_app.profile_lock import ProfileLock
lock = ProfileLock(Path(sys.argv[1]))
assert lock.take("collect")
print("held", flush=True)
sys.stdin.read()
"""


def test_one_process_at_a_time_holds_a_profile_and_a_kill_lets_go(tmp_path: Path) -> None:
    lock = ProfileLock(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert not lock.take("window")
        assert lock.holder() == f"collect {other.pid}"
        other.kill()
        other.wait()
    assert lock.holder() == ""
    assert lock.take("window")
    lock.release()


def test_asking_who_holds_it_takes_nothing(tmp_path: Path) -> None:
    asking, window = ProfileLock(tmp_path), ProfileLock(tmp_path)
    assert asking.holder() == ""
    assert window.take("window")
    assert asking.holder().startswith("window ")
    assert window.holder() == asking.holder()
    window.release()
    assert asking.holder() == ""


def test_a_window_that_starts_while_a_command_asks_gets_the_sources_all_the_same(tmp_path: Path) -> None:
    asking = FileLock(tmp_path / "sources.lock", mode=0o600, thread_local=False)
    asking.acquire(timeout=0)
    letting_go = threading.Timer(0.05, asking.release)
    letting_go.start()
    window = ProfileLock(tmp_path)
    assert window.take("window")
    window.release()
    letting_go.join()


def test_the_files_of_the_lock_belong_to_the_owner_alone(tmp_path: Path) -> None:
    lock = ProfileLock(tmp_path)
    lock.take("window")
    assert {file.name: rights(file) for file in tmp_path.iterdir()} == {"holder.txt": 0o600, "sources.lock": 0o600}
    lock.release()
