// Breathing along: one clock draws the circle, counts, and says what comes next. The pattern comes
// from the server (data-phases); nothing about it is known here.

import { chosen, rememberChoices } from "./remembered.js";

const LEAST = 0.45;
const TICK_MS = 100;

const pacer = document.querySelector(".pacer");
if (pacer) {
  const phases = JSON.parse(pacer.dataset.phases);
  const rounds = Number(pacer.dataset.rounds);
  const roundSeconds = phases.reduce((sum, phase) => sum + phase.seconds, 0);
  const drawn = pacer.querySelector(".drawn");
  const breath = pacer.querySelector(".breath");
  const words = pacer.querySelector(".phase");
  const second = pacer.querySelector(".second");
  const counted = pacer.querySelector("#counted");
  const says = pacer.querySelector("#round-says");
  const unspoken = pacer.querySelector("#unspoken");
  const go = pacer.querySelector("#breathe-go");
  const stop = pacer.querySelector("#breathe-stop");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let animation = null;
  let ticking = 0;
  let startedAt = 0;
  let shown = -1;

  const scale = (fullness) => `scale(${LEAST + (1 - LEAST) * fullness})`;

  const frames = () => {
    let before = 0;
    const found = [{ offset: 0, transform: scale(phases[0].from), easing: "ease-in-out" }];
    for (const phase of phases) {
      before += phase.seconds;
      const offset = Math.min(1, before / roundSeconds);
      found.push({ offset, transform: scale(phase.to), easing: "ease-in-out" });
    }
    return found;
  };

  const speak = (cue) => {
    if (!chosen(pacer, "breathe-aloud")) return;
    const audio = pacer.querySelector(`#say-${cue}`);
    audio.currentTime = 0;
    audio.play().catch(() => {
      unspoken.textContent = "It can't be said aloud here; the words stand in the circle.";
    });
  };

  const hush = () => {
    for (const audio of pacer.querySelectorAll("audio")) audio.pause();
  };

  const rest = (said) => {
    clearInterval(ticking);
    animation?.cancel();
    animation = null;
    hush();
    shown = -1;
    words.textContent = second.textContent = counted.textContent = "";
    go.hidden = false;
    stop.hidden = true;
    says.textContent = said;
    go.focus();
  };

  const tick = () => {
    const elapsed = (Date.now() - startedAt) / 1000;
    const round = Math.floor(elapsed / roundSeconds);
    if (round >= rounds) {
      rest(rounds === 1 ? "That was it." : `That was all ${rounds} rounds.`);
      return;
    }
    let into = elapsed - round * roundSeconds;
    let place = 0;
    while (into >= phases[place].seconds) into -= phases[place++].seconds;
    const phase = phases[place];
    const count = String(Math.floor(into) + 1);
    words.textContent = phase.words;
    second.textContent = count;
    if (still.matches) counted.textContent = `${phase.words}, ${count}`;
    const step = round * phases.length + place;
    if (step !== shown) {
      shown = step;
      if (place === 0) says.textContent = `Round ${round + 1} of ${rounds}`;
      speak(phase.cue);
    }
  };

  drawn.hidden = false;
  rememberChoices(pacer, (name, on) => {
    if (!on) hush();
  });
  go.addEventListener("click", () => {
    startedAt = Date.now();
    go.hidden = true;
    stop.hidden = false;
    stop.focus();
    if (!still.matches) {
      animation = breath.animate(frames(), { duration: roundSeconds * 1000, iterations: rounds });
    }
    ticking = setInterval(tick, TICK_MS);
    tick();
  });
  stop.addEventListener("click", () => rest("Stopped. Every breath counts."));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !stop.hidden) rest("Stopped. Every breath counts.");
  });
}
