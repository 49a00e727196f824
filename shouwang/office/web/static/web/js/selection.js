// A table of rows to tick: counts them by level, and the button says what it will do to how many.
export const bindSelection = (root) => {
  for (const form of root.querySelectorAll("form[data-selection]")) {
    const boxes = () => [...form.querySelectorAll("input[type=checkbox][name=chosen]:not(:disabled)")];
    const all = form.querySelector("[data-all]");
    const tell = () => {
      const on = boxes().filter((box) => box.checked);
      const people = on.reduce((sum, box) => sum + Number(box.dataset.people || 0), 0);
      for (const place of form.querySelectorAll("[data-chosen]")) place.textContent = on.length;
      for (const place of form.querySelectorAll("[data-chosen-people]")) place.textContent = people;
      for (const place of form.querySelectorAll("[data-chosen-level]")) {
        const count = on.filter((box) => box.dataset.level === place.dataset.chosenLevel).length;
        place.hidden = count === 0;
        place.querySelector("b").textContent = count;
      }
      for (const button of form.querySelectorAll("[data-needs-chosen]")) button.disabled = on.length === 0;
      if (all) all.checked = on.length > 0 && on.length === boxes().length;
    };
    if (all) all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; tell(); });
    form.addEventListener("change", tell);
    window.addEventListener("pageshow", tell);
    // Enter on a box would press the first button of the form, which may stand far below, or be folded away.
    form.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.type === "checkbox") event.preventDefault(); });
    tell();
  }
};
