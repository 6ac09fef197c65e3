// Small helps only: every page works without this file.
"use strict";

// A day or a choice that is picked is shown at once, without the button. Who types it, or goes through the choices with
// the arrows, changes it many times on the way: then nothing happens before Enter or the button.
for (const field of document.querySelectorAll("form.moment input[type=date], form[data-at-once] select")) {
  let typed = false;
  field.addEventListener("keydown", () => { typed = true; });
  field.addEventListener("pointerdown", () => { typed = false; });
  field.addEventListener("change", () => typed || field.form.requestSubmit());
  if (field.tagName === "SELECT") {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      field.form.requestSubmit();
    });
  }
}

// What was read from marked words can be put away with Escape, and a finger sees it before it follows the link.
const claim = (event) => event.target instanceof Element ? event.target.closest(".claim") : null;
let touched = null;
addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const its of document.querySelectorAll(".claim:hover, .claim:focus-within")) its.classList.add("quiet");
});
for (const kind of ["focusout", "pointerout"]) addEventListener(kind, (event) => claim(event)?.classList.remove("quiet"));
addEventListener("click", (event) => {
  const its = claim(event);
  if (its && event.pointerType === "touch" && touched !== its) event.preventDefault();
  touched = its;
});
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
// A day that is being worked out: how far it is, every other second. A page that waits for it comes when it is there;
// one that shows a part of it is left to whoever reads it, and says so.
const comes = async () => {
  for (let wait = 1000; document.querySelector("[data-coming]"); wait = 2000) {
    const place = document.getElementById("coming");
    const whole = place?.closest("main");
    await new Promise((wake) => setTimeout(wake, document.hidden || !whole ? 10000 : wait));
    const answer = await fetch(location.href).catch(() => null);
    if (!answer || answer.status === 429) continue; // the server may come back
    if (whole && answer.status !== 202) return location.reload();
    if (!answer.ok || place.contains(document.activeElement)) continue;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("coming");
    if (fresh) place.replaceWith(document.adoptNode(fresh));
    else {
      const link = document.createElement("a");
      link.href = location.href;
      link.textContent = "The whole ledger as of that day is there: show it";
      place.removeAttribute("data-coming");
      place.replaceChildren(link);
    }
  }
};
comes();
