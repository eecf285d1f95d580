// C2SP texts: a head in a signed note, and the tlog-proof file around it. Reads them strictly and believes nothing:
// whoever asks holds hashes and signatures against each other.
import { HASH, fromBase64, toBase64, utf8 } from "./hashes.js";

const HEADER = "c2sp.org/tlog-proof@v1";
export const MOST = 128 * 1024;
const LONGEST = 63;
const WHOLE = /^(0|[1-9][0-9]{0,15})$/;

function whole(text) {
  return WHOLE.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}

// {origin, size, root, text, signatures: [{name, stamp}]}, null if it is no signed head.
export function readHead(note) {
  const border = note.lastIndexOf("\n\n");
  if (border < 1 || !note.endsWith("\n") || note.length > MOST) return null;
  const text = note.slice(0, border + 1);
  const [origin, size, root, end, ...more] = text.split("\n");
  const head = { origin, size: whole(size || ""), root: fromBase64(root || ""), text };
  if (!origin || head.size === null || head.root?.length !== HASH || end !== "" || more.length) return null;
  head.signatures = note.slice(border + 2, -1).split("\n").map((line) => {
    const [, name, stamp] = /^— ([^\s+]+) (\S+)$/.exec(line) || [];
    return { name, stamp: fromBase64(stamp || "") };
  });
  return head.signatures.every(({ name, stamp }) => name && stamp?.length > 4) ? head : null;
}

// {index, path, head, note, extra}, null if it is no proof file.
export function readProof(file) {
  const border = file.indexOf("\n\n");
  if (border < 0 || file.length > MOST) return null;
  const [header, ...lines] = file.slice(0, border).split("\n");
  const note = file.slice(border + 2);
  const extra = lines[0]?.startsWith("extra ") ? fromBase64(lines.shift().slice(6)) : new Uint8Array();
  const index = lines[0]?.startsWith("index ") ? whole(lines[0].slice(6)) : null;
  const path = lines.slice(1).map(fromBase64);
  const head = readHead(note);
  if (header !== HEADER || !extra || index === null || !head) return null;
  if (path.length > LONGEST || path.some((one) => one?.length !== HASH)) return null;
  return { index, path, head, note, extra: new TextDecoder().decode(extra) };
}

// The same file with the line it proves as its `extra`, so that it can be checked without anything beside it.
export function withLine(file, line) {
  const [header, ...rest] = file.split("\n");
  return [header, `extra ${toBase64(utf8(line))}`, ...rest].join("\n");
}
