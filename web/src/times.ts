// <time datetime="2026-11-24T09:30:00Z">2026-11-24 09:30 UTC</time> becomes the viewer's own
// zone and language; the title keeps UTC. data-show: "date", "time", "seconds" or "relative".

const formats: Record<string, Intl.DateTimeFormatOptions> = {
  date: { dateStyle: "medium" },
  time: { timeStyle: "short" },
  seconds: { dateStyle: "medium", timeStyle: "medium" },
  "": { dateStyle: "medium", timeStyle: "short" },
};

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function enhanceTimes(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>("time[datetime*='T']")) {
    enhanceTime(element);
  }
}

/** Keeps "in 3 minutes" true while the page stays open. */
export function startTimes(): void {
  window.setInterval(() => {
    for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-show=relative]")) {
      enhanceTime(element);
    }
  }, 30_000);
}

function enhanceTime(element: HTMLTimeElement): void {
  const moment = new Date(element.dateTime);
  if (Number.isNaN(moment.getTime())) return;
  const text = localText(moment, element.dataset["show"] ?? "");
  // Writing only what differs keeps the observer of partial updates quiet.
  if (element.textContent !== text) element.textContent = text;
  const title = utcText(moment);
  if (element.title !== title) element.title = title;
}

function localText(moment: Date, show: string): string {
  if (show === "relative") return relativeText(moment);
  return new Intl.DateTimeFormat(undefined, formats[show] ?? formats[""]).format(moment);
}

/** The page may run on a simulated clock: <html data-now="…Z"> says what time it is there. */
function now(): number {
  const simulated = Date.parse(document.documentElement.dataset["now"] ?? "");
  return Number.isNaN(simulated) ? Date.now() : simulated + performance.now();
}

function relativeText(moment: Date): string {
  const seconds = (moment.getTime() - now()) / 1000;
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return format.format(0, "minute");
}

function utcText(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
