// The interviewer breaks in: shown, spoken, and told to the coach, so that it is nobody's pause.

const TO_READ_MS = 2000; // where it can't be spoken

/** Says what the interviewer says while an answer is being recorded. */
export class Prompter {
  #element;
  #audio = null;

  constructor(element) {
    this.#element = element;
  }

  /** Whether the interviewer is speaking at the moment. */
  get speaking() {
    return this.#audio !== null;
  }

  /**
   * Say a prompt into an answer, which goes on recording.
   *
   * @param {{words: string, speech: string, start_seconds: number}} prompt
   * @param {{seconds: number, promptHeard: (start: number, end: number) => void}} answer
   */
  say(prompt, answer) {
    this.#element.textContent = `The interviewer: “${prompt.words}”`;
    this.#element.hidden = false;
    const audio = new Audio(prompt.speech);
    this.#audio = audio;
    let start = answer.seconds;
    const over = () => {
      if (this.#audio !== audio) return;
      this.#audio = null;
      answer.promptHeard(start, answer.seconds);
    };
    const read = () => setTimeout(over, TO_READ_MS);
    audio.addEventListener("playing", () => (start = answer.seconds));
    audio.addEventListener("ended", over);
    audio.addEventListener("error", read);
    audio.play().catch(read);
  }

  /** Be quiet and take the words away. */
  hush() {
    this.#audio?.pause();
    this.#audio = null;
    this.#element.hidden = true;
  }
}
