"""What applicants do wrong: `plant` changes what the papers say, `spoil` the files. Scenario "faulty" has all of it.

Scenario "edges" (`cross`) stands just beyond limits: 101 %, one project too many, cash under 10 %, an old extract.
"""

from __future__ import annotations

import hashlib
import io
import struct
from datetime import date

from jeopsu.samples.world import World

# document → (organisation, damage) of the faulty scenario; a document that is not listed is whole
DAMAGE = {3: ("lead", "encrypted"), 6: ("lead", "wrong_type"), 11: ("partner", "empty"), 12: ("partner", "truncated")}
MISSING = 7
NO_BRACKETS = 4
LOW_RATE = 9


def unsigned_person(world: World) -> str:
    """Who forgot to sign document 10."""
    return world.people_of("lead")[2].name


def low_rate_person(world: World) -> str:
    """Whose 인건비계상률 is under 10 %."""
    return world.people_of("partner")[1].name


def plant(world: World) -> World:
    """One participant unsigned, one at 9 %, 연구수당 1 천원 too much (taken from 연구활동비), the 확인서 expired."""
    low = low_rate_person(world)
    people = tuple(p.model_copy(update={"rate": LOW_RATE}) if p.name == low else p for p in world.people)
    lead, partner = world.budgets
    lead = lead.model_copy(
        update={"research_allowance": lead.research_allowance + 1000, "activity": lead.activity - 1000}
    )
    return world.model_copy(
        update={
            "people": people,
            "budgets": (lead, partner),
            "unsigned": (unsigned_person(world),),
            "midsize_valid": (date(2022, 4, 1), date(2023, 3, 31)),
        }
    )


def cross(world: World) -> World:
    """The lead's second person at 101 % in all, the partner's second in eight projects; the partner's cash just under
    10 % of its own money (moved to the government's); its registry extract one day older than three months."""
    heavy, busy = world.people_of("lead")[1].name, world.people_of("partner")[1].name
    people = tuple(
        p.model_copy(update={"other_rate": 101 - p.rate})
        if p.name == heavy
        else p.model_copy(update={"projects": 8})
        if p.name == busy
        else p
        for p in world.people
    )
    lead, partner = world.budgets
    cash = partner.in_kind // 9_000 * 1000 - 1000  # a tenth of the own money, less 1 천원
    moved = {"cash": cash, "government": partner.government + partner.cash - cash}
    return world.model_copy(
        update={
            "people": people,
            "budgets": (lead, partner.model_copy(update=moved)),
            "registry_issued": {"partner": date(2023, 1, 24)},
        }
    )


def spoil(data: bytes, damage: str) -> bytes:
    """A PDF's bytes after a mishap: empty, truncated, encrypted (a small PDF behind a password), wrong_type (JPEG)."""
    if damage == "empty":
        return b""
    if damage == "truncated":
        return data[: len(data) * 2 // 5]
    if damage == "encrypted":
        return encrypted_pdf("jeopsu-2023")
    if damage == "wrong_type":
        from jeopsu.samples.scan import page_picture

        return page_picture(data, dpi=110, kind="JPEG")
    raise ValueError(f"unknown damage: {damage}")


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def encrypted_pdf(password: str) -> bytes:
    """A one-page PDF that opens only with the password (standard security handler, revision 2: PDF 1.4, 3.5.2)."""
    padded = (password.encode("latin-1") + _PADDING)[:32]
    owner = _rc4(_md5(padded)[:5], padded)
    ident = _md5(password.encode())
    permissions = -4
    key = _md5(padded + owner + struct.pack("<i", permissions) + ident)[:5]
    user = _rc4(key, _PADDING)
    content = b"BT /F1 20 Tf 90 700 Td (Locked document) Tj ET"
    locked = _rc4(_md5(key + b"\x04\x00\x00\x00\x00")[:10], content)  # object 4, generation 0
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(locked), locked),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P %d>>" % (owner.hex().encode(), user.hex().encode(), permissions),
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, part in enumerate(parts, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    hexed = ident.hex().encode()
    out.write(
        b"trailer<</Size %d/Root 1 0 R/Encrypt 6 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(parts) + 1, hexed, hexed, start)
    )
    return out.getvalue()
