// Prints the page it is on.
document.querySelector("[data-do=print]").addEventListener("click", () => print());
