// The working notes of a discussion: what comes first, what is set aside, what goes to the plenary, the clocks. Kept on
// the server beside the record, one set a group, written by who is in control; drawn at once and put right by the answer.
import { call, now } from "../staff/api.js";

const EMPTY = { pinned: [], skipped: [], plenary: [], talk: null, box: null };

export const notesOf = (S, id) => ({ ...EMPTY, ...S.notes[id] });

// Seconds left of a clock, null where none is set.
export function leftOf(timer) {
  if (!timer) return null;
  return timer.left === null || timer.left === undefined ? timer.until - now() : timer.left;
}

const soon = (seconds) => Math.round(now() + seconds);
const toggled = (list, item) => (list.includes(item) ? list.filter((other) => other !== item) : [...list, item]);

// notes(S, {changed, toast}) → what buttons do, by name; each takes the pressed element's data.
export function notes(S, { changed, toast }) {
  async function keep(id, change) {
    const before = S.notes[id];
    S.notes = { ...S.notes, [id]: { ...notesOf(S, id), ...change } };
    changed();
    const told = await call("PUT", `/workshops/${S.frame.workshop}/desk/notes/${encodeURIComponent(id)}`, S.notes[id]);
    S.notes = told.ok ? told.notes : { ...S.notes, [id]: before };
    if (!told.ok) toast({ form: "refused", text: told.detail });
    changed();
  }

  function mark(list, against) {
    return ({ item, group = S.group }) => {
      const held = notesOf(S, group);
      keep(group, { [list]: toggled(held[list], item), ...(against ? { [against]: held[against].filter((other) => other !== item) } : {}) });
    };
  }

  function talk(change) {
    return (pressed) => keep(S.group, { talk: change(notesOf(S, S.group).talk, Number(pressed.minutes) * 60) });
  }

  return {
    notes: keep,
    pin: mark("pinned", "skipped"), skip: mark("skipped", "pinned"), "to-plenary": mark("plenary"),
    talk: talk((timer, seconds) => ({ until: soon(Math.max(0, leftOf(timer) || 0) + seconds), left: null })),
    "talk-pause": talk((timer) => ({ until: null, left: Math.max(0, Math.round(leftOf(timer))) })),
    "talk-resume": talk((timer) => ({ until: soon(leftOf(timer)), left: null })),
    "talk-end": talk(() => null),
    box: ({ item, minutes }) => {
      const { box } = notesOf(S, S.group), rest = box && box.item === item ? Math.max(0, box.until - now()) : 0;
      keep(S.group, { box: { item, until: soon(rest + Number(minutes) * 60) } });
    },
    "box-end": () => keep(S.group, { box: null }),
  };
}
