// <div class="password-field"><input type="password"></div> gets a Show/Hide button.

export function enhancePasswordFields(root: ParentNode): void {
  for (const holder of root.querySelectorAll<HTMLElement>(".password-field")) {
    const input = holder.querySelector("input");
    if (input && !holder.querySelector(".password-reveal")) holder.append(revealButton(input));
  }
}

function revealButton(input: HTMLInputElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "password-reveal";
  const show = (shown: boolean): void => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-label", shown ? "Hide password" : "Show password");
  };
  show(false);
  button.addEventListener("click", () => show(input.type === "password"));
  // A password that is left visible must not be offered by the browser as form history.
  input.form?.addEventListener("submit", () => show(false));
  return button;
}
