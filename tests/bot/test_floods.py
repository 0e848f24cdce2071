"""Floods: digests name every card that waits, at most eighty each, urgent ones apart, and grow only now and then."""

from hypothesis import given
from hypothesis import strategies as st

from bot.floods import CROWD, DIGEST_SIZE, GROWS_EVERY, Floods, Naming
from domain.cases.case import CaseId
from domain.letters.contents import CaseCard, LetterId
from domain.letters.letter import Letter, Priority, to_unit
from domain.organisation.units import Chat, ChatId, TopicId
from domain.people.person import UnitCode

GROUP = Chat(ChatId(-1001))
TOPICS = [Chat(ChatId(-1002), TopicId(n)) for n in (1, 2, 3)]


def cards(
    count: int, chat: Chat = GROUP, start: int = 1, priority: Priority = Priority.NEW
) -> list[tuple[Chat, Letter]]:
    to = to_unit(UnitCode(f"U{chat.topic}"))
    numbers = range(start, start + count)
    return [(chat, Letter(to, CaseCard(), priority, CaseId(n), id=LetterId(n))) for n in numbers]


def named(plans: list[Naming]) -> list[int]:
    return [card.id or 0 for plan in plans for card in plan.cards]


@given(st.lists(st.integers(0, 200), min_size=1, max_size=8))
def test_every_card_is_named_once_and_no_digest_grows_too_large(arrivals: list[int]) -> None:
    floods, now, count = Floods(), 0.0, 0
    plans: list[Naming] = []
    for arrived in [CROWD, *arrivals]:
        plans += floods.plan(cards(arrived, start=count + 1), now)
        count, now = count + arrived, now + GROWS_EVERY

    assert named(plans) == list(range(1, count + 1))
    sizes = {plan.digest: sum(len(p.cards) for p in plans if p.digest == plan.digest) for plan in plans}
    assert max(sizes.values()) <= DIGEST_SIZE
    assert len(sizes) <= count // DIGEST_SIZE + 1


def test_a_few_cards_need_no_digest() -> None:
    assert Floods().plan(cards(CROWD - 1), 0) == []


def test_a_digest_that_was_shown_gathers_for_a_while_before_it_grows() -> None:
    floods = Floods()
    floods.plan(cards(CROWD), 0)

    assert floods.plan(cards(1, start=10), GROWS_EVERY - 1) == []
    (grown,) = floods.plan(cards(2, start=10), GROWS_EVERY)
    assert (grown.digest, grown.letter.key) == (1, "digest:1")


def test_after_a_flood_a_single_card_is_no_flood() -> None:
    floods = Floods()
    floods.plan(cards(CROWD), 0)
    floods.forget([LetterId(1)])

    assert floods.plan(cards(1, start=10), 100) == []


def test_urgent_ones_are_named_apart() -> None:
    plans = Floods().plan([*cards(4), *cards(4, start=5, priority=Priority.URGENT)], 0)

    assert [(plan.is_urgent, len(plan.cards), plan.letter.priority) for plan in plans] == [
        (False, 4, Priority.NEW),
        (True, 4, Priority.URGENT),
    ]


def test_topics_share_the_limit_of_their_group_and_each_reads_its_own() -> None:
    arrived = [card for n, topic in enumerate(TOPICS) for card in cards(3 - n, topic, 10 * n + 1)]
    plans = Floods().plan(arrived, 0)

    assert [[card.id for card in plan.cards] for plan in plans] == [[1, 2, 3], [11, 12]]


def test_units_that_share_a_chat_share_its_digest() -> None:
    other = to_unit(UnitCode("ZN-02"))
    theirs = [
        (chat, Letter(other, CaseCard(), Priority.NEW, card.case, id=card.id)) for chat, card in cards(3, start=4)
    ]
    (plan,) = Floods().plan([*cards(3), *theirs], 0)

    assert [card.id for card in plan.cards] == [1, 2, 3, 4, 5, 6]
