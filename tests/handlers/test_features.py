"""The features: what people press has somebody who acts, and the menu has its order."""

from handlers.features import COMMANDS
from handlers.rendering.buttons import actions
from handlers.routing.presses import IN_GROUPS, IN_PRIVATE


def test_every_button_has_somebody_who_acts_when_it_is_pressed() -> None:
    assert set(actions()) == IN_PRIVATE.keys() | IN_GROUPS.keys()


def test_the_menu_names_first_what_residents_do_and_last_what_everybody_may() -> None:
    names = [command.name for command in COMMANDS]

    assert (names[:2], names[-2:]) == (["start", "my"], ["language", "help"])
