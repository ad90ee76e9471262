"""Files: uploading in parts, sending, downloading."""

from __future__ import annotations

from typing import Any

from telethon.tl import functions, types

from tests.servers.telegram.calls import Call, RpcError, answers
from tests.servers.telegram.files import StoredFile
from tests.servers.telegram.peers import peer_from
from tests.servers.telegram.sending import send, send_together
from tests.servers.telegram.wire import TL

BLOCK = 4096


@answers(functions.upload.SaveFilePartRequest, functions.upload.SaveBigFilePartRequest)
def save_part(call: Call, request: TL) -> TL:
    call.server.uploads.setdefault((call.viewer, request.file_id), {})[request.file_part] = request.bytes
    return True


@answers(functions.messages.SendMediaRequest)
def send_media(call: Call, request: TL) -> TL:
    media = _media(call, request.media)
    return send(call, request, request.random_id, request.message, entities=request.entities or [], media=media)


@answers(functions.messages.SendMultiMediaRequest)
def send_album(call: Call, request: TL) -> TL:
    each = [
        (one.random_id, one.message, {"media": _media(call, one.media), "entities": one.entities or []})
        for one in request.multi_media
    ]
    return send_together(call, request, each)


@answers(functions.messages.UploadMediaRequest)
def upload_media(call: Call, request: TL) -> TL:
    peer_from(call, request.peer)
    return _media(call, request.media).media(call.world.file_reference)


@answers(functions.upload.GetFileRequest)
def get_file(call: Call, request: TL) -> TL:
    if request.offset % BLOCK or request.limit % BLOCK:
        raise RpcError("LIMIT_INVALID")
    data = _located(call, request.location)
    part = data[request.offset : request.offset + request.limit]
    return types.upload.File(type=types.storage.FileJpeg(), mtime=0, bytes=part)


def _media(call: Call, given: TL) -> StoredFile:
    if isinstance(given, types.InputMediaPhoto | types.InputMediaDocument):
        return _known(call, given.id)
    if isinstance(given, types.InputMediaUploadedPhoto):
        return call.world.add_photo(_uploaded(call, given.file))
    if isinstance(given, types.InputMediaUploadedDocument):
        thumb = _uploaded(call, given.thumb) if given.thumb else b""
        return call.world.add_document(
            _uploaded(call, given.file), mime_type=given.mime_type, attributes=given.attributes, thumb=thumb
        )
    raise RpcError("MEDIA_INVALID")


def _uploaded(call: Call, file: TL) -> bytes:
    parts: dict[int, bytes] = call.server.uploads.pop((call.viewer, file.id), {})
    if len(parts) != file.parts:
        raise RpcError("FILE_PARTS_INVALID")
    return b"".join(parts[number] for number in sorted(parts))


def _known(call: Call, given: Any) -> StoredFile:
    """Raises RpcError FILE_ID_INVALID, FILE_REFERENCE_EXPIRED."""
    file = call.world.files.get(given.id)
    if file is None or file.access_hash != given.access_hash:
        raise RpcError("FILE_ID_INVALID")
    if given.file_reference != call.world.file_reference:
        raise RpcError("FILE_REFERENCE_EXPIRED")
    return file


def _located(call: Call, location: TL) -> bytes:
    if isinstance(location, types.InputPhotoFileLocation | types.InputDocumentFileLocation):
        return _known(call, location).part(location.thumb_size)
    if isinstance(location, types.InputPeerPhotoFileLocation):
        peer = peer_from(call, location.peer)
        photo = peer.photo
        if photo and photo.id == location.photo_id:
            return photo.data if location.big else photo.thumb or photo.data
    raise RpcError("LOCATION_INVALID")
