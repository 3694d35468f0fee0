/** Calls `enhance` for the page now and again for whatever a partial update brings in. */
export function whenContentChanges(enhance: (root: ParentNode) => void): void {
  const start = (): void => {
    enhance(document);
    const observer = new MutationObserver(() => {
      enhance(document);
      // What the enhancement itself just wrote is no news.
      observer.takeRecords();
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
