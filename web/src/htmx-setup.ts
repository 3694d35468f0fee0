import "./htmx-config";
import htmx from "htmx.org";

interface Exchange {
  detail: {
    ctx: { request: { method: string }; response?: { raw: Response }; sourceEvent?: Event };
  };
}

/** htmx can turn attribute text into code. We never want that: both constructors refuse. */
function refuseCode(): never {
  throw new Error("code in htmx attributes is switched off");
}

export function startHtmx(): void {
  htmx.registerExtension("no-code", {
    init: (api: { initSecurity(policy: null, sync: unknown, async: unknown): void }) =>
      api.initSecurity(null, refuseCode, refuseCode),
  });
  document.addEventListener("htmx:before:request", pauseWhileHidden);
  document.addEventListener("htmx:before:response", reloadWhenSentElsewhere);
}

/** A tab that nobody looks at does not poll. */
function pauseWhileHidden(event: Event): void {
  const { ctx } = (event as unknown as Exchange).detail;
  if (document.hidden && ctx.sourceEvent?.type === "every") event.preventDefault();
}

/** A partial that was redirected met the sign-in page: let the whole page go there. */
function reloadWhenSentElsewhere(event: Event): void {
  const { ctx } = (event as unknown as Exchange).detail;
  if (!ctx.response?.raw.redirected || ctx.request.method !== "GET") return;
  event.preventDefault();
  window.location.reload();
}
