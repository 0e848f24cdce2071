"""Letters as rows: whatever a letter holds is read back from its columns and its JSON exactly as it was."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.letters.contents import Content, LetterId
from domain.letters.letter import Addressee, InPlaceOf, Letter, Priority, SoFar
from domain.organisation.units import Chat, ChatId, TopicId
from domain.people.accounts import AccountAddress, TelegramId, in_telegram
from domain.people.person import PersonId, UnitCode
from storage.letters import CONTENTS, from_row, to_row
from storage.schema import outbox

st.register_type_strategy(Mapping, lambda mapping: st.dictionaries(*map(st.from_type, get_args(mapping))))

ids = st.integers(1, 2**52)
chats = st.builds(Chat, ids.map(lambda chat: ChatId(-chat)), st.none() | ids.map(TopicId))
codes = st.from_regex(r"[A-Z0-9][A-Z0-9-]{0,30}", fullmatch=True).map(UnitCode)
addressees: st.SearchStrategy[Addressee] = st.one_of(
    ids.map(lambda person: Addressee(person=PersonId(person))),
    codes.map(lambda code: Addressee(unit=code)),
    chats.map(lambda chat: Addressee(chat=chat)),
    st.text(min_size=1).map(lambda query: Addressee(aside=query)),
)
contents: st.SearchStrategy[Content] = st.one_of(*map(st.from_type, get_args(Content)))
accounts: st.SearchStrategy[AccountAddress] = ids.map(lambda user: in_telegram(TelegramId(user)))
letters: st.SearchStrategy[Letter] = st.builds(
    Letter,
    addressees,
    contents,
    st.sampled_from(Priority),
    st.none() | ids,
    key=st.none() | st.text(),
    scheduled=st.booleans(),
    account=st.none() | accounts,
    in_place_of=st.none() | st.builds(InPlaceOf, codes, st.lists(addressees, max_size=3).map(tuple), st.booleans()),
    reply_to=st.none() | ids,
    edits=st.none() | ids,
    so_far=st.builds(SoFar, st.integers(0, 9), st.booleans(), st.booleans(), st.integers(0, 9)),
)


def read_back(letter: Letter) -> Letter:
    row = to_row(letter)
    kept = {**row, "details": json.loads(json.dumps(row["details"])), "id": 1, "stamp": 0}
    return replace(from_row(kept), id=None)


@given(letters)
def test_whatever_a_letter_holds_is_read_back_as_it_was(letter: Letter) -> None:
    assert read_back(letter) == letter


@pytest.mark.parametrize("kind", CONTENTS)
@given(data=st.data())
def test_every_kind_of_letter_is_read_back_as_it_was(kind: str, data: st.DataObject) -> None:
    content = data.draw(st.from_type(CONTENTS[kind]._type))
    letter = Letter(Addressee(unit=UnitCode("ZN-01")), content, Priority.NEWS, id=LetterId(1))

    read = read_back(letter).content
    assert (type(read), read) == (type(content), content)


def test_every_kind_of_letter_has_a_name_of_its_own_that_fits() -> None:
    assert len(CONTENTS) == len(get_args(Content))
    assert max(map(len, CONTENTS)) <= getattr(outbox.c.kind.type, "length", 0)
