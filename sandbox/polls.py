"""Polls: their options, who voted for what, and how they close."""

from dataclasses import dataclass, field

from sandbox.entities import Words
from sandbox.jsons import Json
from sandbox.users import User


@dataclass(eq=False)
class Option:
    """One answer, and everybody who chose it."""

    words: Words
    persistent_id: str
    voters: list[User] = field(default_factory=list)

    def card(self) -> Json:
        """Return the PollOption object."""
        counted = {"persistent_id": self.persistent_id, "voter_count": len(self.voters)}
        return counted | self.words.fields("text", "text_entities")


@dataclass(eq=False, kw_only=True)
class Poll:
    """A question with options; the same object wherever its message is forwarded."""

    id: str
    question: Words
    options: list[Option]
    anonymous: bool = True
    multiple: bool = False
    revoting: bool = True
    correct: list[int] = field(default_factory=list)
    quiz: bool = False
    closed: bool = False
    kind: str = "poll"

    def vote(self, voter: User, chosen: list[int]) -> None:
        """Replace what somebody chose; nothing chosen takes the vote back."""
        for index, option in enumerate(self.options):
            option.voters = [user for user in option.voters if user is not voter]
            if index in chosen:
                option.voters.append(voter)

    def chosen_by(self, voter: User) -> list[int]:
        """Return the numbers of the options that somebody chose."""
        return [index for index, option in enumerate(self.options) if voter in option.voters]

    def card(self) -> Json:
        """Return the Poll object."""
        card: Json = {
            "id": self.id,
            "options": [option.card() for option in self.options],
            "total_voter_count": len({voter.id for option in self.options for voter in option.voters}),
            "is_closed": self.closed,
            "is_anonymous": self.anonymous,
            "type": "quiz" if self.quiz else "regular",
            "allows_multiple_answers": self.multiple,
            "allows_revoting": self.revoting,
            "members_only": False,
        }
        if self.quiz:
            card["correct_option_ids"] = self.correct
        return card | self.question.fields("question", "question_entities")

    def answer_card(self, voter: User) -> Json:
        """Return the PollAnswer object of one voter."""
        chosen = self.chosen_by(voter)
        return {
            "poll_id": self.id,
            "user": voter.card(),
            "option_ids": chosen,
            "option_persistent_ids": [self.options[index].persistent_id for index in chosen],
        }

    def fields(self, _bot_id: int, /) -> Json:
        """Return the poll."""
        return {"poll": self.card()}
