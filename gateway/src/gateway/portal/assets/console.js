// Swagger UI over one area's description; nothing is asked of any other host.
const place = document.getElementById("console");

// What Swagger UI leaves out for people who do not see the page or use no mouse, put in whenever it draws.
const LEVELS = { H3: "2", H4: "2", H5: "3" };
const mend = () => {
  for (const heading of place.querySelectorAll("h3:not([aria-level]), h4:not([aria-level]), h5:not([aria-level])"))
    heading.setAttribute("aria-level", LEVELS[heading.tagName]);
  for (const select of place.querySelectorAll("select:not([aria-label])"))
    select.setAttribute("aria-label", select.className.includes("examples") ? "Example" : "Choose a value");
  for (const block of place.querySelectorAll("pre:not([tabindex])")) block.tabIndex = 0;
  for (const button of place.querySelectorAll("button.close-modal:not([aria-label])"))
    button.setAttribute("aria-label", "Close");
  for (const button of place.querySelectorAll(".copy-to-clipboard button:not([aria-label])"))
    button.setAttribute("aria-label", "Copy");
};
new MutationObserver(mend).observe(place, { childList: true, subtree: true });

SwaggerUIBundle({
  domNode: place,
  url: place.dataset.description,
  validatorUrl: null,
  deepLinking: false, // its links would be controls inside of controls; the reference has an address per request
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  persistAuthorization: false,
});
