"""배포용 문서 (distribution-locked HWP): readable without a password, for the key stands scrambled in the stream.

The lock forbids editing and printing, not reading (Hancom's published "배포용 문서" description of HWP 5.0).
"""

from __future__ import annotations

import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from jeopsu.domain.problems import Code, DocumentProblem

_TAG = 28  # HWPTAG_DISTRIBUTE_DOC_DATA
_PAYLOAD = 256


def unlock(stream: bytes) -> bytes:
    """The plain (still deflated) bytes of a ViewText section. Raises TRUNCATED where the key record is not whole."""
    if len(stream) < 4 + _PAYLOAD + 16:
        raise DocumentProblem(Code.TRUNCATED, "distribution key")
    (word,) = struct.unpack_from("<I", stream)
    if word & 0x3FF != _TAG or word >> 20 != _PAYLOAD:
        raise DocumentProblem(Code.TRUNCATED, "distribution key")
    key = _key(stream[4 : 4 + _PAYLOAD])
    locked = stream[4 + _PAYLOAD :]
    # AES-128 in ECB, blocks of 16; what is left over belongs to no block
    plain = Cipher(algorithms.AES(key), modes.ECB()).decryptor()
    return plain.update(locked[: len(locked) // 16 * 16])


def _key(scrambled: bytes) -> bytes:
    """The record is XORed with runs of the C runtime's rand(), seeded by its first four bytes."""
    state = int.from_bytes(scrambled[:4], "little")
    plain, run, mask = bytearray(scrambled), 0, 0

    def rand() -> int:
        nonlocal state
        state = (state * 214013 + 2531011) & 0xFFFFFFFF
        return state >> 16 & 0x7FFF

    for place in range(_PAYLOAD):
        if run == 0:
            mask, run = rand() & 0xFF, (rand() & 0xF) + 1
        if place >= 4:
            plain[place] ^= mask
        run -= 1
    start = 4 + (scrambled[0] & 0xF)
    return bytes(plain[start : start + 16])
