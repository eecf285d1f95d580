// The signs of every legend, on the page and in saved files alike: full is this room, hollow the earlier survey, hatched
// not agreed, grey withheld, shaded the middle half. Each is 30 × 18.
import { s } from "../dom.js";

let hatches = 0;

export function hatching(id) {
  return s("defs", {}, s("pattern", { id, width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    s("path", { class: "w-hatch", d: "M0 0V9" })));
}

const box = (more) => s("rect", { x: 2, y: 2, width: 26, height: 14, ...more });

const SIGNS = {
  full: () => box({ class: "f-dot--full" }),
  dot: () => s("circle", { class: "f-dot", cx: 15, cy: 9, r: 6 }),
  room: () => s("circle", { class: "f-dot--full", cx: 15, cy: 9, r: 7.5 }),
  hollow: () => s("circle", { class: "f-hollow", cx: 15, cy: 9, r: 6.5 }),
  diamond: () => s("path", { class: "f-hollow", d: "M15 1.500l7.500 7.500l-7.500 7.500l-7.500-7.500z" }),
  arc: () => s("rect", { class: "w-interview", x: 2, y: 5, width: 26, height: 8 }),
  band: () => box({ class: "f-band f-band--edged" }),
  hatch: () => {
    const id = `sign-${(hatches += 1)}`;
    return [hatching(id), box({ class: "w-hatch-ground" }), box({ class: "w-open", fill: `url(#${id})` })];
  },
  decided: () => box({ class: "w-decided" }),
  grey: () => box({ class: "w-withheld" }),
  span: () => [s("path", { class: "f-reach", d: "M2 9h26" }), s("path", { class: "f-reach-end", d: "M2 3v12M28 3v12" })],
  hole: () => box({ class: "f-hole" }),
  moved: () => box({ class: "f-moved" }),
  kept: () => box({ class: "f-kept" }),
  ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`s${n}`, () => box({ class: `f-s${n}` })])),
};

// The marks alone, to be placed in a drawing.
export const marksOf = (form) => [SIGNS[form]()].flat();

export function sign(form) {
  return s("svg", { class: "fig__sign", viewBox: "0 0 30 18", "aria-hidden": "true" }, marksOf(form));
}
