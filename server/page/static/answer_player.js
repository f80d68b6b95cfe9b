// One answer's sound with its waveform and words: <answer-player>.
//
// It plays from a word on, or just one span; the word being said is highlighted; the waveform is
// drawn from the server's peaks, so that nothing has to be fetched whole or decoded.

import { AnswerWords } from "./answer_words.js";

// The span of the sound that a piece of evidence links to; null where it is about no moment.
export function secondsOf(evidence) {
  const [, start, end] = /#t=([\d.]+),([\d.]+)$/.exec(evidence.getAttribute("href") ?? "") ?? [];
  return start === undefined ? null : { start: Number(start), end: Number(end) };
}

export class AnswerPlayer extends HTMLElement {
  #waveform = null;
  #stopAt = null;
  #playing = null;
  #frame = 0;

  connectedCallback() {
    this.words = new AnswerWords(this);
    this.audio = this.querySelector("audio");
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("keydown", (event) => this.#pressed(event));
    this.addEventListener("htmx:afterSettle", () => this.#wordsChanged());
    if (!this.audio) return;
    this.audio.addEventListener("play", () => this.#follow());
    this.audio.addEventListener("pause", () => this.#stopped());
    this.audio.addEventListener("seeked", () => this.#tick());
    this.#draw();
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.#frame);
    this.#waveform?.destroy();
  }

  // Play on from a moment, until it is stopped.
  playFrom(seconds) {
    this.#stopAt = null;
    this.#playing?.classList.remove("playing");
    this.#playing = null;
    this.audio.currentTime = seconds;
    this.#start();
  }

  // Play exactly one span; `shown` is what stands for it on the page.
  playSpan(start, end, shown) {
    this.playFrom(start);
    this.#stopAt = end;
    this.#playing = shown;
    shown?.classList.add("playing");
  }

  // Light up words and sound.
  light({ chars, seconds }) {
    if (chars) this.words.light(chars.start, chars.end);
    if (seconds) this.#waveform?.light(seconds.start, seconds.end);
  }

  goOut() {
    this.words.goOut();
    this.#waveform?.goOut();
  }

  #start() {
    // A browser may refuse to play, or be told to stop before it began; its controls stay.
    this.audio.play().catch(() => {});
  }

  #follow() {
    cancelAnimationFrame(this.#frame);
    const next = () => {
      this.#tick();
      if (!this.audio.paused) this.#frame = requestAnimationFrame(next);
    };
    next();
  }

  #tick() {
    const now = this.audio.currentTime;
    this.words.follow(now, !this.audio.paused);
    if (this.#stopAt !== null && now >= this.#stopAt && !this.audio.paused) this.audio.pause();
  }

  #stopped() {
    this.#stopAt = null;
    this.#playing?.classList.remove("playing");
    this.#playing = null;
    this.words.follow(this.audio.currentTime, false);
  }

  #clicked(event) {
    const placed = event.target.closest(".words [data-t], [data-mark][data-t]");
    if (!placed || !this.audio) return;
    this.words.choose(placed);
    this.playFrom(Number(placed.dataset.t.split(" ")[0]));
  }

  #pressed(event) {
    if (!event.target.matches(".words") || !this.audio) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const chosen = this.words.move(event.key);
    if (chosen) {
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.playFrom(this.words.chosenSeconds());
    } else if (event.key === " ") {
      event.preventDefault();
      if (this.audio.paused) this.#start();
      else this.audio.pause();
    } else if (event.key === "Escape") {
      this.audio.pause();
    }
  }

  #wordsChanged() {
    this.words.read();
    this.#waveform?.mark(this.#marks());
  }

  // Without a waveform the browser's own controls do everything else, and no room is kept for it.
  async #draw() {
    const container = this.querySelector("[data-wave]");
    try {
      const { peaks, seconds } = await this.#peaks();
      const { Waveform } = await import("./answer_waveform.js");
      if (!this.isConnected) return;
      this.#waveform = new Waveform(container, this.audio, peaks, seconds);
      this.#waveform.mark(this.#marks());
    } catch {
      container.dataset.missing = "";
    }
  }

  async #peaks() {
    const answer = await fetch(this.dataset.peaks, { headers: { Accept: "application/json" } });
    const found = answer.ok ? await answer.json() : { peaks: [] };
    if (!found.peaks.length) throw new Error("no sound to draw");
    return found;
  }

  // What is marked in the sound, read off the page so that both always say the same.
  #marks() {
    const marks = [];
    for (const placed of this.querySelectorAll("[data-mark][data-t]")) {
      const [start, end] = placed.dataset.t.split(" ").map(Number);
      const label = placed.dataset.mark === "um" ? "um" : `${(end - start).toFixed(1)} s`;
      marks.push({ kind: placed.dataset.mark, start, end, label });
    }
    for (const point of document.querySelectorAll("[data-place]")) {
      for (const evidence of point.querySelectorAll("a.evidence")) {
        const seconds = secondsOf(evidence);
        if (seconds) marks.push({ kind: "point", ...seconds, label: point.dataset.place });
      }
    }
    return marks;
  }
}
