import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from moderator_app.domain.errors import Refused, Unreadable
from moderator_app.private_files import rights
from moderator_app.storage import schema, sqlite
from moderator_app.storage.database import Database
from moderator_app.storage.tables import metadata
from tests.builders import message
from tests.storage.steps import arrive, conclude, profanity

MIGRATIONS = Path(schema.__file__).parent / "migrations"

OLDER = '''
"""A version before the first."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = "0000"


def upgrade() -> None:
    with op.batch_alter_table("message", recreate="always") as batch:
        batch.add_column(sa.Column("mood", sa.Text(), nullable=True))
'''


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "console.sqlite3"


def made(path: Path) -> Path:
    Database.open(path).close()
    return path


def stamped(path: Path, version: str) -> Path:
    with closing(sqlite3.connect(made(path))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    return path


def test_the_newest_revision_is_the_one_the_program_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def test_a_fresh_file_and_a_migrated_one_have_the_same_tables(path: Path, tmp_path: Path) -> None:
    migrated = tmp_path / "migrated.sqlite3"
    migrated.touch()
    schema._upgrade(migrated)
    for file in (made(path), migrated):
        with reading(file) as connection:
            context = MigrationContext.configure(connection, opts={"include_name": _is_table_of_ours})
            assert compare_metadata(context, metadata) == []
    assert tables(path) == tables(migrated)


def _is_table_of_ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or name not in sqlite.WORD_TABLES


def tables(path: Path) -> dict[str, object]:
    """Columns and indices of every table; SQLite writes the same table down in many ways."""
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: (
                sorted(row[1:] for row in connection.execute(f"PRAGMA table_info({name})")),
                sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({name})")),
                sorted(row[2:] for row in connection.execute(f"PRAGMA index_list({name})")),
            )
            for name in names
        }


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    engine = sqlite.reading_engine(path)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_a_newer_database_is_refused_and_left_as_it_is(path: Path) -> None:
    before = stamped(path, "9999").read_bytes()
    with pytest.raises(Unreadable) as caught:
        Database.open(path)
    assert (caught.value.text_id, caught.value.parameters["version"]) == ("storage.newer", "9999")
    assert path.read_bytes() == before


def damaged(path: Path) -> bytes:
    content = bytearray(made(path).read_bytes())
    content[:64] = b"\xff" * 64
    return bytes(content)


def cut_off(path: Path) -> bytes:
    content = made(path).read_bytes()
    return content[: len(content) // 2]


def of_another_program(path: Path) -> bytes:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE songs (title)")
    return path.read_bytes()


def a_letter(_path: Path) -> bytes:
    return "Дорогой дневник, сегодня ничего не произошло.".encode()


@pytest.mark.parametrize("content", [damaged, cut_off, of_another_program, a_letter])
def test_what_is_no_database_of_ours_is_refused_and_left_as_it_is(path: Path, content: Callable[[Path], bytes]) -> None:
    before = content(path)
    path.write_bytes(before)
    with pytest.raises(Unreadable) as caught:
        Database.open(path)
    assert caught.value.text_id == "storage.damaged"
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if file.name.endswith(".backup")] == []


def test_a_folder_in_place_of_the_database_is_refused(path: Path) -> None:
    path.mkdir()
    with pytest.raises((Unreadable, Refused)):
        Database.open(path)


def test_a_file_whose_making_was_cut_off_is_made_to_its_end(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    Database.open(path).close()
    assert schema.stored_version(path) == schema.HEAD


@pytest.fixture
def older(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of a version before this one, and the revisions that lead from it."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_bytes((MIGRATIONS / "env.py").read_bytes())
    (folder / "versions" / "revision_0000.py").write_text('revision = "0000"\ndown_revision = None\n', "utf-8")
    (folder / "versions" / "revision_0001.py").write_text(OLDER, "utf-8")
    stamped(path, "0000")
    monkeypatch.setattr(schema, "KNOWN", ("0000",))
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    return path


async def test_an_older_database_is_migrated_and_keeps_what_it_holds(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "HEAD", "0000")
        database = Database.open(older)
        await conclude(database, (await arrive(database, message())).to_judge, profanity())
        database.close()

    Database.open(older).close()

    with reading(older) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0001"
        # Copying a table must not take the rows that hang on it away.
        assert connection.execute(text("SELECT count(*) FROM finding")).scalar() == 1
        assert connection.execute(text("SELECT mood FROM message")).all() == [(None,)]


def test_a_private_copy_is_made_before_a_migration(older: Path) -> None:
    Database.open(older).close()
    (copy,) = older.parent.glob("*.backup")
    assert rights(copy) == 0o600
    assert schema.stored_version(copy) == "0000"


def test_a_migration_that_fails_leaves_the_database_as_it_was(older: Path) -> None:
    script = schema.MIGRATIONS / "versions" / "revision_0001.py"
    script.write_text(OLDER + '    op.execute("ALTER TABLE nowhere ADD COLUMN x")\n', "utf-8")
    before = tables(older)
    with pytest.raises(Exception, match="nowhere"):
        Database.open(older)
    assert tables(older) == before
    assert schema.stored_version(older) == "0000"


def test_a_path_with_signs_that_mean_something_in_an_address_is_migrated_too(older: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c%20d"
    folder.mkdir()
    moved = older.rename(folder / older.name)
    Database.open(moved).close()
    assert schema.stored_version(moved) == "0001"


def test_the_database_and_what_lies_beside_it_belong_to_the_owner_alone(path: Path) -> None:
    made(path).chmod(0o644)
    database = Database.open(path)
    with database._writing.begin() as connection:
        connection.execute(text("UPDATE revision SET value = value + 1"))
    files = {file.name: rights(file) for file in path.parent.iterdir()}
    database.close()
    assert files == {path.name: 0o600, f"{path.name}-wal": 0o600, f"{path.name}-shm": 0o600}
