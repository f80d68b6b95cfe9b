// The road back: copying the e-mail.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const subject = document.getElementById(button.dataset.subject).value;
    const letter = document.getElementById(button.dataset.copy).value;
    const said = document.getElementById(button.dataset.says);
    try {
      await navigator.clipboard.writeText(`${subject}\n\n${letter}`);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "It could not be copied; mark the text and copy it by hand.";
    }
  });
}
