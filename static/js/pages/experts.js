// The pages for experts stand by themselves; where scripts run, their figures are drawn larger, with files to keep, and
// the small drawings in the tables step aside.
import { block } from "../dom.js";
import { framed } from "../figures/figure.js";
import { intervals } from "../figures/intervals.js";
import { orders } from "../figures/orders.js";
import { saving } from "../figures/save.js";
import { tornado } from "../figures/tornado.js";

const { about, drawn } = block("figures");

// Puts a figure into a section, before its first table; `twin` where the figure brings that table along.
function put(section, figure, twin = false) {
  const place = document.getElementById(section), table = place && place.querySelector(".sheet__answer");
  if (!table) return;
  place.classList.add("sheet__section--drawn");
  if (twin) table.classList.add("sheet__answer--twin");
  table.before(framed(figure));
}

if (drawn.intervals && drawn.intervals.goals.some((goal) => goal.value !== null)) {
  put("uncertainty-of-the-profile", intervals(drawn.intervals, { key: "intervals" }));
  put("choices", tornado(drawn.tornado, { key: "tornado" }), true);
}
if (drawn.orders && drawn.orders.length) {
  const small = document.querySelector("#single-raters-in-the-order .sheet__figure");
  if (small) small.replaceWith(framed({ ...orders(drawn.orders, { key: "orders" }), legend: [] }));
}
saving(about);
