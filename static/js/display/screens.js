// Which screens a display has to show, in their order, and which of them comes first when something has happened: of all
// groups, or of the one it stands for. Draws none of them.
import { alone } from "./alone.js";
import { lobby } from "./lobby.js";
import { results, pagesOf } from "./results.js";
import { reveal, seal } from "./reveal.js";
import { round } from "./round.js";

const SCORED = ["open", "paused", "closed", "disclosed"];

// The groups a display speaks of.
export const own = (S) => S.told.groups.filter((group) => S.scope === "workshop" || group.id === S.scope);

// Each as {of: the group it shows alone, draw(S)}; several take turns.
export function screens(S, stands) {
  const { phase, profile, head } = S.told, groups = own(S), only = (draw) => [{ draw }];
  if (stands === "join" || phase === "draft") return only(lobby);
  if (phase === "frozen" && profile) return [{ draw: reveal }, { draw: seal }];
  if (groups.every((group) => group.phase === "waiting" && !group.figures)) return only(lobby);
  const talking = groups.filter((group) => group.figures && ["revealed", "concluded"].includes(group.phase))
    .flatMap((group) => Array.from({ length: pagesOf(group) }, (_, page) => ({ of: group.id, draw: (state) => results(state, group, page) })));
  const scoring = groups.some((group) => SCORED.includes(group.phase)), standing = S.scope === "workshop" ? round : (state) => alone(state, groups[0]);
  return [...(scoring || !talking.length ? [{ draw: standing }] : []), ...talking, ...(head ? [{ draw: seal }] : [])];
}

// The place of what is new: a result that was just shown, else a seal that was just signed, else the first.
export function newest(list, { sealed, changed }) {
  const shown = list.findIndex(({ of }) => of && changed.includes(of));
  return shown < 0 && sealed ? list.findIndex(({ draw }) => draw === seal) : Math.max(shown, 0);
}
