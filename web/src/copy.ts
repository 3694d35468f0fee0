// <span class="copy" data-copy="whole value"><code>cut valu…</code></span> gets a copy button.
import { announce, toastRegion } from "./announce";

export function enhanceCopies(root: ParentNode): void {
  for (const holder of root.querySelectorAll<HTMLElement>(".copy")) {
    if (!holder.querySelector(".copy-button")) holder.append(copyButton(holder));
  }
}

export function startCopying(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>(".copy-button");
    if (button) void copyFrom(button);
  });
  document.addEventListener("DOMContentLoaded", toastRegion);
}

function copyButton(holder: HTMLElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-button";
  button.setAttribute("aria-label", `Copy ${holder.dataset["copyName"] ?? valueOf(holder)}`);
  button.title = "Copy";
  button.append(icon("copy"));
  return button;
}

function valueOf(holder: HTMLElement): string {
  return holder.dataset["copy"] ?? holder.textContent?.trim() ?? "";
}

function icon(name: string): HTMLElement {
  const element = document.createElement("span");
  element.className = `icon icon-${name}`;
  element.ariaHidden = "true";
  return element;
}

async function copyFrom(button: HTMLButtonElement): Promise<void> {
  const holder = button.closest<HTMLElement>(".copy");
  if (!holder) return;
  const copied = await writeClipboard(valueOf(holder));
  announce(copied ? "Copied to the clipboard" : "Could not copy: select the text and copy it");
  if (!copied) return;
  button.classList.add("is-copied");
  button.replaceChildren(icon("check"));
  window.setTimeout(() => {
    button.classList.remove("is-copied");
    button.replaceChildren(icon("copy"));
  }, 2000);
}

/** The clipboard of the browser exists only on https and loopback; elsewhere the old command. */
async function writeClipboard(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return writeThroughSelection(value);
  }
}

function writeThroughSelection(value: string): boolean {
  const area = document.createElement("textarea");
  area.value = value;
  area.className = "visually-hidden";
  // Inside an open modal dialog the rest of the page cannot be selected.
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}
