// What the coach hears, stretch after stretch, while somebody speaks.

/** Shows captions in an element; a later caption of a stretch takes the place of the earlier one. */
export class Captions {
  #element;
  #stretches = new Map();

  constructor(element) {
    this.#element = element;
  }

  show({ stretch, words, final }) {
    let line = this.#stretches.get(stretch);
    if (!line) {
      line = document.createElement("span");
      this.#stretches.set(stretch, line);
      this.#element.append(line);
    }
    line.textContent = `${words.map((word) => word.text.trim()).join(" ")} `;
    line.classList.toggle("unsure", !final);
    this.#element.scrollTop = this.#element.scrollHeight;
  }

  clear() {
    this.#stretches.clear();
    this.#element.replaceChildren();
  }
}
