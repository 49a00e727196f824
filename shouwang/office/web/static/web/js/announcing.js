// What happened is said to who cannot see it: one live line of the page, which stays while what is around it is replaced.
// A line in the page from the start is not read out by itself, so it is written a moment later, and only where it is new.
const LATER = 300;

export const bindAnnouncements = (root) => {
  const line = document.querySelector("[data-live]");
  const said = [root, ...root.querySelectorAll("[data-announce]")]
    .filter((place) => place.dataset && "announce" in place.dataset)
    .map((place) => place.dataset.announce || place.textContent.trim());
  const words = said.join(" ");
  if (line && words && line.textContent !== words) setTimeout(() => { line.textContent = words; }, LATER);
};
