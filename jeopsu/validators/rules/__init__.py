"""Rules: pure functions, one file a subject, each written for good data and listed in `matter.CHECKS` by its name.

consortium · candidates · money · budget · costs · spending · people · employment · statements · soundness · ratios ·
watch · audits · names · papers · signoffs · answers. What several share: estimates, exceptions, admitted
"""

from importlib import import_module

_MODULES = (
    "jeopsu.validators.completeness", "jeopsu.validators.consistency", "jeopsu.validators.rules.answers",
    "jeopsu.validators.rules.audits", "jeopsu.validators.rules.candidates", "jeopsu.validators.rules.employment",
    "jeopsu.validators.rules.budget", "jeopsu.validators.rules.costs", "jeopsu.validators.rules.watch",
    "jeopsu.validators.rules.signoffs", "jeopsu.validators.rules.statements",
    "jeopsu.validators.rules.consortium", "jeopsu.validators.rules.money", "jeopsu.validators.rules.names",
    "jeopsu.validators.rules.papers", "jeopsu.validators.rules.people",
    "jeopsu.validators.rules.ratios", "jeopsu.validators.rules.soundness",
    "jeopsu.validators.rules.spending",
)  # fmt: skip


def load_checks() -> None:
    """Fills CHECKS. Importing a module twice costs nothing."""
    for module in _MODULES:
        import_module(module)
