// The button that signs staff out, on pages that are not the console.
import { call } from "./api.js";

export function signOut() {
  document.querySelector("[data-do=sign-out]").addEventListener("click", async () => {
    await call("POST", "/sign-out", {});
    location.assign("/sign-in");
  });
}
