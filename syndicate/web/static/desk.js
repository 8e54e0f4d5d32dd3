// The desk, quicker. Every page works without this: forms are sent, links are followed, nothing is hidden for good.
import "./desk/swap.js";
import "./desk/keys.js";
import "./desk/queue.js";
import "./desk/live.js";
import "./desk/copy.js";

for (const button of document.querySelectorAll("[data-opens]")) button.hidden = false;

for (const button of document.querySelectorAll("[data-zone]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    document.getElementById(button.dataset.zone).value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  });
}

document.addEventListener("click", event => {
  const opener = event.target.closest?.("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
});
