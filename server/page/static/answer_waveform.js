// The waveform of an answer with everything that is marked in it, drawn by wavesurfer.js.

import WaveSurfer from "/vendor/wavesurfer/wavesurfer.esm.js";
import Regions from "/vendor/wavesurfer/regions.esm.js";

const HEIGHT = 112;

export class Waveform {
  #surfer;
  #regions;
  #lit = null;
  #recolour;
  #scheme = matchMedia("(prefers-color-scheme: dark)");

  // `audio` is the element that plays; `peaks` are the loudest sample of each stretch, 0 to 1.
  constructor(container, audio, peaks, seconds) {
    container.dataset.drawn = "";
    this.#regions = Regions.create();
    this.#surfer = WaveSurfer.create({
      container,
      media: audio,
      peaks: [peaks],
      duration: seconds,
      height: HEIGHT,
      normalize: true,
      barWidth: 2,
      barGap: 1,
      barRadius: 2,
      cursorWidth: 2,
      dragToSeek: true,
      cspNonce: document.querySelector("meta[name=style-nonce]")?.content,
      plugins: [this.#regions],
      ...colours(),
    });
    this.#recolour = () => this.#surfer.setOptions(colours());
    this.#scheme.addEventListener("change", this.#recolour);
  }

  // Mark spans in the sound in place of those before: {kind, start, end, label}.
  mark(marks) {
    this.#regions.clearRegions();
    this.#lit = null;
    for (const { kind, start, end, label } of marks) {
      const told = document.createElement("div");
      told.textContent = label;
      if (kind !== "point") told.style.setProperty("padding-top", `${HEIGHT - 20}px`, "important");
      this.#add(kind, { start, end, content: told });
    }
  }

  light(start, end) {
    this.goOut();
    this.#lit = this.#add("lit", { start, end });
  }

  goOut() {
    this.#lit?.remove();
    this.#lit = null;
  }

  destroy() {
    this.#scheme.removeEventListener("change", this.#recolour);
    this.#surfer.destroy();
  }

  #add(kind, options) {
    const region = this.#regions.addRegion({ ...options, drag: false, resize: false });
    region.element?.setAttribute("part", `mark ${kind}`);
    return region;
  }
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    waveColor: colour("--quiet"),
    progressColor: colour("--accent"),
    cursorColor: colour("--text"),
  };
}
