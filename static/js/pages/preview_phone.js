// A phone's first card as it would look: the ballot's own model and card, with nothing to send and nobody to send it to.
import { Card } from "../ballot/card.js";
import { passing } from "../ballot/kept.js";
import { Model } from "../ballot/model.js";
import { headOf } from "../ballot/signs.js";
import { fill, h } from "../dom.js";
import { heard } from "../guide/heard.js";
import { t } from "../words.js";

const phone = document.getElementById("phone"), head = phone.firstElementChild;

heard(({ phone: view }) => {
  const model = new Model(passing());
  model.accept(view);
  if (view.dimension) phone.dataset.dim = ((view.dimension - 1) % 4) + 1;
  fill(head, headOf(view, h("span", { class: "phone__round quiet" }, t("Round {n}", { n: view.round }))));
  fill(phone, head, new Card(model, model.items[0]).element);
});
