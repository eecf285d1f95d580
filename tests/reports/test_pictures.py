"""The geometry of the figures: lengths that are scores, one dot a person, angles that close. Witness: by hand."""

import re
from math import hypot

import pytest

from server.reports.strips import Ruler, bar, dots
from server.reports.wheel import CENTRE, HUB, REACH, Ray, Wedge, Wheel
from tests.reports.copies import Element, page, parse

FIVE = (1, 2, 3, 4, 5)


def wheel(*rays: Ray, categories: tuple[float, ...] = FIVE) -> Element:
    wedge = Wedge("1", "A goal", "A dimension", 1, rays)
    return parse(Wheel((wedge,), categories).svg("title", "text").encode())


def furthest(path: str) -> float:
    """Distance from the hub's centre to the outermost corner of a path."""
    corners = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)
    return max(hypot(float(x) - CENTRE[0], float(y) - CENTRE[1]) for x, y in corners)


@pytest.mark.parametrize("score", [1, 2.5, 5])
def test_a_ray_ends_at_its_score_and_the_lowest_has_length(score: float) -> None:
    drawn = wheel(Ray("agreed", 0, score, None, "")).one("w-ray")
    assert furthest(drawn.attributes["d"]) == pytest.approx(HUB + REACH * score / 5, abs=0.02)
    assert furthest(drawn.attributes["d"]) > HUB


def test_zero_is_a_score_and_has_length() -> None:
    drawn = wheel(Ray("agreed", 0, 0, None, ""), categories=(0, 1, 2, 3)).one("w-ray")
    assert furthest(drawn.attributes["d"]) == pytest.approx(HUB + REACH / 4, abs=0.02)


def test_a_span_reaches_from_its_lowest_to_its_highest_and_is_hatched() -> None:
    drawn = wheel(Ray("open", 2, 4, 3.0, "")).one("w-open")
    assert drawn.attributes["fill"] == "url(#hatch)"
    assert furthest(drawn.attributes["d"]) == pytest.approx(HUB + REACH * 4 / 5, abs=0.02)


def test_the_wheel_has_a_ray_an_indicator_an_arc_an_interview_and_no_number_in_the_middle() -> None:
    root = page("day", "id").one("wheel")
    kinds = {kind: len(root.all(kind)) for kind in ("w-ray", "w-decided", "w-open", "w-withheld", "w-interview")}
    assert kinds == {"w-ray": 37, "w-decided": 1, "w-open": 10, "w-withheld": 4, "w-interview": 52}
    assert sum(kinds.values()) - 52 == 52 and len(root.all("w-goal")) == 12
    places = [float(t.attributes["y"]) for t in root.all("w-ringname")]
    assert [t.text for t in root.all("w-ringname")] == ["1", "2", "3", "4", "5"]
    assert all(CENTRE[1] - y > HUB for y in places)


def test_names_stand_in_full_beside_the_wheel() -> None:
    names = [" ".join(t.text.split()) for t in page("day", "en").one("wheel").all("w-name")]
    assert names[4] == "5 Comprehensive security and rule of law" and len(names) == 12


def test_an_item_that_was_not_scored_is_grey_where_its_votes_are_not_opened_too() -> None:
    counts = [len(page("day", "en", opened).one("wheel").all("w-withheld")) for opened in ("full", "public")]
    assert counts == [4, 4]


def test_each_ray_says_its_item_and_its_ending_in_words() -> None:
    root = page("story", "en").one("wheel")
    said = [e.children[0] for kind in ("w-ray", "w-decided", "w-open", "w-withheld") for e in root.all(kind)]
    titles = sorted("".join(map(str, e.children)) for e in said if isinstance(e, Element))
    assert titles == [
        "a1 Indicator a1: agreed 4", "a2 Indicator a2: agreed with reservation 3", "a3 Indicator a3: not agreed 1–5",
        "a4 Indicator a4: decided by the chair 3", "a5 Indicator a5: not agreed 2–4",
        "b1 Indicator b1: not confirmed 2", "b2 Indicator b2: not scored", "b3 =Floods, and more: not scored",
    ]  # fmt: skip


def test_too_many_indicators_are_not_drawn() -> None:
    ray = Ray("grey", 0, 0, None, "")
    assert Wheel((Wedge("1", "", "", 1, (ray,) * 160),), FIVE).drawable
    assert not Wheel((Wedge("1", "", "", 1, (ray,) * 161),), FIVE).drawable


@pytest.mark.parametrize("counts", [(0, 0, 7, 0, 0), (1, 0, 8, 3, 0), (0, 15, 21, 4, 0)])
def test_a_dot_stands_for_a_person_and_none_lies_upon_another(counts: tuple[int, ...]) -> None:
    drawn = parse(dots(counts, FIVE, median=3, q1=3, q3=3, text="").encode())
    circles = drawn.all("f-dot", "circle")
    places = [(float(c.attributes["cx"]), float(c.attributes["cy"])) for c in circles]
    assert len(circles) == len(set(places)) == sum(counts)
    apart = min(hypot(a[0] - b[0], a[1] - b[1]) for a in places for b in places if a != b)
    assert apart >= 2 * float(circles[0].attributes["r"])


def test_more_people_than_dots_can_show_are_columns_to_scale() -> None:
    drawn = parse(dots((0, 11, 22, 44, 0), FIVE, median=4, q1=3, q3=4, text="").encode())
    heights = [float(r.attributes["height"]) for r in drawn.all("f-dot", "rect")]
    assert [round(h / heights[2], 2) for h in heights] == [0.25, 0.5, 1.0]
    assert [t.text for t in drawn.all("f-count")] == ["11", "22", "44"]


def test_a_bar_without_a_single_value_is_hatched_and_a_withheld_one_is_grey() -> None:
    ruler = Ruler(1, 5, 232)

    def classes(low: float | None, high: float | None, single: bool) -> list[str]:
        drawn = bar(ruler, FIVE, low=low, high=high, single=single, interview=None, metric=None, text="")
        return [e.classes[0] for e in parse(drawn.encode()).all(tag="rect")]

    assert classes(3, 3, True) == ["w-ray"]
    assert classes(3, 3, False) == ["w-ray", "w-hatch-ground", "w-open"]
    assert classes(None, None, False) == ["w-withheld"]
