"""What can go wrong by the rules: each error carries the key of the sentence that the person reads."""

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


class OwnUnit(DeskError):
    """The unit that was chosen has the case already."""

    key = "error.own_unit"


class UnitRetired(DeskError):
    """The unit that was chosen is in use no more."""

    key = "error.unit_retired"


class UnitWithoutChat(DeskError):
    """The unit that was chosen has no group that could take the case."""

    key = "error.unit_without_chat"


class CaseSettled(DeskError):
    """Somebody above has said which unit has the case; it is neither given back nor passed on from there."""

    key = "error.case_settled"


class NotYetAccepted(DeskError):
    """The case came by transfer and nobody has accepted it: it may be given back, and not be passed on."""

    key = "error.not_yet_accepted"


class ReasonMissing(DeskError):
    """A transfer, or giving back, needs its reason in words."""

    key = "error.reason_missing"


class MoveNotAllowed(DeskError):
    """The case's present state does not know this move; the person reads the state instead."""

    key = "error.move_not_allowed"


class AlreadyAccepted(DeskError):
    """Somebody else was first; the person reads who."""

    key = "error.already_accepted"


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


class NotAnyLead(DeskError):
    """Only leads, of whatever unit, and admins may do this."""

    key = "error.not_any_lead"


class NotALead(DeskError):
    """Only admins, and leads of the unit or of one above it, may do this."""

    key = "error.not_a_lead"


class NoUnitAbove(DeskError):
    """The tree ends here: no unit above has a group that could take the case."""

    key = "error.no_unit_above"


class DraftGone(DeskError):
    """The draft was cancelled, or belongs to somebody else."""

    key = "error.draft_gone"


class DraftSubmitted(DeskError):
    """The draft has become a case, or part of one; the person reads its number."""

    key = "error.draft_submitted"


class DraftPutAway(DeskError):
    """The draft was put away and has to be taken up again first."""

    key = "error.draft_put_away"


class DraftFull(DeskError):
    """The draft has no room for so many words; what it has stays."""

    key = "error.draft_full"


class PlaceGone(DeskError):
    """The unit was retired while its button stood on the draft card."""

    key = "error.place_gone"


class CaseEnded(DeskError):
    """Nobody works on the case any more, so that nothing is added to it; the words stay in the draft."""

    key = "error.case_ended"


class AnotherDraft(DeskError):
    """Another draft is open; there is at most one."""

    key = "error.another_draft"


class DraftIncomplete(DeskError):
    """The draft lacks its words or its place and cannot be submitted yet."""

    key = "error.draft_incomplete"


class NudgedTooSoon(DeskError):
    """The resident nudged a short while ago; the person reads when the next nudge is possible."""

    key = "error.nudged_too_soon"


class AlreadyRated(DeskError):
    """The resident has rated the case; the person reads how."""

    key = "error.already_rated"


class TooLate(DeskError):
    """The time in which this could be taken back, or objected to, is over."""

    key = "error.too_late"


class WordsMissing(DeskError):
    """A reason or result was asked for and the message has neither words nor a file."""

    key = "error.words_missing"
