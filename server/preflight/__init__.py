"""What is looked at before the hall opens: facts in, one line each out, told by word and icon. It measures nothing
by itself but what `measuring` names, knows no workshop's rules, and never mends anything.
"""

from server.preflight.judging import Facts, Machine, judge, judge_machine, phone_line
from server.preflight.lines import Line, State, Told, kind_sentence, tell
from server.preflight.phones import Phones
from server.preflight.phones import Told as PhonesTold

__all__ = [
    "Facts", "Line", "Machine", "Phones", "PhonesTold", "State", "Told", "judge", "judge_machine", "kind_sentence",
    "phone_line", "tell",
]  # fmt: skip
