// Settings: hearing a voice before it is chosen, and trying out the microphone in the page alone.

const SECONDS = 3;

// Hearing a voice

const hear = document.querySelector("[data-hear]");
const sample = document.querySelector("#sample");
const sampleSays = document.querySelector("#sample-says");
hear?.addEventListener("click", async (event) => {
  event.preventDefault();
  hear.disabled = true;
  sampleSays.textContent = "A moment …";
  const wanted = new URLSearchParams({
    voice: document.querySelector("#voice").value,
    rate: document.querySelector("#rate").value,
  });
  try {
    const answer = await fetch(`/settings/voice?${wanted}`);
    if (!answer.ok) throw new Error((await answer.json()).detail);
    URL.revokeObjectURL(sample.src);
    sample.src = URL.createObjectURL(await answer.blob());
    sample.hidden = false;
    sampleSays.textContent = "";
    await sample.play();
  } catch (error) {
    sampleSays.textContent = error.message || "It could not be spoken.";
  } finally {
    hear.disabled = false;
  }
});

// The microphone

const test = document.querySelector("#microphone-test");
const listen = test.querySelector('[data-microphone="listen"]');
const record = test.querySelector('[data-microphone="record"]');
const level = test.querySelector("#level");
const says = test.querySelector("#microphone-says");
const heard = test.querySelector("#microphone-heard");
let stream = null;
let context = null;
let loudest = 0;

const REASONS = {
  NotAllowedError: "The browser may not use the microphone. Allow it for this page, beside the address, then try again.",
  NotFoundError: "No microphone was found. Plug one in, then try again.",
  NotReadableError: "Another program has the microphone. Close it there, then try again.",
};

function shownLevel(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length + 1e-9);
  return Math.min(1, Math.max(0, (decibels + 60) / 60));
}

async function begin() {
  // Whatever improves a voice for a call also changes the pauses that are measured.
  stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  loudest = 0;
  const look = () => {
    if (!stream) return;
    analyser.getFloatTimeDomainData(samples);
    level.value = shownLevel(samples);
    loudest = Math.max(loudest, level.value);
    requestAnimationFrame(look);
  };
  look();
  const [track] = stream.getAudioTracks();
  says.textContent = `Listening to “${track.label || "your microphone"}”. The bar should move when you speak.`;
  listen.textContent = "Stop listening";
  record.disabled = false;
}

function end() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  context?.close();
  stream = context = null;
  level.value = 0;
  listen.textContent = "Listen";
  record.disabled = true;
}

listen.addEventListener("click", async () => {
  if (stream) {
    end();
    says.textContent = "Stopped listening.";
    return;
  }
  try {
    await begin();
  } catch (error) {
    says.textContent = REASONS[error.name] ?? `The microphone can't be used (${error.message}).`;
  }
});

record.addEventListener("click", () => {
  const pieces = [];
  const recorder = new MediaRecorder(stream);
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  recorder.addEventListener("stop", () => {
    URL.revokeObjectURL(heard.src);
    heard.src = URL.createObjectURL(new Blob(pieces, { type: recorder.mimeType }));
    heard.hidden = false;
    record.disabled = !stream;
    says.textContent =
      loudest < 0.2
        ? "Hardly anything was heard. Is it the right microphone, and is it switched on?"
        : "This is how you were heard. Play it below.";
  });
  loudest = 0;
  record.disabled = true;
  says.textContent = "Recording, speak now …";
  recorder.start();
  setTimeout(() => recorder.state !== "inactive" && recorder.stop(), SECONDS * 1000);
});

if (navigator.mediaDevices && window.MediaRecorder) {
  test.hidden = false;
  window.addEventListener("pagehide", end);
}
