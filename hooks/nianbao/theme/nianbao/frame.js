// The menus of the header close at a tap elsewhere, at another menu and at Escape. Without this script they still open.
(() => {
  "use strict";
  const close = (kept) => {
    for (const menu of document.querySelectorAll(".site-header details[open]")) {
      if (!menu.contains(kept)) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(null);
  });
})();
