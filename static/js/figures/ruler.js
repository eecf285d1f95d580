// The scale as every figure lays it out: one ruler, lowest on the left. Owns places on it; draws nothing.

export const valuesOf = (scale) => scale.map((category) => category.value);

// From half a step below the lowest category to half a step above the highest.
export function ruler(scale) {
  const values = valuesOf(scale), [least, most] = [values[0], values[values.length - 1]];
  const step = values.length > 1 ? (most - least) / (values.length - 1) : 1;
  return { values, least, most, step, domain: [least - step / 2, most + step / 2] };
}

// Categories with a number beside them: all, or every second, third … where there are more than `most`.
export function ticks(scale, most = 7) {
  const values = valuesOf(scale), every = Math.ceil(values.length / most);
  return values.filter((_, at) => at % every === 0);
}

// The step 1–5 of the score ramp that stands for a category of any scale.
export const rampOf = (at, size) => (size < 2 ? 3 : Math.round((4 * at) / (size - 1)) + 1);

// A branch's colour and shape, 1 to 4, over and over; null for a plenary.
export const dyeOf = (dimension) => (dimension ? ((dimension - 1) % 4) + 1 : null);
export const inkOf = (dimension) => (dimension ? `var(--d${dyeOf(dimension)})` : "var(--ink)");
export const SHAPES = [null, "circle", "square", "triangle", "diamond2"];

// At most `letters` of a text, cut at a space where one is near.
export function clipped(text, letters) {
  if (text.length <= letters) return text;
  const cut = text.slice(0, letters - 1), space = cut.lastIndexOf(" ");
  return (space > letters * 0.6 ? cut.slice(0, space) : cut) + "…";
}
