"""The tables. Only `records` and the modules behind it use them; what leaves this room are `rows`.

Uploads, decisions and staff facts are append-only (the database refuses changes). A `Run` in state `queued` is the
queue, an `Event` not yet announced the outbox: both are written in the transaction of what they speak of.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from jeopsu.storage.errors import AppendOnly


class User(AbstractUser):
    """An account of the review site."""

    language = models.CharField(max_length=2, default="")  # the one the person chose; empty: Korean
    must_change = models.BooleanField(default=False)  # the password was given by an operator: a new one comes first


class _AppendOnly(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise AppendOnly(type(self).__name__)


class Proposal(models.Model):
    """과제: what uploads belong to."""

    id = models.CharField(primary_key=True, max_length=100)
    call = models.CharField(max_length=100)
    title = models.TextField(default="")
    received = models.DateTimeField(null=True)  # final submission; null: not known
    registration = models.JSONField(null=True)
    created = models.DateTimeField(auto_now_add=True)
    touched = models.DateTimeField(auto_now_add=True, db_index=True)  # last upload, run or decision
    runs_made = models.PositiveIntegerField(default=0)
    last_done = models.ForeignKey("Run", null=True, on_delete=models.SET_NULL, related_name="+")


class Upload(_AppendOnly):
    """A version of a file under the name it came with. The highest number of a slot is the one in force."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="uploads")
    name = models.CharField(max_length=255)  # as it came
    slot = models.CharField(max_length=255)  # in NFC
    number = models.PositiveIntegerField()  # 1, 2, … within the slot
    sha256 = models.CharField(max_length=64, db_index=True)
    bytes = models.BigIntegerField()
    uploaded = models.DateTimeField()
    door = models.CharField(max_length=20)  # inbox, cli, site, bucket
    by = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "slot", "number"], name="upload_version")]


class Arrival(models.Model):
    """A file as a door saw it (path, size and time, or key and etag): what was taken in is not taken in again."""

    origin = models.CharField(primary_key=True, max_length=900)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")


class Run(models.Model):
    """One run of the flow on one proposal. queued → running → done | failed | superseded | lost."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)  # intake, rerun, recheck
    state = models.CharField(max_length=20, db_index=True)
    reread = models.CharField(max_length=200, default="")  # "", "all" or document numbers "3,14"
    by = models.CharField(max_length=200, default="")
    attempt = models.PositiveIntegerField(default=1)
    requested = models.DateTimeField()
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    # the lease
    token = models.CharField(max_length=36, default="")
    host = models.CharField(max_length=200, default="")
    process = models.CharField(max_length=60, default="")  # pid and its start, so that a reused pid is no life sign
    beat = models.DateTimeField(null=True)
    prefect_run = models.CharField(max_length=36, default="")
    # progress
    stage = models.CharField(max_length=20, default="")
    files_total = models.PositiveIntegerField(default=0)
    files_done = models.PositiveIntegerField(default=0)
    files_reused = models.PositiveIntegerField(default=0)
    pages_total = models.PositiveIntegerField(default=0)
    pages_done = models.PositiveIntegerField(default=0)
    seconds_left = models.PositiveIntegerField(null=True)  # an estimate; null: too early to say
    # outcome
    call = models.CharField(max_length=100, default="")
    version = models.CharField(max_length=40, default="")
    engines = models.JSONField(default=dict)
    last_upload = models.BigIntegerField(default=0)  # the newest upload it looked at
    verdict = models.CharField(max_length=30, default="")
    open_points = models.PositiveIntegerField(default=0)  # findings that a person must settle
    gaps = models.PositiveIntegerField(default=0)  # findings that failed
    error = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="run_number"),
            models.UniqueConstraint(fields=["proposal"], condition=Q(state="queued"), name="one_queued_run"),
            models.UniqueConstraint(fields=["proposal"], condition=Q(state="running"), name="one_running_run"),
        ]


class RunReport(models.Model):
    """A run's whole `domain.report.Report` as JSON; findings and fields below are its index."""

    run = models.OneToOneField(Run, primary_key=True, on_delete=models.PROTECT, related_name="report")
    body = models.TextField()


class Finding(models.Model):
    """One finding of one run."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="findings")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=64)  # what it speaks of, the same from run to run
    fingerprint = models.CharField(max_length=64)  # what it rests on: a decision holds as long as this is the same
    rule = models.CharField(max_length=100)
    organisation = models.CharField(max_length=40, default="")
    outcome = models.CharField(max_length=20)
    effect = models.CharField(max_length=20)
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="finding_position")]
        indexes = [models.Index(fields=["rule", "outcome"]), models.Index(fields=["key"])]


class Field(models.Model):
    """One field value of one run."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="fields")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    organisation = models.CharField(max_length=40, default="")
    year = models.IntegerField(null=True)
    index = models.IntegerField(null=True)
    value = models.TextField(null=True)
    status = models.CharField(max_length=20)
    file = models.CharField(max_length=255, default="")
    page = models.IntegerField(null=True)
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="field_position")]
        indexes = [models.Index(fields=["name", "status"])]


class Decision(_AppendOnly):
    """What a person decided: agree, override, supplement, correct a value … Undoing is a new row, too."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="decisions")
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="+")  # the one that was looked at
    subject = models.CharField(max_length=20)  # finding, field, file, proposal
    key = models.CharField(max_length=64)  # which one
    fingerprint = models.CharField(max_length=64, default="")
    kind = models.CharField(max_length=30)
    value = models.JSONField(null=True)
    reason = models.TextField(default="")
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["proposal", "subject", "key"])]


class StaffFact(_AppendOnly):
    """A fact only staff can look up (NTIS, 신용정보 …). The latest of a fact and organisation holds."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="facts")
    fact = models.CharField(max_length=100)
    organisation = models.CharField(max_length=40, default="")
    value = models.JSONField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    source = models.TextField(default="")


class Event(models.Model):
    """What happened to a proposal, in order: its timeline, and the outbox of what others must hear of."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    body = models.JSONField(default=dict)
    due = models.DateTimeField(null=True)  # not to be announced before; null: nobody need hear of it
    announced = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due"], condition=Q(announced__isnull=True, due__isnull=False), name="outbox"),
            models.Index(fields=["proposal", "at"]),
        ]


import jeopsu.storage.models_review  # noqa: E402, F401  (the site's tables; Django looks for them here)
