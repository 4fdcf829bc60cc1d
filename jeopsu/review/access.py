"""Who may do what. Roles are Django groups; a member of staff may be held to some calls, an applicant to own proposals.

Every view that changes something is wrapped by `may`; whoever has no right gets 403, whoever is not logged in the door.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from jeopsu.review import second_factor
from jeopsu.storage import accounts, names, records, views
from jeopsu.storage.accounts import APPLICANT, AUDITOR, LEAD, OPERATOR, REVIEWER
from jeopsu.storage.errors import BadName, UnknownProposal
from jeopsu.storage.rows import ProposalRow

# What each right asks for; any of the roles is enough.
RIGHTS: dict[str, tuple[str, ...]] = {
    "see": accounts.STAFF,  # board, proposals, evidence
    "decide": (REVIEWER, LEAD),
    "second": (LEAD,),  # agree to an exclusion, or to waiving one
    "close": (LEAD,),  # the final decision
    "assign": (REVIEWER, LEAD),
    "letter": (REVIEWER, LEAD),
    "rerun": (REVIEWER, LEAD, OPERATOR),
    "upload": (REVIEWER, LEAD, OPERATOR),
    "audit": (AUDITOR, LEAD),
    "statistics": accounts.STAFF,
    "sample": (REVIEWER, LEAD),
    "accounts": (OPERATOR,),
    "apply": (APPLICANT,),
}
View = Callable[..., HttpResponse]


def roles(request: HttpRequest) -> frozenset[str]:
    """The person's roles, asked once a request."""
    if not hasattr(request, "_roles"):
        user = request.user
        request._roles = frozenset(user.groups.values_list("name", flat=True) if user.is_authenticated else ())
    return request._roles


def has(request: HttpRequest, right: str) -> bool:
    return bool(roles(request) & set(RIGHTS[right]))


def first_step(request: HttpRequest) -> str:
    """The page that somebody who is logged in has to pass before anything else; "" where nothing is in the way."""
    if request.user.must_change:  # somebody else knows the password
        return "password"
    return "factor" if second_factor.missing(request, roles(request)) else ""


def may(*rights: str) -> Callable[[View], View]:
    """Lets in who has one of the rights."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if step := first_step(request):
                return redirect(step)
            if not any(has(request, right) for right in rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.rights = rights  # type: ignore[attr-defined]
        return guarded

    return wrap


def calls_of(request: HttpRequest) -> tuple[str, ...] | None:
    """The calls that a member of staff is held to; None: all."""
    if not hasattr(request, "_calls"):
        held = tuple(request.user.rights.exclude(call="").values_list("call", flat=True))
        request._calls = held or None
    return request._calls


def own_proposals(request: HttpRequest) -> tuple[str, ...]:
    """An applicant's."""
    rows = request.user.rights.exclude(proposal="")
    return tuple(rows.values_list("proposal", flat=True))


def proposal_or_404(request: HttpRequest, name: str) -> ProposalRow:
    """The proposal, where this person may see it; 404 else, so that nobody learns which ones there are."""
    try:
        row = records.proposal(names.proposal_id(name))
    except (UnknownProposal, BadName) as error:
        raise Http404 from error
    held = calls_of(request)
    if has(request, "see") and (held is None or row.call in held):
        return row
    if has(request, "apply") and row.id in own_proposals(request):
        return row
    raise Http404


def scope(request: HttpRequest, wanted: views.Filter) -> views.Filter:
    """The board's filter, narrowed to what the person may see."""
    if not has(request, "see"):
        return wanted.model_copy(update={"proposals": own_proposals(request)})
    return wanted.model_copy(update={"calls": calls_of(request)})


def name_of(request: HttpRequest) -> str:
    """Who it is, for decisions and the audit log."""
    return str(request.user.get_username())


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
