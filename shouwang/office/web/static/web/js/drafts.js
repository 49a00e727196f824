// Keeps what is being typed until it is sent: in this tab only, never passwords or files, gone when the tab is closed.
const keyOf = (form) => `draft ${location.pathname} ${form.dataset.draft}`;

const keep = (form) => {
  const values = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "form_number");
  sessionStorage.setItem(keyOf(form), JSON.stringify(values));
};

const restore = (form) => {
  const kept = JSON.parse(sessionStorage.getItem(keyOf(form)) || "[]");
  for (const [name, value] of kept) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = field.checked || field.value === value;
      else if (field.type !== "hidden" && field.type !== "file" && !field.value) field.value = value;
    }
  }
};

export const bindDrafts = (root) => {
  // First what is done, or the form of the page that says so would be filled once more with what was just sent.
  for (const done of root.querySelectorAll("[data-draft-done]")) {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith("draft ")) sessionStorage.removeItem(key);
    done.remove();
  }
  for (const form of root.querySelectorAll("form[data-draft]")) {
    restore(form);
    form.addEventListener("input", () => keep(form));
  }
};
