// Says before anything is drawn that a script is coming, so that the plain form does not flash. Where the script has
// not come within eight seconds, the form is shown: it works by itself.
document.documentElement.classList.add("has-script");
setTimeout(() => {
  if (!document.documentElement.dataset.awake) document.documentElement.classList.remove("has-script");
}, 8000);
