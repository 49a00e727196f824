// What a summary opens is closed by Escape, and the focus is on the summary again; a menu closes when the focus leaves it.
export const bindDisclosures = () => {
  document.addEventListener("keydown", (event) => {
    // In a field Escape belongs to the field: to its calendar, its list, or the input method.
    if (event.key !== "Escape" || event.isComposing || event.target.matches("input, select, textarea")) return;
    const opened = event.target.closest("details[open]");
    if (!opened) return;
    opened.open = false;
    opened.querySelector("summary").focus();
  });
  document.addEventListener("focusout", (event) => {
    const menu = event.target.closest("details.me[open]");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
};
