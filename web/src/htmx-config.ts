// Imported before htmx, which reads its configuration once, from this element.
const config = document.createElement("meta");
config.name = "htmx-config";
config.content = JSON.stringify({
  // The page's policy forbids styles that are not ours; ours has the same rules.
  includeIndicatorCSS: false,
  // A partial that fails leaves what is on the page; it is asked for again later.
  noSwap: ["204", "304", "4xx", "5xx"],
});
document.head.append(config);

export {};
