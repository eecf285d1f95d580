"""What a route says about itself for the API page: what it takes, gives and may refuse. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

JSON = "application/json"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class About:
    """`takes` and `gives` are message types, or None; `media` is what it gives; `refuses` lists codes of its own."""

    takes: Any = None
    gives: Any = None
    status: int = 200
    media: str = JSON
    query: tuple[tuple[str, str], ...] = ()
    upload: bool = False
    refuses: tuple[str, ...] = ()


def about(**told: Any) -> Callable[[F], F]:
    """Describe a view; its docstring's first sentence is the summary."""

    def mark(view: F) -> F:
        view.about = About(**told)  # type: ignore[attr-defined]  # functions carry what routes must say about themselves
        return view

    return mark


def staff_door(view: F) -> F:
    """A view by which staff come in: answered on this machine alone until the operator opens it to others."""
    view.staff_door = True  # type: ignore[attr-defined]  # as above
    return view
