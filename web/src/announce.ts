let region: HTMLElement | undefined;

/** Shows a short message for a moment; screen readers say it when they are idle. */
export function announce(message: string): void {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.textContent = message;
  const place = toastRegion();
  place.replaceChildren(toast);
  window.setTimeout(() => toast.remove(), 2500);
}

/** Made once and early: a live region must exist before its text for readers to notice it. */
export function toastRegion(): HTMLElement {
  if (region?.isConnected) return region;
  region = document.createElement("div");
  region.className = "toasts";
  region.setAttribute("role", "status");
  document.body.append(region);
  return region;
}
