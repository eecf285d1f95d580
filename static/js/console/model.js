// Readings of the workshop as the server told it: what is pending, how items stand, what comes next. It derives, and
// decides nothing: whether something may happen is the server's to say.
import { now } from "../staff/api.js";

// What the console knows. `rounds`: figures by group and round; `notes`, `shows`, `displays`: what staff keep beside the
// record; `ui`: what this screen alone is doing.
export function begin(frame) {
  return {
    frame, state: null, progress: {}, connected: [], rounds: {}, expert: {}, weighed: {}, profile: null, link: "waking", linkSaid: "",
    notes: {}, shows: {}, displays: {}, people: null, group: null, item: null,
    ui: { asking: null, files: {}, minutes: {}, baseline: true, reasons: false, busy: false, fault: null },
  };
}

export const groupOf = (S, id = S.group) => S.state.groups.find((group) => group.id === id);
export const about = (S, id) => S.frame.groups.find((group) => group.id === id);
export const nodeOf = (S, id) => S.frame.nodes[id];
export const roundOf = (group) => group.rounds.find((round) => round.number === group.round) || null;
export const standing = (group) => group.rounds.filter((round) => !round.voided);
export const nth = (group) => standing(group).length;
export const plenaryOf = (S) => S.state.groups.find((group) => group.kind === "plenary") || null;
export const homeOf = (S, item) => S.state.groups.find((group) => group.kind !== "plenary" && group.items.includes(item));

// Seats of a group with their stage: open, joined, started, done, absent. Revoked seats are gone.
export function seatsOf(S, group) {
  const told = (S.progress[group.id] || {}).seats || {};
  const every = group.kind === "plenary";
  return S.state.seats.filter((seat) => (every || seat.group === group.id) && seat.status !== "revoked").map((seat) => {
    const stage = { joined: "joined", started: "started", finished: "done" }[told[seat.seat]];
    return { number: seat.seat, stage: stage || (seat.status === "issued" ? "open" : seat.status === "absent" ? "absent" : "joined") };
  });
}

// Paper ballots of the open round that a second officer has not confirmed yet.
export const unconfirmed = (S, group) => (["open", "paused"].includes(group.phase) && (S.progress[group.id] || {}).unconfirmed) || 0;

// The latest figures of each item in rounds that stand: item → {...figures, round}.
export function latest(S, group) {
  const found = new Map();
  for (const round of standing(group)) {
    const told = (S.rounds[group.id] || {})[round.number];
    for (const figures of told ? told.items : []) found.set(figures.item, { ...figures, round: round.number });
  }
  return found;
}

// Every counted vote of an item, oldest first.
export function votesOf(S, group, item) {
  return standing(group).flatMap((round) => {
    const told = (S.rounds[group.id] || {})[round.number];
    const figures = told && told.items.find((other) => other.item === item);
    return figures && !figures.withheld && figures.median !== null ? [{ ...figures, round: round.number }] : [];
  });
}

// What a next round would open by itself: everything twice, then what is neither agreed nor decided nor out of votes.
export function pending(S, group) {
  if (nth(group) <= 1) return group.items.filter((item) => !(item in group.decided));
  const shown = latest(S, group), cap = S.state.rule.cap;
  return group.items.filter((item) => {
    const figures = shown.get(item);
    if (item in group.decided) return false;
    if (!figures) return true;
    const votes = votesOf(S, group, item).filter((vote) => vote.outcome !== "insufficient").length;
    return figures.outcome !== "consensus" && votes < cap;
  });
}

export const share = (figures) => (figures.n ? 1 - figures.in_pair / figures.n : 0);
export const gapOf = (figures) => Math.max(0, ...Object.values(figures.gap || {}).map((gap) => Math.abs(Number(gap.difference) || 0)));

// Whether an item still needs talk: not agreed in any way, and not decided by the chair.
const needsTalk = (group) => ({ item, outcome }) => !["consensus", "provisional"].includes(outcome) && !(item in group.decided);

