// The queue: what came in is told beside the heading, so that nothing moves; one box chooses all stories of the page.

const EVERY_MS = 20_000;
let etag = "";
let timer;

async function ask() {
  const place = document.querySelector("[data-news]");
  if (!place || document.hidden) return;
  const address = new URL(place.dataset.news, location.href);
  address.searchParams.set("since", place.dataset.since);
  try {
    const answer = await fetch(address, { cache: "no-store", headers: etag ? { "If-None-Match": etag } : {} });
    if (answer.ok) {
      etag = answer.headers.get("ETag") ?? "";
      show(place.querySelector("a"), await answer.json());
    }
  } catch {
    // out of reach for a moment: the next look may find it
  }
}

function show(link, { new: number, told }) {
  link.textContent = told;
  link.hidden = !number;
}

function begin() {
  const every = document.querySelector("#every");
  if (every) every.hidden = false;
  etag = "";
  clearInterval(timer);
  if (document.querySelector("[data-news]")) timer = setInterval(ask, EVERY_MS);
}

document.addEventListener("change", event => {
  if (event.target.id !== "every") return;
  for (const box of document.querySelectorAll('input[name="story"]')) box.checked = event.target.checked;
});
document.addEventListener("visibilitychange", ask);
document.addEventListener("swapped", begin);
begin();
