// A figure as a file: the drawing with its title above and its source below, every style written into it, so that it
// stands alone. PNG is painted from the same SVG, on this machine; nothing is asked of a network.
import { s } from "../dom.js";
import { t } from "../words.js";
import { figureOf } from "./figure.js";
import { marksOf } from "./signs.js";

const PAD = 24, LEAST = 520, SHARP = 1800; // px: margin, narrowest file, width of a PNG
const SAID = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "font-family", "font-size",
  "font-weight", "font-variant-numeric", "text-anchor", "paint-order"];

// Writes what an element looks like here into its copy, where it differs from what it would inherit.
function settle(element, copy, inherited) {
  const seen = getComputedStyle(element), kept = {};
  for (const name of SAID) {
    kept[name] = seen.getPropertyValue(name);
    if (kept[name] !== inherited[name]) copy.setAttribute(name, kept[name].replace(/url\("(.*)"\)/, "url($1)"));
    else if (copy.hasAttribute(name)) copy.removeAttribute(name);
  }
  for (const name of ["class", "style", "role", "aria-labelledby", "aria-label"]) copy.removeAttribute(name);
  [...element.children].forEach((child, at) => settle(child, copy.children[at], kept));
}

// Lines of about `letters` letters.
function lines(text, letters) {
  return text.split(" ").reduce((told, word) => {
    const last = told[told.length - 1];
    if (last && last.length + word.length < letters) told[told.length - 1] = `${last} ${word}`;
    else told.push(word);
    return told;
  }, []);
}

// Signs and words side by side, as many rows as they take.
function legendOf(pairs, width) {
  let x = 0, row = 0;
  return pairs.map(([form, word]) => {
    const wide = 38 + word.length * 6.5 + 20;
    if (x && x + wide > width) [x, row] = [0, row + 1];
    const placed = s("g", { transform: `translate(${x} ${row * 26})` }, marksOf(form), s("text", { x: 38, y: 14 }, word));
    x += wide;
    return placed;
  });
}

function compose(figure, drawing, about) {
  const { width: w, height: tall } = drawing.viewBox.baseVal, width = Math.max(w, LEAST);
  const head = lines(figure.title, width / 9.5), legend = legendOf(figure.legend || [], width);
  const rows = legend.length ? Math.round(legend[legend.length - 1].transform.baseVal[0].matrix.f / 26) + 1 : 0;
  const top = PAD + head.length * 25 + 8, body = top + rows * 26 + (rows ? 12 : 0), foot = body + tall + 34;
  const source = lines([about.synthetic ? t("synthetic data") : "", about.title, "mufakat"].filter(Boolean).join(" · "), width / 7.2);
  const inner = drawing.cloneNode(true);
  for (const [name, value] of Object.entries({ x: PAD, y: body, width: w, height: tall, overflow: "visible" })) inner.setAttribute(name, value);
  inner.querySelectorAll(":scope > title, :scope > desc").forEach((words) => words.remove());
  const full = [width + 2 * PAD, foot + source.length * 18 + PAD - 8];
  return s("svg", { class: "figure", viewBox: `0 0 ${full.join(" ")}`, width: full[0], height: full[1] },
    s("title", {}, figure.title), figure.description ? s("desc", {}, figure.description) : null,
    s("rect", { class: "f-paper", width: full[0], height: full[1] }),
    head.map((line, at) => s("text", { class: "f-title", x: PAD, y: PAD + 18 + at * 25 }, line)),
    s("g", { transform: `translate(${PAD} ${top})` }, legend), inner,
    source.map((line, at) => s("text", { class: "f-quiet", x: PAD, y: foot + at * 18 }, line)));
}

// The text of a file that needs nothing beside it.
export function fileOf(figure, place, about) {
  const drawing = figure.picture ? figure.picture() : place.querySelector(".fig__drawing > svg");
  const whole = compose(figure, drawing, about);
  place.append(whole); // styles are known only to what stands on a page
  const copy = whole.cloneNode(true);
  settle(whole, copy, {});
  whole.remove();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

async function painted(text, width, height) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const scale = Math.max(2, SHARP / width), canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function hand(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Answers the buttons of every figure on the page; `about` is the workshop that files name as their source.
export function saving(about) {
  document.addEventListener("click", async ({ target }) => {
    const pressed = target.closest("[data-save]"), figure = pressed && figureOf(pressed.dataset.figure);
    if (!figure) return;
    const text = fileOf(figure, pressed.closest(".fig"), about), name = `mufakat-${figure.key}.${pressed.dataset.save}`;
    const [width, height] = ["width", "height"].map((side) => Number(text.match(new RegExp(`<svg[^>]* ${side}="([\\d.]+)"`))[1]));
    hand(pressed.dataset.save === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await painted(text, width, height), name);
  });
}
