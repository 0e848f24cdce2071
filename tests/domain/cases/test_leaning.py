"""What a resident's words lean to after a report that it is done, and whether they begin with something new."""

import pytest

from domain.cases.leaning import begins_anew, leans


@pytest.mark.parametrize(
    "words",
    ["没有解决，还在漏", "没修好", "谢谢，可是还是不亮", "又堵了", "依然漏水", "It is still leaking", "not fixed"],
)
def test_whoever_finds_it_unsolved_is_understood_whatever_thanks_stand_beside(words: str) -> None:
    assert leans(words) is False


@pytest.mark.parametrize("words", ["谢谢师傅", "修好了", "灯亮了", "辛苦了", "没问题了", "Thanks, it works"])
def test_whoever_finds_it_solved_is_understood(words: str) -> None:
    assert leans(words) is True


@pytest.mark.parametrize("words", ["是最里面那盏", "明天上午在家", ""])
def test_words_that_say_neither_lean_to_nothing(words: str) -> None:
    assert leans(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "另外，窗户也破了",
        "小区还有一件别的事",
        "还想要一盏灯，微心愿",
        "新的问题：",
        "你好，我想咨询医保",
        "Another thing: no water",
    ],
)
def test_whoever_says_that_it_is_another_matter_is_believed(words: str) -> None:
    assert begins_anew(words)


@pytest.mark.parametrize("words", ["还有一盏也不亮", "最里面那盏", "新的灯也坏了", "anotherness"])
def test_more_of_the_same_is_no_other_matter(words: str) -> None:
    assert not begins_anew(words)
