// Keys are written on what they press: data-key="a" on a button, link or field. In a list (data-rows) each item is a
// data-row; j and k go from one to the next, and a key that stands in several rows presses the one in the current row.

document.addEventListener("keydown", event => {
  if (!("keys" in document.body.dataset) || event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input, select, textarea, [contenteditable]") || document.querySelector("dialog[open]")) return;
  if (event.key === "j" || event.key === "k") return go(event.key === "j" ? 1 : -1, event);
  const pressed = find(event.key);
  if (!pressed) return;
  event.preventDefault();
  if (pressed.matches("input, select, textarea")) pressed.focus();
  else pressed.click();
});

function find(key) {
  const selector = `[data-key="${CSS.escape(key)}"]`;
  const inRow = current()?.querySelector(selector);
  const others = [...document.querySelectorAll(selector)].filter(each => !each.closest("[data-row]") && !each.hidden);
  return inRow ?? others.find(each => each.checkVisibility()) ?? others.find(each => each.matches("[data-opens]"));
}

function current() {
  return document.activeElement?.closest("[data-row]");
}

function go(step, event) {
  const rows = [...document.querySelectorAll("[data-rows] [data-row]")];
  if (!rows.length) return;
  event.preventDefault();
  const at = rows.indexOf(current());
  const row = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
  (row.querySelector("a[href]") ?? row).focus();
  row.scrollIntoView({ block: "nearest" });
}
