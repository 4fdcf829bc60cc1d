"""What can go wrong in storage, each with its sentence for people and the next step."""

from __future__ import annotations


class StorageUnavailable(Exception):
    """The store or the database does not answer for now: worth another try."""


class NotStored(Exception):
    """No file with this sha256 (or no such key) is in the store."""


class BadName(ValueError):
    """A proposal's or a file's name that cannot be kept. The message is for the person who gave it."""


class UnknownProposal(LookupError):
    """No such proposal: nothing was ever submitted under this name."""

    def __init__(self, proposal: str) -> None:
        super().__init__(f"과제 '{proposal}'이(가) 없습니다. `jeopsu status`로 등록된 과제를 확인해 주십시오.")
        self.proposal = proposal


class AppendOnly(Exception):
    """A decision, a fact or an upload is never changed; a new row says what is different."""


class LeaseLost(Exception):
    """Another process has taken this run over; what this one found is thrown away."""
