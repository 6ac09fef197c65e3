// Small helps only: every page works without this file.
"use strict";

// A date or a choice that is changed is shown at once, without the button.
for (const field of document.querySelectorAll("form.moment input[type=date], form[data-at-once] select")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}

// What is worked out beside the page is put in its place as soon as it is there.
const awaited = async () => {
  for (let tries = 0; tries < 60 && document.querySelector("[data-later]"); tries++) {
    await new Promise((wake) => setTimeout(wake, Math.min(1000 + 500 * tries, 10000)));
    const answer = await fetch(location.href).catch(() => null);
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const place of document.querySelectorAll("[data-later]")) {
      const fresh = page.getElementById(place.id);
      if (fresh && !fresh.hasAttribute("data-later")) place.replaceWith(document.adoptNode(fresh));
    }
  }
};
awaited();
