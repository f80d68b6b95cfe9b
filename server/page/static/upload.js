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
      const result = await send(body, (share) => (progress.value = share));
      location.assign(onward || `/attempts/${result.attempt_id}`);
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

function noAnswer() {
  return {
    detail: "The coach did not answer.",
    what_to_do: "See whether it is still running, then send the recording again.",
  };
}
