// Other screens, steered from here: the hall's displays go blank or show how to join, phones that have not finished are
// reminded. A group with a display of its own is addressed by it, every other one by the hall's.
import { call } from "../staff/api.js";
import { t, tn } from "../words.js";
import { about } from "./model.js";

const HALL = "workshop";
const SAID = {
  blank: { one: () => t("The hall display is dark."), group: (name) => t("The display of {group} is dark.", { group: name }) },
  join: { one: () => t("The hall display shows how to join."), group: (name) => t("The display of {group} shows how to join.", { group: name }) },
  null: { one: () => t("The hall display goes on."), group: (name) => t("The display of {group} goes on.", { group: name }) },
};

export const scopeOf = (S) => (S.group && S.displays[S.group] ? S.group : HALL);

// What the addressed display stands on, in a word; empty where it shows what the workshop does.
export function standing(S) {
  const shown = S.shows[scopeOf(S)];
  return shown === "blank" ? t("dark") : shown === "join" ? t("join code") : "";
}

// screens(S, {channel, changed, toast}) → what buttons and keys do.
export function screens(S, { channel, changed, toast }) {
  const here = `/workshops/${S.frame.workshop}`;

  async function steer(what) {
    const scope = scopeOf(S), show = S.shows[scope] === what ? null : what;
    const told = await call("PUT", `${here}/desk/show`, { scope, show });
    if (!told.ok) return toast({ form: "refused", text: told.detail });
    S.shows = told.shows;
    const { one, group } = SAID[show];
    const none = Object.values(S.displays).some((count) => count) ? "" : " " + t("None is connected now; the next one begins like this.");
    toast({ form: "hall", text: (scope === HALL ? one() : group(about(S, scope).name)) + none });
    return changed();
  }

  async function open() {
    const screen = window.open("", "mufakat-display");
    const told = await call("POST", `${here}/displays`, {});
    if (told.ok && screen) screen.location.href = `/display/${S.frame.workshop}`;
    else if (screen) screen.close();
    if (!told.ok) toast({ form: "refused", text: told.detail });
  }

  async function nudge({ group }) {
    const told = await channel.send("nudge", { group });
    if (!told) return toast({ form: "offline", text: t("The live line is gone; phones cannot be reminded now.") });
    if (!told.ok) return toast({ form: "refused", text: told.message });
    const away = told.waiting - told.reached;
    const reached = tn("{n} phone was reminded.", "{n} phones were reminded.", told.reached);
    return toast({ form: "saved", text: reached + (away ? " " + tn("{n} seat could not be reached; its phone is not connected.", "{n} seats could not be reached; their phones are not connected.", away) : "") });
  }

  return { blank: () => steer("blank"), join: () => steer("join"), display: open, nudge };
}
