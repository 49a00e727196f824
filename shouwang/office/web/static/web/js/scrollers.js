// What is wider than its place can be scrolled by arrow keys too: it takes the focus and says what it is.
const headingOf = (place) => {
  const inside = place.querySelector("caption, h2, h3");
  if (inside) return inside;
  let before = place.previousElementSibling;
  while (before && !before.matches("h1, h2, h3")) before = before.previousElementSibling;
  return before || document.querySelector("main h1");
};

const tell = (place) => {
  const isWide = place.scrollWidth > place.clientWidth + 1;
  if (isWide === (place.tabIndex === 0)) return;
  if (!isWide) { place.removeAttribute("tabindex"); return; }
  place.tabIndex = 0;
  if (!place.matches("section, div")) return;
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", headingOf(place)?.textContent.trim() || "");
};

const watching = new ResizeObserver((seen) => { for (const { target } of seen) tell(target); });

export const bindScrollers = (root) => { for (const place of root.querySelectorAll(".flush, .scroll, .steps")) watching.observe(place); };
