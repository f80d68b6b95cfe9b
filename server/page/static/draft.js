/* Keeps what is typed in a form while it is being typed: shortly after each stop, and at once when
   the window is left. Without it every step is kept when it is sent. */

const form = document.querySelector("form[data-keep]");
const kept = document.getElementById("kept");
const WAIT_MILLISECONDS = 600;
let timer = null;
let pending = false;
let sending = Promise.resolve();

function keep() {
  clearTimeout(timer);
  if (!pending) return;
  pending = false;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  // One after the other, so that an older state can't overtake a newer one.
  sending = sending.then(() => send(body));
}

async function send(body) {
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body, keepalive: true });
    kept.textContent = answer.ok ? "Kept on this machine" : "Not kept yet: use the buttons to go on";
    if (!answer.ok) pending = true;
  } catch {
    pending = true;
    kept.textContent = "Not kept yet: the coach does not answer. Leave this window open.";
  }
}

form.addEventListener("input", () => {
  pending = true;
  kept.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(keep, WAIT_MILLISECONDS);
});
form.addEventListener("submit", () => {
  clearTimeout(timer);
  pending = false;
});
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
window.addEventListener("pagehide", keep);
