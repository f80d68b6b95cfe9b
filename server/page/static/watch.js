// A watch that counts seconds up, shown as minutes and seconds.

/** Counts in an element, or shows seconds that somebody else counted. */
export class Watch {
  #element;
  #timer = 0;

  constructor(element) {
    this.#element = element;
  }

  start() {
    if (this.#timer) return;
    const began = performance.now();
    this.show(0);
    this.#timer = setInterval(() => this.show((performance.now() - began) / 1000), 1000);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
  }

  show(seconds) {
    const whole = Math.floor(seconds);
    const text = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    if (this.#element.textContent !== text) this.#element.textContent = text;
  }
}
