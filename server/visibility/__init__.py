"""Who may see what, and when: every door asks here, and what no line here lists leaves for nobody.

Owns the choice, field by field, from the state to the shapes of `server.workshop.views`. It reads no database,
checks no pass (the doors know who asks) and words no refusal but "not yet".
"""

from server.visibility.ballots import ballot, channel_number, votes_in
from server.visibility.changes import ballot_changes, ballots_number, hall_changes, hall_number, staff_changes
from server.visibility.door import at_door, groups_at_door
from server.visibility.frame import frame
from server.visibility.hall import hall, hall_progress
from server.visibility.papers import paper_desk, paper_print, paper_sheet
from server.visibility.present import who_is_here
from server.visibility.profile import certainty_for_staff, profile_view
from server.visibility.rounds import expert_for_staff, measures_for_staff, round_for_seats, round_for_staff
from server.visibility.staff import staff_state
from server.visibility.trail import entries_for, own_ballot

__all__ = [
    "at_door",
    "ballot",
    "ballot_changes",
    "ballots_number",
    "certainty_for_staff",
    "channel_number",
    "entries_for",
    "expert_for_staff",
    "frame",
    "groups_at_door",
    "hall",
    "hall_changes",
    "hall_number",
    "hall_progress",
    "measures_for_staff",
    "own_ballot",
    "paper_desk",
    "paper_print",
    "paper_sheet",
    "profile_view",
    "round_for_seats",
    "round_for_staff",
    "staff_changes",
    "staff_state",
    "votes_in",
    "who_is_here",
]
