"""归并: cases about one matter are worked on as one; /merge and /unmerge, and on the file in private."""

from domain.cases.case import TO_BE_DONE, Case
from domain.cases.questions import Asked
from domain.rights.permissions import Rights
from handlers.feature import Feature
from handlers.merge.buttons import CancelMerge, Merge, MergeFlood, MergeInto, Unmerge
from handlers.merge.handlers import (
    on_flood_pressed,
    on_main_chosen,
    on_main_named,
    on_merge,
    on_merge_cancelled,
    on_merge_pressed,
    on_unmerge,
    on_unmerge_pressed,
)
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Scene
from handlers.updates.commands import Command, Standing


def _may_be_merged(case: Case, _scene: Scene) -> bool:
    return case.state in TO_BE_DONE and not case.merged


def _may_part(case: Case, _scene: Scene) -> bool:
    return case.is_open and case.merged is not None


FEATURE = Feature(
    commands={
        Command("merge", private=Standing.MEMBER, group=Standing.MEMBER): on_merge,
        Command("unmerge", private=Standing.MEMBER, group=Standing.MEMBER): on_unmerge,
    },
    pressed_in_private={
        Merge: on_merge_pressed,
        MergeInto: on_main_chosen,
        CancelMerge: on_merge_cancelled,
        Unmerge: on_unmerge_pressed,
    },
    pressed_in_groups={MergeFlood: on_flood_pressed},
    answers={Asked.MAIN_CASE: on_main_named},
    on_file=[
        CaseButton("button.merge", Merge, _may_be_merged, row=2, may=Rights.may_merge),
        CaseButton("button.unmerge", Unmerge, _may_part, row=2, may=Rights.may_merge),
    ],
)
