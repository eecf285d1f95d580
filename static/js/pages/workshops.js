// The list of workshops: makes a new one, signs out.
import { call } from "../staff/api.js";

document.addEventListener("click", async (event) => {
  if (!event.target.closest("[data-do=sign-out]")) return;
  await call("POST", "/sign-out", {});
  location.assign("/sign-in");
});

const form = document.getElementById("create");
if (form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const told = await call("POST", "/workshops", {
      title: given.get("title").trim(),
      city: given.get("city").trim() || null,
      language: given.get("language"),
      framework: given.get("framework"),
      rule: given.get("rule"),
      synthetic: given.has("synthetic"),
      settings: {
        open_join: given.has("open_join"),
        baseline_seen: given.has("baseline_before") ? "before" : "after_round_1",
        deadline_closes: given.has("deadline_closes"),
        disclose_after: Number(given.get("disclose_after")),
      },
    });
    if (told.ok) return location.assign(`/console/${told.workshop}`);
    const place = form.querySelector("[role=alert]");
    place.lastElementChild.textContent = told.detail;
    place.hidden = false;
    place.scrollIntoView({ block: "center" });
  });
}
