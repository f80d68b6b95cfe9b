// Moving: a timer that survives a reload, with what was said before it; it fills in the minutes.

const ENDS_AT = "voicecoach-movement-ends-at";
const SAID = "voicecoach-movement-said";

const timer = document.querySelector(".timer");
if (timer) {
  const shown = timer.querySelector("#time-left");
  const says = timer.querySelector("#timer-says");
  const go = timer.querySelector('[data-timer="go"]');
  const stop = timer.querySelector('[data-timer="stop"]');
  const form = timer.closest("form");
  const minutes = form.querySelector("#minutes");
  const whole = Number(timer.dataset.minutes) * 60_000;
  let ticking = 0;

  // What was chosen before the timer, so that a reload on the way loses nothing.
  const keepSaid = () => {
    const said = ["before", "kind"].map((name) => [name, form.querySelector(`[name="${name}"]:checked`)?.value]);
    sessionStorage.setItem(SAID, JSON.stringify(said));
  };
  const saidBefore = () => {
    for (const [name, value] of JSON.parse(sessionStorage.getItem(SAID) ?? "[]")) {
      const choice = [...form.querySelectorAll(`[name="${name}"]`)].find((one) => one.value === value);
      if (choice) choice.checked = true;
    }
  };

  const words = (milliseconds) => {
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };

  const rest = () => {
    clearInterval(ticking);
    sessionStorage.removeItem(ENDS_AT);
    go.hidden = false;
    stop.hidden = true;
    shown.textContent = words(whole);
  };

  const tick = (endsAt) => {
    const left = endsAt - Date.now();
    shown.textContent = words(left);
    if (left <= 0) {
      rest();
      minutes.value = String(timer.dataset.minutes);
      says.textContent = "Twenty minutes. Well moved. Note it below, if you like.";
    }
  };

  const run = (endsAt) => {
    sessionStorage.setItem(ENDS_AT, String(endsAt));
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
    const left = Number(sessionStorage.getItem(ENDS_AT)) - Date.now();
    minutes.value = String(Math.max(1, Math.round((whole - left) / 60_000)));
    rest();
    says.textContent = "Stopped. Every minute counted; note them below, if you like.";
    go.focus();
  });
  form.addEventListener("change", keepSaid);
  form.addEventListener("submit", () => {
    sessionStorage.removeItem(SAID);
    sessionStorage.removeItem(ENDS_AT);
  });
  const kept = Number(sessionStorage.getItem(ENDS_AT));
  if (kept) {
    saidBefore();
    run(kept);
  }
}
