"""Addressees: what is written into the outbox is read back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from domain.letters.letter import Addressee
from domain.organisation.units import Chat, ChatId, TopicId
from domain.people.person import PersonId, UnitCode

ids = st.integers(1, 2**52)
chats = st.builds(Chat, ids.map(lambda chat: ChatId(-chat)), st.none() | ids.map(TopicId))
addressees = st.one_of(
    ids.map(lambda person: Addressee(person=PersonId(person))),
    st.from_regex(r"[A-Z0-9][A-Z0-9-]{0,30}", fullmatch=True).map(lambda code: Addressee(unit=UnitCode(code))),
    chats.map(lambda chat: Addressee(chat=chat)),
    st.text(min_size=1).map(lambda sign: Addressee(aside=sign)),
)


@given(addressees)
def test_an_addressee_is_read_back_as_it_was_written(to: Addressee) -> None:
    assert Addressee.parse(str(to)) == to


@given(addressees, addressees)
def test_two_addressees_are_never_written_alike(one: Addressee, other: Addressee) -> None:
    assert (str(one) == str(other)) is (one == other)
