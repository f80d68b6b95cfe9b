// Draws the description of the API with swagger-ui, from this server's own files.
SwaggerUIBundle({
  url: "/schema/openapi.json",
  dom_id: "#description",
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
