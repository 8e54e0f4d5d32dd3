// A form or link with data-swap="#part, #other" changes those parts of the page instead of all of it: the same address is
// asked, and the parts are taken out of the page that answers. Where one is missing there, the whole content changes.

const parser = new DOMParser();

document.addEventListener("submit", event => {
  const { target: form, submitter } = event;
  const parts = submitter?.dataset.swap ?? form.dataset.swap;
  if (parts === undefined || event.defaultPrevented) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form, submitter));
  const method = (submitter?.getAttribute("formmethod") ?? form.method).toLowerCase();
  const action = new URL(submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href, location.href);
  if (method === "get") action.search = fields;
  swap(parts, action, method === "get" ? {} : { method: "POST", body: fields });
});

document.addEventListener("click", event => {
  const link = event.target.closest?.("a[data-swap]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  swap(link.dataset.swap, link.href, {});
});

// Going back to a page that was changed in place loads it anew; a jump within a page is none of that.
addEventListener("popstate", event => { if (event.state?.swapped) location.reload(); });

/** Ask `address` and put its parts in place. Answers the Response; focus and scroll stay where they were. */
export async function swap(parts, address, request) {
  const waiting = document.querySelectorAll(parts);
  for (const part of waiting) part.setAttribute("aria-busy", "true");
  let answer;
  try {
    answer = await fetch(address, request);
    const page = parser.parseFromString(await answer.text(), "text/html");
    replace(parts, page, answer.redirected);
    if (answer.url !== location.href && (answer.redirected || !request.method)) {
      history.replaceState({ swapped: true }, "");
      history.pushState({ swapped: true }, "", answer.url);
    }
  } catch {
    say("The desk could not be reached. Nothing was changed; please try again.");
  } finally {
    for (const part of waiting) part.removeAttribute("aria-busy");
  }
  return answer;
}

function replace(parts, page, elsewhere) {
  const wanted = parts.split(",").map(part => part.trim());
  const all = wanted.every(part => page.querySelector(part) && document.querySelector(part));
  const place = [scrollX, scrollY];
  const focused = handle(document.activeElement);
  for (const part of all ? [...wanted, "#told"] : ["main"]) document.querySelector(part)?.replaceWith(page.querySelector(part) ?? "");
  document.title = page.title;
  if (all || !elsewhere) scrollTo(...place);
  (focused && document.querySelector(focused) || (all ? null : document.querySelector("main")))?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("swapped"));
}

function handle(element) {
  if (!element || element === document.body) return "";
  if (element.id) return `#${CSS.escape(element.id)}`;
  return element.name ? `${element.localName}[name="${CSS.escape(element.name)}"]` : "";
}

export function say(text) {
  const line = Object.assign(document.createElement("p"), { className: "told", textContent: text });
  document.querySelector("#told")?.replaceChildren(line);
}
