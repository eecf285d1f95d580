// The dot strip: one dot a rating on the ruler of the scale, median, middle half, own score, interview score.
// Geometry only; colours are classes. Its words say the same for those who do not see it.
import { s } from "../dom.js";
import { number, t, tn } from "../words.js";

export const WIDTH = 328;
const TOP = 20;
const TALLEST = 150;

// counts by category, as {counts, median, q1, q3, n}; own category and interview score, or null.
export function strip(scale, feedback, own, interview) {
  const { counts, n } = feedback;
  const [median, q1, q3] = [feedback.median, feedback.q1, feedback.q3].map(Number);
  const values = scale.map((category) => category.value);
  const { step, x } = ruler(values);
  const most = Math.max(...counts, 1);
  const dot = Math.max(4, Math.min(13, TALLEST / most - 3, step - 8));
  const tall = most * (dot + 3);
  const base = TOP + tall + 6;
  const reach = dot / 2 + 5;
  const mine = values.indexOf(own);

  const dots = counts.flatMap((count, index) =>
    [...Array(count).keys()].map((level) => {
      const isMine = index === mine && level === 0;
      return s("circle", {
        class: isMine ? "f-dot--mine" : "f-dot",
        cx: x(values[index]),
        cy: base - 4 - dot / 2 - level * (dot + 3),
        r: dot / 2 + (isMine ? 1 : 0),
      });
    }),
  );
  const label = t("middle score {value}", { value: number(median) });
  const at = Math.min(Math.max(x(median), 52), WIDTH - 52);
  return s(
    "svg",
    { class: "figure", viewBox: `0 0 ${WIDTH} ${base + (interview === null ? 6 : 28)}`, role: "img",
      "aria-label": inWords(values, counts, n, { median, q1, q3, interview }) },
    s("rect", { class: "f-band", x: x(q1) - reach, y: TOP - 2, width: x(q3) - x(q1) + 2 * reach, height: tall + 8 }),
    s("path", { class: "f-median", d: `M${x(median)} ${TOP - 2}v${tall + 8}` }),
    dots,
    s("path", { class: "f-base", d: `M${x(values[0]) - 24} ${base}H${x(values[values.length - 1]) + 24}` }),
    s("text", { class: "f-mid f-strong", x: at, y: 12 }, label),
    interview === null ? null : hollow(x(interview), base, t("interview {value}", { value: number(interview) })),
  );
}

function hollow(x, base, words) {
  const left = x > WIDTH * 0.6;
  return [
    s("circle", { class: "f-hollow", cx: x, cy: base + 14, r: 6.5 }),
    s("text", { class: `f-quiet${left ? " f-end" : ""}`, x: x + (left ? -14 : 14), y: base + 19 }, words),
  ];
}

// The one ruler: the keys of the ballot are its axis, so that a value stands above or below its key.
export function ruler(values) {
  const step = (WIDTH + 8) / values.length;
  return { step, x: (value) => step * (place(values, value) + 0.5) - 4 };
}

// Where a value lies on the ruler, in steps from the first category.
function place(values, value) {
  for (let index = 1; index < values.length; index += 1) {
    if (value <= values[index]) {
      return index - 1 + (value - values[index - 1]) / (values[index] - values[index - 1]);
    }
  }
  return values.length - 1;
}

export function inWords(values, counts, n, { median, q1, q3, interview = null }) {
  const each = values.map((value, index) => t("{value}: {count}", { value, count: counts[index] })).join(", ");
  const parts = [
    `${tn("{n} score", "{n} scores", n)}: ${each}`,
    t("middle score (median) {value}", { value: number(median) }),
    t("middle half {low} to {high}", { low: number(q1), high: number(q3) }),
  ];
  if (interview !== null) parts.push(t("interview {value}", { value: number(interview) }));
  return parts.join("; ");
}
