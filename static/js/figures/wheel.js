// The resilience wheel: sectors, wedges, and a ray for each leaf on labelled rings. Full is agreed, outlined decided by
// the chair, hatched not agreed, grey withheld or never scored, the hollow arc the earlier survey. Read its length;
// nothing stands in the middle. It draws any tree and any scale: above 160 leaves its rays are their parents.
//
// wheel(profile, frame, {key}) as the server tells profile and names.
import { arc, hierarchy, scaleLinear } from "d3";
import { s } from "../dom.js";
import { number, t } from "../words.js";
import { drawn } from "./figure.js";
import { clipped, dyeOf, ruler, ticks } from "./ruler.js";
import { hatching } from "./signs.js";

const WIDTH = 1064, HEIGHT = 832, CX = 548, CY = 415, HUB = 88, REACH = 338, MOST_RAYS = 160, MOST_NAMES = 24;
const TURN = Math.PI / 180;
const ring = arc().padRadius(100).digits(1);

// The tree under one root: sectors are its children, wedges their inner children (or they themselves), rays the leaves.
function treeOf(profile) {
  const children = new Map();
  for (const node of profile.nodes) children.set(node.parent, [...(children.get(node.parent) || []), node]);
  return hierarchy({ id: null }, (node) => children.get(node.id));
}

// The tree as wedges of rays: [{node, top, dimension, leaves}], in the framework's order.
export function wedges(profile, frame) {
  const root = treeOf(profile);
  const most = root.leaves().length > MOST_RAYS ? root.height - 1 : root.height;
  const rays = (node) => node.descendants().filter((below) => below.depth === most || (!below.children && below.depth < most)).map((below) => below.data);
  return (root.children || []).flatMap((top) => {
    const inner = (top.children || []).filter((node) => node.children && node.depth < most);
    const parts = inner.length && inner.length === top.children.length ? inner : [top];
    return parts.map((node) => ({ node: node.data, top: top.data, dimension: (frame.nodes[node.data.id] || {}).dimension || 1, leaves: rays(node) }));
  });
}

// Every ray has the same angle; sectors stand further apart than wedges, and both closer where there are many.
function placed(parts) {
  const tops = new Set(parts.map((part) => part.top)).size, between = Math.min(5, 48 / tops), within = Math.min(2.2, 36 / parts.length);
  const gaps = parts.map((part, at) => (part.top === parts[(at + 1) % parts.length].top && at < parts.length - 1 ? within : between));
  const slot = (360 - gaps.reduce((a, b) => a + b, 0)) / parts.reduce((sum, part) => sum + part.leaves.length, 0);
  let angle = gaps[gaps.length - 1] / 2;
  return parts.map((part, at) => {
    const start = angle, end = start + slot * part.leaves.length;
    angle = end + gaps[at];
    return { ...part, start, end, slot };
  });
}

// Annular sector; `inset` px off both straight sides at every radius, so that width does not read as weight.
function sector(start, end, inner, outer, inset = 0) {
  return ring({ innerRadius: inner, outerRadius: outer, startAngle: start * TURN, endAngle: end * TURN, padAngle: (2 * inset) / 100 });
}

// What a leaf's ray shows: its form, where it runs, and the words for it.
export function rayOf({ agreed, workshop }) {
  if (!agreed) return { form: null, word: t("no figure yet") };
  if (agreed.value !== null) {
    const form = agreed.of === 1 && agreed.agreed === 0 ? "decided" : "full";
    const value = number(+agreed.value);
    return { form, to: +agreed.value, word: form === "full" ? t("agreed {value}", { value }) : t("decided by the chair: {value}", { value }) };
  }
  if (agreed.withheld) return { form: "grey", word: t("hidden (fewer than five)") };
  const scored = workshop && (workshop.value !== null || workshop.withheld); // else the span is the whole scale, and nobody said it
  if (agreed.low === null || !scored) return { form: "grey", word: t("not scored") };
  return { form: "hatch", from: +agreed.low, to: +agreed.high, word: t("not agreed, between {low} and {high}", { low: number(+agreed.low), high: number(+agreed.high) }) };
}

const scoreOf = (stream) => (stream && stream.value !== null ? +stream.value : null);
const shown = (score) => (score === null ? "–" : number(Math.round(score * 100) / 100));

function rays(part, radius, hatch) {
  const inset = Math.min(2, (HUB * part.slot * TURN) / 5), bodies = [], arcs = [];
  part.leaves.forEach((leaf, at) => {
    const a = part.start + at * part.slot, b = a + part.slot, ray = rayOf(leaf.streams), before = scoreOf(leaf.streams.interview);
    const words = s("title", {}, `${leaf.id} ${ray.word}` + (before === null ? "" : "; " + t("interview {value}", { value: shown(before) })));
    if (ray.form === "grey") bodies.push(s("path", { class: "w-withheld", d: sector(a, b, HUB, REACH, inset / 2) }, words));
    else if (ray.form === "hatch") {
      const [low, high] = [radius(ray.from), radius(ray.to)], thin = high - low < 8;
      const d = thin ? sector(a, b, (low + high) / 2 - 4, (low + high) / 2 + 4, inset) : sector(a, b, low, high, inset);
      bodies.push(s("path", { class: "w-hatch-ground", d }), s("path", { class: "w-open", fill: `url(#${hatch})`, d }, words));
    } else if (ray.form) bodies.push(s("path", { class: ray.form === "full" ? "w-ray" : "w-decided", d: sector(a, b, HUB, radius(ray.to), ray.form === "full" ? inset : inset + 1.5) }, words));
    if (before !== null) arcs.push(s("path", { class: "w-interview", d: sector(a, b, radius(before) - 4, radius(before) + 4, inset * 0.75) }));
  });
  return [...bodies, ...arcs];
}

