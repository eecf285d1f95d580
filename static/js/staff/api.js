// Calls to the server in JSON. A refusal comes back as an object that says why; only a dead line throws.
import { language, t } from "../words.js";

let ahead = 0; // how many seconds the server's clock is ahead of this one

// Seconds since the epoch by the server's clock.
export function now() {
  return Date.now() / 1000 + ahead;
}

// call("POST", "/workshops", {...}) → {ok, status, ...the answer}; a list comes as
// `list`; a refusal carries `code` and `detail`. Whoever is not
// signed in any more is shown the door, unless `away` is false.
export async function call(method, path, body, away = true) {
  const raw = body instanceof Blob || body instanceof FormData;
  const headers = { Accept: "application/json", "Accept-Language": language };
  if (body !== undefined && !raw) headers["Content-Type"] = "application/json";
  const sent = body === undefined || raw ? body : JSON.stringify(body);
  let response;
  try {
    response = await fetch(`/api/v1${path}`, { method, headers, body: sent, cache: "no-store", credentials: "same-origin" });
  } catch {
    return { ok: false, status: 0, code: "unreachable", detail: t("The server is out of reach. What you see is the last known state.") };
  }
  const date = Date.parse(response.headers.get("Date") || "");
  if (date) ahead = Math.abs(date / 1000 - Date.now() / 1000) > 2 ? date / 1000 - Date.now() / 1000 : 0;
  const told = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (response.status === 401 && away) location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
  if (Array.isArray(told)) return { list: told, ok: response.ok, status: response.status };
  return { ...told, ok: response.ok && told.ok !== false, status: response.status };
}
