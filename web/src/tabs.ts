// In a narrow window tabs scroll sideways: the tab of this page is brought into sight.

export function showCurrentTabs(root: ParentNode): void {
  for (const tabs of root.querySelectorAll<HTMLElement>(".tabs")) {
    const current = tabs.querySelector<HTMLElement>("[aria-current]");
    if (current) tabs.scrollLeft = current.offsetLeft + current.offsetWidth - tabs.clientWidth;
  }
}
