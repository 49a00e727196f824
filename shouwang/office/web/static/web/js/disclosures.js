// What a summary opens is closed by Escape, and the focus is on the summary again; what lies over the page, a menu
// or the form of a decision, also closes when the focus leaves it: it would hide what has the focus then.
export const bindDisclosures = () => {
  document.addEventListener("keydown", (event) => {
    // In a field Escape belongs to the field: to its calendar, its list, or the input method.
    if (event.key !== "Escape" || event.isComposing || event.target.matches("input, select, textarea")) return;
    const opened = event.target.closest("details[open]");
    if (!opened) return;
    opened.open = false;
    opened.querySelector("summary").focus();
  });
  // A field that is folded away cannot be pointed at by the browser, and the form would stay where it is without a word.
  document.addEventListener("invalid", (event) => { event.target.closest("details")?.setAttribute("open", ""); }, true);
  let within = null;
  document.addEventListener("focusin", (event) => {
    const over = event.target.closest("details:is(.me, .pops)");
    if (within && within !== over) within.open = false;
    within = over;
  });
};
