// Starts Swagger UI on our OpenAPI document; nothing is asked of any other server.
"use strict";

const place = document.getElementById("swagger");
SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  validatorUrl: null,
  deepLinking: false, // it puts links into buttons, which keyboards cannot reach
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  supportedSubmitMethods: ["get", "post"],
});

// Swagger UI puts a link inside of each button that opens a route; a reader who cannot see would meet both.
const flatten = () => {
  for (const link of place.querySelectorAll("button.opblock-summary-control a[href], button a[tabindex]")) {
    link.removeAttribute("href");
    link.removeAttribute("tabindex");
  }
};
new MutationObserver(flatten).observe(place, { childList: true, subtree: true });
