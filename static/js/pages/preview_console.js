// The console as it would look with a first round open: its own stations and lanes.
import { lanes } from "../console/lanes.js";
import { machine } from "../console/machine.js";
import { begin } from "../console/model.js";
import { fill } from "../dom.js";
import { heard } from "../guide/heard.js";

heard(({ console: { frame, state } }) => {
  const S = { ...begin(frame), state, group: state.groups[0].id };
  document.getElementById("title").textContent = [state.title, state.city].filter(Boolean).join(", ");
  const place = document.getElementById("machine");
  place.dataset.dim = frame.groups[0].dimension;
  fill(place, machine(S));
  fill(document.getElementById("lanes"), lanes(S));
});
