// The question aloud: at once where the browser allows it, again, and slower.

const SLOWER = 0.8;

/**
 * Work the part of the page that speaks the question.
 *
 * @param {HTMLElement} root - holds #speech, #hear, #slower and #unspoken.
 * @param {() => void} onHeard - told when the question has been heard to its end.
 * @returns {{play: () => void, hush: () => void}}
 */
export function speakQuestion(root, onHeard) {
  const audio = root.querySelector("#speech");
  const hear = root.querySelector("#hear");
  const slower = root.querySelector("#slower");
  const unspoken = root.querySelector("#unspoken");
  root.hidden = false;
  audio.preservesPitch = true;

  const play = () => {
    audio.currentTime = 0;
    audio.play().then(
      () => invite(false),
      () => invite(true),
    );
  };
  // Browsers may refuse to make a sound before somebody has clicked: then the button is the way.
  const invite = (big) => {
    hear.classList.toggle("big", big);
    hear.classList.toggle("primary", big);
    hear.textContent = big ? "Hear the question" : "Hear it again";
  };
  const silent = async () => {
    for (const button of [hear, slower]) button.hidden = true;
    unspoken.textContent = `The question can't be spoken here, so please read it. ${await whyNot(audio.src)}`;
    onHeard();
  };

  hear.addEventListener("click", play);
  slower.addEventListener("click", () => {
    const on = slower.getAttribute("aria-pressed") !== "true";
    slower.setAttribute("aria-pressed", String(on));
    audio.defaultPlaybackRate = audio.playbackRate = on ? SLOWER : 1;
    play();
  });
  audio.addEventListener("ended", onHeard);
  audio.addEventListener("error", silent);
  if (audio.error) silent();
  else play();
  return { play, hush: () => audio.pause() };
}

async function whyNot(address) {
  try {
    const answer = await fetch(address, { headers: { accept: "application/json" } });
    if (answer.ok) return "";
    const problem = await answer.json();
    return `${problem.detail} ${problem.what_to_do}`;
  } catch {
    return "";
  }
}
