import re
from pathlib import Path

from sandbox.methods import METHODS
from sandbox.page.verbs import VERBS

TESTS = Path(__file__).parent
README = TESTS.parents[1] / "sandbox" / "README.md"
ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \| ((?:`\w+`,? ?)+) \|$", re.MULTILINE)


def test_the_table_names_every_method_and_where_it_is_tested() -> None:
    rows = dict(ROW.findall(README.read_text("utf-8")))
    assert set(rows) == {method.name for method in METHODS.values()}
    for method, modules in rows.items():
        for module in re.findall(r"`(\w+)`", modules):
            assert f'"{method}"' in (TESTS / f"{module}.py").read_text("utf-8"), f"{method} is not in {module}"


def test_the_table_of_verbs_names_every_verb() -> None:
    section = README.read_text("utf-8").partition("| verb | takes |")[2].partition("\n\n")[0]
    named = {
        verb for row in section.splitlines() for verb in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")
    }

    assert named == set(VERBS)
