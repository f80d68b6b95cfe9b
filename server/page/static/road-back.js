// The road back: copying the e-mail, and a timer for moving that survives a reload.

const KEPT = "voicecoach-movement-ends-at";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const subject = document.querySelector("#subject").value;
    const letter = document.getElementById(button.dataset.copy).value;
    const said = document.querySelector("#copied");
    try {
      await navigator.clipboard.writeText(`${subject}\n\n${letter}`);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "It could not be copied; mark the text and copy it by hand.";
    }
  });
}

const timer = document.querySelector(".timer");
if (timer) {
  const shown = timer.querySelector("#time-left");
  const says = timer.querySelector("#timer-says");
  const go = timer.querySelector('[data-timer="go"]');
  const stop = timer.querySelector('[data-timer="stop"]');
  const whole = Number(timer.dataset.minutes) * 60_000;
  let ticking = 0;

  const words = (milliseconds) => {
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };

  const rest = () => {
    clearInterval(ticking);
    sessionStorage.removeItem(KEPT);
    go.hidden = false;
    stop.hidden = true;
    shown.textContent = words(whole);
  };

  const tick = (endsAt) => {
    const left = endsAt - Date.now();
    shown.textContent = words(left);
    if (left <= 0) {
      rest();
      says.textContent = "Twenty minutes. Well moved.";
    }
  };

  const run = (endsAt) => {
    sessionStorage.setItem(KEPT, String(endsAt));
    go.hidden = true;
    stop.hidden = false;
    clearInterval(ticking);
    ticking = setInterval(tick, 1000, endsAt);
    tick(endsAt);
  };

  timer.hidden = false;
  go.addEventListener("click", () => {
    says.textContent = "It counts down while you are away; this page may stay behind.";
    run(Date.now() + whole);
    stop.focus();
  });
  stop.addEventListener("click", () => {
    rest();
    says.textContent = "Stopped. Every minute counted.";
    go.focus();
  });
  const kept = Number(sessionStorage.getItem(KEPT));
  if (kept) run(kept);
}
