// The Merkle tree of RFC 6962, its checking half: whether a line stands under a root, and whether one root extends
// another. Sizes may pass 2^32, so nothing is shifted.
import { HASH, hash, same, utf8 } from "./hashes.js";

const half = Math.floor;
const odd = (n) => n % 2 === 1;
const node = (left, right) => hash([1], left, right);
const hashes = (...all) => all.every((one) => one instanceof Uint8Array && one.length === HASH);
const size = (n) => Number.isSafeInteger(n) && n >= 0;

export const leaf = (line) => hash([0], utf8(line));

// RFC 9162, 2.1.3.2.
export function included(index, count, of, path, root) {
  if (!size(index) || !size(count) || index >= count || !hashes(of, root, ...path)) return false;
  let [place, last, found] = [index, count - 1, of];
  for (const sibling of path) {
    if (last === 0) return false;
    if (odd(place) || place === last) {
      found = node(sibling, found);
      while (!odd(place) && place) [place, last] = [half(place / 2), half(last / 2)];
    } else {
      found = node(found, sibling);
    }
    [place, last] = [half(place / 2), half(last / 2)];
  }
  return last === 0 && same(found, root);
}

// RFC 9162, 2.1.4.2; both trees have at least one leaf.
export function extended(first, second, path, before, after) {
  if (!size(first) || !size(second) || first < 1 || first > second || !hashes(before, after, ...path)) return false;
  if (first === second) return !path.length && same(before, after);
  let [place, last] = [first - 1, second - 1];
  while (odd(place)) [place, last] = [half(place / 2), half(last / 2)];
  const [start, ...rest] = place ? path : [before, ...path];
  if (!start) return false;
  let [older, newer] = [start, start];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (odd(place) || place === last) {
      [older, newer] = [node(sibling, older), node(sibling, newer)];
      while (!odd(place) && place) [place, last] = [half(place / 2), half(last / 2)];
    } else {
      newer = node(newer, sibling);
    }
    [place, last] = [half(place / 2), half(last / 2)];
  }
  return last === 0 && same(older, before) && same(newer, after);
}
