// How sure the final profile is, as the server computed it at the last seal: intervals on the goals, and which choice moves
// one. It advises; the page on certainty says the rest in words.
import { h } from "../dom.js";
import { framed } from "../figures/figure.js";
import { intervals } from "../figures/intervals.js";
import { tornado } from "../figures/tornado.js";
import { t } from "../words.js";

const CHOICES = {
  aggregation: () => t("another kind of mean"),
  percent: () => t("percent counted from zero or from the lowest point"),
  agreed_value: () => t("mean or Hodges–Lehmann estimate as agreed value"),
  threshold: () => t("one person more or fewer asked to agree"),
  rater: () => t("one person left out"),
  group: () => t("one group left out"),
  weights: () => t("other weights"),
};

// Whether there is anything to be sure of: the server refuses where nobody scored, or too few.
export const asked = (profile) => profile.nodes.some(({ streams }) => streams.workshop && streams.workshop.value !== null);

function goalsOf({ certainty, profile, frame }) {
  const interview = new Map(profile.nodes.map((node) => [node.id, node.streams.interview ? node.streams.interview.value : null]));
  return certainty.goals.map((goal, at) => ({ id: at + 1, name: frame.nodes[goal.node].short, dimension: frame.nodes[goal.node].dimension,
    value: goal.value, low: goal.low, high: goal.high, withheld: goal.withheld, interview: interview.get(goal.node) }));
}

// Each choice by the option and the goal that it moves furthest, with the goals whose band it changes.
function choicesOf({ goals }) {
  const found = new Map();
  for (const goal of goals) {
    for (const { choice, moves, becomes } of goal.choices) {
      const one = found.get(choice) || { name: CHOICES[choice](), low: 0, high: 0, changed: new Set() };
      one.high = Math.max(one.high, Number(moves || 0));
      if (becomes.length) one.changed.add(goal.node);
      found.set(choice, one);
    }
  }
  return [...found.values()].map(({ changed, ...one }) => ({ ...one, moved: changed.size }));
}

export function sure(S) {
  if (!S.certainty) return null;
  const values = S.frame.scale.map((category) => category.value), choices = choicesOf(S.certainty);
  return h("div", { class: "ending__sure", "data-key": "sure" },
    h("h2", {}, t("How sure is the profile?")),
    framed(intervals({ scale: [values[0], values[values.length - 1]], goals: goalsOf(S) }, { key: "intervals", title: t("Goals of the workshop, and where 95 of 100 redrawn panels would put them") })),
    choices.length ? framed(tornado({ base: 0, unit: "%", choices }, { key: "tornado", title: t("How far each choice moves a goal at most, in percent of the scale") })) : null);
}
