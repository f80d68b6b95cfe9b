// The check of a debrief that was told aloud: each quote plays its own stretch of the sound.
// Without it a quote's link opens the recording at that moment, and the button writes it down.

const audio = document.getElementById("sound");
let stopAt = null;
let playing = null;

function quiet() {
  playing?.classList.remove("playing");
  playing = null;
  stopAt = null;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.hear");
  const [, start, end] = /#t=([\d.]+),([\d.]+)$/.exec(link?.getAttribute("href") ?? "") ?? [];
  if (!audio || start === undefined) return;
  event.preventDefault();
  quiet();
  audio.currentTime = Number(start);
  stopAt = Number(end);
  playing = link;
  link.classList.add("playing");
  audio.play().catch(quiet);
});

audio?.addEventListener("timeupdate", () => {
  if (stopAt !== null && audio.currentTime >= stopAt) {
    audio.pause();
    quiet();
  }
});

// Writing down begins by itself; a reload in the middle of it only begins it again.
const writing = document.querySelector("form[data-at-once]");
if (writing) {
  writing.querySelector("button").hidden = true;
  writing.requestSubmit();
}
