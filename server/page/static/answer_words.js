// The words of an answer on its page: which is said at a moment, which are lit up, which is chosen.

const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 };

export class AnswerWords {
  #root;
  #spans = [];
  #timed = [];
  #now = null;
  #chosen = null;

  constructor(root) {
    this.#root = root;
    this.read();
  }

  // Read the words off the page (again). Where each stands in the text follows from the text
  // itself; what is heard between words and the numbers of points are no part of it.
  read() {
    this.#spans = [];
    const box = this.#root.querySelector(".words");
    const texts = box ? document.createTreeWalker(box, NodeFilter.SHOW_TEXT) : null;
    let place = 0;
    while (texts?.nextNode()) {
      const around = texts.currentNode.parentElement;
      if (around.closest(".tag, .heard")) continue;
      const startChar = place;
      place += [...texts.currentNode.data].length;
      if (!around.matches(".w")) continue;
      const [start, end] = around.dataset.t?.split(" ").map(Number) ?? [null, null];
      this.#spans.push({ element: around, startChar, endChar: place, start, end });
    }
    this.#timed = this.#spans.filter((span) => span.start !== null);
    this.#now = null;
    this.#chosen = null;
  }

  // Highlight the word being said; in a long text it is kept in view while the sound runs.
  follow(seconds, running) {
    const said = running ? this.#at(seconds) : null;
    if (said === this.#now) return;
    this.#now?.element.classList.remove("now");
    this.#now = said;
    if (!said) return;
    said.element.classList.add("now");
    this.#show(said.element);
  }

  light(startChar, endChar) {
    this.goOut();
    let first = null;
    for (const { element, startChar: start, endChar: end } of this.#spans) {
      if (start < startChar || end > endChar) continue;
      element.classList.add("lit");
      first ??= element;
    }
    if (first) this.#show(first);
  }

  goOut() {
    for (const { element } of this.#spans) element.classList.remove("lit");
  }

  choose(element) {
    const found = this.#timed.find((span) => span.element === element);
    if (found) this.#choose(found);
  }

  // Choose another word by a key; whether that key chooses words.
  move(key) {
    const last = this.#timed.length - 1;
    if (last < 0) return false;
    const place = this.#timed.indexOf(this.#chosen);
    let next;
    if (key === "Home") next = 0;
    else if (key === "End") next = last;
    else if (key in STEPS) next = place < 0 ? 0 : place + STEPS[key];
    else return false;
    const chosen = this.#timed[Math.min(last, Math.max(0, next))];
    this.#choose(chosen);
    const told = this.#root.querySelector("[data-chosen-word]");
    if (told) told.textContent = chosen.element.textContent;
    return true;
  }

  chosenSeconds() {
    return this.#chosen?.start ?? this.#timed[0]?.start ?? 0;
  }

  #choose(span) {
    this.#chosen?.element.classList.remove("chosen");
    this.#chosen = span;
    span.element.classList.add("chosen");
    this.#show(span.element);
  }

  // The last word that began by then, unless it has ended. Starts never go back.
  #at(seconds) {
    let low = 0;
    let high = this.#timed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#timed[middle].start <= seconds) low = middle + 1;
      else high = middle;
    }
    const span = this.#timed[low - 1];
    return span && seconds < span.end ? span : null;
  }

  // Scroll within the words only: the page itself stays where the person is.
  #show(element) {
    const box = element.closest(".words");
    if (!box || box.scrollHeight <= box.clientHeight) return;
    const above = element.offsetTop - box.scrollTop;
    if (above < 0 || above > box.clientHeight - 2 * element.offsetHeight) {
      box.scrollTop = element.offsetTop - box.clientHeight / 3;
    }
  }
}
