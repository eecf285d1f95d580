// What the script says, in the reader's language. The page brings the words along; a missing one falls back to English.

const told = JSON.parse(document.getElementById("words")?.textContent || "{}");

export const language = document.documentElement.lang || "id";

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// t("Saved {time}", {time: "10.42"})
export function t(text, values = {}) {
  return fill(told[text] || text, values);
}

// tn("{n} score", "{n} scores", 3)
export function tn(one, many, n, values = {}) {
  const [single, plural] = told[one] || [one, many];
  return fill(n === 1 ? single : plural, { n, ...values });
}

// A number as people write it: 2,1 in Indonesian, 2.1 in English; at most two decimals.
export function number(value) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
}

// A time of day from seconds since the epoch: 10.42 or 10:42.
export function clock(seconds) {
  const at = new Date(seconds * 1000);
  const sign = language === "id" ? "." : ":";
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0")).join(sign);
}

// What is left, as a countdown: 06.40 or 6:40.
export function left(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  const minutes = String(Math.floor(whole / 60));
  const rest = String(whole % 60).padStart(2, "0");
  return language === "id" ? `${minutes.padStart(2, "0")}.${rest}` : `${minutes}:${rest}`;
}
