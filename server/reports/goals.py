"""The profile for reading: goals in the framework's order, every stream apart, and the wheel. Never one overall number.

A goal here is a node between the top of the tree and its leaves; in a flat tree the top itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from consensus import band
from server.reports.account import Account
from server.reports.numerals import Numerals
from server.reports.shown import Profile, ending_of, vote_of
from server.reports.strips import Ruler, bar, scale_head
from server.reports.vocabulary import ENDINGS, OUTCOMES, STREAMS
from server.reports.wheel import Kind, Ray, Wedge, Wheel
from server.reports.words import Words
from server.workshop.contents import NodeFigures
from server.workshop.measured import coverage
from server.workshop.state import State

BAR_WIDTH = 232.0
_numbered = re.compile(r"[A-Za-z]*0*([1-9][0-9]*)", re.ASCII)


@dataclass(frozen=True)
class StreamCell:
    """One goal in one stream: its value or span, and how much of what was asked is answered (surveys only)."""

    text: str
    withheld: bool
    covered: str | None


@dataclass(frozen=True)
class Goal:
    label: str
    name: str
    dimension: str
    dim: int
    first: bool
    value: str
    withheld: bool
    band: str
    agreed: int | None
    of: int | None
    bar: Markup
    streams: tuple[StreamCell, ...]


@dataclass(frozen=True)
class Share:
    """How much one stream of the earlier survey covers."""

    stream: str
    answered: int
    asked: int
    text: str


@dataclass(frozen=True)
class ProfilePage:
    """`wheel` is None where there are too many indicators to draw; `goals` is empty where no profile is at hand.

    `headed`: the table itself must name the dimensions, since the wheel does not.
    """

    goals: tuple[Goal, ...]
    streams: tuple[str, ...]
    wheel: Markup | None
    headed: bool
    shares: tuple[Share, ...]
    ruler: Markup
    legend: frozenset[str]


class _Reader:
    """What every row needs: the account, the profile and the reader's language."""

    def __init__(self, account: Account, words: Words, numerals: Numerals) -> None:
        self.state, self.words, self.numerals = account.state, words, numerals
        self.profile = Profile(account)
        self.tree = account.state.tree
        self.categories = self.tree.scale.categories
        self.covered = coverage(account.state)
        self.group_of = {
            item: group for group in account.state.groups.values() if group.kind == "dimension" for item in group.items
        }
        self.ruler = Ruler(self.categories[0], self.categories[-1], BAR_WIDTH)

    def name(self, node: str) -> str:
        return self.words.named(self.tree.node(node).name, node)


def profile_page(account: Account, words: Words, numerals: Numerals) -> ProfilePage:
    """Everything the profile's pages print."""
    read = _Reader(account, words, numerals)
    if not read.profile.known:
        return ProfilePage((), (), None, True, _shares(read), Markup(""), frozenset())
    placed = _placed(account.state)
    numbers = labels([goal for _, _, goal in placed])
    wedges = tuple(
        Wedge(numbers[goal], read.name(goal), read.name(top), dim,
              tuple(_ray(read, leaf) for leaf in read.tree.leaves_under(goal)))
        for top, dim, goal in placed
    )  # fmt: skip
    wheel = Wheel(wedges, read.categories)
    tops = [top for top, _, _ in placed]
    goals = tuple(
        _goal(read, numbers[goal], top, dim, goal, first=place == 0 or tops[place - 1] != top)
        for place, (top, dim, goal) in enumerate(placed)
    )
    return ProfilePage(
        goals, tuple(words.say(STREAMS[stream]) for stream in read.profile.streams),
        wheel.svg(
            words.say("The resilience wheel: {goals} goals, {items} indicators", goals=len(goals),
                      items=len(read.tree.leaves)),
            words.say("The table below holds the same figures."),
        ) if wheel.drawable else None,
        not (wheel.drawable and wheel.cornered), _shares(read),
        scale_head(read.ruler, read.categories, [numerals.score(category) for category in read.categories]),
        frozenset(ray.kind for wedge in wedges for ray in wedge.rays),
    )  # fmt: skip


def dims(state: State) -> dict[str, int]:
    """The number of each top node's colour and shape, 1 to 4, over and over."""
    return {top: place % 4 + 1 for place, top in enumerate(state.tree.top)}


def _placed(state: State) -> list[tuple[str, int, str]]:
    """Top node, its colour and goal, in the framework's order."""
    tree, placed = state.tree, []
    for top, dim in dims(state).items():
        inner = [child for child in tree.children(top) if tree.children(child)]
        covered = {leaf for goal in inner for leaf in tree.leaves_under(goal)}
        goals = inner if inner and covered == set(tree.leaves_under(top)) else [top]
        placed += [(top, dim, goal) for goal in goals]
    return placed


