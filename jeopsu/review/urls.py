"""Which address shows which page."""

from django.urls import path

from jeopsu.review.pages import (
    api,
    applicant,
    audit,
    board,
    decide,
    differences,
    door,
    evidence,
    health,
    hooks,
    letter,
    pieces,
    proposal,
    sheet,
    statistics,
    upload,
    workbench,
)

handler403 = "jeopsu.review.pages.errors.forbidden"
handler404 = "jeopsu.review.pages.errors.not_found"
handler500 = "jeopsu.review.pages.errors.broken"

_ONE = "proposals/<str:name>/"
_API = "api/v1/proposals"
urlpatterns = [
    path("", board.board, name="board"),
    path("assign", board.assign, name="assign"),
    path("login", door.login, name="login"),
    path("logout", door.logout, name="logout"),
    path("password", door.password, name="password"),
    path("healthz", health.healthz, name="healthz"),
    path("hooks/bucket", hooks.bucket, name="bucket_hook"),
    path("uploads/", pieces.begin, name="pieces_begin"),
    path("uploads/<str:upload>", pieces.pieces, name="pieces"),
    path("upload/", upload.upload, name="upload"),
    path(_ONE, proposal.proposal, name="proposal"),
    path(_ONE + "progress", proposal.progress, name="progress"),
    path(_ONE + "rerun", proposal.rerun, name="rerun"),
    path(_ONE + "here", proposal.here, name="here"),
    path(_ONE + "sheet/", sheet.review_sheet, name="sheet"),
    path(_ONE + "runs/<int:before>/<int:after>/", differences.differences, name="differences"),
    path(_ONE + "close", decide.close, name="close"),
    path(_ONE + "letters/new", letter.compose, name="letter_new"),
    path(_ONE + "letters/<int:letter>/", letter.letter, name="letter"),
    path(_ONE + "receipts/<int:run>/", applicant.receipt, name="receipt"),
    path("supplement/<str:token>/", letter.answer, name="letter_answer"),
    path("apply/", applicant.proposals, name="applicant"),
    path("apply/<str:name>/", applicant.proposal, name="apply"),
    path("apply/<str:name>/submit", applicant.submit, name="apply_submit"),
    path("audit/", audit.entries, name="audit"),
    path("audit/export", audit.export, name="audit_export"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("samples/<int:sample>/", statistics.sample, name="sample"),
    path(_ONE + "points/", workbench.first, name="bench"),
    path(_ONE + "points/<str:key>/", workbench.point, name="point"),
    path(_ONE + "points/<str:key>/decide", decide.point, name="decide"),
    path(_ONE + "points/<str:key>/give", decide.give, name="give"),
    path(_ONE + "points/<str:key>/fact", decide.fact, name="fact"),
    path(_ONE + "fields/<str:key>/", decide.field, name="field"),
    path(_ONE + "fields/<str:key>/crop", evidence.crop, name="crop"),
    path(_ONE + "files/<str:sha256>/<int:number>/", evidence.page, name="page"),
    path(_ONE + "files/<str:sha256>/<int:number>.png", evidence.picture, name="picture"),
    path(_ONE + "files/<str:sha256>/original", evidence.original, name="original"),
    path("api/v1/openapi.json", api.openapi, name="api_openapi"),
    path(_API, api.proposals, name="api_proposals"),
    path(_API + "/<str:name>", api.proposal, name="api_proposal"),
    path(_API + "/<str:name>/report", api.report, name="api_report"),
    path(_API + "/<str:name>/points", api.points, name="api_points"),
    path(_API + "/<str:name>/points/<str:key>/decisions", api.decision, name="api_decision"),
    path(_API + "/<str:name>/facts", api.fact, name="api_fact"),
    path(_API + "/<str:name>/files", api.files, name="api_files"),
    path(_API + "/<str:name>/runs", api.runs, name="api_runs"),
]
