// Previews of phone, hall display and console in frames of their own, which follow what is typed. Owns the frames and the
// question to the server; what they show is drawn by the surfaces' own scripts.
import { call } from "../staff/api.js";
import { language } from "../words.js";

const PAUSE_MS = 300;
const OF_THE_HALL = ["phone", "display"]; // these speak the hall's language, the console that of its reader

// frames(typed, told): `typed()` is the body of POST /previews, `told` hears its answer or its refusal. Gives a function
// that asks anew, at once or after a pause.
export function frames(typed, told) {
  const places = [...document.querySelectorAll("[data-preview]")];
  let last = null, turn = 0, waiting = 0;

  const show = (frame) => last && frame.contentWindow.postMessage(last, location.origin);
  addEventListener("message", ({ origin, source, data }) => {
    const frame = places.find((one) => one.contentWindow === source);
    if (origin === location.origin && frame && data === "ready") show(frame);
  });

  const fit = () => places.forEach((frame) => {
    frame.style.transform = `scale(${frame.parentElement.clientWidth / frame.offsetWidth})`;
  });
  new ResizeObserver(fit).observe(document.querySelector(".previews"));

  async function ask() {
    const body = typed(), mine = (turn += 1);
    for (const frame of places) {
      const spoken = OF_THE_HALL.includes(frame.dataset.preview) ? body.language : language;
      const address = `/console/new/${frame.dataset.preview}?language=${spoken}`;
      if (frame.getAttribute("src") !== address) frame.setAttribute("src", address);
    }
    const answer = await call("POST", "/previews", body);
    if (mine !== turn) return;
    told(answer);
    if (!answer.ok) return;
    last = answer;
    places.forEach(show);
  }

  return function follow(pause = true) {
    clearTimeout(waiting);
    if (!pause) return ask();
    waiting = setTimeout(ask, PAUSE_MS);
    return null;
  };
}
