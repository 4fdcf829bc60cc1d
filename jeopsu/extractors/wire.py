"""Length-prefixed frames between the parent, the nursery and a child: one byte of kind, four of length, the body."""

from __future__ import annotations

from typing import IO

REQUEST, PROGRESS, RESULT, FAILED = b"Q", b"P", b"R", b"F"


def write(stream: IO[bytes], kind: bytes, body: bytes) -> None:
    stream.write(kind + len(body).to_bytes(4, "big") + body)
    stream.flush()


def read(stream: IO[bytes], limit: int) -> tuple[bytes, bytes]:
    """The next frame. Raises EOFError at the end or when a frame is longer than `limit` bytes."""
    head = _exactly(stream, 5)
    length = int.from_bytes(head[1:], "big")
    if length > limit:
        raise EOFError("frame too long")
    return head[:1], _exactly(stream, length)


def _exactly(stream: IO[bytes], count: int) -> bytes:
    parts = []
    while count:
        part = stream.read(count)
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
