"""What became of a draft; of one that was submitted, the receipt."""

from markupsafe import Markup

from domain.cases.case import Case, State
from domain.cases.drafts import Draft, DraftState
from handlers.rendering.labels import numbered, one_line, unit_label
from handlers.rendering.sending import Scene, Text


def render_closed_draft(draft: Draft, case: Case | None, scene: Scene) -> Text:
    """Return what became of a draft; of one that was submitted, the receipt."""
    words = scene.words
    if case is None or draft.state is not DraftState.SUBMITTED:
        return Text(words(f"draft.{draft.state}", number=numbered(case) if case else ""), live=True)
    if case.merged:
        return Text(_receipt_of_follower(case, case.merged.number, scene), live=True)
    has_chat = case.unit in scene.org and scene.org[case.unit].has_chat
    receipt = words(
        _receipt(draft),
        name=draft.neighbour.name if draft.neighbour else "",
        number=numbered(case),
        about=one_line(case.text) or words("draft.text_spoken"),
        unit=unit_label(scene.org, case.unit, words),
        heard=words("heard.chat" if has_chat else "heard.people"),
        accept_by=case.responsible.accept.due_at,
        resolve_by=case.responsible.resolve.due_at,
    )
    return Text(receipt, live=True)


def _receipt(draft: Draft) -> str:
    if draft.neighbour is None:
        return "draft.submitted"
    return "draft.submitted_for" if draft.neighbour.name else "draft.submitted_found"


def _receipt_of_follower(case: Case, main: str, scene: Scene) -> Markup:
    """Return the receipt of a case that is worked on as one with a neighbour's."""
    words = scene.words
    return words(
        "draft.joined" if case.state is State.SUBMITTED else "draft.joined_accepted",
        number=numbered(case),
        about=one_line(case.text) or words("draft.text_spoken"),
        main=f"#{main}",
        unit=unit_label(scene.org, case.unit, words),
        accept_by=case.responsible.accept.due_at,
        resolve_by=case.resolve.due_at,
    )
