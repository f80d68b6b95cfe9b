// The page of an answer: evidence that can be heard, words that follow the sound.
// Everything here is on top of what the page shows and does without it.

import { AnswerPlayer, secondsOf } from "./answer_player.js";
import { AnswerProgress } from "./answer_progress.js";

customElements.define("answer-player", AnswerPlayer);
customElements.define("answer-progress", AnswerProgress);

const player = () => document.querySelector("answer-player");

// What a piece of evidence is about: its words (characters of the text) and its sound (seconds,
// as the media fragment of its address has them).
function aboutOf(evidence) {
  const [startChar, endChar] = (evidence.dataset.chars ?? "").split(" ").map(Number);
  return {
    chars: evidence.dataset.chars ? { start: startChar, end: endChar } : null,
    seconds: secondsOf(evidence),
  };
}

function lightUp(event) {
  const evidence = event.target.closest?.("a.evidence");
  if (evidence) player()?.light(aboutOf(evidence));
}

function goOut(event) {
  const evidence = event.target.closest?.("a.evidence");
  if (evidence && !evidence.contains(event.relatedTarget)) player()?.goOut();
}

document.addEventListener("mouseover", lightUp);
document.addEventListener("focusin", lightUp);
document.addEventListener("mouseout", goOut);
document.addEventListener("focusout", goOut);

document.addEventListener("click", (event) => {
  const evidence = event.target.closest("a.evidence");
  const hear = event.target.closest("a[data-hear]");
  const seconds = evidence && secondsOf(evidence);
  if (seconds && player()?.audio) {
    event.preventDefault();
    player().playSpan(seconds.start, seconds.end, evidence);
  } else if (hear) {
    event.preventDefault();
    hearQuestion(hear);
  }
});

// The follow-up question, spoken. Where no voice works, the words stand there to be read.
function hearQuestion(link) {
  const audio = document.createElement("audio");
  audio.src = link.href;
  audio.controls = true;
  audio.autoplay = true;
  audio.setAttribute("aria-label", "The follow-up question, spoken");
  audio.addEventListener("error", () => {
    const note = document.createElement("p");
    note.className = "small quiet";
    note.setAttribute("role", "status");
    note.textContent = "No voice works on this machine. Read it aloud to yourself instead.";
    audio.replaceWith(note);
  });
  link.replaceWith(audio);
  audio.focus();
}

// A form that did not reach the coach: say so, and leave what was typed where it is.
document.addEventListener("htmx:sendError", (event) => {
  const form = event.target.closest("form");
  if (!form) return;
  const note = form.querySelector("[data-unreached]") ?? document.createElement("p");
  note.dataset.unreached = "";
  note.className = "notice";
  note.dataset.tone = "warning";
  note.setAttribute("role", "alert");
  note.textContent = "The coach can’t be reached. What you typed is still here; start the coach and try again.";
  form.append(note);
});
