// Only for styleguide.html: under each example its own markup, taken before the script of the
// pages changes it, so that what is shown is what works.
for (const example of document.querySelectorAll(".example")) {
  const details = document.createElement("details");
  details.className = "disclosure guide-markup";
  const summary = document.createElement("summary");
  summary.textContent = "Markup";
  const pre = document.createElement("pre");
  pre.textContent = withoutIndent(example.innerHTML);
  details.append(summary, pre);
  example.after(details);
}

// The capture of pictures chooses theme and product by the address: ?theme=dark&product=suite
const wanted = new URLSearchParams(location.search);
for (const name of ["theme", "product"]) {
  const value = wanted.get(name);
  if (value) document.documentElement.dataset[name] = value;
}

function withoutIndent(html: string): string {
  const lines = html.replace(/^\n+|\s+$/g, "").split("\n");
  const indents = lines.filter((line) => line.trim()).map((line) => line.search(/\S/));
  const common = Math.min(...indents);
  return lines.map((line) => line.slice(common)).join("\n");
}

export {};
