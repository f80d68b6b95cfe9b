// The interviewer breaks in: shown, spoken, and told to the coach, so that it is nobody's pause.

const TO_READ_MS = 2000; // where it can't be spoken

/** Says what the interviewer says while an answer is being recorded. */
export class Prompter {
  #element;
  #audio = null;
  #over = () => {}; // what is playing ends now, wherever it is

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
   * What is only read is not told as heard: it is nowhere in the recording.
   *
   * @param {{seconds: number, promptBegins: (start: number) => void,
   *   promptHeard: (start: number, end: number) => void}} answer
   */
  say(prompt, answer) {
    this.#element.textContent = `The interviewer: “${prompt.words}”`;
    this.#element.hidden = false;
    const audio = new Audio(prompt.speech);
    this.#audio = audio;
    let start = null;
    this.#over = () => {
      if (this.#audio !== audio) return;
      this.#audio = null;
      if (start !== null) answer.promptHeard(start, answer.seconds);
    };
    const over = this.#over;
    const read = () => setTimeout(over, TO_READ_MS);
    audio.addEventListener("playing", () => {
      if (this.#audio !== audio || start !== null) return; // it may falter and go on
      start = answer.seconds;
      answer.promptBegins(start);
    });
    audio.addEventListener("ended", over);
    audio.addEventListener("error", read);
    audio.play().catch(read);
  }

  /** Be quiet and take the words away. */
  hush() {
    this.#audio?.pause();
    this.#over();
    this.#element.hidden = true;
  }
}
