// Reads the seat card's secret from the address and takes it out of it at once, so that it stays neither in the
// history nor on a picture of the screen. Joining itself is the form's work, after the person has agreed.

const secret = decodeURIComponent(location.hash.slice(1));
const field = document.getElementById("code");
if (secret) {
  history.replaceState(null, "", location.pathname + location.search);
  if (field) {
    field.value = secret;
    document.getElementById("typed").hidden = true;
    document.getElementById("scanned").hidden = false;
  }
}
document.documentElement.dataset.awake = "true";
