// Small behaviours of every page, each bound by a data- attribute; every form works without them.
import { bindDrafts } from "./drafts.js";
import { bindSelection } from "./selection.js";

const bind = (root) => {
  bindDrafts(root);
  bindSelection(root);
  for (const form of root.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", () => {
      // The server refuses a second time by the form's own number; this only spares the wait.
      for (const button of form.querySelectorAll("button")) setTimeout(() => { button.disabled = true; });
    });
  }
  // What is wrong first has the focus: on a phone it may be far below.
  const wrong = root.querySelector('main [aria-invalid="true"]');
  if (wrong) (wrong.matches("fieldset") ? wrong.querySelector("input") : wrong)?.focus();
  for (const field of root.querySelectorAll("[data-submit]")) field.addEventListener("change", () => field.form.requestSubmit());
  for (const step of root.querySelectorAll(".steps .now")) {
    const bar = step.parentElement;
    bar.scrollLeft = step.offsetLeft - bar.offsetLeft - (bar.clientWidth - step.clientWidth) / 2;
  }
  for (const button of root.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
};

bind(document);
document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) bind(event.target); });
