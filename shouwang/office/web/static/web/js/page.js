// Small behaviours of every page, each bound by a data- attribute; every form works without them.
import { bindAnnouncements } from "./announcing.js";
import { bindDisclosures } from "./disclosures.js";
import { bindDrafts } from "./drafts.js";
import { bindFilters } from "./filters.js";
import { bindScrollers } from "./scrollers.js";
import { bindSelection } from "./selection.js";

const bind = (root) => {
  bindDrafts(root);
  bindSelection(root);
  bindFilters(root);
  bindScrollers(root);
  bindAnnouncements(root);
  for (const form of root.querySelectorAll("form[data-once]")) {
    const buttons = [...form.querySelectorAll("button")];
    form.addEventListener("submit", () => {
      // The server refuses a second time by the form's own number; this only spares the wait.
      for (const button of buttons) setTimeout(() => { button.disabled = true; });
    });
    // Somebody who goes back to a page the browser kept finds its buttons as they were.
    window.addEventListener("pageshow", (event) => { if (event.persisted) for (const button of buttons) button.disabled = false; });
  }
  // From what is wrong to its field, without a trace in the address: there it would outlive the form.
  for (const link of root.querySelectorAll('[role="alert"] a[href^="#"]')) {
    link.addEventListener("click", (event) => {
      const field = document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      field.closest("details")?.setAttribute("open", "");
      field.focus();
    });
  }
  for (const step of root.querySelectorAll(".steps .now")) {
    const bar = step.parentElement;
    bar.scrollLeft = step.offsetLeft - bar.offsetLeft - (bar.clientWidth - step.clientWidth) / 2;
  }
  for (const button of root.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
};

bindDisclosures();
bind(document);
document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) bind(event.target); });