// What to talk about: what is pinned, then widest first by spread, share outside the pair, reasons given and distance to
// the earlier survey; what is set aside comes last.
export function queue(S, group) {
  const { pinned = [], skipped = [] } = S.notes[group.id] || {};
  const place = ({ item }) => (pinned.includes(item) ? pinned.indexOf(item) - pinned.length : skipped.includes(item) ? 1 : 0);
  const order = (figures) => [Number(figures.iqr) || 0, share(figures), (figures.reasons || []).length, gapOf(figures)];
  return [...latest(S, group).values()].filter(needsTalk(group)).sort((a, b) => {
    if (place(a) !== place(b)) return place(a) - place(b);
    if (a.withheld !== b.withheld) return a.withheld ? 1 : -1;
    const [x, y] = [order(a), order(b)];
    const at = x.findIndex((value, place) => value !== y[place]);
    return at < 0 ? group.items.indexOf(a.item) - group.items.indexOf(b.item) : y[at] - x[at];
  });
}

// Items of a group whose latest outcome is this one, in the group's order; what the chair decided is apart.
export function ended(S, group, outcome) {
  const shown = latest(S, group);
  return group.items.filter((item) => shown.has(item) && shown.get(item).outcome === outcome && !(item in group.decided));
}

export const agreed = (S, group) => ended(S, group, "consensus");
export const decided = (group) => group.items.filter((item) => item in group.decided);

// Differences with the earlier survey, widest first.
export function gaps(S, group, stream = "interview") {
  const shown = latest(S, group);
  return [...shown.values()].filter((figures) => figures.gap && figures.gap[stream] && figures.gap[stream].difference !== null)
    .map((figures) => ({ figures, gap: figures.gap[stream], before: figures.baseline && figures.baseline[stream],
      why: group.explained.find((why) => why.item === figures.item && why.stream === stream) || null }))
    .sort((a, b) => Math.abs(b.gap.difference) - Math.abs(a.gap.difference));
}

// An item beside the earlier survey, as the dumbbell takes it.
export function pointOf(S, figures) {
  const before = (stream) => (figures.baseline && figures.baseline[stream] ? figures.baseline[stream].score : null);
  return { item: figures.item, name: nodeOf(S, figures.item).name, value: figures.median, q1: figures.q1, q3: figures.q3, withheld: figures.withheld,
    interview: before("interview"), metric: before("metric") };
}

// Two camps as brackets over the lowest and highest scores.
export function camps(figures, scale) {
  if (!figures.counts || !figures.flags.includes("two_camps")) return null;
  const k = figures.counts.length, tail = Math.max(1, Math.floor(0.4 * k));
  const sum = (from, to) => figures.counts.slice(from, to).reduce((a, b) => a + b, 0);
  return [
    { from: scale[0].value, to: scale[tail - 1].value, count: sum(0, tail) },
    { from: scale[k - tail].value, to: scale[k - 1].value, count: sum(k - tail, k) },
  ];
}

// Seconds left of the round at hand, null without a deadline; while paused the clock stands.
export function left(group) {
  const round = roundOf(group);
  if (!round || round.deadline === null || !["open", "paused"].includes(group.phase)) return null;
  const at = group.phase === "paused" && round.paused_at ? round.paused_at : now();
  return round.deadline - at;
}

export const UNDO_SHOWN = 60; // seconds of undo that are worth counting down

// Seconds until a closed round shows itself to the facilitator.
export function undoLeft(S, group) {
  const round = roundOf(group);
  return round && round.closed_at !== null ? Math.max(0, round.closed_at + S.state.settings.disclose_after - now()) : 0;
}

// Whether this person runs the group, and whether they must take control of it first.
export function mine(S, group) {
  const { role, groups, by } = S.frame.me;
  const may = role === "organiser" || (role === "facilitator" && (groups === null || groups.includes(group.id)));
  return { may, lease: may && role === "facilitator" && group.lease !== by };
}

export function holder(S, group) {
  return group.lease === null ? null : S.frame.staff[group.lease] || group.lease;
}
