// The inside of a preview: hears from the page that frames it what its surface would show. Draws nothing by itself.

// heard(draw): `draw` gets the answer of POST /previews, anew whenever something was typed.
export function heard(draw) {
  addEventListener("message", ({ origin, source, data }) => {
    if (origin === location.origin && source === parent) draw(data);
  });
  parent.postMessage("ready", location.origin);
}
