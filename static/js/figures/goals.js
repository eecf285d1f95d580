// The wheel's aligned twin: a goal a row, one line of departure. A goal with an open item has no single value: full to
// the lowest mean its open items allow, hatched to the highest. It is a table, and so its own twin.
import { h, s } from "../dom.js";
import { number, t } from "../words.js";
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

function bar(stream, interview, values, hatch, width) {
  const [least, most] = [values[0], values[values.length - 1]];
  const x = (value) => 8 + ((width - 16) * (value - least)) / (most - least);
  const [low, high] = stream.value !== null ? [+stream.value, +stream.value] : stream.low !== null ? [+stream.low, +stream.high] : [null, null];
  const before = interview && interview.value !== null ? +interview.value : null;
  const label = `${spanOf(stream)}${before === null ? "" : "; " + t("interview {value}", { value: number(Math.round(before * 10) / 10) })}`;
  return s("svg", { class: "figure", viewBox: `0 0 ${width} 44`, role: "img", "aria-label": label },
    values.map((value) => s("path", { class: "f-axis", d: `M${x(value)} 0v44` })),
    low !== null && s("rect", { class: "w-ray", x: x(least), y: 11, width: Math.max(x(low) - x(least), 3), height: 22 }),
    low !== null && high > low && [
      s("rect", { class: "w-hatch-ground", x: x(low), y: 11, width: x(high) - x(low), height: 22 }),
      s("rect", { class: "w-open", fill: `url(#${hatch})`, x: x(low), y: 11, width: x(high) - x(low), height: 22 }),
    ],
    low === null && s("rect", { class: "w-withheld", x: x(least), y: 11, width: x(most) - x(least), height: 22 }),
    before !== null && s("circle", { class: "f-hollow f-hollow--hall", cx: x(before), cy: 22, r: 9 }));
}

// Table of goals; `hatch` is the id of the wheel's pattern on the same page.
export function goals(profile, frame, { hatch = "hatch", width = 172, caption } = {}) {
  const values = frame.scale.map((category) => category.value);
  let before = null;
  return h("table", { class: "goals" },
    h("caption", { class: "unseen" }, caption || t("Goals: agreed score, interview, and how many indicators were agreed")),
    h("thead", {}, h("tr", {},
      h("th", { scope: "col" }, t("Goal")), h("th", { scope: "col", class: "number" }, t("score")),
      h("th", { scope: "col" }, h("span", { class: "unseen" }, t("Bar")), h("span", { class: "ruler", "aria-hidden": "true" }, values.map((value) => h("span", {}, number(value))))),
      h("th", { scope: "col", class: "number" }, t("agreed")))),
    h("tbody", {}, wedges(profile, frame).map((part, at) => {
      const { agreed, interview } = part.node.streams;
      const first = part.dimension !== before;
      before = part.dimension;
      return h("tr", { class: first ? "first" : null, "data-dim": part.dimension },
        h("th", { scope: "row", title: part.node.name }, h("span", { class: "goal" }, at + 1), " ", frame.nodes[part.node.id].short),
        h("td", { class: "number" }, spanOf(agreed)),
        h("td", { class: `w-d${part.dimension}` }, bar(agreed, interview, values, hatch, width)),
        h("td", { class: "number" }, `${agreed.agreed}/${agreed.of}`));
    })));
}
