// The hall display's lobby as it would look, by the display's own drawing.
import { lobby } from "../display/lobby.js";
import { fill } from "../dom.js";
import { heard } from "../guide/heard.js";

const hall = document.getElementById("hall"), stamp = document.getElementById("stamp").content, mark = stamp.cloneNode(true);

heard(({ display: { frame, told } }) => {
  fill(stamp, told.synthetic ? mark.cloneNode(true) : null);
  fill(hall, lobby({ frame, told, address: hall.dataset.address }));
});
