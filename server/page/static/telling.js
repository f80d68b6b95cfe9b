// Tells a debrief into the microphone (templates/spoken_debriefs.html). What was said is on the
// coach's disk each second; after a lost connection the same telling goes on.
import { LiveAnswer } from "./live_answer.js";
import { MicrophoneTrouble, openMicrophone } from "./microphone.js";
import { Watch } from "./watch.js";

const SOCKET = "/api/debriefs/spoken/live";
const QUIETEST_DB = -60;
const UNHEARD_DB = -70;
const UNHEARD_AFTER_SECONDS = 4;
const UNHEARD = "Nothing can be heard. Is the microphone muted?";

const part = (id) => document.getElementById(id);
const running = new Watch(part("elapsed"));
const STATES = {
  ready: { says: "Begin whenever you like.", shows: ["record"] },
  opening: { says: "Opening the microphone …", shows: [] },
  speaking: { says: "I am listening. Take your time.", shows: ["running", "stop", "discard"] },
  lost: {
    says: "The connection broke off. Just go on: nothing is lost, and it is sent as soon as the coach is back.",
    shows: ["running", "stop", "discard"],
  },
  ending: { says: "Got it. One moment …", shows: ["discard"] },
  endingLost: {
    says: "It is whole, and waits in this window until the coach is back. Please leave it open.",
    shows: ["discard"],
  },
  dropping: { says: "Throwing it away …", shows: [] },
};
let state = "ready";
let microphone = null;
let telling = null;
let heardAt = 0;

function enter(next) {
  state = next;
  part("telling").dataset.state = next;
  part("state").textContent = STATES[next].says;
  if (!STATES[next].shows.includes("discard")) part("sure").close();
  for (const id of ["record", "stop", "discard", "running"]) part(id).hidden = !STATES[next].shows.includes(id);
}

function note(text) {
  if (part("notes").textContent !== text) part("notes").textContent = text;
}

async function begin(debrief = "") {
  if (state !== "ready") return;
  part("trouble").hidden = true;
  note("");
  enter("opening");
  heardAt = 0;
  const early = [];
  try {
    microphone = await openMicrophone(
      (pcm, level) => {
        if (telling) telling.push(pcm);
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
  telling = new LiveAnswer({ path: SOCKET, attempt: debrief, rate: microphone.rate });
  for (const pcm of early) telling.push(pcm);
  listenTo(telling);
}

function listenTo(live) {
  const on = (type, does) => live.addEventListener(type, ({ detail }) => live === telling && does(detail));
  const speak = () => {
    if (state !== "opening") return;
    enter("speaking");
    part("stop").focus();
  };
  on("speak", speak);
  on("ready", ({ samples }) => {
    heardAt = Math.max(heardAt, samples / live.rate);
    if (samples > 0) speak();
  });
  on("lost", () => state !== "dropping" && enter(state.startsWith("ending") ? "endingLost" : "lost"));
  on("back", () => state !== "dropping" && enter(state === "endingLost" ? "ending" : "speaking"));
  on("limit", () => finish("That is half an hour, the most there is room for. All of it is kept."));
  on("result", ({ url }) => leaveUnlessAsked(url));
  on("settled", async () => {
    await letGo();
    leaveUnlessAsked(`/debrief/spoken/${live.attempt}`);
  });
  on("discarded", () => leave("/debrief/spoken"));
  on("problem", ({ detail, what_to_do: todo }) => fail({ what: detail, todo }));
}

function heard(level) {
  const share = Math.max(0, Math.min(1, 1 - level / QUIETEST_DB));
  part("level").style.setProperty("transform", `scaleX(${share.toFixed(3)})`);
  if (!telling) return;
  running.show(telling.seconds);
  if (level >= UNHEARD_DB) {
    heardAt = telling.seconds;
    if (part("notes").textContent === UNHEARD) note("");
  } else if (state === "speaking" && telling.seconds - heardAt > UNHEARD_AFTER_SECONDS) {
    note(UNHEARD);
  }
}

async function finish(says = "") {
  if (!["speaking", "lost", "opening"].includes(state) || !telling) return;
  enter("ending");
  note(says);
  await letGo();
  if (telling.lost) enter("endingLost");
  telling.stop();
}

async function discard() {
  part("sure").close();
  if (!telling || !STATES[state].shows.includes("discard")) return;
  enter("dropping");
  await letGo();
  telling.discard();
}

async function letGo() {
  const used = microphone;
  microphone = null;
  await used?.close();
}

function fail({ what, todo }) {
  letGo();
  window.removeEventListener("beforeunload", warn);
  const kept = telling?.kept;
  telling?.leave();
  telling = null;
  enter("ready");
  const box = part("trouble");
  const said = document.createElement("p");
  said.textContent = `${what} ${todo} ${kept ? "What you said until then is kept: load this page again to see it." : "You can also send a recording below."}`;
  box.replaceChildren(said);
  box.hidden = false;
  part("record").focus();
}

// Whoever is being asked whether to throw it away has the last word.
function leaveUnlessAsked(address) {
  if (!part("sure").open) leave(address);
  else part("sure").addEventListener("close", () => state !== "dropping" && leave(address), { once: true });
}

function leave(address) {
  window.removeEventListener("beforeunload", warn);
  location.assign(address);
}

function warn(event) {
  event.preventDefault();
}

part("telling").hidden = false;
part("record").addEventListener("click", () => begin());
part("stop").addEventListener("click", () => finish());
part("discard").addEventListener("click", () => part("sure").showModal());
part("keep").addEventListener("click", () => part("sure").close());
part("really").addEventListener("click", discard);
for (const button of document.querySelectorAll("[data-go-on]")) {
  button.hidden = false;
  button.addEventListener("click", () => begin(button.dataset.goOn));
}
