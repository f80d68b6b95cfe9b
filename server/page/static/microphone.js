// The microphone as 16-bit samples: unprocessed, mono, at 16 kHz where the browser allows it.

const SPEECH_RATE = 16000;

/** Why there is no sound from a microphone, and what can be done about it, in words. */
export class MicrophoneTrouble extends Error {
  constructor(what, todo) {
    super(`${what} ${todo}`);
    this.what = what;
    this.todo = todo;
  }
}

/**
 * Open the microphone.
 *
 * @param {(pcm: Int16Array, level: number) => void} onSound - told each piece of sound, and its
 *   loudness in dB relative to full scale.
 * @param {() => void} onLost - told when the microphone goes away (unplugged, taken by a call).
 * @returns {Promise<{rate: number, close: () => Promise<void>}>} `rate` in samples a second; `close`
 *   ends when the last piece has been handed over.
 * @throws {MicrophoneTrouble}
 */
export async function openMicrophone(onSound, onLost) {
  const stream = await streamOf();
  try {
    const { context, source } = await heardBy(stream);
    await context.audioWorklet.addModule("/static/pcm_worklet.js");
    const pieces = new AudioWorkletNode(context, "pcm-pieces", {
      channelCount: 1,
      channelCountMode: "explicit",
    });
    let flushed = () => {};
    pieces.port.onmessage = ({ data }) => (data.flushed ? flushed() : onSound(data.pcm, data.level));
    // A node is only asked to work where it leads somewhere; what comes out of it is silence.
    source.connect(pieces).connect(context.destination);
    await context.resume();
    let closing = false;
    const lost = () => closing || onLost();
    for (const track of stream.getTracks()) track.addEventListener("ended", lost);
    // A phone call or another program may stop the sound without taking the microphone away.
    context.addEventListener("statechange", () => context.state !== "running" && lost());
    return {
      rate: context.sampleRate,
      async close() {
        if (closing) return;
        closing = true;
        source.disconnect();
        await new Promise((resolve) => {
          flushed = resolve;
          setTimeout(resolve, 500);
          pieces.port.postMessage("flush");
        });
        for (const track of stream.getTracks()) track.stop();
        await context.close();
      },
    };
  } catch (error) {
    for (const track of stream.getTracks()) track.stop();
    throw new MicrophoneTrouble(
      "The microphone can't be used in this browser.",
      `Try another browser (${error.message || error.name}).`,
    );
  }
}

async function streamOf() {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new MicrophoneTrouble(
      "This browser gives pages no microphone at this address.",
      "Open the coach as 127.0.0.1 or localhost, in a current browser.",
    );
  }
  try {
    // What browsers do to make a call pleasant hides how somebody really speaks.
    return await navigator.mediaDevices.getUserMedia({
      audio: {
        channelCount: 1,
        echoCancellation: false,
        noiseSuppression: false,
        autoGainControl: false,
      },
    });
  } catch (error) {
    throw troubleOf(error);
  }
}

function troubleOf(error) {
  switch (error.name) {
    case "NotAllowedError":
    case "SecurityError":
      return new MicrophoneTrouble(
        "The browser may not use the microphone here.",
        "Allow it with the sign beside the address, and in the system's privacy settings; then try again.",
      );
    case "NotFoundError":
    case "OverconstrainedError":
      return new MicrophoneTrouble(
        "No microphone was found.",
        "Plug one in or switch it on, then try again.",
      );
    case "NotReadableError":
    case "AbortError":
      return new MicrophoneTrouble(
        "The microphone does not answer.",
        "Another program may be using it: close that, or plug the microphone in again.",
      );
    default:
      return new MicrophoneTrouble("The microphone can't be used.", `${error.message || error.name}.`);
  }
}

// Firefox refuses to join a microphone and a context of another rate: there the server resamples.
async function heardBy(stream) {
  let refusal;
  for (const wish of [{ sampleRate: SPEECH_RATE }, {}]) {
    let context;
    try {
      context = new AudioContext(wish);
      return { context, source: context.createMediaStreamSource(stream) };
    } catch (error) {
      refusal = error;
      await context?.close();
    }
  }
  throw refusal;
}
