// data-busy on a form or its submit button: while the form is submitting, the button is
// disabled and says the words of data-busy (if it has any).

interface Before {
  button: HTMLButtonElement;
  label: string;
}

let busy: Before[] = [];

export function startBusyForms(): void {
  document.addEventListener("submit", (event) => {
    // Other listeners may still take the submit back, and a disabled button is not sent.
    window.setTimeout(() => {
      if (!event.defaultPrevented) markBusy(event);
    });
  });
  // A page that comes back from the history is no longer submitting.
  window.addEventListener("pageshow", restore);
}

function markBusy(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const button = event.submitter ?? form.querySelector("button:not([type=button])");
  if (!(button instanceof HTMLButtonElement)) return;
  const words = button.dataset["busy"] ?? form.dataset["busy"];
  if (words === undefined) return;
  busy.push({ button, label: button.innerHTML });
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  if (words) button.textContent = words;
}

function restore(): void {
  for (const { button, label } of busy) {
    button.disabled = false;
    button.removeAttribute("aria-busy");
    button.innerHTML = label;
  }
  busy = [];
}
