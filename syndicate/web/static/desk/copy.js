// A button beside each field data-copy that copies it. Without this script the field is there to be selected.
function offer() {
  for (const field of document.querySelectorAll("input[data-copy]:not([data-offered])")) {
    field.dataset.offered = "";
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy" });
    button.setAttribute("aria-label", `Copy: ${field.labels[0].textContent}`);
    button.addEventListener("click", async () => {
      field.select();
      await navigator.clipboard?.writeText(field.value);
      button.textContent = navigator.clipboard ? "Copied" : "Selected";
    });
    field.after(button);
  }
}

offer();
document.addEventListener("swapped", offer);
