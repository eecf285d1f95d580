// The wheel's aligned twin: a goal a row, one line of departure. A goal with an open item has no single value: full to
// the lowest mean its open items allow, hatched to the highest. On a page it is a table, and so its own twin; as a file
// it is one drawing of the same rows.
import { scaleLinear } from "d3";
import { h, s } from "../dom.js";
import { number, t } from "../words.js";
import { drawn, named } from "./figure.js";
import { clipped, dyeOf, ruler, ticks } from "./ruler.js";
import { hatching } from "./signs.js";
import { wedges } from "./wheel.js";

// "3,2", "3,2–3,8", or a dash where too few scored
export function spanOf(stream) {
  if (!stream) return "–";
  if (stream.value !== null) return one(stream.value);
  if (stream.low === null) return "–";
  const near = one(stream.low) === one(stream.high); // a span never looks like a single score
  return near ? `${number(+stream.low)}–${number(+stream.high)}` : `${one(stream.low)}–${one(stream.high)}`;
}

function one(text) {
  return number(Math.round(Number(text) * 10) / 10);
}

const NONE = { value: null, low: null, high: null, agreed: 0, of: 0 };

// The rows as they are told: place, names, the agreed stream, the earlier survey's mean.
function rowsOf(profile, frame) {
  return wedges(profile, frame).map(({ node, top, dimension, leaves }, at, all) => {
    const { agreed = null, interview } = node.streams;
    const names = frame.nodes[node.id] || node;
    return { at, id: node.id, name: node.name, short: names.short || node.name, dye: dyeOf(dimension), first: at === 0 || all[at - 1].top !== top,
      stream: agreed || { ...NONE, of: leaves.length }, missing: !agreed, interview: interview && interview.value !== null ? +interview.value : null };
  });
}

// A row's bar on the ruler `x`, 22 high from `y`.
function bar({ stream, interview, missing }, x, values, { y, hatch }) {
  const [from, end] = x.range(), low = stream.value ?? stream.low, high = stream.value ?? stream.high;
  const hatched = (more) => s("rect", { x: x(+low), y, width: Math.max(x(+high) - x(+low), 4), height: 22, ...more });
  return [
    values.map((value) => s("path", { class: "f-axis", d: `M${x(value)} ${y - 11}v44` })),
    low === null && !missing && s("rect", { class: "w-withheld", x: from, y, width: end - from, height: 22 }),
    low !== null && s("rect", { class: "w-ray", x: from, y, width: Math.max(x(+low) - from, 3), height: 22 }),
    low !== null && stream.value === null && [hatched({ class: "w-hatch-ground" }), hatched({ class: "w-open", fill: `url(#${hatch})` })],
    interview !== null && s("circle", { class: "f-hollow f-hollow--hall", cx: x(interview), cy: y + 11, r: 9 }),
  ];
}

function picture(rows, frame, key, title) {
  const { least, most } = ruler(frame.scale), values = ticks(frame.scale), x = scaleLinear([least, most], [400, 640]).clamp(true);
  const tall = 44, hatch = `${key}-hatch`, y = (at) => 30 + tall * at;
  const cell = (at, more, ...text) => s("text", { y: y(at) + 27, ...more }, text);
  const svg = s("svg", { class: "figure figure--goals", viewBox: `0 0 720 ${y(rows.length) + 2}`, width: 720, height: y(rows.length) + 2 }, hatching(hatch),
    s("text", { class: "f-quiet", x: 0, y: 18 }, t("Goal")), s("text", { class: "f-quiet f-end", x: 376, y: 18 }, t("score")), s("text", { class: "f-quiet f-end", x: 720, y: 18 }, t("agreed")),
    values.map((value) => s("text", { class: "f-quiet f-mid", x: x(value), y: 18 }, number(value))),
    rows.map((row) => s("g", { class: `w-d${row.dye}` },
      bar(row, x, values, { y: y(row.at) + 11, hatch }),
      s("path", { class: row.first ? "f-edge" : "f-axis", d: `M0 ${y(row.at)}H720` }),
      cell(row.at, { class: "f-strong", x: 0 }, row.at + 1), cell(row.at, { x: 34 }, clipped(row.short, 34)),
      cell(row.at, { class: "f-strong f-end", x: 376 }, spanOf(row.stream)), cell(row.at, { class: "f-end", x: 720 }, `${row.stream.agreed}/${row.stream.of}`))));
  return named(svg, { key: `${key}-file`, title });
}

export function goals(profile, frame, { key = "goals", width = 172, title = t("Goals: agreed score, interview, and how many indicators were agreed") } = {}) {
  const { least, most } = ruler(frame.scale), values = ticks(frame.scale, 6), rows = rowsOf(profile, frame);
  const x = scaleLinear([least, most], [8, width - 8]).clamp(true);
  const cell = (row) => {
    const told = `${spanOf(row.stream)}${row.interview === null ? "" : "; " + t("interview {value}", { value: one(row.interview) })}`;
    const hatch = `${key}-${row.at}-hatch`;
    return s("svg", { class: "figure", viewBox: `0 0 ${width} 44`, role: "img", "aria-label": told }, row.stream.value === null && hatching(hatch), bar(row, x, values, { y: 11, hatch }));
  };
  const legend = [["full", t("agreed"), () => true],
    ["hatch", t("open: from the lowest to the highest it may be"), (row) => row.stream.low !== null && row.stream.value === null],
    ["grey", t("not scored or withheld"), (row) => row.stream.low === null && !row.missing],
    ["hollow", t("interview"), (row) => row.interview !== null]].filter(([, , shown]) => rows.some(shown));
  const body = h("table", { class: "goals" },
    h("caption", { class: "unseen" }, title),
    h("thead", {}, h("tr", {},
      h("th", { scope: "col" }, t("Goal")), h("th", { scope: "col", class: "number" }, t("score")),
      h("th", { scope: "col" }, h("span", { class: "unseen" }, t("Bar")), h("span", { class: "ruler", "aria-hidden": "true" }, values.map((value) => h("span", {}, number(value))))),
      h("th", { scope: "col", class: "number" }, t("agreed")))),
    h("tbody", {}, rows.map((row) => h("tr", { class: row.first ? "first" : null, "data-dim": row.dye },
      h("th", { scope: "row", title: row.name }, h("span", { class: "goal" }, row.at + 1), " ", clipped(row.short, 34)),
      h("td", { class: "number" }, spanOf(row.stream)),
      h("td", { class: `w-d${row.dye}` }, cell(row)),
      h("td", { class: "number" }, `${row.stream.agreed}/${row.stream.of}`)))));
  return drawn({ key, title, body, picture: () => picture(rows, frame, key, title), legend,
    description: rows.map((row) => `${row.at + 1} ${row.name}: ${spanOf(row.stream)}`).join("; ") });
}
