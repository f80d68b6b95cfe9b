// Works the part of a page that takes an answer (templates/answer_panel.html).
import { Captions } from "./captions.js";
import { workKeys } from "./keys.js";
import { LiveAnswer } from "./live_answer.js";
import { openMicrophone, MicrophoneTrouble } from "./microphone.js";
import { forgetOpen, noteOpen, openAttempt } from "./open_answer.js";
import { Prompter } from "./prompter.js";
import { chosen, rememberChoices } from "./remembered.js";
import { speakQuestion } from "./spoken_question.js";
import { workUpload } from "./upload.js";
import { Watch } from "./watch.js";

const QUIETEST_DB = -60;
const UNHEARD_DB = -70; // a muted microphone gives digital silence, an open one at least its own noise
const UNHEARD_AFTER_SECONDS = 4;
const LIMIT_NEAR_SECONDS = 30;
const UNHEARD = "Nothing can be heard. Is the microphone muted?";
const BEHIND = "The captions are behind. Nothing of your answer is lost.";

const root = document.getElementById("answer");
const part = (id) => root.querySelector(`#${id}`);
const { question, parent, onward, mock } = root.dataset;

const prompter = new Prompter(part("interviewer"));
const captions = new Captions(part("captions"));
const thinking = new Watch(part("thinking"));
const running = new Watch(part("elapsed"));

let microphone = null;
let answer = null;
let heardAt = 0; // seconds of the answer when the microphone last gave more than silence
let limit = null; // seconds
let silence = null; // seconds that the interviewer says nothing after the answer

// What the page says and which buttons there are, in each state of an answer.
const STATES = {
  ready: { says: "Take all the time you need. Nothing runs yet.", shows: ["record"] },
  opening: { says: "Opening the microphone …", shows: [] },
  waiting: { says: "One moment …", shows: ["running", "discard"] },
  speaking: { says: "Speak now. Pauses are fine.", shows: ["running", "stop", "discard"] },
  silent: {
    says: "The interviewer says nothing. If there is more to say, just go on.",
    shows: ["running", "stop", "discard"],
  },
  lost: {
    says: "The connection broke off. Just go on speaking: nothing is lost, and it is sent as soon as the coach is back.",
    shows: ["running", "stop", "discard"],
  },
  ending: { says: "Got it. One moment …", shows: [] },
  endingLost: {
    says: "Your answer is whole, and waits in this window until the coach is back. Please leave it open.",
    shows: [],
  },
  dropping: { says: "Throwing it away …", shows: [] },
  finishing: { says: "Got it. Listening back …", shows: [] },
};
const STAGES = {
  measuring: "Got it. Listening back …",
  transcribing: "Got it. Writing down your last words …",
  scoring: "Got it. Looking at what you said …",
};
let state = "ready";
let throwAway = discard;

function enter(next, says = STATES[next].says) {
  state = next;
  if (!STATES[next].shows.includes("discard")) part("sure").close();
  part("recorder").dataset.state = next;
  part("state").textContent = says;
  part("stop").lastChild.textContent = next === "silent" ? " End it now" : " I’m done";
  for (const id of ["record", "stop", "discard", "running"]) {
    part(id).hidden = !STATES[next].shows.includes(id);
  }
  // What the page says aloud would be heard as part of the answer.
  for (const id of ["hear", "slower"]) part(id).disabled = next !== "ready";
  showCaptions();
}

function showCaptions() {
  part("captions").hidden = !chosen(root, "captions") || state === "ready" || state === "opening";
}

function note(text) {
  // Said once, not with every piece of sound: it is read aloud to who listens to the page.
  if (part("notes").textContent !== text) part("notes").textContent = text;
}

function think() {
  if (state !== "ready") return;
  if (chosen(root, "clock")) thinking.start();
  else thinking.stop();
  part("thinking").hidden = !chosen(root, "clock");
}

async function record(attempt = "") {
  if (state !== "ready") return;
  spoken.hush();
  thinking.stop();
  part("thinking").hidden = true;
  part("trouble").hidden = true;
  part("leftover").hidden = true;
  captions.clear();
  note("");
  enter("opening");
  heardAt = 0;
  const early = [];
  try {
    microphone = await openMicrophone(
      (pcm, level) => {
        if (answer) answer.push(pcm);
        else early.push(pcm);
        heard(level);
      },
      () => finish("The microphone went away. What you said until then is kept."),
    );
  } catch (error) {
    fail(error instanceof MicrophoneTrouble ? error : new MicrophoneTrouble(String(error), ""));
    return;
  }
  window.addEventListener("beforeunload", warn);
  answer = new LiveAnswer({ question, parent, mock, attempt, rate: microphone.rate });
  for (const pcm of early) answer.push(pcm);
  listenTo(answer);
  enter("waiting");
}

