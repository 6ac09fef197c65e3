// Small helps only: every page works without this file.
"use strict";

// A date or a choice that is changed is shown at once, without the button.
for (const field of document.querySelectorAll("form.moment input[type=date], form[data-at-once] select")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}
