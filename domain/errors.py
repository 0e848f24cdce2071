"""What can go wrong by the rules: each error carries the key of the sentence that the person reads.

Here stand those of many; what only one verb or subject refuses stands with it.
"""

from collections.abc import Mapping
from typing import Any, ClassVar


class DeskError(Exception):
    """A wish that the rules refuse; nothing has changed.

    `key` is the catalogue key of the sentence for the person, `values` fill its placeholders;
    both are safe to show. Details for the log go into the exception's arguments.
    """

    key: ClassVar[str]

    def __init__(self, *details: object, **values: Any) -> None:
        super().__init__(*details)
        self.values: Mapping[str, Any] = values


class CaseUnknown(DeskError):
    """No case has this number or id, or it is none of this person's business."""

    key = "error.case_unknown"


class CaseNotForChat(DeskError):
    """The case does not concern the units that work in this chat; who may see it is shown it in private."""

    key = "error.case_not_for_chat"


class UnitUnknown(DeskError):
    """No unit in use has this code."""

    key = "error.unit_unknown"


class MoveNotAllowed(DeskError):
    """The case's present state does not know this move; the person reads the state instead."""

    key = "error.move_not_allowed"


class NotAMember(DeskError):
    """Only members of the unit responsible may do this."""

    key = "error.not_a_member"


class NotTheOwner(DeskError):
    """Only the case's owner, or a lead of its unit, may do this."""

    key = "error.not_the_owner"


class NotTheResident(DeskError):
    """Only the resident who raised the case may do this."""

    key = "error.not_the_resident"


class NotAnAdmin(DeskError):
    """Only admins of the desk may do this."""

    key = "error.not_an_admin"


class NotAnyMember(DeskError):
    """Only those who work for a unit, whichever, may do this."""

    key = "error.not_any_member"


class NotAnyLead(DeskError):
    """Only leads, of whatever unit, and admins may do this."""

    key = "error.not_any_lead"


class NotALead(DeskError):
    """Only admins, and leads of the unit or of one above it, may do this."""

    key = "error.not_a_lead"


class NoUnitAbove(DeskError):
    """The tree ends here: no unit above has a group that could take the case."""

    key = "error.no_unit_above"


class TooLate(DeskError):
    """The time in which this could be taken back, or objected to, is over."""

    key = "error.too_late"


class WordsMissing(DeskError):
    """A reason or result was asked for and the message has neither words nor a file."""

    key = "error.words_missing"
