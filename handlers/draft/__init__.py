"""A draft: what a resident sends becomes one card, on which they choose kind and place, and submit."""

from handlers.draft import buttons, handlers
from handlers.feature import Feature

FEATURE = Feature(
    pressed_in_private={
        buttons.Submit: handlers.on_submit_pressed,
        buttons.JoinCase: handlers.on_join_pressed,
        buttons.OpenMenu: handlers.on_menu_opened,
        buttons.PickKind: handlers.on_kind_pressed,
        buttons.PickUnit: handlers.on_unit_pressed,
        buttons.ToggleAnonymous: handlers.on_anonymous_pressed,
        buttons.CancelDraft: handlers.on_cancel_pressed,
        buttons.AddToCase: handlers.on_add_pressed,
        buttons.TakeUpDraft: handlers.on_take_up_pressed,
    }
)
