// The resilience wheel: sectors, wedges, and a ray for each leaf on labelled rings. Full is agreed, hatched is not, grey
// is withheld, the hollow arc is the earlier survey. Read its length; nothing stands in the middle.
import { s } from "../dom.js";
import { number, t } from "../words.js";
import { named } from "./figure.js";

const CX = 548, CY = 415, HUB = 88, REACH = 338, WIDTH = 1064, HEIGHT = 832;
const GAP_WEDGE = 2.2, GAP_SECTOR = 5;
const TURN = Math.PI / 180;

function point(angle, radius) {
  const a = (angle - 90) * TURN;
  return `${(CX + radius * Math.cos(a)).toFixed(1)} ${(CY + radius * Math.sin(a)).toFixed(1)}`;
}

// Annular sector; `inset` px off both straight sides at every radius, so that width does not read as weight.
function sector(start, end, inner, outer, inset = 0) {
  const trim = (radius) => inset / radius / TURN;
  const [a, b, c, d] = [start + trim(inner), end - trim(inner), start + trim(outer), end - trim(outer)];
  return `M${point(a, inner)}L${point(c, outer)}A${outer} ${outer} 0 0 1 ${point(d, outer)}L${point(b, inner)}A${inner} ${inner} 0 0 0 ${point(a, inner)}Z`;
}

// The tree as wedges of leaves: [{node, dimension, leaves}], in the framework's order.
export function wedges(profile, frame) {
  const children = (id) => profile.nodes.filter((node) => node.parent === id);
  const leaves = (node) => {
    const below = children(node.id);
    return below.length ? below.flatMap(leaves) : [node];
  };
  const tops = children(null);
  return tops.flatMap((top) => {
    const below = children(top.id);
    const parts = below.length && below.some((node) => children(node.id).length) ? below : [top];
    return parts.map((node) => ({ node, top, dimension: frame.nodes[node.id].dimension, leaves: leaves(node) }));
  });
}

function placed(parts) {
  const total = parts.reduce((sum, part) => sum + part.leaves.length, 0);
  const parting = (at) => (parts[at].top === parts[(at + 1) % parts.length].top ? GAP_WEDGE : GAP_SECTOR);
  const gaps = parts.map((_, at) => parting(at));
  const slot = (360 - gaps.reduce((a, b) => a + b, 0)) / total;
  let angle = gaps[gaps.length - 1] / 2;
  return parts.map((part, at) => {
    const start = angle, end = start + slot * part.leaves.length;
    angle = end + gaps[at];
    return { ...part, start, end, slot };
  });
}

// Two lines of about equal length.
export function halves(text) {
  const words = text.split(" ");
  if (words.length < 2) return [text, ""];
  const cuts = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")]);
  return cuts.reduce((best, cut) => (Math.max(...cut.map((c) => c.length)) < Math.max(...best.map((c) => c.length)) ? cut : best));
}

function rays(part, ring, hatch) {
  const drawn = [], arcs = [];
  part.leaves.forEach((leaf, at) => {
    const a = part.start + at * part.slot, b = a + part.slot;
    const { agreed, interview, workshop } = leaf.streams;
    const scored = workshop && workshop.value !== null; // else the span is the whole scale, and nobody said it
    const before = interview && interview.value !== null ? "; " + t("interview {value}", { value: number(+interview.value) }) : "";
    if (agreed && agreed.value !== null) {
      drawn.push(s("path", { class: "w-ray", d: sector(a, b, HUB, ring(+agreed.value), 2) },
        s("title", {}, `${leaf.id}: ` + t("agreed {value}", { value: number(+agreed.value) }) + before)));
    } else if (agreed && agreed.low !== null && !agreed.withheld && scored) {
      const [low, high] = [ring(+agreed.low), ring(+agreed.high)];
      const [from, to] = low === high ? [low - 6, low + 6] : [low, high];
      drawn.push(s("path", { class: "w-hatch-ground", d: sector(a, b, from, to, 2) }),
        s("path", { class: "w-open", fill: `url(#${hatch})`, d: sector(a, b, from, to, 2) },
          s("title", {}, `${leaf.id}: ` + t("not agreed, between {low} and {high}", { low: number(+agreed.low), high: number(+agreed.high) }) + before)));
    } else {
      drawn.push(s("path", { class: "w-withheld", d: sector(a, b, HUB, ring(Infinity)) },
        s("title", {}, `${leaf.id}: ` + t("hidden (fewer than five)") + before)));
    }
    if (interview && interview.value !== null) {
      const r = ring(+interview.value);
      arcs.push(s("path", { class: "w-interview", d: sector(a, b, r - 4, r + 4, 1.5) }));
    }
  });
  return [...drawn, ...arcs];
}

