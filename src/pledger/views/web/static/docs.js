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
