// A form with data-live="#part" shows what it would mean while it is being typed in: its button data-live-button is
// pressed by itself a moment after the last key. Answers that come too late are left to the next question.
import { swap } from "./swap.js";

let waiting, asking = false, again = false;

document.addEventListener("input", event => {
  const form = event.target.closest?.("form[data-live]");
  if (!form?.querySelector("[data-live-button]")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => show(form), 350);
});

async function show(form) {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  again = false;
  const fields = new URLSearchParams(new FormData(form, form.querySelector("[data-live-button]")));
  await swap(form.dataset.live, form.getAttribute("action") ?? location.href, { method: "POST", body: fields });
  asking = false;
  if (again) show(form);
}
