// The conversation with the coach while an answer is spoken. What the coach has not yet confirmed to
// be on disk stays here: after a lost connection the same answer goes on where the coach left off.

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;
const NORMAL_CLOSURE = 1000;
const MOST_REFUSALS = 12; // about forty seconds: longer than a dead connection of ours is held for alive

/**
 * One answer on its way to the coach.
 *
 * Events (CustomEvent, the coach's message as `detail`): ready, speak, kept, caption, behind,
 * no_captions, limit, interruption, silence, goes_on, silence_over, stage, result, discarded, problem; and of its own: lost (the connection broke),
 * back (it is there again), settled (it broke after the end was asked for, and that had come through).
 */
export class LiveAnswer extends EventTarget {
  #address;
  #socket = null;
  #open = false;
  #over = false;
  #ending = null;
  #ended = false; // told the coach so on this connection
  #everEnded = false; // or on an earlier one
  #confirmed = false; // whether anything of it is known to be on the coach's disk
  #lost = false;
  #refusals = 0;
  #wait = FIRST_WAIT_MS;
  #timer = 0;
  #base = null; // where our first sample stands in the whole answer
  #pieces = []; // {start, pcm}: not yet confirmed, `start` counted from our first sample
  #heard = 0; // samples heard by us
  #sent = 0; // samples the coach has, or that are on their way on this connection

  /**
   * @param {{question?: string, path?: string, parent?: string, mock?: string, attempt?: string, rate: number}} answer
   *   `path` is the socket's, where it is not that of a question.
   */
  constructor({ question = "", path = "", parent = "", mock = "", attempt = "", rate }) {
    super();
    this.attempt = attempt;
    this.rate = rate;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = path || `/api/live/${encodeURIComponent(question)}`;
    this.#address = new URL(`${scheme}//${location.host}${socket}`);
    this.#address.searchParams.set("rate", String(rate));
    if (parent) this.#address.searchParams.set("parent", parent);
    if (mock) this.#address.searchParams.set("mock", mock);
    this.#connect();
  }

  /** Seconds of the whole answer so far, with what was said before the page was loaded. */
  get seconds() {
    return ((this.#base ?? 0) + this.#heard) / this.rate;
  }

  /** Whether the connection is broken at the moment. */
  get lost() {
    return this.#lost;
  }

  /** Whether the coach has any of it on disk. */
  get kept() {
    return this.#confirmed;
  }

  /** Add a piece of sound. */
  push(pcm) {
    this.#pieces.push({ start: this.#heard, pcm });
    this.#heard += pcm.length;
    this.#sendRest();
  }

  /** End the answer once everything has been sent; stages and the result follow. */
  stop() {
    this.#end("stop");
  }

  /** Say that the person has ended, where the interviewer is silent after it: it goes on recording. */
  sayEnded() {
    this.#say({ type: "end" });
  }

  /** Tell where in the answer the interviewer's prompt begins to be heard, in seconds. */
  promptBegins(startSeconds) {
    this.#say({ type: "prompt_begins", start_seconds: startSeconds });
  }

  /** Tell where in the answer the interviewer's prompt was heard, in seconds. */
  promptHeard(startSeconds, endSeconds) {
    this.#say({ type: "prompt_heard", start_seconds: startSeconds, end_seconds: endSeconds });
  }

  /** Throw the answer away. */
  discard() {
    this.#pieces = [];
    this.#end("discard");
  }

  /** Leave without ending the answer: it stays open on the coach's side. */
  leave() {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#socket.close(NORMAL_CLOSURE);
  }

  #say(message) {
    // What can't be said now is not said later: the coach then goes by what it knows itself.
    if (this.#open && !this.#ended) this.#socket.send(JSON.stringify(message));
  }

  #end(how) {
    this.#ending = how;
    this.#sendRest();
  }

  #connect() {
    if (this.attempt) this.#address.searchParams.set("attempt", this.attempt);
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#receive(JSON.parse(data)));
    socket.addEventListener("close", () => this.#closed(socket));
  }

  #receive(message) {
    switch (message.type) {
      case "ready":
        this.attempt = message.attempt_id;
        this.#base ??= message.samples;
        this.#confirmed ||= message.samples > 0;
        this.#sent = Math.max(0, message.samples - this.#base);
        this.#open = true;
        this.#ended = false;
        this.#refusals = 0;
        this.#wait = FIRST_WAIT_MS;
        this.#forget(message.samples);
        this.#tell("ready", message);
        if (this.#lost) {
          this.#lost = false;
          this.#tell("back", message);
        }
        this.#sendRest();
        return;
      case "kept":
        this.#confirmed = true;
        this.#forget(message.samples);
        break;
      case "result":
      case "discarded":
        this.#over = true;
        this.#pieces = [];
        break;
      case "problem":
        this.#refused(message);
        return;
    }
    this.#tell(message.type, message);
  }

  #refused(problem) {
    const sort = problem.problem?.split(":").pop();
    const gone = sort === "not-found" || sort === "conflict";
    if (this.#lost && gone && this.#ending === "discard") {
      this.#over = true;
      this.#tell("discarded", {});
      return;
    }
    if (this.#lost && sort === "not-found" && !this.#confirmed) {
      // The connection broke before the first sample was kept: all of it is here, so begin anew.
      this.attempt = "";
      this.#address.searchParams.delete("attempt");
      return;
    }
    // The coach may still take our broken connection for alive: another try is worth it then.
    const passing = sort === "busy" || problem.status >= 500;
    // So is it for a page that was loaded anew: the coach may still be letting go of the answer.
    const resuming = this.attempt && this.#base === null;
    if ((this.#lost || resuming) && passing && this.#refusals < MOST_REFUSALS) {
      this.#refusals += 1;
      return;
    }
    this.#over = true;
    if (sort === "conflict" && resuming && this.#ending !== "discard") {
      this.#tell("settled", problem); // it was ended before the page was loaded anew
      return;
    }
    this.#tell(this.#lost && this.#everEnded ? "settled" : "problem", problem);
  }

  #closed(socket) {
    if (socket !== this.#socket) return;
    this.#open = false;
    if (this.#over) return;
    if (!this.#lost) {
      this.#lost = true;
      this.#tell("lost", {});
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), this.#wait);
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT_MS);
  }

  #sendRest() {
    if (!this.#open || this.#ended) return;
    for (const { start, pcm } of this.#pieces) {
      const end = start + pcm.length;
      if (end <= this.#sent) continue;
      this.#socket.send(pcm.subarray(Math.max(0, this.#sent - start)));
      this.#sent = end;
    }
    if (this.#ending) {
      this.#ended = this.#everEnded = true;
      this.#socket.send(JSON.stringify({ type: this.#ending }));
    }
  }

  #forget(samples) {
    const kept = samples - this.#base;
    this.#pieces = this.#pieces.filter(({ start, pcm }) => start + pcm.length > kept);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
