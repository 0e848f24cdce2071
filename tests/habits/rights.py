"""Who may do what as a table, made by asking the rights themselves; run as a module, it prints the table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from domain.cases.assignments import Because, Holder, Settling
from domain.cases.assists import called
from domain.cases.case import Case, State, reassign
from domain.cases.extensions import rules_on_extension
from domain.people.person import Actor, PersonId, UnitCode
from domain.record.history import EventId
from domain.rights.permissions import MAY, Rights
from domain.rights.rulings import Matter, Ruling
from tests.domain.ground import CHEN, LI, LIU, MONDAY_TEN, WANG, ZHOU, a_case, town, worker

AN, ZHAO, HE, WU = PersonId(2007), PersonId(2008), PersonId(1001), PersonId(2009)
TOWN = town()
ORG = town(
    ZN={"members": (*TOWN[UnitCode("ZN")].members, worker(AN, "安宁"))},
    ZN_01={"members": (*TOWN[UnitCode("ZN-01")].members, worker(ZHAO, "小赵"))},
    NB_01={"members": (worker(WU, "吴师傅"),)},
)
PEOPLE: Mapping[str, Actor] = {
    "resident": Actor(LI, "李秀英"),
    "owner": Actor(WANG, "王建国"),
    "member": Actor(ZHAO, "小赵"),
    "lead": Actor(CHEN, "陈静"),
    "first owner, elsewhere": Actor(LIU, "刘洋"),
    "member of a called unit": Actor(WU, "吴师傅"),
    "member above": Actor(AN, "安宁"),
    "lead above": Actor(ZHOU, "周主任"),
    "admin": Actor(HE, "何管理", is_admin=True),
}
"""Those who may have to do with a case of grid 1 that came from grid 2, by what they are to it."""
BESIDE: Mapping[str, Callable[[Rights, Actor, Case], bool]] = {
    "add, nudge": Rights.may_speak_for,
    "tell progress, take notes": Rights.may_speak,
    "say what it is about": Rights.may_recategorise,
    "split a second matter off it": Rights.may_split,
    "call other units": Rights.may_call,
    "accept what a unit was called to do": lambda rights, actor, case: rights.may_take_assist(actor, case.assisting[0]),
    "report that, or give it back": lambda rights, actor, case: rights.may_end_assist(actor, case.assisting[0]),
    "merge it": Rights.may_merge,
    "give it to another member": Rights.may_hand_over,
    "set or lift urgency": Rights.may_judge_urgency,
    "ask for a later deadline": Rights.may_extend,
    "rule on a later deadline": lambda rights, actor, case: rights.may_rule(actor, _asked(rights, case)),
    "open the file": Rights.may_view,
    "read telephone numbers": Rights.may_see_phone,
    "bind its unit to a group": lambda rights, actor, case: rights.may_bind(actor, case.unit),
}
"""What may be done about a case without moving it."""
SETTLED_BY = ("`accept`", "`escalate`", "`transfer`")
"""What is done to a case that is to be settled, for which other people have the right."""
CELLS = {(True, True): "✓", (True, False): "unowned", (False, True): "owned", (False, False): ""}


def _asked(rights: Rights, case: Case) -> Ruling:
    """Return what the owner has asked of those above."""
    unit = rules_on_extension(rights.org, case)
    return Ruling(Matter.EXTENSION, case.id, unit, WANG, rights.at, EventId(1), due_at=rights.at)


def render_rights() -> str:
    """Return the table: a row for each verb, a column for each part that somebody has in a case."""
    rows = [["", *PEOPLE], ["---", *(":-:" for _ in PEOPLE)], *_rows()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _rows() -> Iterator[list[str]]:
    cases = (_case(None), _case(Holder(WANG, "王建国")))
    for name, right in {**{f"`{verb}`": right for verb, right in MAY.items()}, **BESIDE}.items():
        cells = {part: CELLS[_answers(right, actor, cases)] for part, actor in PEOPLE.items()}
        cells["owner"] = CELLS[_answers(right, PEOPLE["owner"], (cases[1], cases[1]))]
        yield [name, *cells.values()]
        if name in SETTLED_BY:
            yield [f"{name}, to settle it", *(CELLS[_answers(right, actor, TO_SETTLE)] for actor in PEOPLE.values())]


def _answers(right: Callable[[Rights, Actor, Case], bool], actor: Actor, cases: tuple[Case, Case]) -> tuple[bool, bool]:
    rights = Rights(ORG, MONDAY_TEN)
    return right(rights, actor, cases[0]), right(rights, actor, cases[1])


def _case(owner: Holder | None) -> Case:
    """Return a case that grid 2 had first, that grid 1 has now, and beside which another unit was called."""
    state = State.ACCEPTED if owner else State.SUBMITTED
    came = a_case(state, unit=UnitCode("ZN-02"), owner=owner, first_owner=Holder(LIU, "刘洋"))
    case = reassign(came, UnitCode("ZN-01"), Because.TRANSFERRED, MONDAY_TEN)
    return called(case, [UnitCode("NB-01")], "换灯头", case.responsible.resolve, MONDAY_TEN)


def _to_settle() -> Case:
    case = _case(None)
    return replace(case, responsible=case.responsible.settled(Settling.BY_LEADS))


TO_SETTLE = (_to_settle(), _to_settle())


if __name__ == "__main__":
    print(render_rights())
