// Profiles for the gallery: a framework's tree with given scores at its leaves, folded upward by plain means. It stands
// in for the server's own arithmetic with fixed numbers, and is used nowhere else.

// "4 3.4": agreed at 4, interview 3.4. "2-4" not agreed, "c3" decided by the chair, "x" too few, "." never scored, "-" none.
function leaf(text, [least, most]) {
  const [said, before = "-", measured = "-"] = text.split(" ");
  const streams = {};
  if (before !== "-") streams.interview = single(before);
  if (measured !== "-") streams.metric = single(measured);
  const [low, high] = /^\d+(\.\d+)?-/.test(said) ? said.split("-") : [];
  const value = low === undefined && !["x", ".", "-"].includes(said) ? said.replace("c", "") : null;
  if (said === "-") return streams;
  streams.workshop = { value: value || low || null, low: null, high: null, withheld: said === "x" };
  const never = said === "." ? [least, most] : [null, null]; // may lie anywhere
  streams.agreed = { value, low: low || value || never[0], high: high || value || never[1], agreed: value && !said.startsWith("c") ? 1 : 0, of: 1, withheld: said === "x" };
  return streams;
}

const single = (value) => ({ value, low: value, high: value, agreed: 0, of: 1, withheld: false });

function mean(streams, end) {
  return streams.some((stream) => stream[end] === null) ? null : String(streams.reduce((sum, stream) => sum + Number(stream[end]), 0) / streams.length);
}

// One stream of an inner node: a single value only where every leaf below has one.
function folded(below, name) {
  const streams = below.map((node) => node.streams[name]).filter(Boolean);
  if (!streams.length) return null;
  return { value: mean(streams, "value"), low: mean(streams, "low"), high: mean(streams, "high"),
    agreed: streams.reduce((sum, stream) => sum + stream.agreed, 0), of: streams.reduce((sum, stream) => sum + stream.of, 0), withheld: streams.some((stream) => stream.withheld) };
}

// nodes: [{id, parent, name, short}]; scores: leaf id → text as above.
export function profileOf(nodes, scores, ends) {
  const below = (id) => nodes.filter((node) => node.parent === id);
  const leavesUnder = (id) => (below(id).length ? below(id).flatMap((node) => leavesUnder(node.id)) : [id]);
  const told = new Map(nodes.filter((node) => !below(node.id).length).map((node) => [node.id, { ...node, streams: leaf(scores[node.id] || "-", ends) }]));
  return { nodes: nodes.map((node) => {
    if (told.has(node.id)) return told.get(node.id);
    const leaves = leavesUnder(node.id).map((id) => told.get(id)), streams = {};
    for (const name of ["interview", "metric", "workshop", "agreed"]) {
      const found = folded(leaves, name);
      if (found) streams[name] = found;
    }
    return { ...node, streams };
  }) };
}

export function frameOf(nodes, scale) {
  const tops = nodes.filter((node) => node.parent === null).map((node) => node.id), parent = new Map(nodes.map((node) => [node.id, node.parent]));
  const top = (id) => (parent.get(id) === null ? id : top(parent.get(id)));
  return { scale, nodes: Object.fromEntries(nodes.map((node) => [node.id, { ...node, short: node.short || node.name, dimension: tops.indexOf(top(node.id)) + 1 }])) };
}

// A regular tree for frameworks that are not on the shelf: `shape` [10, 4] is ten branches of four leaves.
export function grown(shape, word, parent = null, at = "") {
  return Array.from({ length: shape[0] }, (_, place) => `${at}${at && "."}${place + 1}`).flatMap((id) => [
    { id, parent, name: `${word} ${id}` }, ...(shape.length > 1 ? grown(shape.slice(1), word, id, id) : [])]);
}
