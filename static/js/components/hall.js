// An invented hall for the page of components, as the console's own functions take it: four groups, each at another stage.
import { begin } from "../console/model.js";
import { now } from "../staff/api.js";

const STAGES = ["open", "closed", "revealed", "waiting"];
const BY = "staff/1";

// dimensions: [{id, name}] → what a console knows while a workshop runs.
export function hall(dimensions) {
  const S = begin({
    workshop: "components", me: { by: BY, role: "organiser", groups: null }, staff: {},
    groups: dimensions.map(({ id, name }, at) => ({ id, name, dimension: at + 1, kind: "dimension" })),
  });
  const group = ({ id }, at) => ({
    id, kind: "dimension", phase: STAGES[at], round: at < 3 ? 1 : null, lease: at ? null : BY, items: [`${at + 1}.1`, `${at + 1}.2`], decided: {}, explained: [],
    rounds: at < 3 ? [{ number: 1, voided: false, deadline: at ? null : now() + 400, paused_at: null, closed_at: at ? now() : null }] : [],
  });
  const seats = dimensions.flatMap(({ id }, at) => Array.from({ length: 6 }, (_, place) => ({ seat: 6 * at + place + 1, group: id, status: place === 5 ? "issued" : "taken" })));
  const stages = ["finished", "finished", "started", "joined", "joined"];
  return Object.assign(S, {
    link: "live", group: dimensions[0].id, connected: [1, 2, 3],
    progress: Object.fromEntries(dimensions.map(({ id }, at) => [id, { seats: at > 1 ? {} : Object.fromEntries(stages.map((stage, place) => [6 * at + place + 1, at ? "finished" : stage])) }])),
    state: { phase: "running", rule: { cap: 3 }, settings: { disclose_after: 10 }, groups: dimensions.map(group), seats },
  });
}
