// Draws the description of the API with swagger-ui, from this server's own files.
const dark = matchMedia("(prefers-color-scheme: dark)");
const followTheDesktop = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", followTheDesktop);
followTheDesktop();

SwaggerUIBundle({
  url: "/schema/openapi.json",
  dom_id: "#description",
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