function name(part, number_, text) {
  const middle = (part.start + part.end) / 2;
  const [x, at] = point(middle, REACH + 20).split(" ").map(Number);
  const lean = Math.sin(middle * TURN), rise = Math.cos(middle * TURN);
  const side = Math.abs(lean) < 0.3 ? "f-mid" : lean > 0 ? "" : "f-end";
  const y = at + (rise > 0.9 ? -34 : rise < -0.9 ? 22 : -6 - 10 * rise);
  const [first, second] = halves(text);
  return s("text", { class: `w-name ${side}`, x: Math.round(x), y: Math.round(y) },
    s("tspan", { class: "f-strong" }, number_), " ", first, second && s("tspan", { x: Math.round(x), dy: 30 }, second));
}

const MARKS = {
  1: (x, y) => s("circle", { class: "w-mark", cx: x, cy: y, r: 11 }),
  2: (x, y) => s("rect", { class: "w-mark", x: x - 11, y: y - 11, width: 22, height: 22 }),
  3: (x, y) => s("path", { class: "w-mark", d: `M${x} ${y - 11}l12.65 22h-25.3z` }),
  4: (x, y) => s("path", { class: "w-mark", d: `M${x} ${y - 14}l14 14l-14 14l-14-14z` }),
};
const CORNERS = { 1: [WIDTH - 4, 44, "f-end"], 2: [WIDTH - 4, HEIGHT - 40, "f-end"], 3: [4, HEIGHT - 40, ""], 4: [4, 44, ""] };

function corners(frame) {
  const tops = Object.values(frame.nodes).filter((node) => node.parent === null && CORNERS[node.dimension]);
  return tops.map((node) => {
    const [x, y, side] = CORNERS[node.dimension];
    const [first, second] = halves(node.short);
    const at = side ? x - 34 : x + 34;
    return s("g", { class: `w-d${node.dimension}` }, MARKS[node.dimension](side ? x - 11 : x + 11, y - 10),
      s("text", { class: `w-dimension ${side}`, x: at, y }, first, second && s("tspan", { x: at, dy: 33 }, second)));
  });
}

// The whole drawing; `profile` and `frame` as the server tells them.
export function wheel(profile, frame, { hatch = "hatch" } = {}) {
  const values = frame.scale.map((category) => category.value);
  const [least, most] = [values[0], values[values.length - 1]];
  const step = (REACH - HUB) / (most - least + 1);
  const ring = (score) => (score > most ? REACH : HUB + step * (score - least + 1));
  const parts = placed(wedges(profile, frame));
  const svg = s("svg", { class: "figure wheel", viewBox: `0 0 ${WIDTH} ${HEIGHT}` },
    s("defs", {}, s("pattern", { id: hatch, width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      s("path", { class: "w-hatch", d: "M0 0V9" }))),
    parts.map((part) => s("path", { class: `w-goal w-d${part.dimension}`, d: sector(part.start, part.end, HUB, REACH) })),
    parts.map((part) => s("g", { class: `w-d${part.dimension}` }, rays(part, ring, hatch))),
    values.map((value) => s("circle", { class: "w-ring", cx: CX, cy: CY, r: ring(value) })),
    values.map((value) => s("text", { class: "w-ringname f-mid", x: CX, y: CY - ring(value) + 9 }, number(value))),
    parts.map((part, at) => name(part, at + 1, frame.nodes[part.node.id].short)),
    corners(frame));
  const leaves = parts.reduce((sum, part) => sum + part.leaves.length, 0);
  return named(svg, t("Resilience wheel: {goals} goals, {leaves} indicators", { goals: parts.length, leaves }),
    t("Full ray: agreed score. Hollow arc: interview. Hatched: not agreed. Grey: fewer than five scored. The same values stand in the table beside it."));
}
