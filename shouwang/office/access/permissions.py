"""Everything that can be allowed. A view, a button and a query ask for one of these."""

from enum import StrEnum


class Permission(StrEnum):
    TODAY_SEE = "today.see"
    HOUSEHOLDS_SEE = "households.see"
    HOUSEHOLDS_CHANGE = "households.change"
    """Life events, facts, contradictions."""
    VALUES_REVEAL = "values.reveal"
    WARNINGS_SEE = "warnings.see"
    RUNS_PUBLISH = "runs.publish"
    WARNINGS_SUPPRESS = "warnings.suppress"
    CASES_SEE = "cases.see"
    CASES_WORK = "cases.work"
    """The steps of the village: assign, visit, compare, review, notice."""
    CASES_AUDIT = "cases.audit"
    """The step of the township."""
    CASES_DECIDE = "cases.decide"
    """The step of the county: include, refuse, remove."""
    HELP_WORK = "help.work"
    COUNTS_SEE = "counts.see"
    DELIVERIES_HAND_IN = "deliveries.hand-in"
    POLICY_SEE = "policy.see"
    AUDIT_SEE = "audit.see"
    EXPORT = "export"
    ACCOUNTS_CHANGE = "accounts.change"
    SETTINGS_CHANGE = "settings.change"
