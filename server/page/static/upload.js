// A recording somebody has already, sent as the answer.

/**
 * Work the upload form; the page goes on once the recording is on the coach's disk.
 *
 * @param {HTMLFormElement} form
 * @param {{question: string, parent: string, onward: string}} answer
 */
export function workUpload(form, { question, parent, onward }) {
  const progress = form.querySelector("progress");
  const button = form.querySelector("button");
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  form.append(said);
  form.hidden = false;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = form.querySelector("input[type=file]").files[0];
    const body = new FormData();
    body.append("question_id", question);
    if (parent) body.append("parent_id", parent);
    body.append("recording", file);
    button.disabled = true;
    progress.hidden = false;
    said.textContent = "Sending …";
    try {
      const { attempt_id: attempt } = await send(body, (share) => (progress.value = share));
      // In a mock interview the next thing said depends on this answer; elsewhere its page waits.
      if (onward) await finished(attempt, (stage) => (said.textContent = `Got it: ${stage} …`));
      location.assign(onward || `/attempts/${attempt}`);
    } catch (problem) {
      said.textContent = `${problem.detail} ${problem.what_to_do}`;
      progress.hidden = true;
      button.disabled = false;
    }
  });
}

// XMLHttpRequest tells how much is sent; fetch does not.
function send(body, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/attempts");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(request.response);
      else reject(request.response ?? noAnswer());
    });
    request.addEventListener("error", () => reject(noAnswer()));
    request.send(body);
  });
}

// Ends with the work on the attempt, or where nobody can tell how far it is: the page then goes on.
function finished(attempt, onStage) {
  return new Promise((resolve) => {
    const events = new EventSource(`/api/attempts/${attempt}/events`);
    const end = () => {
      events.close();
      resolve();
    };
    events.addEventListener("stage", ({ data }) => onStage(JSON.parse(data).stage));
    events.addEventListener("end", end);
    events.addEventListener("error", end);
  });
}

function noAnswer() {
  return {
    detail: "The coach did not answer.",
    what_to_do: "See whether it is still running, then send the recording again.",
  };
}
