// data-confirm="What will happen." on a form or a submit button asks before it submits.
// Optional: data-confirm-title, data-confirm-action (the words of the button),
// data-confirm-tone="danger".

const confirmed = new WeakSet<HTMLFormElement>();

export function startConfirmations(): void {
  // Captured at the window, so that nothing else acts on a submit that may be taken back.
  window.addEventListener("submit", askFirst, true);
}

function askFirst(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const submitter = event.submitter as HTMLButtonElement | null;
  const source = submitter?.dataset["confirm"] !== undefined ? submitter : form;
  if (source.dataset["confirm"] === undefined || confirmed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const dialog = buildDialog(source, submitter);
  dialog.addEventListener("close", () => {
    const agreed = dialog.returnValue === "confirm";
    dialog.remove();
    if (agreed) submitAgain(form, submitter);
    else submitter?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function submitAgain(form: HTMLFormElement, submitter: HTMLElement | null): void {
  if (!form.isConnected) return;
  confirmed.add(form);
  form.requestSubmit(submitter?.isConnected ? submitter : null);
  // Where validation stopped the submit, the next one asks again.
  confirmed.delete(form);
}

function buildDialog(source: HTMLElement, submitter: HTMLElement | null): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "confirm-title");
  dialog.setAttribute("aria-describedby", "confirm-text");
  const action = source.dataset["confirmAction"] ?? submitter?.textContent?.trim() ?? "Continue";
  dialog.append(
    bodyOf(source.dataset["confirmTitle"] ?? "Are you sure?", source.dataset["confirm"] ?? ""),
    actionsOf(action, source.dataset["confirmTone"] === "danger"),
  );
  return dialog;
}

function bodyOf(title: string, text: string): HTMLElement {
  const heading = withText("h2", title);
  heading.id = "confirm-title";
  const sentence = withText("p", text);
  sentence.id = "confirm-text";
  const body = document.createElement("div");
  body.className = "dialog-body";
  body.append(heading, sentence);
  return body;
}

function actionsOf(action: string, danger: boolean): HTMLFormElement {
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "dialog-actions";
  const cancel = withText("button", "Cancel");
  cancel.className = "button";
  cancel.value = "cancel";
  const proceed = withText("button", action);
  proceed.className = `button button-primary${danger ? " button-danger" : ""}`;
  proceed.value = "confirm";
  // Pressing Enter without looking should not delete anything.
  (danger ? cancel : proceed).autofocus = true;
  form.append(cancel, proceed);
  return form;
}

function withText<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