function listenTo(live) {
  const on = (type, does) =>
    live.addEventListener(type, ({ detail }) => live === answer && does(detail));
  on("ready", (ready) => {
    heardAt = Math.max(heardAt, ready.samples / live.rate); // what was said before the page was loaded
    noteOpen({ attempt: ready.attempt_id, question, parent });
    limit = ready.limit_seconds;
    silence = ready.silence_seconds;
    if (ready.samples > 0) speakNow("Go on where you were. Pauses are fine.");
  });
  on("speak", () => speakNow());
  on("caption", (caption) => captions.show(caption));
  on("behind", ({ seconds }) => {
    if (seconds) note(BEHIND);
    else if (part("notes").textContent === BEHIND) note("");
  });
  on("no_captions", ({ why }) => note(`There are no captions now: ${why}`));
  on("limit", () => finish("That is the time limit you set. What you said is kept."));
  on("interruption", (prompt) => prompter.say(prompt, live));
  on("silence", () => state === "speaking" && enter("silent"));
  on("goes_on", () => state === "silent" && enter("speaking", "Go on. It is all one answer."));
  on("silence_over", () => finish());
  on("lost", () => {
    if (state === "ending" || state === "finishing") enter("endingLost");
    else if (state !== "dropping") enter("lost");
  });
  on("back", () => {
    if (state === "endingLost") enter("finishing");
    else if (state === "lost") enter("speaking", "Connected again, and everything is there. Go on.");
  });
  on("stage", ({ stage }) => state === "finishing" && enter("finishing", STAGES[stage]));
  on("result", ({ attempt_id: attempt, url }) => leave(onward || url || `/attempts/${attempt}`));
  on("discarded", startOver);
  on("settled", async () => {
    await letGo();
    leave(onward || `/attempts/${live.attempt}`);
  });
  on("problem", ({ detail, what_to_do: todo }) => {
    const kept = live.kept ? live.attempt : "";
    forgetOpen();
    fail({ what: detail, todo }, kept);
  });
}

function speakNow(says) {
  if (state !== "waiting") return;
  enter("speaking", says);
  part("stop").focus();
}

function heard(level) {
  const share = Math.max(0, Math.min(1, 1 - level / QUIETEST_DB));
  part("level").style.setProperty("transform", `scaleX(${share.toFixed(3)})`);
  if (!answer) return;
  running.show(answer.seconds);
  if (level >= UNHEARD_DB) {
    heardAt = answer.seconds;
    if (part("notes").textContent === UNHEARD) note("");
  }
  const near = Math.min(LIMIT_NEAR_SECONDS, Math.ceil((limit ?? 0) / 4));
  if (state === "speaking" && answer.seconds - heardAt > UNHEARD_AFTER_SECONDS) {
    note(UNHEARD);
  } else if (limit && state === "speaking" && limit - answer.seconds < near) {
    note(`Less than ${near} seconds are left of the limit you set.`);
  }
}

// The person has said all; where they chose so, the interviewer says nothing first.
function done() {
  if (state === "speaking" && silence && !prompter.speaking) answer.sayEnded();
  else finish();
}

async function finish(says = "") {
  if (!["speaking", "silent", "lost", "waiting"].includes(state)) return;
  prompter.hush();
  enter("ending");
  note(says);
  await letGo();
  enter(answer.lost ? "endingLost" : "finishing");
  answer.stop();
}

async function letGo() {
  const used = microphone;
  microphone = null;
  await used?.close();
}

// Nothing that was said is thrown away unasked.
function ask(does, otherwise) {
  throwAway = does;
  part("keep").textContent = otherwise;
  part("still-recording").hidden = does !== discard;
  part("sure").showModal();
}

async function discard() {
  part("sure").close();
  if (!answer || !STATES[state].shows.includes("discard")) return;
  enter("dropping");
  await letGo();
  answer.discard();
}

function startOver() {
  forgetOpen();
  window.removeEventListener("beforeunload", warn);
  answer = null;
  prompter.hush();
  part("sure").close();
  captions.clear();
  note("It is thrown away. Start over whenever you like.");
  enter("ready");
  think();
  part("record").focus();
}

function fail(trouble, kept = "") {
  letGo();
  window.removeEventListener("beforeunload", warn);
  answer?.leave();
  answer = null;
  enter("ready");
  const box = part("trouble");
  box.replaceChildren(
    paragraph(`${trouble.what} ${trouble.todo}`),
    paragraph("You can also send a recording or type your answer below."),
  );
  if (kept) {
    const link = document.createElement("a");
    link.href = `/attempts/${kept}`;
    link.textContent = "What you said until then is kept.";
    box.append(link);
  }
  box.hidden = false;
  part("other-ways").open = true;
  part("record").focus();
}

function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

function leave(address) {
  forgetOpen();
  window.removeEventListener("beforeunload", warn);
  location.assign(address);
}

function warn(event) {
  event.preventDefault();
}

// An answer that was open when this page closed: go on, end it there, or throw it away.
function endLeftover(how) {
  part("leftover").hidden = true;
  answer = new LiveAnswer({ question, parent, mock, attempt: leftover, rate: 16000 });
  listenTo(answer);
  enter(how === "stop" ? "finishing" : "dropping");
  answer[how]();
}

function dropLeftover() {
  part("sure").close();
  endLeftover("discard");
}

const leftover = root.dataset.open || openAttempt({ question, parent });
part("leftover").hidden = !leftover;
part("go-on").addEventListener("click", () => record(leftover));
part("end-there").addEventListener("click", () => endLeftover("stop"));
part("drop").addEventListener("click", () => ask(dropLeftover, "Keep it"));

part("record").addEventListener("click", () => record());
part("stop").addEventListener("click", () => done());
part("discard").addEventListener("click", () => ask(discard, "Keep going"));
part("keep").addEventListener("click", () => part("sure").close());
part("really").addEventListener("click", () => throwAway());

part("recorder").hidden = false;
part("preferences").hidden = false;
rememberChoices(root, () => {
  think();
  showCaptions();
});
const spoken = speakQuestion(part("hearing"), think);
workKeys({
  r: () => record(),
  s: () => done(),
  h: () => state === "ready" && spoken.play(),
  wanted: () => chosen(root, "keys") && !part("sure").open,
});
workUpload(part("upload"), { question, parent, onward });
