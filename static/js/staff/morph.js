// Makes what stands on the page look like what was just drawn, touching only what differs: focus, typing, open details
// and running transitions stay. Elements with `data-key` are matched by it, others by their place.

function keyOf(node) {
  return node.nodeType === 1 ? node.getAttribute("data-key") : null;
}

function same(old, fresh) {
  return old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && keyOf(old) === keyOf(fresh);
}

function attributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) old.removeAttribute(name);
  }
  for (const { name, value } of [...fresh.attributes]) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (old.nodeName === "INPUT" && (old.type === "checkbox" || old.type === "radio")) old.checked = fresh.checked;
}

export function morph(old, fresh) {
  if (!same(old, fresh)) {
    old.replaceWith(fresh);
    return fresh;
  }
  if (old.nodeType === 3) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return old;
  }
  if (old.isEqualNode(fresh)) return old;
  attributes(old, fresh);
  children(old, [...fresh.childNodes]);
  return old;
}

function children(parent, wanted) {
  const keyed = new Map([...parent.childNodes].filter(keyOf).map((node) => [keyOf(node), node]));
  let at = parent.firstChild;
  for (const fresh of wanted) {
    const known = keyOf(fresh) ? keyed.get(keyOf(fresh)) : null;
    if (known && same(known, fresh)) {
      if (known !== at) parent.insertBefore(known, at);
      else at = at.nextSibling;
      morph(known, fresh);
    } else if (at && !keyOf(at) && !keyOf(fresh) && same(at, fresh)) {
      const next = at.nextSibling;
      morph(at, fresh);
      at = next;
    } else {
      parent.insertBefore(fresh, at);
    }
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

// Fills an element with these nodes.
export function paint(element, ...nodes) {
  const fresh = nodes.flat(3).filter((node) => node !== null && node !== undefined && node !== false);
  children(element, fresh.map((node) => (node instanceof Node ? node : document.createTextNode(node))));
}
