// The page that checks a tlog-proof file: takes what is given, has it held together, says what holds. Asks no server.
import { fill, h, icon } from "../dom.js";
import { compare, readFile } from "../proof/given.js";
import { tracker } from "../proof/hashes.js";
import { readKey, signed } from "../proof/signature.js";
import { included, leaf } from "../proof/tree.js";
import { pairs, short } from "../staff/seal.js";
import { t } from "../words.js";

const [drop, file, key, seal, line, answer] = ["drop", "file", "key", "seal", "line", "answer"].map((id) => document.getElementById(id));
let given = null; // what was given last

function say(holds, words) {
  const [kind, sign] = { yes: [" sentence--saved", "saved"], no: ["", "refused"], open: [" sentence--note", "near"] }[holds];
  return h("p", { class: `sentence${kind}`, "data-holds": holds }, icon(sign), h("span", {}, words));
}

const NO_PROOF = {
  unreadable: () => t("This file cannot be read; choose the proof file itself."),
  bundle: () => t("This is the audit file of a whole workshop; unpack it and run the verify.py in it."),
  none: () => t("This is no proof file; copy it whole."),
};

function fact(name, value) {
  return value ? h("div", {}, h("dt", {}, name), h("dd", {}, value)) : null;
}

const groups = (bytes) => h("b", { class: "tracker__seal" }, pairs(short(bytes)).map((two) => [h("span", {}, two), " "]));

function ballotOf(stands) {
  try {
    const sealed = JSON.parse(stands).body.sealed.ballot;
    return /^[0-9a-f]{64}$/.test(sealed) ? tracker(sealed) : null;
  } catch {
    return null;
  }
}

function ofLine(proof, stands) {
  if (!stands) return say("open", t("The file does not carry the line it proves; paste the line below."));
  return included(proof.index, proof.head.size, leaf(stands), proof.path, proof.head.root)
    ? say("yes", t("The line stands in the record under this seal."))
    : say("no", t("The line does not stand in the record under this seal."));
}

function ofKey(proof, read) {
  if (!key.value.trim()) return say("open", t("The signature was not checked; give the key that was shown at the opening."));
  if (!read) return say("no", t("This is no key; copy the whole line."));
  return signed(proof.head, read) ? say("yes", t("This key signed the seal.")) : say("no", t("This key did not sign the seal."));
}

function ofSeal(proof) {
  switch (seal.value.trim() && compare(proof.head, seal.value)) {
    case "": return null;
    case "same": return say("yes", t("It is the seal that you gave."));
    case "other": return say("no", t("The seal that you gave is of as many entries and differs: they cannot both be of this record."));
    case "apart": return say("open", t("The seal that you gave is of another moment or record; compare the proof with the seal of its own moment."));
    default: return say("no", t("This is no seal; paste the text of its QR code, or its eight groups of four."));
  }
}

function check() {
  if (!given) return fill(answer);
  if (given.seal) return fill(answer, say("open", t("This is a seal; it stands in its field now. Give the proof file too.")));
  const { proof } = given;
  if (!proof) return fill(answer, say("no", NO_PROOF[given.what]()));
  const stands = line.value.trim() || proof.extra, read = readKey(key.value), code = ballotOf(stands);
  return fill(answer, ofLine(proof, stands), ofKey(proof, read), ofSeal(proof), h("dl", { class: "facts" },
    fact(t("Seal, to compare with the hall display or the minutes"), groups(proof.head.root)),
    read && fact(t("Key, to compare with the opening"), groups(read.key)),
    code && fact(t("Your tracker"), h("b", { class: "tracker__code" }, `${code.slice(0, 4)}-${code.slice(4)}`)),
    fact(t("Record"), proof.head.origin),
    fact(t("Entry"), t("{n} of {all}", { n: proof.index, all: proof.head.size }))));
}

async function take(one) {
  if (!one) return;
  given = await readFile(one);
  if (given.seal) seal.value = given.seal;
  check();
}

file.addEventListener("change", () => take(file.files[0]));
for (const input of [key, seal, line]) input.addEventListener("input", check);
addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("is-over");
});
for (const end of ["dragleave", "drop"]) addEventListener(end, () => drop.classList.remove("is-over"));
addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer.files[0]);
});
