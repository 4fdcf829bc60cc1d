"""The tables of the review site: who has a proposal, the audit chain, letters, rights. Part of `models`.

The audit chain and the letters are append-only like decisions; the rest is the present state of something.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jeopsu.storage.models import Proposal, _AppendOnly


class Review(models.Model):
    """Where the review of a proposal stands: an index for the board, made again from decisions and the last run."""

    proposal = models.OneToOneField(Proposal, primary_key=True, on_delete=models.PROTECT, related_name="review")
    version = models.PositiveIntegerField(default=0)  # grows with every decision: two people never overwrite silently
    assigned = models.CharField(max_length=200, default="", db_index=True)
    run = models.BigIntegerField(null=True)  # the run that the numbers below were counted of
    points = models.PositiveIntegerField(default=0)  # findings that need a person
    left = models.PositiveIntegerField(default=0, db_index=True)  # of them, those without a standing decision
    second = models.PositiveIntegerField(default=0)  # of them, exclusions that wait for a second person
    gaps = models.PositiveIntegerField(default=0)
    verdict = models.CharField(max_length=30, default="", db_index=True)  # with people's decisions taken in
    outcome = models.CharField(
        max_length=30, default="", db_index=True
    )  # the final decision: accept, supplement, exclude
    due = models.DateTimeField(null=True, db_index=True)  # when the applicant's supplement is due
    names = models.TextField(default="")  # organisations and their numbers, for the search


class AuditHead(models.Model):
    """The end of the audit chain. One row; who adds an entry holds it."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")


class AuditEntry(_AppendOnly):
    """Who did what, when. Each entry's digest covers the one before it: a change anywhere breaks the chain."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=200)
    action = models.CharField(max_length=40)
    proposal = models.CharField(max_length=100, default="", db_index=True)
    body = models.TextField()  # canonical JSON: the digest is over these bytes
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)


class SupplementRequest(_AppendOnly):
    """A 보완요청: the gaps that were chosen, as they were sent."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="supplements")
    number = models.PositiveIntegerField()
    run = models.ForeignKey("Run", null=True, on_delete=models.PROTECT, related_name="+")
    deadline = models.DateTimeField()
    points = models.JSONField()  # [{"key", "title", "organisation", "message", "clause", "files"}]
    note = models.TextField(default="")
    token = models.CharField(max_length=64, unique=True)  # the applicant's link
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="supplement_number")]


class Receipt(_AppendOnly):
    """접수증: what the applicant finally submitted, with the sha256 of every file."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="receipts")
    number = models.PositiveIntegerField()
    files = models.JSONField()  # [{"name", "bytes", "sha256", "uploaded"}]
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="receipt_number")]


class Presence(models.Model):
    """Who looks at a proposal just now."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    seen = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "name"], name="one_presence")]


class FailedLogin(models.Model):
    """A wrong password: five within the window lock the account's door for a while."""

    name = models.CharField(max_length=200, db_index=True)
    address = models.CharField(max_length=60)
    at = models.DateTimeField(db_index=True)


class Seat(models.Model):
    """A log-in that goes on: which session is whose, from where, seen when last. The session itself is Django's."""

    session = models.CharField(primary_key=True, max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats")
    address = models.CharField(max_length=60)
    agent = models.CharField(max_length=200)
    began = models.DateTimeField()
    seen = models.DateTimeField()


class Knock(models.Model):
    """Something that came to a door for programs (a bucket's notice), let in or not. The last ones are kept."""

    at = models.DateTimeField(db_index=True)
    door = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20)  # taken, token, broken, storage
    address = models.CharField(max_length=60)
    proposals = models.JSONField(default=list)


class Right(models.Model):
    """What an account may see: an applicant's own proposals; calls, where a member of staff is held to some."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rights")
    proposal = models.CharField(max_length=100, default="", db_index=True)
    call = models.CharField(max_length=100, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "proposal", "call"], name="one_right")]


class Identity(models.Model):
    """Who an account is at an OpenID Connect provider: names there may change hands, the subject does not."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="one_identity")]


class Snapshot(models.Model):
    """Something that takes long to count, as it was counted last."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()
    body = models.TextField()


class Delivery(models.Model):
    """An event on its way to the webhook: tried until it is taken or too old."""

    event = models.BigIntegerField(primary_key=True)
    due = models.DateTimeField(null=True)  # the next try; null: taken, or given up
    attempts = models.PositiveIntegerField(default=0)
    taken = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, default="")

    class Meta:
        indexes = [models.Index(fields=["due"], condition=models.Q(due__isnull=False), name="deliveries_due")]


class SavedView(models.Model):
    """A board filter that someone keeps."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)


class ApiToken(models.Model):
    """A key for the API. Only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60, default="")
    created = models.DateTimeField()
    used = models.DateTimeField(null=True)


class Sample(models.Model):
    """A value or finding that the program settled alone, drawn at random for a person to check."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="samples")
    run = models.BigIntegerField()
    kind = models.CharField(max_length=20)  # field, finding
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=100)  # field name or rule
    body = models.TextField()
    drawn = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    by = models.CharField(max_length=200, default="")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "kind", "key"], name="one_sample")]
