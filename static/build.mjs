// Bundles every page's script and sheet into static/dist with a hash in each name, compresses them once, and lists
// them in manifest.json. Owns the build alone: it draws nothing and knows no page by name.
//
//   node static/build.mjs
//
// manifest.json: {build, files: {"ballot.js": "ballot-4F…js"}, words: {"ballot.js": ["Saved", ["{n} x", "{n} xs"]]}}
// `words` holds what a script says to people (the literals in t("…") and tn("…", "…")), so that a page can bring them
// along in its reader's language.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "dist");
const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);
const HOUR = 3600_000;

async function pages(folder, ending) {
  const names = await readdir(path.join(here, folder)).catch(() => []);
  return names.filter((name) => name.endsWith(ending)).sort().map((name) => path.join(here, folder, name));
}

const STRING = String.raw`"((?:[^"\\]|\\.)*)"`;
const ONE = new RegExp(String.raw`(?<![\w.$])t\(\s*${STRING}`, "g");
const MANY = new RegExp(String.raw`(?<![\w.$])tn\(\s*${STRING}\s*,\s*${STRING}`, "g");
const ANY = /(?<![\w.$]|function )tn?\(/g;

// What one of our files says; anything else than a literal would reach people untranslated, so it stops the build.
function spoken(source, file) {
  const text = source.replace(/^\s*\/\/.*$/gm, "");
  const read = (literal) => JSON.parse(`"${literal}"`);
  const one = [...text.matchAll(ONE)].map((found) => read(found[1]));
  const many = [...text.matchAll(MANY)].map((found) => [read(found[1]), read(found[2])]);
  if (one.length + many.length !== [...text.matchAll(ANY)].length) {
    throw new Error(`${file}: call t() and tn() with double-quoted literals, so that they can be translated`);
  }
  return [...one, ...many];
}

async function words(inputs) {
  const found = new Map();
  for (const file of inputs.filter((name) => !name.includes("node_modules") && name.endsWith(".js")).sort()) {
    for (const word of spoken(await readFile(path.join(here, "..", file), "utf8"), file)) found.set(String(word), word);
  }
  return [...found.values()];
}

async function keep(name, bytes) {
  const target = path.join(dist, name);
  const most = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } };
  await writeFile(target + ".gz", await gzip(bytes, { level: 9 }));
  await writeFile(target + ".br", await brotli(bytes, most));
  await writeFile(target, bytes);
}

const result = await build({
  entryPoints: [...(await pages("js/pages", ".js")), ...(await pages("css/pages", ".css"))],
  absWorkingDir: path.join(here, ".."),
  outdir: dist,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome80"],
  charset: "utf8",
  legalComments: "eof",
  metafile: true,
  write: false,
  logLevel: "warning",
});

const manifest = { build: "", files: {}, words: {} };
for (const [output, about] of Object.entries(result.metafile.outputs)) {
  const name = path.basename(output);
  const asked = path.basename(about.entryPoint);
  manifest.files[asked] = name;
  if (asked.endsWith(".js")) manifest.words[asked] = await words(Object.keys(about.inputs));
}
manifest.build = createHash("sha256").update(JSON.stringify(manifest.files)).digest("hex").slice(0, 12);

await mkdir(dist, { recursive: true });
for (const file of result.outputFiles) await keep(path.basename(file.path), file.contents);
const fresh = path.join(dist, `manifest-${process.pid}.json`);
await writeFile(fresh, JSON.stringify(manifest, null, 1));
await rename(fresh, path.join(dist, "manifest.json")); // last, so that a running server never meets a name without its file

const wanted = new Set(["manifest.json", ...Object.values(manifest.files).flatMap((n) => [n, n + ".gz", n + ".br"])]);
for (const name of await readdir(dist)) {
  const old = path.join(dist, name);
  if (!wanted.has(name) && Date.now() - (await stat(old)).mtimeMs > HOUR) await rm(old);
}
