"""How people read where a case stands, where its state alone does not say who has the word."""

from enum import StrEnum


class ByRevisit(StrEnum):
    """That an answer recorded by somebody who asks in person (回访) is to end a case, or has ended it."""

    AWAITED = "to_revisit"
    ENDED = "revisited"