def labels(goals: list[str]) -> dict[str, str]:
    """Short numbers of the goals: those of their ids (`G7` is 7) where these tell them apart, else the ids."""
    numbers = [found[1] if (found := _numbered.fullmatch(goal)) else goal for goal in goals]
    return dict(zip(goals, numbers if len(set(numbers)) == len(goals) else goals, strict=True))


def _ray(read: _Reader, leaf: str) -> Ray:
    agreed, interview = read.profile.node(leaf, "agreed"), read.profile.node(leaf, "interview")
    score = None if interview is None or interview.value is None else float(interview.value)
    say, numerals = read.words.say, read.numerals
    told = f"{leaf} {read.name(leaf)}: "
    group = read.group_of.get(leaf)
    ending = ending_of(read.state, group, leaf) if group is not None else None
    never = group is None or vote_of(read.state, group, leaf).status in ("never", "insufficient")
    never = never or (ending is not None and ending.ending == "not_rated")
    if agreed is None or (agreed.value is not None and ending is None):
        return Ray("grey", 0, 0, score, told + say("withheld"))  # a value whose ending is not opened is nobody's yet
    if agreed.value is not None and ending is not None:
        kind: Kind = "decided" if ending.ending == "decided" else "agreed"
        text = f"{told}{say(ENDINGS[ending.ending])} {numerals.score(agreed.value)}"
        return Ray(kind, 0, float(agreed.value), score, text)
    if never or agreed.low is None or agreed.high is None:
        return Ray("grey", 0, 0, score, told + say(ENDINGS["not_rated"]))
    word = say(OUTCOMES["open"] if ending is None else ENDINGS[ending.ending])
    text = f"{told}{word} {numerals.half(agreed.low, agreed.high)}"
    return Ray("open", float(agreed.low), float(agreed.high), score, text)


def _goal(read: _Reader, label: str, top: str, dim: int, goal: str, *, first: bool) -> Goal:
    agreed = read.profile.node(goal, "agreed")
    value = _text(read, agreed)
    ends = (None, None) if agreed is None else (agreed.value or agreed.low, agreed.value or agreed.high)
    surveys = {stream: read.profile.node(goal, stream) for stream in ("interview", "metric")}
    drawn = bar(
        read.ruler, read.categories, low=_number(ends[0]), high=_number(ends[1]),
        single=agreed is not None and agreed.value is not None,
        interview=_number(surveys["interview"].value if surveys["interview"] else None),
        metric=_number(surveys["metric"].value if surveys["metric"] else None),
        text=f"{read.name(goal)}: {value}",
    )  # fmt: skip
    return Goal(
        label, read.name(goal), read.name(top), dim, first, value, agreed is None, _band(read, agreed),
        None if agreed is None else agreed.agreed, None if agreed is None else agreed.of, drawn,
        tuple(_cell(read, goal, stream) for stream in read.profile.streams),
    )  # fmt: skip


def _number(value: str | None) -> float | None:
    return None if value is None else float(value)


def _text(read: _Reader, node: NodeFigures | None) -> str:
    if node is None:
        return read.words.say("withheld")
    if node.value is None and node.low is not None:
        return read.numerals.span(node.low, node.high)
    return read.numerals.fixed(node.value)


def _band(read: _Reader, node: NodeFigures | None) -> str:
    """The band of a goal; both where the span reaches from one into another."""
    if node is None:
        return ""
    ends = [node.value] if node.value is not None else [node.low, node.high]
    found = [band(read.tree, end) for end in ends if end is not None]
    return "–".join(dict.fromkeys(read.words.named(each.name, each.key).lower() for each in found if each is not None))


def _cell(read: _Reader, goal: str, stream: str) -> StreamCell:
    node = read.profile.node(goal, stream)
    share = read.covered.get(stream, {}).get(goal)
    return StreamCell(_text(read, node), node is None, None if share is None else f"{share[0]}/{share[1]}")


def _shares(read: _Reader) -> tuple[Share, ...]:
    told = []
    for stream, by_node in read.covered.items():
        answered = sum(by_node[top][0] for top in read.tree.top)
        asked = sum(by_node[top][1] for top in read.tree.top)
        told.append(Share(read.words.say(STREAMS[stream]), answered, asked, read.numerals.share(answered, asked)))
    return tuple(told)
