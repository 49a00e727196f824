// A choice made by pointer asks for the list at once. With the keyboard every arrow key may be a choice, so the button asks;
// the focus is then where it was.
const KEPT = "focus of filters";
let isByKey = false;
document.addEventListener("keydown", () => { isByKey = true; }, true);
document.addEventListener("pointerdown", () => { isByKey = false; }, true);

export const bindFilters = (root) => {
  for (const field of root.querySelectorAll("[data-submit]")) field.addEventListener("change", () => { if (!isByKey) field.form.requestSubmit(); });
  for (const form of root.querySelectorAll("form.filters[method=get]")) {
    form.addEventListener("submit", () => {
      const on = [...form.elements].indexOf(document.activeElement);
      if (isByKey && on >= 0) sessionStorage.setItem(KEPT, `${on} ${location.pathname}`);
    });
    if (sessionStorage.getItem(KEPT)?.endsWith(` ${location.pathname}`)) {
      form.elements[parseInt(sessionStorage.getItem(KEPT), 10)]?.focus();
      sessionStorage.removeItem(KEPT);
    }
  }
};
