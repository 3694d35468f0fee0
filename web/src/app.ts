// Everything here makes pages livelier; none of it is needed for a page to work.
import { startHtmx } from "./htmx-setup";
import { startBusyForms } from "./busy";
import { startConfirmations } from "./confirm";
import { enhanceCopies, startCopying } from "./copy";
import { startMenus } from "./menus";
import { enhancePasswordFields } from "./password";
import { showCurrentTabs } from "./tabs";
import { enhanceTimes, startTimes } from "./times";
import { whenContentChanges } from "./watch";

document.documentElement.classList.add("js");

startConfirmations();
startBusyForms();
startCopying();
startMenus();
startTimes();
startHtmx();

whenContentChanges((root) => {
  enhanceTimes(root);
  enhanceCopies(root);
  enhancePasswordFields(root);
  showCurrentTabs(root);
});
