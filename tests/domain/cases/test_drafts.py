"""A draft knows how long it is without holding all of its words, and never grows beyond its limits."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.cases.drafts import CHARACTERS_LIMIT, FILES_LIMIT, MESSAGES_LIMIT, OPENING, Draft, DraftId, text_of
from domain.cases.kinds import Kind
from domain.cases.messages import Attachment, Medium, Message, MessageId, Part
from domain.organisation.units import ChatId
from domain.people.person import PersonId

EMPTY = Draft(DraftId(1), PersonId(3001), Kind.COMPLAINT, datetime(2026, 11, 23, tzinfo=UTC))
TEXTS = st.one_of(st.text(max_size=20), st.sampled_from(["字" * 4096, "字" * 4095, "字" * 1999, "🏠" * 2048]))


def message(number: int, texts: list[str], files: int = 0) -> Message:
    parts = tuple(Part(ChatId(3001), MessageId(number * 10 + place), text) for place, text in enumerate(texts))
    return Message(ChatId(3001), parts, tuple(Attachment(Medium.PHOTO, f"{number}-{n}") for n in range(files)))


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=3), max_size=8))
def test_opening_and_length_are_those_of_the_whole_text(texts: list[list[str]]) -> None:
    draft, parts = EMPTY, list[Part]()
    for number, some in enumerate(texts):
        sent = message(number, some)
        draft, parts = draft.with_message(sent), [*parts, *sent.parts]

    whole = text_of(parts)
    assert (draft.opening, draft.characters) == (whole[:OPENING], len(whole))
    assert draft.retold(parts) == draft
    assert draft.has_words == bool(whole)


@given(st.lists(st.tuples(st.lists(TEXTS, min_size=1, max_size=10), st.integers(0, 10)), max_size=12))
def test_a_draft_never_grows_beyond_its_limits(sent: list[tuple[list[str], int]]) -> None:
    draft = EMPTY
    for number, (texts, files) in enumerate(sent):
        coming = message(number, texts, files)
        kept = draft.fitting(coming)
        grown = draft.with_message(kept)
        if draft.characters + len(coming.text) < CHARACTERS_LIMIT and draft.attachments + files <= FILES_LIMIT:
            assert kept == coming or draft.messages + len(texts) > MESSAGES_LIMIT
        draft = grown

        assert draft.characters <= CHARACTERS_LIMIT
        assert draft.messages <= MESSAGES_LIMIT
        assert draft.attachments <= FILES_LIMIT
