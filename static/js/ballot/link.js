// The line to the server: the socket where it can be had, plain HTTP where the network blocks it. Knows no rule of a
// ballot: it hands on snapshots and changes, and sends what it is given.
import { io } from "socket.io-client";
import { language } from "../words.js";

const ACK = 8000;
const PROBE = 3000;
const POLL = 4000;
const POLL_MOST = 15000;
const PATIENCE = 2500; // how long the socket may be away before HTTP takes over

export class Link {
  // told: {snapshot(view), change({n, kind}), state(), gone(code, sentence)}
  constructor(told) {
    this.told = told;
    this.away = Date.now();
    this.heard = 0; // when HTTP last answered
    this.polled = 0;
    this.wait = POLL;
    this.ended = false;
    this.joined = 0;
  }

  start() {
    this.socket = io("/ballot", {
      transports: ["websocket"],
      query: { language },
      reconnectionDelay: 400,
      reconnectionDelayMax: 5000,
      timeout: 8000,
    });
    this.socket.on("connect", () => {
      this.joined += 1;
      this.told.state();
      if (this.joined > 1) this.told.again();
    });
    this.socket.on("disconnect", (reason) => {
      this.away = Date.now();
      this.told.state();
      if (reason === "io server disconnect") this.poll(); // sent away: HTTP says why
    });
    this.socket.on("connect_error", () => this.told.state());
    this.socket.on("snapshot", (view) => this.told.snapshot(view, this.joined));
    this.socket.on("change", (change) => this.told.change(change));
    this.socket.on("nudge", (nudge) => this.told.nudge(nudge));
    this.ticking = setInterval(() => this.tick(), 1000);
    addEventListener("offline", () => this.probe());
    for (const sign of ["online", "focus", "pageshow"]) addEventListener(sign, () => this.wake());
    document.addEventListener("visibilitychange", () => document.hidden || this.wake());
  }

  get live() {
    return Boolean(this.socket?.connected);
  }

  // Whether the server was in reach a moment ago; a page just opened has it the benefit of the doubt.
  get up() {
    if (this.joined === 0 && Date.now() - this.away < 2 * PATIENCE) return true;
    return this.live || (this.heard > 0 && Date.now() - this.heard < 2 * this.wait);
  }

  end() {
    this.ended = true;
    clearInterval(this.ticking);
    this.socket.disconnect();
  }

  wake() {
    if (this.ended) return;
    if (this.live) return void this.probe();
    this.wait = POLL;
    this.socket.connect();
    this.polled = 0;
  }

  tick() {
    if (this.live || this.ended || document.hidden || Date.now() - this.away < PATIENCE) return;
    if (Date.now() - this.polled >= this.wait) this.poll();
  }

  // Ask for what is newer than `since`; the answer comes as a snapshot.
  sync(since = 0) {
    if (this.live) this.socket.emit("sync", { since }, () => {});
    else this.poll();
  }

  // Is the socket still heard at the other end? A line that broke in silence is given up and opened anew.
  probe() {
    if (!this.live) return;
    this.socket.timeout(PROBE).emit("sync", { since: 0 }, (silent) => {
      if (silent && !this.ended) this.socket.disconnect().connect();
    });
  }

  async poll() {
    this.polled = Date.now();
    try {
      const answer = await this.call("GET", "/api/v1/ballot");
      this.wait = POLL * (0.8 + 0.4 * Math.random());
      if (answer) this.told.snapshot(answer);
    } catch {
      this.wait = Math.min(POLL_MOST, this.wait * 1.5);
    }
    this.told.state();
  }

  // An answer by HTTP came: the server is in reach, and its Date says how far this phone's clock is off.
  hear(answer) {
    this.heard = Date.now();
    const date = Date.parse(answer.headers.get("Date"));
    if (date) this.told.clock(date + 500 - this.heard);
  }

  // Which build of the pages the server has now.
  async build() {
    const answer = await fetch("/build", { cache: "no-store" });
    this.hear(answer);
    return (await answer.text()).trim();
  }

  // An answers.put message; resolves to its acknowledgement, rejects where none came.
  async put(message) {
    if (this.live) return this.socket.timeout(ACK).emitWithAck("answers.put", message);
    return this.call("PUT", "/api/v1/answers", message);
  }

  // A file that is text, null where there is none; rejects where the server is out of reach.
  async text(address) {
    const answer = await fetch(address, { cache: "no-store", credentials: "same-origin" });
    if (answer.status >= 500) throw new Error("away");
    this.hear(answer);
    return answer.ok ? answer.text() : null;
  }

  // A proof as JSON: {} where the server has none, null where it is out of reach.
  async proof(address) {
    try {
      return JSON.parse((await this.text(address)) || "{}");
    } catch {
      return null;
    }
  }

  async call(method, address, message) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), ACK);
    try {
      const answer = await fetch(address, {
        method, signal: stop.signal, cache: "no-store", credentials: "same-origin",
        headers: { Accept: "application/json", "Accept-Language": language,
          ...(message && { "Content-Type": "application/json" }) },
        ...(message && { body: JSON.stringify(message) }),
      });
      const told = await answer.json();
      this.hear(answer);
      if (answer.status === 401 || told.code === "seat_revoked") {
        this.told.gone(told.code, told.detail);
        return null;
      }
      if (!answer.ok && !Array.isArray(told.refused)) throw new Error(told.code);
      return told;
    } finally {
      clearTimeout(timer);
    }
  }
}
