// The page that checks a tlog-proof file: reads what is given, holds it together, says what holds. Asks no server.
import { fill, h, icon } from "../dom.js";
import { tracker } from "../proof/hashes.js";
import { readKey, signed } from "../proof/signature.js";
import { readProof } from "../proof/tlog.js";
import { included, leaf } from "../proof/tree.js";
import { short } from "../staff/seal.js";
import { t } from "../words.js";

const [file, key, line, answer] = ["file", "key", "line", "answer"].map((id) => document.getElementById(id));
let text = null; // of the file given last

function say(holds, words) {
  const [kind, sign] = { yes: [" sentence--saved", "saved"], no: ["", "refused"], open: [" sentence--note", "near"] }[holds];
  return h("p", { class: `sentence${kind}`, "data-holds": holds }, icon(sign), h("span", {}, words));
}

function fact(name, value) {
  return h("li", {}, h("span", { class: "row" }, h("span", {}, name, h("br"), h("b", {}, value))));
}

function entry(stands) {
  try {
    const sealed = JSON.parse(stands).body.sealed.ballot;
    return /^[0-9a-f]{64}$/.test(sealed) ? tracker(sealed) : null;
  } catch {
    return null;
  }
}

function ofLine(proof, stands) {
  if (!stands) return say("open", t("The file does not carry the line it proves; paste the line above."));
  return included(proof.index, proof.head.size, leaf(stands), proof.path, proof.head.root)
    ? say("yes", t("The line stands in the record under this seal."))
    : say("no", t("The line does not stand in the record under this seal."));
}

function ofKey(proof, given) {
  if (!key.value.trim()) return say("open", t("The signature was not checked; give the key that was shown at the opening."));
  if (!given) return say("no", t("This is no key; copy the whole line."));
  return signed(proof.head, given) ? say("yes", t("This key signed the seal.")) : say("no", t("This key did not sign the seal."));
}

function check() {
  if (text === null) return fill(answer);
  const proof = readProof(text);
  if (!proof) return fill(answer, say("no", t("This is no proof file; copy it whole.")));
  const stands = line.value.trim() || proof.extra;
  const given = readKey(key.value);
  const code = entry(stands);
  return fill(answer, ofLine(proof, stands), ofKey(proof, given), h("ul", { class: "answers" },
    fact(t("Seal, to compare with the hall display or the minutes"), short(proof.head.root)),
    given ? fact(t("Key, to compare with the opening"), short(given.key)) : null,
    code ? fact(t("Your tracker"), `${code.slice(0, 4)}-${code.slice(4)}`) : null,
    fact(t("Record"), proof.head.origin),
    fact(t("Entry"), t("{n} of {all}", { n: proof.index, all: proof.head.size }))));
}

async function take(given) {
  if (!given) return;
  text = await given.text();
  check();
}

file.addEventListener("change", () => take(file.files[0]));
for (const input of [key, line]) input.addEventListener("input", check);
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer.files[0]);
});
