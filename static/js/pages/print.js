// A page for paper: which language stands on it, and the button that prints.
document.addEventListener("change", (event) => {
  if (event.target.name === "tongue") document.body.dataset.tongue = event.target.value;
});
document.querySelector("[data-do=print]").addEventListener("click", () => print());
