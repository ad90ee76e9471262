"""What accounts must show to address people and chats again after a restart."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from moderator_app.domain.ports import Peer
from moderator_app.storage.sqlite import replace_rows
from moderator_app.storage.tables import peer


def store(connection: Connection, source: str, peers: Iterable[Peer]) -> None:
    """Keep peers of a source, each in the place of what was known of it."""
    rows = [
        {
            "source": source,
            "kind": each.kind,
            "id": each.id,
            "access_hash": each.access_hash,
            "username": each.username,
        }
        for each in peers
    ]
    replace_rows(connection, peer, rows)


def read(connection: Connection, source: str) -> tuple[Peer, ...]:
    rows = connection.execute(select(peer).where(peer.c.source == source))
    return tuple(Peer(row.kind, row.id, row.access_hash, row.username) for row in rows)
