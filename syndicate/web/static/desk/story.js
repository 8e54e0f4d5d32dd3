// A story's page while it is open: who else is there, a draft kept while one types, the seconds that are left to undo.

const EVERY_MS = 20_000, AFTER_TYPING_MS = 1_500;
let typing;

setInterval(() => send(document.querySelector("#together")?.dataset.here, token()), EVERY_MS);
setInterval(tick, 250);
document.addEventListener("input", later);
document.addEventListener("toggle", enter, true);
addEventListener("pagehide", () => typing && keep(true));

function later(event) {
  const form = event.target.closest?.("form[data-draft]");
  if (!form) return;
  clearTimeout(typing);
  typing = setTimeout(() => keep(false), AFTER_TYPING_MS);
}

async function keep(leaving) {
  clearTimeout(typing);
  typing = undefined;
  const form = document.querySelector("form[data-draft]");
  const state = document.querySelector("#draft-state");
  const kept = await send(form.dataset.draft, new URLSearchParams(new FormData(form)), leaving);
  state.textContent = kept ? state.dataset.kept : state.dataset.lost;
}

document.addEventListener("submit", () => { clearTimeout(typing); typing = undefined; });

/** Tell the desk, and show who it says is there. Answers whether it heard. */
async function send(address, body, keepalive = false) {
  if (!address || !body) return false;
  try {
    const answer = await fetch(address, { method: "POST", body, keepalive });
    if (!answer.ok || answer.redirected) return false;
    const piece = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#together");
    const shown = document.querySelector("#together");
    if (piece && shown && piece.innerHTML !== shown.innerHTML) shown.replaceWith(piece);
    return true;
  } catch {
    return false;
  }
}

function token() {
  const field = document.querySelector('input[name="csrf"]');
  return field && new URLSearchParams({ csrf: field.value });
}

/** Counted from when the page came, for this machine's clock may be wrong; then the page is asked how it went. */
function tick() {
  const left = document.querySelector("[data-seconds]");
  if (!left) return;
  left.ends ??= performance.now() + 1000 * left.dataset.seconds;
  const seconds = Math.ceil((left.ends - performance.now()) / 1000);
  left.textContent = Math.max(0, seconds);
  if (seconds < -1 && !document.querySelector("details[open] form :focus")) {
    delete left.dataset.seconds;
    location.reload();
  }
}

function enter(event) {
  if (event.target.matches?.(".decide details[open]")) event.target.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}
