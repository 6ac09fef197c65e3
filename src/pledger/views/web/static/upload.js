// Articles may be dropped anywhere on the page, and progress is asked for; without this file the form and a refresh do.
"use strict";

const form = document.querySelector("form[data-drop]");
if (form) {
  const files = form.querySelector("input[type=file]");
  form.querySelector(".hint").hidden = false;
  const over = (on) => form.classList.toggle("over", on);
  addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(false); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer.files.length) return;
    files.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

const progress = document.querySelector("progress[data-poll]");
if (progress) {
  const words = document.getElementById("progress-words");
  const ask = async () => {
    try {
      const response = await fetch(progress.dataset.poll);
      const told = await response.json();
      if (!response.ok || told.over) return location.reload();
      if (progress.value !== told.files_read) {
        progress.value = told.files_read;
        words.textContent = `${told.files_read} of ${told.files.length} ${told.files.length === 1 ? "file" : "files"} read.`;
      }
      setTimeout(ask, 700);
    } catch {
      setTimeout(ask, 5000); // the server may come back
    }
  };
  setTimeout(ask, 400);
}
