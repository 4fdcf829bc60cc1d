"""Which address shows which page."""

from django.urls import path

from jeopsu.review.pages import board, health, proposal, upload

urlpatterns = [
    path("", board.board, name="board"),
    path("healthz", health.healthz, name="healthz"),
    path("proposals/<str:name>/", proposal.proposal, name="proposal"),
    path("proposals/<str:name>/progress", proposal.progress, name="progress"),
    path("proposals/<str:name>/rerun", proposal.rerun, name="rerun"),
    path("upload/", upload.upload, name="upload"),
]
