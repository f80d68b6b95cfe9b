// How far the work on an answer has come, as the server tells it: <answer-progress>.

export class AnswerProgress extends HTMLElement {
  #events = null;

  connectedCallback() {
    this.#events = new EventSource(this.dataset.events);
    this.#events.addEventListener("stage", (event) => this.#reached(JSON.parse(event.data).stage));
    this.#events.addEventListener("end", () => {
      this.#events.close();
      location.reload();
    });
  }

  disconnectedCallback() {
    this.#events?.close();
  }

  #reached(stage) {
    const steps = [...this.querySelectorAll("[data-stage]")];
    const place = steps.findIndex((step) => step.dataset.stage === stage);
    if (place < 0) return;
    steps.forEach((step, index) => {
      step.dataset.state = index < place ? "done" : index === place ? "next" : "open";
    });
    const told = this.querySelector("[role=status] h2");
    if (told.textContent !== steps[place].textContent) told.textContent = steps[place].textContent;
  }
}
