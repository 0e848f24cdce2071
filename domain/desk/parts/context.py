"""What stands behind every part of the desk: one unit of work, the moment, the rules, the organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.cases.deadlines import Calendar
from domain.cases.policy import Policy
from domain.organisation.units import Organisation
from domain.people.person import PersonId
from domain.ports import Atlas, UnitOfWork
from domain.rights.permissions import Rights


@dataclass(frozen=True, slots=True)
class Rules:
    """What stays as it is while the process runs: policy, calendar, map, and who the admins are."""

    policy: Policy
    calendar: Calendar
    atlas: Atlas
    admins: frozenset[PersonId] = frozenset()


def unknown_categories(policy: Policy, org: Organisation) -> Sequence[str]:
    """Return the categories for which the policy has terms, and that no file knows."""
    return [category for category in policy.categories if category not in org.categories]


@dataclass(frozen=True, slots=True)
class Context:
    """One unit of work at one moment, with the rules and the organisation as they are then."""

    work: UnitOfWork
    now: datetime
    rules: Rules
    org: Organisation

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.rules.policy

    @property
    def rights(self) -> Rights:
        """Who may do what now."""
        return Rights(self.org, self.now)
