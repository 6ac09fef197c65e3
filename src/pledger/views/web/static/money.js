// Sliders say their value, a change is shown in place, and a long run is watched. The page works without all of it.
"use strict";

(() => {
  const form = document.querySelector("form.assume");
  if (!form) return;
  let latest = 0;

  const said = (slider) => {
    const now = document.getElementById(`${slider.id}-now`);
    now.textContent = `${slider.value} ${now.dataset.unit}`;
  };

  const address = () => {
    const given = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...given]) {
      if (!value || form.elements[name].dataset.usual === value) given.delete(name);
    }
    return `${form.action.split("?")[0]}${given.size ? "?" : ""}${given}`;
  };

  // Everything but the form itself, which keeps its focus.
  const take = (page) => {
    for (const place of ["#headline", "#answers", "footer"]) {
      const fresh = page.querySelector(place);
      if (!fresh) return false;
      document.querySelector(place).replaceWith(document.adoptNode(fresh));
    }
    const moment = document.querySelector("form.moment");
    moment.querySelectorAll("input[type=hidden]").forEach((old) => old.remove());
    page.querySelectorAll("form.moment input[type=hidden]").forEach((fresh) => moment.prepend(document.adoptNode(fresh)));
    document.title = page.title;
    return true;
  };

  const show = async (where, remembered) => {
    const mine = ++latest;
    document.getElementById("answers").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(where);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== latest) return;
      if (!answer.ok || !take(page)) throw new Error("not a page of answers");
    } catch {
      if (mine === latest) location.assign(where);
      return;
    }
    document.getElementById("told").textContent = document.querySelector("h1").textContent;
    if (remembered) history.pushState(null, "", where);
    watch(mine);
  };

  const watch = async (mine) => {
    const bar = document.querySelector("progress[data-watch]");
    while (bar && bar.isConnected && mine === latest) {
      await new Promise((wake) => setTimeout(wake, 1000));
      const answer = await fetch(bar.dataset.watch).catch(() => null);
      const run = answer && answer.ok ? await answer.json() : { state: "gone" };
      if (mine !== latest) return;
      if (run.state !== "running" && run.state !== "waiting") return show(location.href, false);
      if (run.done) {
        bar.max = run.of;
        bar.value = run.done;
        const stage = run.stage.charAt(0).toUpperCase() + run.stage.slice(1);
        const [done, all] = [run.done.toLocaleString("en"), run.of.toLocaleString("en")];
        document.getElementById("stage").textContent = `${stage}: ${done} of ${all} scenarios.`;
      }
    }
  };

  form.addEventListener("input", (event) => event.target.type === "range" && said(event.target));
  form.addEventListener("change", () => show(address(), true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(address(), true);
  });
  addEventListener("popstate", () => location.reload());
  watch(latest);
})();
