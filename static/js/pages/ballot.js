import { t } from "../words.js";
document.documentElement.dataset.awake = "true";
console.log(t("Saved"));
