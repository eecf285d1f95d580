// What a phone asks for beside its ballot, each once and not with the whole hall in one instant: whether its page is
// current, where its ballot stands in the trail, the newest signed head, what people wrote.

const LATER = 1500;

export class Asking {
  constructor(model, link, draw) {
    Object.assign(this, { model, link, draw });
    this.asked = new Set();
  }

  once(address, use) {
    if (this.asked.has(address)) return;
    this.asked.add(address);
    setTimeout(async () => {
      const told = await this.link.call("GET", address).catch(() => null);
      if (told) use(told);
      this.draw();
    }, Math.random() * LATER);
  }

  // The newest signed head, once for each stage that may have brought one.
  head(workshop, stage) {
    if (this.asked.has(stage)) return;
    this.asked.add(stage);
    setTimeout(async () => {
      const note = await this.link.text(`/api/v1/workshops/${workshop}/checkpoint`).catch(() => null);
      if (note) await this.model.heads.see(note);
      this.draw();
    }, Math.random() * LATER);
  }

  // After an absence the server may be a newer one: a page that it did not draw asks to be loaded again.
  async current() {
    try {
      const build = await this.link.build();
      this.model.stale = this.model.stale || build !== document.documentElement.dataset.build;
    } catch {
      return;
    }
    this.draw();
  }

  // What has become due with the state at hand.
  due() {
    const { model } = this;
    const { workshop, group, round, phase, workshop_phase } = model.view;
    if (["disclosed", "revealed"].includes(phase) && !model.tracker(round)) {
      this.once(`/api/v1/ballot/receipt?of=${encodeURIComponent(group)}/${round}`, (told) => {
        if (told.tracker && told.round === model.view.round) model.outbox.note("tracker", told.tracker);
      });
    }
    const stage = workshop_phase === "frozen" ? "frozen" : `${group}/${round}`;
    if (stage === "frozen" || (["disclosed", "revealed", "concluded"].includes(phase) && model.headed !== stage)) {
      this.head(workshop, stage);
    }
    for (const shown of new Set(model.items.map((item) => item.feedback?.round).filter(Boolean))) {
      this.once(`/api/v1/workshops/${workshop}/rounds/${encodeURIComponent(group)}/${shown}`, (told) => {
        for (const { item, reasons } of told.items || []) {
          if (model.item(item)?.feedback?.round === shown) model.said.set(item, (reasons || []).map((one) => one.text));
        }
      });
    }
  }
}
