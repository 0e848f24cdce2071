"""The life of a case as a drawing, made from the table of moves; run as a module, it prints the drawing."""

from collections.abc import Iterator

from domain.cases.case import MOVES, OPEN, State


def render_moves() -> str:
    """Return all moves as a Mermaid diagram; verbs between the same two states share an arrow."""
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _arrows())])


def _arrows() -> Iterator[str]:
    yield f"[*] --> {State.SUBMITTED}: raise"
    for source in State:
        for target in State:
            verbs = [verb for verb, move in MOVES.items() if source in move.sources and target is move.target]
            if verbs:
                yield f"{source} --> {target}: {', '.join(verbs)}"
    yield from (f"{state} --> [*]" for state in State if state not in OPEN)


if __name__ == "__main__":
    print(render_moves())
