// The live channel of console and display: numbered snapshots and changes, commands with their answer, and what to do
// when the line is gone. Knows no screen.
import { io } from "socket.io-client";

const PATIENCE_MS = 8000;

// open("/console", workshop, {snapshot, progress, change, link}) → {send, command, sync, close}
// `link` hears "live", "reconnecting" or "refused" (with a sentence); a display that stands for a group says so.
export function open(namespace, workshop, hear, group) {
  let seen = -1;
  const socket = io(namespace, {
    transports: ["websocket"], auth: { workshop, group }, reconnectionDelay: 500, reconnectionDelayMax: 4000, timeout: 6000,
  });

  function sync() {
    if (socket.connected) socket.timeout(PATIENCE_MS).emit("sync", { since: Math.max(seen, 0) }, () => {});
  }

  socket.on("connect", () => hear.link("live"));
  socket.on("disconnect", (why) => {
    seen = -1;
    hear.link("reconnecting");
    if (why === "io server disconnect") setTimeout(() => socket.connect(), 2000);
  });
  socket.on("connect_error", (error) => hear.link("reconnecting", error && error.data ? error.message : ""));
  socket.on("snapshot", (told) => {
    if (told.n < seen) return;
    seen = told.n;
    hear.snapshot(told);
  });
  socket.on("progress", (told) => hear.progress(told));
  socket.on("change", (told) => {
    if (told.n <= seen) return;
    const gap = seen >= 0 && told.n !== seen + 1;
    seen = told.n;
    hear.change(told, gap);
    if (gap) sync();
  });
  addEventListener("online", () => socket.connect());
  document.addEventListener("visibilitychange", () => document.hidden || sync());

  // The answer of the server, or null where the line is gone and nobody knows whether it heard.
  function send(event, body) {
    if (!socket.connected) return Promise.resolve(null);
    return new Promise((resolve) => {
      socket.timeout(PATIENCE_MS).emit(event, body, (fault, told) => resolve(fault ? null : told));
    });
  }

  return { send, command: (body) => send("command", body), sync, ask: (since) => socket.connected && socket.emit("sync", { since }), close: () => socket.close() };
}