// Two lines of about equal length, each of at most so many letters.
function halves(text, letters) {
  const words = clipped(text, 2 * letters).split(" ");
  const cuts = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")]);
  const longest = (lines) => Math.max(...lines.map((line) => line.length));
  return cuts.reduce((best, cut) => (longest(cut) < longest(best) ? cut : best), [words.join(" "), ""]).map((line) => clipped(line, letters));
}

const shortOf = (node, frame) => (frame.nodes[node.id] || node).short || node.name;

function name({ start, end, node }, at, frame) {
  const a = ((start + end) / 2) * TURN, lean = Math.sin(a), rise = Math.cos(a);
  const side = Math.abs(lean) < 0.3 ? "f-mid" : lean > 0 ? "" : "f-end";
  const aside = side !== "f-mid" && Math.abs(rise) > 0.85 ? 36 * Math.sign(lean) : 0; // leaves the corners to the sectors' names
  const x = Math.round(CX + (REACH + 20) * lean - aside);
  const y = CY - (REACH + 20) * rise + (rise > 0.9 ? -34 : rise < -0.9 ? 22 : -6 - 10 * rise);
  const [first, second] = halves(shortOf(node, frame), Math.abs(rise) > 0.8 ? 13 : Math.max(12, Math.floor((lean > 0 ? WIDTH - x : x) / 13)));
  return s("text", { class: `w-name ${side}`, x, y: Math.round(y) }, s("tspan", { class: "f-strong" }, at + 1), " ", first, second && s("tspan", { x, dy: 30 }, second));
}

const MARKS = {
  1: (x, y) => s("circle", { class: "w-mark", cx: x, cy: y, r: 11 }),
  2: (x, y) => s("rect", { class: "w-mark", x: x - 11, y: y - 11, width: 22, height: 22 }),
  3: (x, y) => s("path", { class: "w-mark", d: `M${x} ${y - 11}l12.65 22h-25.3z` }),
  4: (x, y) => s("path", { class: "w-mark", d: `M${x} ${y - 14}l14 14l-14 14l-14-14z` }),
};
const CORNERS = [[WIDTH - 4, 44, "f-end"], [WIDTH - 4, HEIGHT - 40, "f-end"], [4, HEIGHT - 40, ""], [4, 44, ""]];

// Names of four sectors in the corners nearest to them; with more or fewer, the table beside names them.
function corners(parts, frame) {
  const tops = [...new Set(parts.map((part) => part.top))];
  if (tops.length !== CORNERS.length || parts.length === tops.length) return null;
  return tops.map((node, place) => {
    const [x, y, side] = CORNERS[place], [first, second] = halves(shortOf(node, frame), 14);
    const at = side ? x - 34 : x + 34, dye = dyeOf(place + 1);
    return s("g", { class: `w-d${dye}` }, MARKS[dye](side ? x - 11 : x + 11, y - 10),
      s("text", { class: `w-dimension ${side}`, x: at, y }, first, second && s("tspan", { x: at, dy: 33 }, second)));
  });
}

export function wheel(profile, frame, { key = "wheel" } = {}) {
  const { least, most, values } = ruler(frame.scale), hatch = `${key}-hatch`;
  const radius = scaleLinear([least, most], [HUB + (REACH - HUB) / values.length, REACH]).clamp(true); // the lowest score has length
  const parts = placed(wedges(profile, frame)), leaves = parts.flatMap((part) => part.leaves), few = parts.length <= MOST_NAMES;
  const whole = (inner) => inner.map((child) => s("g", { transform: `translate(${CX} ${CY})` }, child));
  const svg = s("svg", { class: "figure wheel", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT }, hatching(hatch),
    whole([parts.map((part) => s("path", { class: `w-goal w-d${dyeOf(part.dimension)}`, d: sector(part.start, part.end, HUB, REACH) })),
      parts.map((part) => s("g", { class: `w-d${dyeOf(part.dimension)}` }, rays(part, radius, hatch))),
      ticks(frame.scale).map((value) => s("circle", { class: "w-ring", r: radius(value) }))]),
    ticks(frame.scale).map((value) => s("text", { class: "w-ringname f-mid", x: CX, y: CY - radius(value) + 9 }, number(value))),
    few && parts.map((part, at) => name(part, at, frame)), corners(parts, frame));
  const forms = new Set(leaves.map((leaf) => rayOf(leaf.streams).form)), metric = leaves.some((leaf) => leaf.streams.metric);
  const legend = [["full", t("agreed")], ["decided", t("decided by the chair")], ["hatch", t("not agreed: the middle half")], ["grey", t("not scored or withheld")]].filter(([form]) => forms.has(form));
  return drawn({
    key, svg, title: t("Resilience wheel: {goals} goals, {leaves} indicators", { goals: parts.length, leaves: leaves.length }),
    description: t("Full ray: agreed score. Hollow arc: interview. Hatched: not agreed. Grey: fewer than five scored. The same values stand in the table beside it."),
    legend: [...legend, ...(leaves.some((leaf) => scoreOf(leaf.streams.interview) !== null) ? [["arc", t("interview")]] : [])],
    heads: [t("Indicator"), t("Result"), t("interview"), ...(metric ? [t("measured data")] : [])],
    rows: leaves.map((leaf) => [`${leaf.id} ${leaf.name}`, rayOf(leaf.streams).word, shown(scoreOf(leaf.streams.interview)),
      ...(metric ? [shown(scoreOf(leaf.streams.metric))] : [])]),
  });
}
