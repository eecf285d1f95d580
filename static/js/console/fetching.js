// What the console fetches beside what it is told: figures of earlier rounds, what experts ask, who sits where, names of
// staff, the profile. Each only when what it rests on has changed.
import { standing } from "./model.js";
import { call } from "../staff/api.js";

// fetching(S, {changed, learned}) → {rounds, expert, people, names, profile}; `learned` hears that names have come.
export function fetching(S, { changed, learned }) {
  const here = `/workshops/${S.frame.workshop}`;

  // Figures of rounds that the snapshot does not carry: earlier ones, and all of them where the channel is out.
  async function rounds() {
    for (const group of S.state.groups) {
      for (const round of standing(group)) {
        const known = (S.rounds[group.id] = S.rounds[group.id] || {});
        const carried = S.link === "live" && round.number === group.round;
        if (!round.disclosed || carried || (known[round.number] && known[round.number].version === group.version)) continue;
        const told = await call("GET", `${here}/rounds/${group.id}/${round.number}`);
        if (told.ok) known[round.number] = { ...told, version: group.version };
        changed();
      }
    }
  }

  // What experts ask of a group, asked anew when its rounds have changed.
  async function expert() {
    for (const group of S.state.groups) {
      const key = JSON.stringify(group.rounds.map(({ number, disclosed, revealed, voided }) => [number, disclosed, revealed, voided]));
      if (!standing(group).some((round) => round.disclosed) || (S.expert[group.id] || {}).key === key) continue;
      S.expert[group.id] = { ...S.expert[group.id], key };
      const told = await call("GET", `${here}/groups/${group.id}/expert`);
      S.expert[group.id] = told.ok ? { ...told, key } : { key: told.status ? key : null };
      changed();
    }
  }

  // Who sits where, asked anew when somebody has come or gone.
  async function people() {
    const key = JSON.stringify(S.state.seats.map(({ group, status }) => [group, status]));
    if (S.seated === key) return;
    S.seated = key;
    const told = await call("GET", `${here}/people`);
    if (told.ok) S.people = told.list;
    changed();
  }

  // Who is in control may have come after this page was drawn.
  async function names() {
    const unknown = S.state.groups.map((group) => group.lease).filter((by) => by && !(by in S.frame.staff));
    if (!unknown.length) return;
    for (const by of unknown) S.frame.staff[by] = by;
    const told = await fetch(`/console/${S.frame.workshop}/staff`).then((answer) => (answer.ok ? answer.json() : {}));
    Object.assign(S.frame.staff, told);
    learned();
    changed();
  }

  // The profile and the newest head: every entry after the freeze has one of its own.
  async function profile(version) {
    S.final = version;
    const [found, note] = await Promise.all([call("GET", `${here}/profile`), fetch(`/api/v1${here}/checkpoint`).then((told) => told.text())]);
    if (found.ok) [S.profile, S.head] = [found, note];
    changed();
  }

  return { rounds, expert, people, names, profile };
}
